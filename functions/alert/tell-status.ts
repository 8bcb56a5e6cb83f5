import type { Value } from '../platform/database.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { TicketReadings } from '../ticket/ticket-reading-store.ts';
import { answerOnAlert } from './answer-on-alert.ts';
import { type AnswerPhoneDeps, answerAlone, answerNeutrally, type Inbound } from './answer-phone.ts';
import type { SettleDeps } from './settle-alert.ts';

export interface TellStatusDeps {
  readonly tickets: Pick<TicketReadings, 'ofCustomer'>;
}

const over: ReadonlySet<string> = new Set(['resolved', 'closed', 'merged']);

/**
 * 进度 / STATUS: number, status, version and as-of of the ticket that is open (H11, D3), whatever channel opened it.
 * Only to a number that is its customer's today; on a shared one, or with several open, the card has to be named.
 */
export async function tellStatus(
  deps: SettleDeps & AnswerPhoneDeps & TellStatusDeps,
  inbound: Inbound,
): Promise<string | 'changed'> {
  const { reading, sender } = inbound;
  const [ticket, ...others] = await openTickets(deps, inbound);
  if (ticket === undefined) return answerNeutrally(deps, inbound);
  const bare = reading.lastFour === undefined && reading.tag === undefined;
  if (bare && (others.length > 0 || sender.owners.length > 1)) {
    const words = { kind: 'statusWhichCase', facts: {} };
    return answerAlone(deps, inbound, { words, effect: 'asked_which_case' });
  }
  const effect = 'status_told';
  const { alertId, ticketId } = ticket;
  if (alertId === undefined) {
    return answerAlone(deps, inbound, { words: statusOf(ticket), ticketId, effect });
  }
  return answerOnAlert(deps, inbound, { alertId, words: statusOf, effect });
}

/** The open tickets of the phone's customers that the text may mean, the latest first. */
export async function openTickets(deps: TellStatusDeps, inbound: Inbound): Promise<readonly Ticket[]> {
  const { owners } = inbound.sender;
  const known = (
    await Promise.all(owners.map(({ customerId }) => deps.tickets.ofCustomer(customerId)))
  ).flat();
  const open = known.filter(({ status }) => !over.has(status));
  // What is said of a ticket that was merged is said of the one it became part of.
  const named = open.filter((ticket) =>
    [ticket, ...mergedInto(ticket, known)].some((one) => isNamed(one, inbound)),
  );
  return named.toSorted((a, b) => (a.asOf < b.asOf ? 1 : -1));
}

const mergedInto = (ticket: Ticket, known: readonly Ticket[]): readonly Ticket[] =>
  known.filter(({ number }) => ticket.joined?.some((one) => one.number === number) === true);

function isNamed(ticket: Ticket, { reading, sender }: Inbound): boolean {
  const { lastFour, tag } = reading;
  const tagged = sender.candidates.find((one) => one.tag === tag)?.alert.ticketId;
  return (
    (lastFour === undefined || ticket.lastFour === lastFour) &&
    (tag === undefined || ticket.ticketId === tagged)
  );
}

export function statusOf(ticket: Ticket): { kind: string; facts: Record<string, Value> } {
  const { number, status, version, asOf } = ticket;
  return { kind: 'ticketStatus', facts: { ticketNumber: number, status, version, asOf } };
}
