import AlertBox from '@cloudscape-design/components/alert';
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { moment, money } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Empty, Loaded, Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useDraft } from '../shared/use-draft.ts';
import { go } from '../shared/use-hash.ts';
import { useLive } from '../shared/use-live.ts';
import type { Listed } from './answers.ts';
import { Choice } from './choice.tsx';
import { deskDisputeWords as say, wantedWords } from './dispute-words.ts';
import { FormDialogue } from './form-dialogue.tsx';
import { routes } from './routes.ts';

/** What the API takes at once, and the longest note. */
const MOST = 50;
const NOTE_CHARACTERS = 1_000;
/** Each reading of a customer's list is logged as one: not every second. */
const READ_AGAIN_MS = 10 * 60_000;

interface ReportProps {
  readonly cardToken: string;
  /** The ticket one is at; without one the report leads to its own. */
  readonly number?: string;
  readonly changed?: () => Promise<void>;
}

/** The customer names transactions on the phone: the same list, hold and ticket as in their app (D2, D7). */
export function ReportFor(props: ReportProps) {
  const { language } = usePage();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say.report[language]}</Button>
      {open && <ReportForm {...props} close={() => setOpen(false)} />}
    </>
  );
}

function ReportForm(props: ReportProps & { close: () => void }) {
  const { cardToken, number } = props;
  const { language } = usePage();
  const api = useApi();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState<keyof typeof wantedWords>('refund');
  const [note, setNote] = useDraft(`desk.report.${cardToken}`);
  const report = useAction(
    () =>
      api.call(routes.reportForCustomer, {
        parts: { cardToken },
        body: {
          ...{ transactionIds: [...chosen], wanted },
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        },
      }),
    async ({ ticket }) => {
      setNote('');
      props.close();
      if (ticket.number === number) await props.changed?.();
      else go(`#/ticket/${ticket.number}`);
    },
  );
  const tick = (id: string, on: boolean) =>
    setChosen((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)));
  return (
    <FormDialogue
      size="large"
      title={say.reportTitle[language]}
      submit={say.submit[language]}
      disabled={chosen.size === 0 || chosen.size > MOST}
      busy={report.busy}
      close={props.close}
      run={report.run}
    >
      <AlertBox type="warning">{say.reportText[language]}</AlertBox>
      <ThirtyDays cardToken={cardToken} chosen={chosen} tick={tick} />
      <Choice
        label={say.wanted[language]}
        value={wanted}
        options={['refund', 'new_card', 'explanation']}
        name={(one) => wantedWords[one][language]}
        set={setWanted}
      />
      <FormField label={say.note[language]} stretch>
        <Textarea
          value={note}
          rows={2}
          onChange={({ detail }) => setNote(detail.value.slice(0, NOTE_CHARACTERS))}
        />
      </FormField>
      {report.problem !== undefined && <Refused problem={report.problem} />}
    </FormDialogue>
  );
}

interface Ticking {
  readonly chosen: ReadonlySet<string>;
  readonly tick: (transactionId: string, on: boolean) => void;
}

function ThirtyDays({ cardToken, chosen, tick }: Ticking & { cardToken: string }) {
  const { language } = usePage();
  const api = useApi();
  const live = useLive(
    `transactions ${cardToken}`,
    (signal) => api.call(routes.listForCustomer, { parts: { cardToken }, signal }),
    READ_AGAIN_MS,
  );
  return (
    <Loaded live={live}>
      {({ transactions, more }) => (
        <div>
          {transactions.length === 0 && <Empty title={say.empty[language]} />}
          {transactions.map((one) => (
            <Checkbox
              key={one.transactionId}
              checked={chosen.has(one.transactionId)}
              onChange={({ detail }) => tick(one.transactionId, detail.checked)}
            >
              <Purchase one={one} />
            </Checkbox>
          ))}
          {more && <Box color="text-body-secondary">{say.more[language]}</Box>}
        </div>
      )}
    </Loaded>
  );
}

function Purchase({ one }: { one: Listed }) {
  const { language, time } = usePage();
  return (
    <span>
      {moment(one.occurredAt, time)} · {one.merchant.name} ·{' '}
      <span className="whole">{money(one.amount, language)}</span>
      {one.crossBorder && <span className="whole"> ({money(one.billing, language)})</span>}{' '}
      {one.suspicious && <Badge color="red">{language === 'en' ? 'suspicious' : '可疑'}</Badge>}{' '}
      {one.declined && <Badge>{language === 'en' ? 'declined' : '已拒绝'}</Badge>}
    </span>
  );
}
