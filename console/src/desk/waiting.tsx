import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { countdown, minute } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Empty, Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { go } from '../shared/use-hash.ts';
import { useNarrow } from '../shared/use-narrow.ts';
import { useNow } from '../shared/use-now.ts';
import type { Queued } from './answers.ts';
import { ClockBadge, nextDue } from './clock-badge.tsx';
import { counter } from './counter.ts';
import { Priority } from './priority.tsx';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

interface WaitingProps {
  readonly tickets: readonly Queued[];
  readonly total: number;
  readonly works: boolean;
}

/** Who waits: a table, or on a phone a list. */
export function Waiting(props: WaitingProps) {
  return useNarrow() ? <WaitingList {...props} /> : <WaitingTable {...props} />;
}

/** On a phone a table would hide what is due, and the button, at its far end. */
function WaitingList({ tickets, total, works }: WaitingProps) {
  const words = useWords();
  return (
    <Container
      header={
        <Header variant="h2" counter={counter(tickets.length, total)}>
          {words.nav.queue}
        </Header>
      }
    >
      {tickets.length === 0 ? (
        <Empty title={words.queue.empty} hint={words.queue.emptyHint} />
      ) : (
        <ol className="rows">
          {tickets.map((ticket) => (
            <li key={ticket.number}>
              <div className="row">
                <span className="head">
                  <span className="digits">{ticket.position}</span>
                  <Priority of={ticket.priority} />
                  <Link href={`#/ticket/${ticket.number}`}>{ticket.number}</Link>
                </span>
                <Waited ticket={ticket} />
              </div>
              <About ticket={ticket} />
              <div className="row waits">
                <Due ticket={ticket} />
                {works && <Claim ticket={ticket} />}
              </div>
            </li>
          ))}
        </ol>
      )}
    </Container>
  );
}

function WaitingTable({ tickets, total, works }: WaitingProps) {
  const words = useWords();
  return (
    <Table
      items={[...tickets]}
      trackBy="number"
      variant="container"
      wrapLines
      enableKeyboardNavigation
      header={
        <Header variant="h2" counter={counter(tickets.length, total)}>
          {words.nav.queue}
        </Header>
      }
      empty={<Empty title={words.queue.empty} hint={words.queue.emptyHint} />}
      columnDefinitions={[
        { id: 'position', header: words.queue.columns.position, cell: ({ position }) => position, width: 50 },
        {
          id: 'number',
          header: words.queue.columns.number,
          isRowHeader: true,
          minWidth: 130,
          cell: ({ number }) => (
            <span className="whole">
              <Link href={`#/ticket/${number}`}>{number}</Link>
            </span>
          ),
        },
        {
          id: 'priority',
          header: words.queue.columns.priority,
          cell: ({ priority }) => <Priority of={priority} />,
        },
        {
          id: 'about',
          header: words.queue.columns.about,
          minWidth: 180,
          cell: (ticket) => <About ticket={ticket} />,
        },
        {
          id: 'due',
          header: words.queue.columns.due,
          minWidth: 200,
          cell: (ticket) => <Due ticket={ticket} />,
        },
        { id: 'waiting', header: words.queue.columns.waiting, cell: (ticket) => <Waited ticket={ticket} /> },
        {
          id: 'claim',
          header: '',
          cell: (ticket) => (works ? <Claim ticket={ticket} /> : null),
        },
      ]}
    />
  );
}

function About({ ticket }: { ticket: Queued }) {
  const words = useWords();
  const { queuedReason = '' } = ticket;
  return (
    <>
      {words.categories[ticket.category]} · {ticket.lastFour ?? ticket.cardToken}
      <Box variant="small" display="block">
        {words.reasons[queuedReason] ?? queuedReason.replaceAll('_', ' ')}
      </Box>
    </>
  );
}

function Due({ ticket }: { ticket: Queued }) {
  const due = nextDue(ticket.clocks);
  return due === undefined ? <>–</> : <ClockBadge clock={due} />;
}

function Waited({ ticket }: { ticket: Queued }) {
  const now = useNow();
  if (ticket.queuedAt === undefined) return <>–</>;
  return <span className="digits">{countdown(Math.max(0, now - Date.parse(ticket.queuedAt)))}</span>;
}

/** Exactly one wins; the others are told who, and when (H26). */
function Claim({ ticket }: { ticket: Queued }) {
  const words = useWords();
  const { time } = usePage();
  const api = useApi();
  const claim = useAction(
    () => api.call(routes.claimTicket, { parts: { number: ticket.number } }),
    () => go(`#/ticket/${ticket.number}`),
  );
  const { problem } = claim;
  const { by, at } = problem?.detail ?? {};
  return (
    <SpaceBetween size="xs">
      <Button
        ariaLabel={`${words.queue.claim} ${ticket.number}`}
        loading={claim.busy}
        onClick={() => void claim.run()}
      >
        {words.queue.claim}
      </Button>
      {problem?.name === 'claim-taken' && typeof by === 'string' && typeof at === 'string' ? (
        <Box color="text-status-error">{words.queue.taken(by, minute(at, time))}</Box>
      ) : (
        problem !== undefined && <Refused problem={problem} />
      )}
    </SpaceBetween>
  );
}
