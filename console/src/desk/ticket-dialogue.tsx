import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import Multiselect from '@cloudscape-design/components/multiselect';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { Result } from '../shared/api.ts';
import { money } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useDraft } from '../shared/use-draft.ts';
import type { Finding, Resolution } from './answers.ts';
import { Choice } from './choice.tsx';
import { DespiteDisputes } from './despite-disputes.tsx';
import { HandOverTo } from './hand-over-to.tsx';
import { routes } from './routes.ts';
import { transactionsOf } from './suspicions.ts';
import type { TicketForm } from './ticket-offers.ts';
import { useWords } from './words.ts';
import type { WorkProps } from './workspace.tsx';

type Category = 'suspected_fraud' | 'lost_stolen' | 'dispute' | 'question';
const findings: readonly Finding[] = ['fraud', 'genuine', 'unclear'];
const resolutions: readonly Resolution[] = [
  'fraud_confirmed',
  'genuine',
  'refunded',
  'card_replaced',
  'explained',
  'withdrawn',
  'unreachable',
];
const MOST_CHARACTERS = 1_000;
/** Where the words are a reason for the journal, three letters at least. */
const reasoned: readonly TicketForm[] = ['takeOver', 'reopen', 'triage'];

/** One form for each thing that is done to a ticket; its words are kept until they are sent. */
export function TicketDialogue(
  props: WorkProps & { dialogue: TicketForm; close: () => void; done: () => Promise<void> },
) {
  const { dialogue, close, whole } = props;
  const { ticket } = whole;
  const words = useWords();
  const { words: shared } = usePage();
  const [text, setText] = useDraft(`desk.${ticket.number}.${dialogue}`);
  const [form, setForm] = useState<Choices>({
    finding: 'unclear',
    resolution: 'explained',
    category: ticket.category,
    priority: ticket.priority,
    to: '',
    despite: '',
    transactionIds: transactionsOf(whole).map(({ transactionId }) => transactionId),
  });
  const send = useSend(ticket.number, dialogue);
  const save = useAction(
    () => send(text.trim(), form),
    async () => {
      setText('');
      await props.done();
    },
  );
  const titles: Readonly<Record<TicketForm, string>> = {
    takeOver: words.ticket.takeOverTitle,
    handBack: words.ticket.handBackTitle,
    wait_customer: words.ticket.waitCustomer,
    wait_third: words.ticket.waitThird,
    triage: words.ticket.triage,
    reopen: words.ticket.reopen,
    conclude: words.ticket.conclude,
    resolve: words.ticket.resolve,
  };
  const labels: Partial<Record<TicketForm, string>> = {
    handBack: words.ticket.handBackNote,
    wait_customer: words.ticket.waitText,
    wait_third: words.ticket.waitText,
    conclude: words.ticket.plan,
    resolve: words.ticket.resolveText,
  };
  const most = reasoned.includes(dialogue) ? 500 : MOST_CHARACTERS;
  return (
    <Modal
      visible
      onDismiss={close}
      header={titles[dialogue]}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>
              {shared.cancel}
            </Button>
            <Button
              variant="primary"
              loading={save.busy}
              disabled={text.trim().length < (reasoned.includes(dialogue) ? 3 : 1)}
              onClick={() => void save.run()}
            >
              {titles[dialogue]}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Extra {...props} form={form} set={(change) => setForm((before) => ({ ...before, ...change }))} />
        <FormField
          label={labels[dialogue] ?? words.ticket.reason}
          constraintText={words.composer.left(most - text.length)}
          stretch
        >
          <Textarea value={text} rows={4} onChange={({ detail }) => setText(detail.value.slice(0, most))} />
        </FormField>
        {save.problem !== undefined && <Refused problem={save.problem} />}
      </SpaceBetween>
    </Modal>
  );
}

interface Choices {
  readonly finding: Finding;
  readonly resolution: Resolution;
  readonly category: Category;
  readonly priority: 'P1' | 'P2' | 'P3' | 'P4';
  readonly to: string;
  readonly despite: string;
  readonly transactionIds: readonly string[];
}

function useSend(number: string, dialogue: TicketForm) {
  const api = useApi();
  const parts = { number };
  return (text: string, form: Choices): Promise<Result<unknown>> => {
    const { finding, resolution, category, priority, transactionIds } = form;
    const { to } = form;
    const despite = form.despite.trim();
    switch (dialogue) {
      case 'takeOver':
        return api.call(routes.takeOver, { parts, body: { reason: text } });
      case 'handBack':
        return api.call(routes.handBack, { parts, body: { note: text, ...(to === '' ? {} : { to }) } });
      case 'wait_customer':
        return api.call(routes.waitFor, { parts, body: { whom: 'customer', text } });
      case 'wait_third':
        return api.call(routes.waitFor, { parts, body: { whom: 'third_party', text } });
      case 'triage':
        return api.call(routes.triageTicket, { parts, body: { category, priority, reason: text } });
      case 'reopen':
        return api.call(routes.reopenTicket, { parts, body: { reason: text } });
      case 'conclude':
        return api.call(routes.concludeTicket, {
          parts,
          body: { finding, plan: text, ...(transactionIds.length === 0 ? {} : { transactionIds }) },
        });
      case 'resolve':
        return api.call(routes.resolveTicket, {
          parts,
          body: { resolution, text, ...(despite.length < 3 ? {} : { despiteDisputes: despite }) },
        });
    }
  };
}

function Extra(
  props: WorkProps & { dialogue: TicketForm; form: Choices; set: (change: Partial<Choices>) => void },
) {
  const { dialogue, form, set, whole } = props;
  const words = useWords();
  const { language } = usePage();
  if (dialogue === 'handBack') return <HandOverTo {...props} value={form.to} set={(to) => set({ to })} />;
  if (dialogue === 'triage')
    return (
      <SpaceBetween size="m">
        <Choice
          label={words.ticket.category}
          value={form.category}
          options={['suspected_fraud', 'lost_stolen', 'dispute', 'question']}
          name={(category) => words.categories[category]}
          set={(category) => set({ category })}
        />
        <Choice
          label={words.ticket.priority}
          value={form.priority}
          options={['P1', 'P2', 'P3', 'P4']}
          name={(priority) => priority}
          set={(priority) => set({ priority })}
        />
      </SpaceBetween>
    );
  if (dialogue === 'resolve')
    return (
      <SpaceBetween size="m">
        <Choice
          label={words.ticket.resolution}
          value={form.resolution}
          options={resolutions}
          name={(resolution) => words.ticket.resolutions[resolution]}
          set={(resolution) => set({ resolution })}
        />
        <DespiteDisputes
          ticket={whole.ticket}
          value={form.despite}
          set={(despite) => set({ despite: despite.slice(0, 500) })}
        />
      </SpaceBetween>
    );
  if (dialogue !== 'conclude') return null;
  const options = transactionsOf(whole).map(({ transactionId, merchantName, amount }) => ({
    value: transactionId,
    label: `${merchantName} ${money(amount, language)}`,
  }));
  return (
    <SpaceBetween size="m">
      <Choice
        label={words.ticket.finding}
        value={form.finding}
        options={findings}
        name={(finding) => words.ticket.findings[finding]}
        set={(finding) => set({ finding })}
      />
      {options.length > 0 && (
        <FormField label={words.ticket.concernsWhich} stretch>
          <Multiselect
            options={options}
            selectedOptions={options.filter(({ value }) => form.transactionIds.includes(value))}
            onChange={({ detail }) =>
              set({ transactionIds: detail.selectedOptions.map(({ value = '' }) => value) })
            }
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}
