import type { Rooms } from '../rooms.ts';
import type { Telemetry } from '../telemetry.ts';

/**
 * What a function's work is put together from, apart from ports of its own. Here use cases meet their stores; the
 * handler beside it adds environment and clients. The simulation in `test/simulation` runs the same work on stores
 * in memory.
 */
export interface Work {
  readonly rooms: Rooms;
  readonly telemetry: Telemetry;
  readonly newId: () => string;
  readonly newTicketNumber: () => string;
}

/** What most functions need: no ids of their own. */
export type PlainWork = Pick<Work, 'rooms' | 'telemetry'>;
