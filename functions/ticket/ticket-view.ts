import { publicWording } from '../notification/public-wording.ts';
import type { Item } from '../platform/database.ts';
import { parseEntry } from '../platform/journal.ts';
import type { Timeline } from '../platform/sealed-words.ts';
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
