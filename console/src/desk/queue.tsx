import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { clock, countdown } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Empty, Loaded, Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { go } from '../shared/use-hash.ts';
import { useLive } from '../shared/use-live.ts';
import { useNow } from '../shared/use-now.ts';
import type { DeskTicket, Me, Queued } from './answers.ts';
import { ClockBadge, nextDue } from './clock-badge.tsx';
import { counter } from './counter.ts';
import { Priority } from './priority.tsx';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

/** Who waits, most urgent first, and what one has in hand; both come and go by themselves. */
export function Queue({ me }: { me: Me }) {
  const words = useWords();
  const { words: shared } = usePage();
  const api = useApi();
  const works = me.may.includes('work');
  const queue = useLive('queue', (signal) => api.call(routes.readQueue, { signal }));
  const mine = useLive(works ? 'mine' : undefined, (signal) => api.call(routes.myTickets, { signal }));
  const [told, setTold] = useState<string>();
  const next = useAction(
    () => api.call(routes.nextTicket, {}),
    ({ ticket }) => {
      if (ticket === undefined) setTold(words.queue.nothing);
      else go(`#/ticket/${ticket.number}`);
    },
  );
  const actions = works && (
    <Button variant="primary" loading={next.busy} onClick={() => void next.run()}>
      {words.queue.next}
    </Button>
  );
  return (
    <SpaceBetween size="l">
      <Header variant="h1" actions={actions} description={words.roles.capacity(me.inWork, me.mostInWork)}>
        {words.queue.heading}
      </Header>
      {told !== undefined && (
        <AlertBox
          type="info"
          dismissible
          dismissAriaLabel={shared.close}
          onDismiss={() => setTold(undefined)}
        >
          {told}
        </AlertBox>
      )}
      {next.problem !== undefined && <Refused problem={next.problem} />}
      {works && <Loaded live={mine}>{({ tickets }) => <Mine tickets={tickets} />}</Loaded>}
      {/* Read out when it changes, to whoever does not see the rows come and go. */}
      <div className="unseen" role="status">
        {queue.value !== undefined && words.queue.wait(queue.value.total)}
      </div>
      <Loaded live={queue}>
        {({ tickets, total }) => <Waiting tickets={tickets} total={total} works={works} />}
      </Loaded>
    </SpaceBetween>
  );
}

function Mine({ tickets }: { tickets: readonly DeskTicket[] }) {
  const words = useWords();
  const { language } = usePage();
  return (
    <section aria-label={words.roles.mine}>
      <Header variant="h2" counter={`(${tickets.length})`}>
        {words.roles.mine}
      </Header>
      {tickets.length === 0 ? (
        <Box color="text-body-secondary">{words.queue.noneMine}</Box>
      ) : (
        <ul className="mine">
          {tickets.map((ticket) => {
            const due = nextDue(ticket.clocks);
            return (
              <li key={ticket.number}>
                <Priority of={ticket.priority} />
                <Link href={`#/ticket/${ticket.number}`}>{ticket.number}</Link>
                <Box variant="span">{ticket.wording[language]}</Box>
                {due !== undefined && <ClockBadge clock={due} />}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function Waiting(props: { tickets: readonly Queued[]; total: number; works: boolean }) {
  const { tickets, total, works } = props;
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
          cell: ({ number }) => <Link href={`#/ticket/${number}`}>{number}</Link>,
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
        <Box color="text-status-error">{words.queue.taken(by, clock(at, time))}</Box>
      ) : (
        problem !== undefined && <Refused problem={problem} />
      )}
    </SpaceBetween>
  );
}
