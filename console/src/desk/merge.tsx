import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useApi, usePage } from '../shared/page.tsx';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { go } from '../shared/use-hash.ts';
import { deskDisputeWords as say } from './dispute-words.ts';
import { FormDialogue } from './form-dialogue.tsx';
import { routes } from './routes.ts';
import type { WorkProps } from './workspace.tsx';

const isNumber = (text: string): boolean => /^FR-[0-9A-HJKMNP-TV-Z]{8}$/.test(text);

/** Two tickets of one customer that are one incident: this one closes, the other goes on (D2). */
export function Merge({ whole, close }: WorkProps & { close: () => void }) {
  const { number } = whole.ticket;
  const { language } = usePage();
  const api = useApi();
  const [into, setInto] = useState('');
  const [reason, setReason] = useState('');
  const merge = useAction(
    () => api.call(routes.mergeTicket, { parts: { number }, body: { into, reason: reason.trim() } }),
    ({ into: target }) => {
      close();
      go(`#/ticket/${target.number}`);
    },
  );
  return (
    <FormDialogue
      title={say.merge[language]}
      submit={say.merge[language]}
      disabled={!isNumber(into) || reason.trim().length < 3}
      busy={merge.busy}
      close={close}
      run={merge.run}
    >
      <Box>{say.mergeText[language]}</Box>
      <FormField label={say.into[language]}>
        <Input
          value={into}
          placeholder="FR-"
          onChange={({ detail }) => setInto(detail.value.toUpperCase().trim().slice(0, 11))}
        />
      </FormField>
      <FormField label={say.reason[language]} stretch>
        <Input value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, 500))} />
      </FormField>
      {merge.problem !== undefined && <Refused problem={merge.problem} />}
    </FormDialogue>
  );
}
