import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, useState } from 'react';
import type { Problem } from '../shared/api.ts';
import { moment } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Loaded, Loading, Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import type { Ticket as WholeTicket } from './answers.ts';
import { Conversation } from './conversation.tsx';
import { Disputes } from './disputes.tsx';
import { useShown } from './live.tsx';
import { Promises } from './promises.tsx';
import { provenWords } from './proven-words.ts';
import { routes } from './routes.ts';
import { TicketLinks } from './ticket-links.tsx';
import { TicketStatus } from './ticket-status.tsx';
import { useWords } from './words.ts';

/** Not needed to see how a ticket stands: it comes once the page stands. */
const Evidence = lazy(() => import('./evidence.tsx'));

/** One ticket: the status all channels share, how long it still takes, what was said and done. */
export function Ticket() {
  const live = useShown('ticket');
  if (live.value === undefined && live.problem?.name === 'not-found')
    return <NotThere problem={live.problem} />;
  return (
    <Loaded live={live}>
      {(ticket) => (
        <SpaceBetween size="l">
          <Overview ticket={ticket} changed={live.refresh} />
          {ticket.disputes.length > 0 && <Disputes disputes={ticket.disputes} />}
          <Suspense
            fallback={
              <Container>
                <Loading />
              </Container>
            }
          >
            <Evidence ticket={ticket} changed={live.refresh} />
          </Suspense>
          <Conversation ticket={ticket} changed={live.refresh} />
          {ticket.calls.length > 0 && <Calls ticket={ticket} />}
        </SpaceBetween>
      )}
    </Loaded>
  );
}

/** An address that leads nowhere is not to be tried again: what there is stands in the list. */
function NotThere({ problem }: { problem: Problem }) {
  const words = useWords();
  return (
    <SpaceBetween size="s">
      <Refused problem={problem} />
      <Button href="#/tickets">{words.ticket.all}</Button>
    </SpaceBetween>
  );
}

/** How it ended, in the customer's words; a name this page does not know is left out. */
const resolutionOf = (
  { resolution = '' }: WholeTicket,
  words: Readonly<Record<string, string>>,
): string | undefined => words[resolution];

function Overview({ ticket, changed }: { ticket: WholeTicket; changed: () => Promise<void> }) {
  const words = useWords();
  const { language, time } = usePage();
  const optional = (label: string, value: string | undefined) =>
    value === undefined ? [] : [{ label, value }];
  return (
    <Container
      header={
        <Header variant="h1" actions={<AskPerson ticket={ticket} changed={changed} />}>
          {ticket.number}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <div role="status">
          <TicketStatus ticket={ticket} />
        </div>
        <TicketLinks ticket={ticket} />
        <Promises clocks={ticket.clocks} />
        <KeyValuePairs
          columns={3}
          items={[
            { label: words.ticket.category, value: words.ticket.categories[ticket.category] },
            { label: words.ticket.card, value: words.endsIn(ticket.lastFour) },
            { label: words.ticket.opened, value: moment(ticket.openedAt, time) },
            ...optional(words.ticket.agent, ticket.agent),
            ...optional(
              words.ticket.position,
              ticket.position === undefined ? undefined : words.ticket.positionText(ticket.position),
            ),
            ...optional(
              words.ticket.wanted,
              ticket.wanted === undefined ? undefined : words.report.outcomes[ticket.wanted],
            ),
            ...optional(
              words.ticket.personDone,
              ticket.personAskedAt === undefined ? undefined : moment(ticket.personAskedAt, time),
            ),
            ...optional(words.ticket.resolution, resolutionOf(ticket, words.ticket.resolutions)),
          ]}
        />
        <Box color="text-body-secondary">{words.ticket.sameEverywhere}</Box>
        <Link href={`#/export/${ticket.cardToken}/${ticket.number}`}>{provenWords.export[language]}</Link>
      </SpaceBetween>
    </Container>
  );
}

/** "Find me a person" is on every channel; the one consent it takes is whether we may call (D8). */
function AskPerson({ ticket, changed }: { ticket: WholeTicket; changed: () => Promise<void> }) {
  const words = useWords();
  const { words: shared } = usePage();
  const api = useApi();
  const [open, setOpen] = useState(false);
  const [phoneConsent, setPhoneConsent] = useState(ticket.phoneConsent ?? true);
  const ask = useAction(
    () => api.call(routes.askForPerson, { parts: { number: ticket.number }, body: { phoneConsent } }),
    async () => {
      setOpen(false);
      await changed();
    },
  );
  if (ticket.status === 'closed' || ticket.status === 'merged') return null;
  return (
    <>
      <Button iconName="contact" onClick={() => setOpen(true)}>
        {ticket.personAskedAt === undefined ? words.ticket.person : words.ticket.personDone}
      </Button>
      <Modal
        visible={open}
        onDismiss={() => setOpen(false)}
        header={words.ticket.personTitle}
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={() => setOpen(false)}>
                {shared.cancel}
              </Button>
              <Button variant="primary" loading={ask.busy} onClick={() => void ask.run()}>
                {words.ticket.person}
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        <SpaceBetween size="s">
          <Box>{words.ticket.personText}</Box>
          <Checkbox checked={phoneConsent} onChange={({ detail }) => setPhoneConsent(detail.checked)}>
            {words.ticket.phoneConsent}
          </Checkbox>
          {ask.problem !== undefined && <Refused problem={ask.problem} />}
        </SpaceBetween>
      </Modal>
    </>
  );
}

function Calls({ ticket }: { ticket: WholeTicket }) {
  const words = useWords();
  const { time } = usePage();
  return (
    <Container header={<Header variant="h2">{words.ticket.calls}</Header>}>
      {ticket.calling !== undefined && (
        <AlertBox type="info">{words.ticket.callingNow(ticket.calling.agent)}</AlertBox>
      )}
      <ul className="rows">
        {ticket.calls.map((call) => (
          <li key={call.announcedAt} className="row">
            <span>
              {moment(call.announcedAt, time)} · {words.ticket.callLine(call.agent, call.seconds)}
              {call.transferredTo !== undefined && ` · ${words.ticket.transferred(call.transferredTo)}`}
            </span>
            <span>{words.ticket.callOutcomes[call.outcome]}</span>
          </li>
        ))}
      </ul>
    </Container>
  );
}
