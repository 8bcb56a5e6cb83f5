import { verificationPolicy } from './verification-policy.ts';

/** What failures and codes are counted under: a customer, a card and an incident, over all channels (I7). */
export interface TriesOf {
  readonly customerId: string;
  readonly cardToken: string;
  readonly incident: string;
}

/** The cycle of a ticket is the incident; a day, where there is no ticket. */
export function incidentOf(
  ticket: { readonly ticketId: string; readonly cycle: number } | undefined,
  at: string,
): string {
  return ticket === undefined ? `day-${at.slice(0, 10)}` : `${ticket.ticketId}-${ticket.cycle}`;
}

export interface Tries {
  readonly failures: number;
  readonly sends: number;
}

export const areSpent = ({ failures }: Tries): boolean => failures >= verificationPolicy.code.mostFailures;
