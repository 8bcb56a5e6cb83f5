import { publicWording } from '../notification/public-wording.ts';
import type { Item } from '../platform/database.ts';
import { parseEntry } from '../platform/journal.ts';
import type { Timeline } from '../platform/sealed-words.ts';
import { isAnnounced, type PastCall } from './call.ts';
import type { Ticket } from './ticket.ts';

/** What every channel says of a ticket: number, status, version and as-of always (D3). */
export function customerView(ticket: Ticket) {
  return {
    number: ticket.number,
    status: ticket.status,
    wording: publicWording[ticket.status],
    version: ticket.version,
    asOf: ticket.asOf,
    category: ticket.category,
    cardToken: ticket.cardToken,
    lastFour: ticket.lastFour,
    openedAt: ticket.openedAt,
    ...(ticket.claimedByName === undefined ? {} : { agent: ticket.claimedByName }),
    ...(ticket.resolution === undefined ? {} : { resolution: ticket.resolution }),
  };
}

/** A call that was, as it is recorded and shown (D10). */
export const callView = ({ agentName, announcedAt, endedAt, outcome, seconds, transferredTo }: PastCall) => ({
  agent: agentName,
  announcedAt,
  endedAt,
  outcome,
  seconds,
  transferredTo,
});

/** A person answers within this long of the start of the clock (D6). */
const FIRST_RESPONSE_MINUTES = 60;

/** All its customer sees of a ticket. `position`: its place among those who wait, where it is known. */
export function wholeView(ticket: Ticket, about: { at: string; position?: number }) {
  const { responseDueFrom, call } = ticket;
  const waits = ticket.status === 'queued';
  return {
    ...customerView(ticket),
    position: waits ? about.position : undefined,
    answerBy:
      waits && responseDueFrom !== undefined
        ? new Date(Date.parse(responseDueFrom) + FIRST_RESPONSE_MINUTES * 60_000).toISOString()
        : undefined,
    wanted: ticket.wanted,
    phoneConsent: ticket.phoneConsent,
    personAskedAt: ticket.callbackFrom,
    disputes: ticket.disputes ?? [],
    calling: isAnnounced(call, about.at)
      ? {
          ticketNumber: ticket.number,
          agent: call.agentName,
          announcedAt: call.announcedAt,
          until: call.until,
        }
      : undefined,
    calls: (ticket.calls ?? []).map(callView),
  };
}

/** What agents see on top. */
export function agentView(ticket: Ticket) {
  return {
    ...customerView(ticket),
    priority: ticket.priority,
    customerId: ticket.customerId,
    alertId: ticket.alertId,
    queuedAt: ticket.queuedAt,
    queuedReason: ticket.queuedReason,
    responseDueFrom: ticket.responseDueFrom,
    claimedAt: ticket.claimedAt,
    cycle: ticket.cycle,
    textsPutOut: ticket.textsPutOutAt.length,
    ...(ticket.disputes === undefined ? {} : { disputes: ticket.disputes }),
    ...(ticket.wanted === undefined ? {} : { wanted: ticket.wanted }),
    ...(ticket.phoneConsent === undefined ? {} : { phoneConsent: ticket.phoneConsent }),
    ...(ticket.callbackFrom === undefined ? {} : { callbackFrom: ticket.callbackFrom }),
    ...(ticket.nextResponseFrom === undefined ? {} : { nextResponseFrom: ticket.nextResponseFrom }),
  };
}

/** The journal with people's own words where they still are; `wordsErased` where they were erased. */
export function timelineView({ entries, words, erased }: Timeline & { readonly entries: readonly Item[] }) {
  return entries.map(parseEntry).map(({ seq, type, at, by, data, hash }) => ({
    seq,
    type,
    at,
    by,
    data,
    hash,
    ...(words.has(seq) ? { words: words.get(seq) } : {}),
    ...(erased.has(seq) ? { wordsErased: true } : {}),
  }));
}
