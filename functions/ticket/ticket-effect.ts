import type { Value } from '../platform/database.ts';

/** An effect that a ticket's change asks for, e.g. a text. */
export interface TicketEffect {
  readonly effect: 'sms' | 'email' | 'ask' | 'publish';
  readonly payload: Readonly<Record<string, Value | undefined>>;
}
