import type { HeldPlace, WaitingPlace } from './desk-places.ts';
import type { Priority } from './ticket-priority.ts';

/** The desk in figures, from places alone: who waits, whose clocks ran out, who works on how many. */
export function deskBoard({
  waiting,
  held,
  nameOf,
  at,
}: {
  readonly waiting: readonly WaitingPlace[];
  readonly held: readonly HeldPlace[];
  readonly nameOf: (agentId: string) => string;
  readonly at: string;
}) {
  const ofPriority = (priority: Priority) => waiting.filter((one) => one.priority === priority).length;
  const isOverdue = ({ dueAt }: { readonly dueAt?: string }) => dueAt !== undefined && dueAt <= at;
  const agents = [...Map.groupBy(held, ({ agentId }) => agentId)].map(([id, places]) => {
    const waitingForOthers = places.filter(({ status = 'in_progress' }) => status !== 'in_progress').length;
    return { id, name: nameOf(id), inWork: places.length - waitingForOthers, waitingForOthers };
  });
  return {
    waitingTotal: waiting.length,
    inHandTotal: held.length,
    byPriority: { P1: ofPriority('P1'), P2: ofPriority('P2'), P3: ofPriority('P3'), P4: ofPriority('P4') },
    overdue: [...waiting, ...held].filter(isOverdue).length,
    agents: agents.sort((a, b) => b.inWork - a.inWork),
  };
}
