import { clockTimes } from './clock-times.ts';
import type { Ticket } from './ticket.ts';

/** The desk in figures: who waits, whose clocks ran out, who works on how many. */
export function deskBoard({
  waiting,
  inHand,
  at,
}: {
  readonly waiting: readonly Ticket[];
  readonly inHand: readonly Ticket[];
  readonly at: string;
}) {
  const ofPriority = (priority: Ticket['priority']) =>
    waiting.filter((ticket) => ticket.priority === priority).length;
  const isOverdue = (ticket: Ticket) =>
    clockTimes(ticket, at).some(({ leg, state }) => state === 'overdue' && leg !== 'ACK');
  const agents = [...Map.groupBy(inHand, ({ claimedBy = '' }) => claimedBy)].map(([id, tickets]) => {
    const inWork = tickets.filter(({ status }) => status === 'in_progress').length;
    const name = tickets[0]?.claimedByName ?? id;
    return { id, name, inWork, waitingForOthers: tickets.length - inWork };
  });
  return {
    byPriority: { P1: ofPriority('P1'), P2: ofPriority('P2'), P3: ofPriority('P3'), P4: ofPriority('P4') },
    overdue: [...waiting, ...inHand].filter(isOverdue).length,
    agents: agents.sort((a, b) => b.inWork - a.inWork),
  };
}
