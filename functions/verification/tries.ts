import { verificationPolicy } from './verification-policy.ts';

/**
 * What failures and codes are counted under: a customer, a card and an incident, over all channels (I7). Failures count
 * under the day as well, or whoever can bring a ticket back or open one would have three more with each.
 */
export interface TriesOf {
  readonly customerId: string;
  readonly cardToken: string;
  readonly incident: string;
  readonly day: string;
}

/** The day of a verification: the one it was opened on, whatever the clock says when it is tried. */
export const dayOf = (openedAt: string): string => `day-${openedAt.slice(0, 10)}`;

/** The cycle of a ticket is the incident; a day, where there is no ticket. */
export function incidentOf(
  ticket: { readonly ticketId: string; readonly cycle: number } | undefined,
  at: string,
): string {
  return ticket === undefined ? dayOf(at) : `${ticket.ticketId}-${ticket.cycle}`;
}

export interface Tries {
  readonly failures: number;
  readonly sends: number;
}

export const areSpent = ({ failures }: Tries): boolean => failures >= verificationPolicy.code.mostFailures;
