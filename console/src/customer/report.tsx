import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useApi, usePage } from '../shared/page.tsx';
import type { Body } from '../shared/route.ts';
import { Empty, Loaded, Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useDraft } from '../shared/use-draft.ts';
import { go } from '../shared/use-hash.ts';
import type { Transaction } from './answers.ts';
import { routes } from './routes.ts';
import { TransactionRow } from './transaction-row.tsx';
import { usePages } from './use-pages.ts';
import { useWords } from './words.ts';

type Wanted = NonNullable<Body<typeof routes.reportTransactions>['wanted']>;
/** What the API takes at once, and the longest note. */
const MOST = 50;
const NOTE_CHARACTERS = 1_000;
const PAGE = 30;

/** The last 30 days to tick, what the customer hopes for, and one press that freezes and reports (D7). */
export function Report({ cardToken }: { cardToken: string }) {
  const words = useWords();
  const api = useApi();
  const list = usePages(`transactions ${cardToken}`, async (after) => {
    const result = await api.call(routes.listTransactions, {
      parts: { cardToken },
      query: { limit: PAGE, after },
    });
    if (!result.ok) return result;
    const { transactions, next } = result.value;
    return { ok: true, value: { items: transactions, next } };
  });
  return (
    <Container
      header={
        <Header variant="h1" description={words.report.intro}>
          {words.report.title}
        </Header>
      }
    >
      <Loaded live={list.live}>
        {(transactions) => (
          <ReportForm
            cardToken={cardToken}
            transactions={transactions}
            more={list.more}
            loadingMore={list.loadingMore}
          />
        )}
      </Loaded>
    </Container>
  );
}

function ReportForm(props: {
  cardToken: string;
  transactions: readonly Transaction[];
  more?: () => void;
  loadingMore: boolean;
}) {
  const { cardToken, transactions } = props;
  const words = useWords();
  const { words: shared } = usePage();
  const api = useApi();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(transactions.filter(({ suspicious }) => suspicious).map((one) => one.transactionId)),
  );
  const [wanted, setWanted] = useState<Wanted>('refund');
  const [note, setNote] = useDraft(`report.${cardToken}`);
  const submit = useAction(
    () =>
      api.call(routes.reportTransactions, {
        body: {
          cardToken,
          transactionIds: [...chosen],
          wanted,
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        },
      }),
    ({ ticket }) => {
      setNote('');
      go(`#/ticket/${ticket.number}`);
    },
  );
  const tick = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  if (transactions.length === 0)
    return (
      <SpaceBetween size="s">
        <Empty title={words.report.empty} hint={words.report.emptyHint} />
        <Button href="#/home">{shared.back}</Button>
      </SpaceBetween>
    );
  const wrong =
    chosen.size === 0 ? words.report.chooseOne : chosen.size > MOST ? words.report.atMost : undefined;
  return (
    <SpaceBetween size="l">
      <ul className="rows">
        {transactions.map((one) => (
          <li key={one.transactionId} className="tick">
            <Checkbox
              checked={chosen.has(one.transactionId)}
              onChange={({ detail }) => tick(one.transactionId, detail.checked)}
            >
              <TransactionRow transaction={one} />
            </Checkbox>
          </li>
        ))}
      </ul>
      {props.more !== undefined && (
        <Button onClick={props.more} loading={props.loadingMore}>
          {words.report.more}
        </Button>
      )}
      <FormField label={words.report.wanted}>
        <RadioGroup
          value={wanted}
          onChange={({ detail }) => setWanted(wantedOf(detail.value))}
          items={(['refund', 'new_card', 'explanation'] as const).map((value) => ({
            value,
            label: words.report.outcomes[value],
          }))}
        />
      </FormField>
      <FormField
        label={words.report.note}
        description={words.report.noteHint}
        constraintText={words.report.characters(NOTE_CHARACTERS - note.length)}
        stretch
      >
        <Textarea
          value={note}
          rows={3}
          onChange={({ detail }) => setNote(detail.value.slice(0, NOTE_CHARACTERS))}
        />
      </FormField>
      {submit.problem !== undefined && <Refused problem={submit.problem} />}
      {wrong !== undefined && <AlertBox type="info">{wrong}</AlertBox>}
      <div className="answers">
        <Button
          variant="primary"
          disabled={wrong !== undefined}
          loading={submit.busy}
          onClick={() => void submit.run()}
        >
          {words.report.submit}
        </Button>
        <Button variant="link" href="#/home">
          {shared.cancel}
        </Button>
        <Box color="text-body-secondary">{words.report.chosen(chosen.size)}</Box>
      </div>
    </SpaceBetween>
  );
}

const wantedOf = (value: string): Wanted =>
  value === 'new_card' || value === 'explanation' ? value : 'refund';
