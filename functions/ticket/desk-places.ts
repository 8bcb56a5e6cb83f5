import * as z from 'zod/mini';
import { type Priority, priorities } from './ticket-priority.ts';
import { type TicketStatus, ticketStatuses } from './ticket-states.ts';

/** A ticket that waits, as its place in the index tells it. */
export interface WaitingPlace {
  readonly ticketId: string;
  /** Sorts by priority, then by the clock that is due next. */
  readonly place: string;
  readonly priority: Priority;
  readonly dueAt: string;
}

/** A ticket in somebody's hands, as its place in the index tells it. */
export interface HeldPlace {
  readonly ticketId: string;
  readonly agentId: string;
  /** Absent, as `dueAt`, of a ticket written before places said so. */
  readonly status?: TicketStatus;
  /** When the next clock a person can stop is due; absent: none runs. */
  readonly dueAt?: string;
}

/** Places read from an index; `more`: there were more than are read. */
export interface Places<Place> {
  readonly places: readonly Place[];
  readonly more: boolean;
}

/** An item of the index: its keys alone. */
const indexedSchema = z.object({ pk: z.string().check(z.startsWith('TICKET#')), gsi2sk: z.string() });
const prioritySchema = z.enum(priorities);
const statusSchema = z.optional(z.enum(ticketStatuses));

const idOf = (pk: string): string => pk.slice('TICKET#'.length);

export function waitingPlace(item: object): WaitingPlace {
  const { pk, gsi2sk: place } = indexedSchema.parse(item);
  const [priority, dueAt = ''] = place.split('#');
  return { ticketId: idOf(pk), place, priority: prioritySchema.parse(priority), dueAt };
}

export function heldPlace(item: object): HeldPlace {
  const { pk, gsi2sk } = indexedSchema.parse(item);
  const [agentId = '', , status, dueAt] = gsi2sk.split('#');
  return {
    ...{ ticketId: idOf(pk), agentId, status: statusSchema.parse(status) },
    dueAt: dueAt === '' ? undefined : dueAt,
  };
}

/** A ticket that is over, and since when. */
export function overPlace(item: object): { readonly ticketId: string; readonly at: string } {
  const { pk, gsi2sk: at } = indexedSchema.parse(item);
  return { ticketId: idOf(pk), at };
}

/** Who waits before whom; of one place the older id, so that everybody counts alike. */
export const byPlace = (
  a: Pick<WaitingPlace, 'place' | 'ticketId'>,
  b: Pick<WaitingPlace, 'place' | 'ticketId'>,
): number => compare(a.place, b.place) || compare(a.ticketId, b.ticketId);

/** Those whose next clock is due first; without one last. */
export const byDue = (a: HeldPlace, b: HeldPlace): number =>
  compare(a.dueAt ?? '~', b.dueAt ?? '~') || compare(a.ticketId, b.ticketId);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
