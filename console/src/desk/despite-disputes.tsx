import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { usePage } from '../shared/page.tsx';
import type { DeskTicket } from './answers.ts';
import { deskDisputeWords } from './dispute-words.ts';

/** Asked for only where a dispute is neither decided nor before those who decide. */
export function DespiteDisputes(props: {
  ticket: Pick<DeskTicket, 'disputes'>;
  value: string;
  set: (value: string) => void;
}) {
  const { language } = usePage();
  const undecided = (props.ticket.disputes ?? []).filter(
    ({ status }) => status === 'reported' || status === 'evidence_wanted',
  );
  if (undecided.length === 0) return null;
  return (
    <FormField label={deskDisputeWords.despite[language]} stretch>
      <Input value={props.value} onChange={({ detail }) => props.set(detail.value)} />
    </FormField>
  );
}
