import { verificationPolicy } from './verification-policy.ts';

/**
 * What failures and codes are counted under: a customer, a card and an incident, over all channels (I7). Failures count
 * under the day as well, or whoever can bring a ticket back or open one would have three more with each; and under the
 * customer, over all cards and 30 days, or two a day would never end.
 */
export interface TriesOf {
  readonly customerId: string;
  readonly cardToken: string;
  readonly incident: string;
  /** When the verification was opened: tells the day and the 30 days it counts in, whatever the clock says later. */
  readonly openedAt: string;
}

/** The day of a verification: the one it was opened on, whatever the clock says when it is tried. */
export const dayOf = (openedAt: string): string => `day-${openedAt.slice(0, 10)}`;

/** The window of so many days that a verification was opened in, for what its customer may fail in all. */
export const windowOf = (openedAt: string): string => {
  const { windowDays } = verificationPolicy.customer;
  return `days-${windowDays}-${Math.floor(Date.parse(openedAt) / (windowDays * 86_400_000))}`;
};

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
  /** Of the customer, in the 30 days. */
  readonly customerFailures: number;
}

export const areSpent = ({ failures, customerFailures }: Tries): boolean =>
  failures >= verificationPolicy.code.mostFailures ||
  customerFailures >= verificationPolicy.customer.mostFailures;
