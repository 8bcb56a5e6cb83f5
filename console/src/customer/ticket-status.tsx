import Box from '@cloudscape-design/components/box';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { moment } from '../shared/format.ts';
import { usePage } from '../shared/page.tsx';
import type { TicketLine } from './answers.ts';
import { useWords } from './words.ts';

const look: Readonly<Record<TicketLine['status'], StatusIndicatorProps.Type>> = {
  awaiting_reply: 'pending',
  queued: 'pending',
  in_progress: 'in-progress',
  awaiting_third_party: 'in-progress',
  awaiting_customer: 'warning',
  concluded: 'info',
  resolved: 'success',
  closed: 'stopped',
  merged: 'stopped',
};

/** Status, version and as-of time: what every channel says alike (D3). */
export function TicketStatus({
  ticket,
}: {
  ticket: Pick<TicketLine, 'status' | 'wording' | 'version' | 'asOf'>;
}) {
  const words = useWords();
  const { language, time } = usePage();
  return (
    <div data-status={ticket.status} data-version={ticket.version}>
      <StatusIndicator type={look[ticket.status]}>{ticket.wording[language]}</StatusIndicator>
      <Box variant="small" display="block">
        <span className="digits">{words.ticket.version(ticket.version, moment(ticket.asOf, time))}</span>
      </Box>
    </div>
  );
}
