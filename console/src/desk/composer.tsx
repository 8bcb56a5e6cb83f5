import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useApi, usePage } from '../shared/page.tsx';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useDraft } from '../shared/use-draft.ts';
import { routes } from './routes.ts';
import { useWords } from './words.ts';
import { isMine, type WorkProps } from './workspace.tsx';

const MOST_CHARACTERS = 1_000;
type Kind = 'message' | 'note';

/** Words for the customer, or for colleagues only; a draft is the agent's own and outlives every update. */
export function Composer(props: WorkProps) {
  const { whole, me, changed } = props;
  const { number, status } = whole.ticket;
  const words = useWords();
  const { words: shared } = usePage();
  const api = useApi();
  const mine = isMine(props) && status !== 'resolved';
  const [kind, setKind] = useState<Kind>('message');
  const shown: Kind = mine ? kind : 'note';
  const [text, setText] = useDraft(`desk.${number}.${shown}`);
  const [masked, setMasked] = useState(false);
  const send = useAction(
    () => {
      const input = { parts: { number }, body: { text: text.trim() } };
      return shown === 'message' ? api.call(routes.writeToCustomer, input) : api.call(routes.addNote, input);
    },
    async ({ cardNumbersMasked, codesMasked }) => {
      setText('');
      setMasked(cardNumbersMasked + codesMasked > 0);
      await changed();
    },
  );
  if (!me.may.includes('work') || status === 'closed' || status === 'merged') return null;
  const label = shown === 'message' ? words.composer.message : words.composer.note;
  const { templates } = words.composer;
  return (
    <Container>
      <SpaceBetween size="s">
        <SpaceBetween direction="horizontal" size="xs">
          <SegmentedControl
            label={words.composer.toWhom}
            selectedId={shown}
            options={[
              { id: 'message', text: words.composer.message, disabled: !mine },
              { id: 'note', text: words.composer.note },
            ]}
            onChange={({ detail }) => setKind(detail.selectedId === 'note' ? 'note' : 'message')}
          />
          {shown === 'message' && (
            <ButtonDropdown
              items={(['hello', 'papers', 'safe'] as const).map((id) => ({ id, text: templates[id] }))}
              onItemClick={({ detail }) => {
                const chosen = (['hello', 'papers', 'safe'] as const).find((id) => id === detail.id);
                if (chosen !== undefined) setText(`${text}${templates[chosen]}`.slice(0, MOST_CHARACTERS));
              }}
            >
              {words.composer.template}
            </ButtonDropdown>
          )}
        </SpaceBetween>
        {!mine && (
          <Box color="text-body-secondary">
            {status === 'resolved' ? words.composer.isResolved : words.composer.notYours}
          </Box>
        )}
        <FormField
          label={label}
          description={
            shown === 'message' ? words.composer.placeholderMessage : words.composer.placeholderNote
          }
          constraintText={words.composer.left(MOST_CHARACTERS - text.length)}
          stretch
        >
          <Textarea
            value={text}
            rows={3}
            onChange={({ detail }) => {
              setText(detail.value.slice(0, MOST_CHARACTERS));
              setMasked(false);
            }}
          />
        </FormField>
        {masked && <AlertBox type="warning">{words.composer.masked}</AlertBox>}
        {send.problem !== undefined && <Refused problem={send.problem} />}
        <Button
          variant={shown === 'message' ? 'primary' : 'normal'}
          disabled={text.trim() === ''}
          loading={send.busy}
          onClick={() => void send.run()}
        >
          {shared.send}
        </Button>
      </SpaceBetween>
    </Container>
  );
}
