import type { Value } from '../platform/database.ts';
import type { JournalEntry } from '../platform/journal.ts';
import type { EntryType } from './entry-types.ts';
import type { Ticket } from './ticket.ts';

/** An effect that a ticket's change asks for, e.g. a text or a call. */
export interface TicketEffect {
  readonly effect: 'sms' | 'email' | 'ask' | 'publish' | 'dial';
  readonly payload: Readonly<Record<string, Value | undefined>>;
}

export type TicketEntry = Omit<JournalEntry, 'at' | 'type'> & {
  readonly type: EntryType;
  /** What somebody wrote or said, masked: kept beside the journal, so that it can be erased (D11). */
  readonly words?: string;
};

/** What a change makes of a ticket; without entries it stays as it is. */
export interface Changing {
  readonly ticket: Ticket;
  readonly entries: readonly TicketEntry[];
  readonly effects?: readonly TicketEffect[];
}
