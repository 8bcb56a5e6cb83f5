import { isAnnounced } from './call.ts';
import type { Agent } from './claim.ts';
import { disputesOf, joinedDisputes } from './dispute.ts';
import { isOver, moved, queued, shown, type Ticket } from './ticket.ts';
import type { Changing } from './ticket-effect.ts';
import { ticketMail } from './ticket-emails.ts';
import { ticketEvent } from './ticket-events.ts';
import { raised } from './ticket-priority.ts';

/** Most tickets that were merged into one; each has a guard, and all guards are written at once. */
export const MOST_JOINED = 20;

export type MergeRefusal =
  /** The one to be merged is not in the agent's hands, or the other is in somebody else's. */
  | 'not_yours'
  /** It is closed, or merged already. */
  | 'wrong_state'
  /** Both are the same, they are of two customers, or the other one is over. */
  | 'cannot_merge'
  /** A call about it is announced: it is to end first. */
  | 'call_announced'
  | 'too_many_disputes';

export interface MergeOrder {
  readonly by: Agent | 'system';
  /** A supervisor merges what is in anybody's hands. */
  readonly supervises: boolean;
  readonly at: string;
  /** Masked: why. */
  readonly words: string;
}

/** Both tickets after the one became part of the other. */
export interface Merged {
  readonly source: Changing;
  readonly target: Changing;
}

/**
 * Two tickets of one customer turn out to be one incident (D2): the source ends and names the target, which takes over
 * what is disputed, promised and spent; its priority can only rise. What names the source, an alert or a call in the
 * contact log, finds the target by way of it.
 */
export function merge(
  source: Ticket,
  target: Ticket,
  order: MergeOrder,
): Merged | { readonly refusal: MergeRefusal } {
  const refusal = whyNot(source, target, order);
  if (refusal !== undefined) return { refusal };
  const { at, words, by } = order;
  const ended = moved(source, 'merged', at);
  if (ended === undefined) return { refusal: 'wrong_state' };
  const taken = takenOver(source, target, at);
  if (taken === undefined) return { refusal: 'too_many_disputes' };
  const who = by === 'system' ? { by } : { by: `agent:${by.id}` };
  const name = by === 'system' ? undefined : by.name;
  const merged: Ticket = {
    ...ended,
    mergedInto: target.number,
    leaseUntil: undefined,
    reservedFor: undefined,
    nextResponseFrom: undefined,
    call: undefined,
  };
  const { number, cardToken, status } = source;
  return {
    source: {
      ticket: merged,
      entries: [{ ...who, type: 'ticket_merged', data: { name, into: target.number }, words }],
      effects: [
        ticketEvent('TicketMerged', merged, { into: target.number }),
        ticketMail('merged', merged, { into: target.number }),
      ],
    },
    target: {
      ticket: taken,
      entries: [{ ...who, type: 'ticket_joined', data: { name, from: number, cardToken, status }, words }],
    },
  };
}

function whyNot(source: Ticket, target: Ticket, order: MergeOrder): MergeRefusal | undefined {
  const { by, supervises, at } = order;
  const same = source.ticketId === target.ticketId;
  if (same || source.customerId !== target.customerId || isOver(target)) return 'cannot_merge';
  const isOf = ({ claimedBy }: Ticket) => by !== 'system' && claimedBy === by.id;
  const free = target.claimedBy === undefined || isOf(target);
  if (by !== 'system' && !supervises && !(isOf(source) && free)) return 'not_yours';
  if (isAnnounced(source.call, at)) return 'call_announced';
  return joinedOf(source, target).length > MOST_JOINED ? 'cannot_merge' : undefined;
}

const joinedOf = (source: Ticket, target: Ticket) => [
  ...(target.joined ?? []),
  ...(source.joined ?? []),
  { number: source.number, cardToken: source.cardToken },
];

/** The target with what the source brings. Undefined: it cannot list all that is disputed. */
function takenOver(source: Ticket, target: Ticket, at: string): Ticket | undefined {
  const disputes = joinedDisputes(
    disputesOf(target),
    disputesOf(source).map((dispute) => ofCard(dispute, source.cardToken, target.cardToken)),
  );
  if (disputes === undefined) return undefined;
  const priority = raised(target.priority, source.priority);
  const base: Ticket = {
    ...target,
    priority,
    disputes: disputes.length === 0 ? undefined : [...disputes],
    joined: joinedOf(source, target),
    alertId: target.alertId ?? source.alertId,
    // What one incident may be texted counts for both (I5).
    textsPutOutAt: [...target.textsPutOutAt, ...source.textsPutOutAt].sort(),
    warnedAt: target.warnedAt ?? source.warnedAt,
    wanted: target.wanted ?? source.wanted,
    phoneConsent: target.phoneConsent ?? source.phoneConsent,
    callbackFrom: earlier(target.callbackFrom, source.callbackFrom),
    nextResponseFrom: earlier(target.nextResponseFrom, source.nextResponseFrom),
    replacementRequestedAt: target.replacementRequestedAt ?? source.replacementRequestedAt,
  };
  const clockFrom = source.responseDueFrom;
  const waits =
    clockFrom === undefined || source.status === 'resolved'
      ? undefined
      : queued(base, { priority, reason: 'merged', at, clockFrom });
  const after = waits ?? base;
  return after.version === target.version ? shown(after, at) : after;
}

/** A dispute says which card it is about where that is not its ticket's. */
function ofCard<D extends { readonly cardToken?: string }>(dispute: D, from: string, to: string): D {
  const cardToken = dispute.cardToken ?? from;
  return { ...dispute, cardToken: cardToken === to ? undefined : cardToken };
}

const earlier = (a: string | undefined, b: string | undefined): string | undefined =>
  [a, b].filter((at) => at !== undefined).sort()[0];
