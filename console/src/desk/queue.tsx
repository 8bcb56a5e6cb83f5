import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useApi, usePage } from '../shared/page.tsx';
import { Loaded, Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { go } from '../shared/use-hash.ts';
import { useLive } from '../shared/use-live.ts';
import type { DeskTicket, Me } from './answers.ts';
import { ClockBadge, nextDue } from './clock-badge.tsx';
import { Priority } from './priority.tsx';
import { routes } from './routes.ts';
import { Waiting } from './waiting.tsx';
import { useWords } from './words.ts';

/** Who waits, most urgent first, and what one has in hand; both come and go by themselves. */
export function Queue({ me }: { me: Me }) {
  const words = useWords();
  const { words: shared } = usePage();
  const api = useApi();
  const works = me.may.includes('work');
  const queue = useLive('queue', (signal) => api.call(routes.readQueue, { signal }));
  const mine = useLive(works ? 'mine' : undefined, (signal) => api.call(routes.myTickets, { signal }));
  // Where neither can be read, it is said once.
  const unread = queue.value === undefined && mine.value === undefined && queue.problem !== undefined;
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
      {works && !unread && <Loaded live={mine}>{({ tickets }) => <Mine tickets={tickets} />}</Loaded>}
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
                <Box variant="span">{words.statuses[ticket.status]}</Box>
                {due !== undefined && <ClockBadge clock={due} />}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
