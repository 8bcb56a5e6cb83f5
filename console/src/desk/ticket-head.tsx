import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { lazy, Suspense, useState } from 'react';
import { minute, moment } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { deskDisputeWords as say } from './dispute-words.ts';
import { Priority } from './priority.tsx';
import { routes } from './routes.ts';
import { type Dialogue, dialoguesOf } from './ticket-offers.ts';
import { useWords } from './words.ts';
import { isMine, type WorkProps } from './workspace.tsx';

/** Nobody needs its forms before they ask for one. */
const TicketDialogue = lazy(async () => ({
  default: (await import('./ticket-dialogue.tsx')).TicketDialogue,
}));

const Merge = lazy(async () => ({ default: (await import('./merge.tsx')).Merge }));

/** Number, status and version, in whose hands, and what can be done from this status. */
export function TicketHead(props: WorkProps) {
  const { whole, me, changed } = props;
  const { ticket, customer } = whole;
  const words = useWords();
  const { language, time } = usePage();
  const [open, setOpen] = useState<Dialogue>();
  const hands = ticket.agent === undefined ? words.ticket.nobody : words.ticket.inHandOf(ticket.agent);
  return (
    <SpaceBetween size="s">
      <Header
        variant="h1"
        actions={me.may.includes('work') && <Actions {...props} open={setOpen} />}
        description={
          <span className="digits">
            {customer !== undefined && `${customer.name} · ${words.ticket.speaks[customer.language]} · `}
            {words.ticket.version(ticket.version, moment(ticket.asOf, time))} ·{' '}
            {ticket.wording[language] !== words.statuses[ticket.status] &&
              `${words.customerSees(ticket.wording[language])} · `}
            {isMine(props) ? words.ticket.yours : hands}
            {ticket.leaseUntil !== undefined && ` · ${words.ticket.lease(minute(ticket.leaseUntil, time))}`}
          </span>
        }
      >
        <span className="head" data-status={ticket.status} data-version={ticket.version}>
          {ticket.number} <Priority of={ticket.priority} />
          <StatusIndicator type={ticket.status === 'resolved' ? 'success' : 'in-progress'}>
            {words.statuses[ticket.status]}
          </StatusIndicator>
          <Box variant="span" color="text-body-secondary">
            {words.categories[ticket.category]}
          </Box>
        </span>
      </Header>
      {!me.may.includes('work') && <Box color="text-body-secondary">{words.ticket.readOnly}</Box>}
      {open === 'merge' && (
        <Suspense fallback={null}>
          <Merge {...props} close={() => setOpen(undefined)} />
        </Suspense>
      )}
      {open !== undefined && open !== 'merge' && (
        <Suspense fallback={null}>
          <TicketDialogue
            {...props}
            dialogue={open}
            close={() => setOpen(undefined)}
            done={async () => {
              setOpen(undefined);
              await changed();
            }}
          />
        </Suspense>
      )}
    </SpaceBetween>
  );
}

function Actions({ whole, me, changed, open }: WorkProps & { open: (dialogue: Dialogue) => void }) {
  const { ticket } = whole;
  const words = useWords();
  const { words: shared, language } = usePage();
  const api = useApi();
  const mine = isMine({ whole, me });
  const parts = { number: ticket.number };
  const claim = useAction(() => api.call(routes.claimTicket, { parts }), changed);
  const resume = useAction(() => api.call(routes.resumeWork, { parts }), changed);
  const waits = ['awaiting_customer', 'awaiting_third_party', 'concluded'].includes(ticket.status);
  const names: Readonly<Record<Dialogue, string>> = {
    merge: say.merge[language],
    takeOver: words.ticket.takeOver,
    handBack: words.ticket.handBack,
    wait_customer: words.ticket.waitCustomer,
    wait_third: words.ticket.waitThird,
    triage: words.ticket.triage,
    reopen: words.ticket.reopen,
    conclude: words.ticket.conclude,
    resolve: words.ticket.resolve,
  };
  const items = dialoguesOf(ticket.status, mine, me.may.includes('supervise')).filter(
    (id) => id !== 'takeOver' || ticket.agentId !== undefined,
  );
  const problem = claim.problem ?? resume.problem;
  return (
    <SpaceBetween size="xs">
      <SpaceBetween direction="horizontal" size="xs">
        {ticket.agentId === undefined && ['queued', 'awaiting_reply'].includes(ticket.status) && (
          <Button variant="primary" loading={claim.busy} onClick={() => void claim.run()}>
            {words.ticket.claim}
          </Button>
        )}
        {mine && waits && (
          <Button loading={resume.busy} onClick={() => void resume.run()}>
            {words.ticket.resume}
          </Button>
        )}
        {mine && ticket.status === 'in_progress' && (
          <Button variant="primary" onClick={() => open('conclude')}>
            {words.ticket.conclude}
          </Button>
        )}
        {mine && ['in_progress', 'concluded'].includes(ticket.status) && (
          <Button onClick={() => open('resolve')}>{words.ticket.resolve}</Button>
        )}
        {items.length > 0 && (
          <ButtonDropdown
            items={items.map((id) => ({ id, text: names[id] }))}
            onItemClick={({ detail }) => {
              const chosen = items.find((id) => id === detail.id);
              if (chosen !== undefined) open(chosen);
            }}
          >
            {shared.more}
          </ButtonDropdown>
        )}
      </SpaceBetween>
      {problem !== undefined && <Refused problem={problem} />}
    </SpaceBetween>
  );
}
