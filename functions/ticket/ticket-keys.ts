/** Where a ticket and its guards stand, and in which partitions of the indexes it is found. */
export const ticketPk = (ticketId: string): string => `TICKET#${ticketId}`;
export const ticketKey = (ticketId: string) => ({ pk: ticketPk(ticketId), sk: 'META' });
export const incidentKey = (customerId: string, cardToken: string) => ({
  pk: `OPEN#${customerId}#${cardToken}`,
  sk: 'GUARD',
});
export const numberKey = (number: string) => ({ pk: `NO#${number}`, sk: 'GUARD' });

/** Partitions of the queue's index; agents' pages read all of them. */
export const QUEUE_SHARDS = 4;

export function queueShard(ticketId: string): number {
  let sum = 0;
  for (const character of ticketId) sum = (sum * 31 + character.charCodeAt(0)) % 65_536;
  return sum % QUEUE_SHARDS;
}

export const overPartition = (ticketId: string): string => `OVER#${queueShard(ticketId)}`;
/** Partitions of the tickets that are over and have no day yet on which they are deleted. */
export const overPartitions: readonly string[] = Array.from(
  { length: QUEUE_SHARDS },
  (_, shard) => `OVER#${shard}`,
);

/** Tickets in somebody's hands; within a partition those of one agent lie together, each with what a board counts. */
export const handPartition = (ticketId: string): string => `HAND#${queueShard(ticketId)}`;
export const handPlace = (agentId: string, ...counted: readonly (string | undefined)[]): string =>
  [agentId, ...counted].join('#');

/** By the last four digits of its card and when it was opened: how a caller without a number is found. */
export const lastFourPartition = (lastFour: string): string => `FOUR#${lastFour}`;
export const lastFourIndex = (ticket: { readonly lastFour?: string; readonly openedAt: string }) =>
  ticket.lastFour === undefined
    ? {}
    : { gsi3pk: lastFourPartition(ticket.lastFour), gsi3sk: ticket.openedAt };
