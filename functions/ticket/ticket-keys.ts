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
