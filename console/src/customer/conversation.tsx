import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { moment } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Empty, Loaded, Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useDraft } from '../shared/use-draft.ts';
import { go } from '../shared/use-hash.ts';
import type { Message, Ticket } from './answers.ts';
import { useShown } from './live.tsx';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

const MESSAGE_CHARACTERS = 1_000;

/** What customer and bank wrote to each other, and a place to write. */
export function Conversation({ ticket, changed }: { ticket: Ticket; changed: () => Promise<void> }) {
  const words = useWords();
  const live = useShown('messages');
  return (
    <Container header={<Header variant="h2">{words.ticket.messages}</Header>}>
      <SpaceBetween size="m">
        <Loaded live={live}>
          {(messages) =>
            messages.length === 0 ? (
              ticket.status !== 'merged' && <Empty title={words.ticket.noMessages} />
            ) : (
              <ol className="talk" aria-live="polite">
                {messages.map((message) => (
                  <Bubble key={message.seq} message={message} />
                ))}
              </ol>
            )
          }
        </Loaded>
        <Composer
          ticket={ticket}
          sent={async () => {
            await changed();
          }}
        />
      </SpaceBetween>
    </Container>
  );
}

function Bubble({ message }: { message: Message }) {
  const words = useWords();
  const { time } = usePage();
  return (
    <li className={`bubble ${message.from === 'customer' ? 'mine' : 'theirs'}`}>
      <Box variant="small" display="block" color="inherit">
        {message.from === 'customer' ? words.ticket.you : words.ticket.us} · {moment(message.at, time)}
      </Box>
      <div className="words">{message.words ?? words.ticket.erased}</div>
    </li>
  );
}

function Composer({ ticket, sent }: { ticket: Ticket; sent: () => Promise<void> }) {
  const words = useWords();
  const { words: shared } = usePage();
  const api = useApi();
  const [text, setText] = useDraft(`message.${ticket.number}`);
  const [masked, setMasked] = useState(false);
  const send = useAction(
    () => api.call(routes.writeMessage, { parts: { number: ticket.number }, body: { text: text.trim() } }),
    async ({ ticket: heard, cardNumbersMasked, codesMasked }) => {
      setText('');
      // Said to a closed ticket, it is on the one that follows.
      if (heard.number !== ticket.number) return go(`#/ticket/${heard.number}`);
      setMasked(cardNumbersMasked + codesMasked > 0);
      await sent();
    },
  );
  if (ticket.status === 'merged') return <Box>{words.ticket.closed}</Box>;
  return (
    <SpaceBetween size="s">
      <FormField
        label={words.ticket.write}
        description={words.ticket.writeHint}
        constraintText={words.report.characters(MESSAGE_CHARACTERS - text.length)}
        stretch
      >
        <Textarea
          value={text}
          rows={2}
          onChange={({ detail }) => setText(detail.value.slice(0, MESSAGE_CHARACTERS))}
        />
      </FormField>
      {masked && <AlertBox type="warning">{words.ticket.masked}</AlertBox>}
      {send.problem !== undefined && <Refused problem={send.problem} />}
      <Button disabled={text.trim() === ''} loading={send.busy} onClick={() => void send.run()}>
        {shared.send}
      </Button>
    </SpaceBetween>
  );
}
