import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { DisputedPurchase } from '../shared/dispute-history.tsx';
import { lostCauses, staffDisputeStates } from '../shared/dispute-words.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import type { Dispute } from './answers.ts';
import { Choice } from './choice.tsx';
import { asksFor, moveOf, nextOf, type StepForm, writtenOf } from './dispute-steps.ts';
import { deskDisputeWords as say } from './dispute-words.ts';
import { FormDialogue } from './form-dialogue.tsx';
import { routes } from './routes.ts';

const MOST_CHARACTERS = 1_000;

/** One step of one dispute, with what that step needs and nothing else. */
export function DisputeStep(props: {
  number: string;
  dispute: Dispute;
  close: () => void;
  done: () => Promise<void>;
}) {
  const { dispute, number } = props;
  const { language } = usePage();
  const api = useApi();
  const options = nextOf[dispute.status];
  const charged = dispute.facts?.billing ?? { minor: 0, currency: 'CNY' };
  const [form, setForm] = useState<StepForm>({
    to: options[0] ?? 'submitted',
    amount: charged.minor > 0 ? writtenOf(charged) : '',
    reference: '',
    cause: 'recognised',
    text: '',
  });
  const set = (change: Partial<StepForm>) => setForm((before) => ({ ...before, ...change }));
  const move = moveOf(dispute.transactionId, form, charged.currency);
  const asks = asksFor(form.to);
  const save = useAction(
    () =>
      api.call(routes.moveDispute, { parts: { number }, body: move ?? { transactionId: '', to: form.to } }),
    props.done,
  );
  return (
    <FormDialogue
      title={say.move[language]}
      submit={say.saveStep[language]}
      disabled={move === undefined}
      busy={save.busy}
      close={props.close}
      run={save.run}
    >
      <DisputedPurchase dispute={dispute} />
      <Choice
        label={say.to[language]}
        value={form.to}
        options={options}
        name={(status) => staffDisputeStates[status][language]}
        set={(to) => set({ to })}
      />
      {asks.amount && (
        <FormField
          label={`${say.amount[language]}${language === 'en' ? ` (${charged.currency})` : `（${charged.currency}）`}`}
        >
          <Input
            value={form.amount}
            inputMode="decimal"
            onChange={({ detail }) => set({ amount: detail.value.slice(0, 14) })}
          />
        </FormField>
      )}
      {asks.reference && (
        <FormField label={say.reference[language]}>
          <Input
            value={form.reference}
            onChange={({ detail }) => set({ reference: detail.value.slice(0, 64) })}
          />
        </FormField>
      )}
      {asks.cause && (
        <Choice
          label={say.cause[language]}
          value={form.cause}
          options={['recognised', 'merchant_proved', 'too_late', 'no_evidence', 'not_covered']}
          name={(cause) => lostCauses[cause][language]}
          set={(cause) => set({ cause })}
        />
      )}
      <FormField
        label={say.text[language]}
        description={asks.words ? undefined : say.optional[language]}
        stretch
      >
        <Textarea
          value={form.text}
          rows={3}
          onChange={({ detail }) => set({ text: detail.value.slice(0, MOST_CHARACTERS) })}
        />
      </FormField>
      {save.problem !== undefined && <Refused problem={save.problem} />}
    </FormDialogue>
  );
}
