import { publicWording } from '../notification/public-wording.ts';
import type { Item } from '../platform/database.ts';
import { parseEntry } from '../platform/journal.ts';
import type { Timeline } from '../platform/sealed-words.ts';
import { type AnnouncedCall, isAnnounced, type PastCall } from './call.ts';
import { type ClockTimes, clockTimes } from './clock-times.ts';
import { type Dispute, disputesOf } from './dispute.ts';
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

/** The call of the moment as the desk sees it: announced, dialled, connected. */
const deskCallView = ({ agentName, agentId, announcedAt, until, dial, ...call }: AnnouncedCall) => ({
  agent: agentName,
  agentId,
  announcedAt,
  until,
  dial: dial ?? 'by_hand',
  dialledAt: call.dialledAt,
  connectedAt: call.connectedAt,
});

/** A clock as people read it: `overdue` is said as plainly as `running`. */
export const clockView = ({ leg, state, from, until, dueAt }: ClockTimes) => ({
  leg,
  state,
  from,
  until,
  dueAt,
});

/** A disputed transaction with its history, the latest last (D9). */
export const disputeView = ({ transactionId, status, at, cardToken, facts, steps }: Dispute) => ({
  ...{ transactionId, status, at, cardToken, facts },
  history: steps,
});

/** Tickets this one goes on from, or goes on in. */
export interface TicketLinks {
  /** The one it was merged into, as it stands now. */
  readonly mergedInto?: ReturnType<typeof customerView>;
  readonly mergedFrom?: readonly string[];
  readonly follows?: string;
  readonly followedBy?: string;
}

/** Papers are waited for as long as the ticket waits for its customer. */
const evidenceWantedAt = ({ status, evidenceWantedAt: at }: Ticket): string | undefined =>
  status === 'awaiting_customer' ? at : undefined;

/** All its customer sees of a ticket. `position`: its place among those who wait, where it is known. */
export function wholeView(ticket: Ticket, about: { at: string; position?: number; links?: TicketLinks }) {
  const { call } = ticket;
  const clocks = clockTimes(ticket, about.at);
  const waits = ticket.status === 'queued';
  return {
    ...customerView(ticket),
    position: waits ? about.position : undefined,
    answerBy: waits ? clocks.find(({ leg }) => leg === 'FIRST_RESPONSE')?.dueAt : undefined,
    clocks: clocks.map(clockView),
    wanted: ticket.wanted,
    phoneConsent: ticket.phoneConsent,
    personAskedAt: ticket.callbackFrom,
    disputes: disputesOf(ticket).map(disputeView),
    links: about.links,
    evidenceWantedAt: evidenceWantedAt(ticket),
    replacementRequestedAt: ticket.replacementRequestedAt,
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

/** What agents see on top, with every clock of the cycle as of `at` and those of the cycles before it. */
export function agentView(ticket: Ticket, at: string, links?: TicketLinks) {
  const { priority, clocks, pastClocks = [] } = ticket;
  return {
    ...customerView(ticket),
    priority: ticket.priority,
    customerId: ticket.customerId,
    alertId: ticket.alertId,
    queuedAt: ticket.queuedAt,
    queuedReason: ticket.queuedReason,
    responseDueFrom: ticket.responseDueFrom,
    claimedAt: ticket.claimedAt,
    agentId: ticket.claimedBy,
    leaseUntil: ticket.leaseUntil,
    reservedFor: ticket.reservedFor,
    conclusion: ticket.conclusion,
    resolvedAt: ticket.resolvedAt,
    evidenceWantedAt: evidenceWantedAt(ticket),
    cycle: ticket.cycle,
    links,
    textsPutOut: ticket.textsPutOutAt.length,
    clockPolicy: clocks?.policy,
    clocks: clockTimes(ticket, at).map(deskClock),
    pastClocks: pastClocks.map((past) => ({
      cycle: past.cycle,
      from: past.from,
      clockPolicy: past.policy,
      clocks: clockTimes({ priority, clocks: past }, at).map(deskClock),
    })),
    ...(ticket.disputes === undefined ? {} : { disputes: disputesOf(ticket).map(disputeView) }),
    ...(ticket.wanted === undefined ? {} : { wanted: ticket.wanted }),
    ...(ticket.phoneConsent === undefined ? {} : { phoneConsent: ticket.phoneConsent }),
    ...(ticket.callbackFrom === undefined ? {} : { callbackFrom: ticket.callbackFrom }),
    ...(ticket.nextResponseFrom === undefined ? {} : { nextResponseFrom: ticket.nextResponseFrom }),
    ...(ticket.call === undefined ? {} : { call: deskCallView(ticket.call) }),
  };
}

const deskClock = (times: ClockTimes) => ({
  ...clockView(times),
  warnAt: times.warnAt,
  targetMinutes: times.targetMinutes,
  elapsedSeconds: times.elapsedSeconds,
});

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
