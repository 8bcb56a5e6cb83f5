import { FUTURE_SKEW_SECONDS } from '../transaction/envelope.ts';
import type { TransactionAuthorized } from '../transaction/events.ts';
import type { CardFraud } from './card-frauds.ts';
import {
  APPROVED,
  DECLINED,
  emptyHistory,
  type History,
  INCOMPARABLE,
  insertSingle,
  REVERSED,
} from './history.ts';
import { isProven, learnPlace, learnTransaction, minuteOf } from './learn.ts';
import { type ReversedAhead, wasReversedAhead } from './reversed-ahead.ts';
import {
  emptyRing,
  type Outcome,
  RING_CONFIRM_BATCH,
  RING_FULL_ENTRIES,
  RING_HOURS,
  type Ring,
  type RingEntry,
  ringEntryAt,
  ringIndexOf,
  withEntry,
  withoutEntries,
  withoutEntry,
} from './ring.ts';

export { type LearntFacts, learnFacts, learnTransaction } from './learn.ts';
export { decodeProfile, encodeProfile, PROFILE_LIMIT_BYTES } from './profile-bytes.ts';
export { applyReversal, type Reversal, type ReversalResult } from './profile-reversal.ts';
export type { Outcome, RingEntry } from './ring.ts';

/** What a card has done so far, as far as screening needs it. Never changed in place. */
export interface CardProfile {
  /** ISO 4217 code of all amounts, that of the first transaction; empty before it. */
  readonly currency: string;
  /** Epoch minutes of the earliest transaction; 0 before it. */
  readonly firstMinute: number;
  /** All attempts ever. */
  readonly attempts: number;
  /** Approved, comparable, above zero, taken for genuine; sums in billing minor units. */
  readonly spendCount: number;
  readonly spendSum: number;
  readonly spendSquares: number;
  readonly history: History;
  /** Seen lately, latest first: country numbers, digests of devices and of merchants. */
  readonly countries: readonly number[];
  readonly devices: readonly number[];
  readonly merchants: readonly number[];
  /** Latest place the card itself was used: country number (0: never) and epoch minutes. */
  readonly presentCountry: number;
  readonly presentMinute: number;
  readonly ring: Ring;
  /** Purchases reversed as a whole before we heard of them; latest last. */
  readonly ahead: readonly ReversedAhead[];
  /** Transactions known as fraud, latest first by their own time. */
  readonly frauds: readonly CardFraud[];
}

const empty: CardProfile = {
  currency: '',
  firstMinute: 0,
  attempts: 0,
  spendCount: 0,
  spendSum: 0,
  spendSquares: 0,
  history: emptyHistory,
  countries: [],
  devices: [],
  merchants: [],
  presentCountry: 0,
  presentMinute: 0,
  ring: emptyRing,
  ahead: [],
  frauds: [],
};

export function emptyProfile(): CardProfile {
  return empty;
}

/** The ring's entry of a transaction, by `decisionKeyPart(transactionId)`. */
export function findInRing(profile: CardProfile, idDigest: string): RingEntry | undefined {
  const index = ringIndexOf(profile.ring, idDigest);
  return index < 0 ? undefined : ringEntryAt(profile.ring, index);
}

/** Whether the entry was made of this event; otherwise the same id came with another body (H1). */
export function isSameBody(entry: RingEntry, bodyDigest: string): boolean {
  return bodyDigest.startsWith(entry.bodyDigest);
}

/**
 * True when "not in the ring" proves "not processed yet". An event cannot have been received before its own
 * time less the skew we accept; so one later than all that ever left the ring would still be in it.
 * `occurredAt` in epoch milliseconds.
 */
export function isRingAuthoritative(profile: CardProfile, occurredAt: number): boolean {
  return occurredAt - FUTURE_SKEW_SECONDS * 1000 > profile.ring.droppedUntil;
}

/**
 * Entries old enough to leave, none until a batch has gathered. The caller proves by one batched read
 * that their decisions exist, writes what is missing, then calls {@link dropConfirmed}. `now` in epoch ms.
 */
export function ringEntriesToConfirm(profile: CardProfile, now: number): RingEntry[] {
  const oldest = now - RING_HOURS * 3_600_000;
  const old: RingEntry[] = [];
  profile.ring.receivedAt.forEach((second, index) => {
    if (second * 1000 < oldest) old.push(ringEntryAt(profile.ring, index));
  });
  return old.length >= RING_CONFIRM_BATCH ? old : [];
}

/** The profile without the entries whose decisions were seen in the table. */
export function dropConfirmed(profile: CardProfile, idDigests: readonly string[]): CardProfile {
  const dropped = new Set(idDigests.map((digest) => ringIndexOf(profile.ring, digest)));
  return { ...profile, ring: withoutEntries(profile.ring, (index) => dropped.has(index)) };
}

/** No room for another entry: commit the decision with the profile in one transaction, `addToRing: false`. */
export function isRingFull(profile: CardProfile): boolean {
  return profile.ring.receivedAt.length >= RING_FULL_ENTRIES;
}

/** A ring entry's id digest is the decision's key part already. */
export function decisionKeyPartOfDigest(idDigest: string): string {
  return idDigest;
}

export interface ApplyOptions {
  /** `decisionKeyPart(transactionId)`. */
  readonly idDigest: string;
  readonly bodyDigest: string;
  /** Our clock when the event was taken in, epoch milliseconds: the one its future skew was checked by. */
  readonly receivedAt: number;
  readonly outcome: Outcome;
  /** False when the decision is committed together with the profile and the ring is full. */
  readonly addToRing: boolean;
}

/**
 * The profile after one more transaction, counted at its own time however late it comes. Ask
 * {@link isRingFull} first. Only a `clear` one teaches what is usual: were an alerted charge learnt, the
 * second fraudulent one would look familiar. See {@link learnTransaction} for those proven genuine.
 */
export function applyTransaction(
  profile: CardProfile,
  transaction: TransactionAuthorized,
  options: ApplyOptions,
): CardProfile {
  const minute = minuteOf(transaction);
  const currency = profile.currency === '' ? transaction.billing.currency : profile.currency;
  const isComparable = currency === transaction.billing.currency;
  const amountMinor = isComparable ? transaction.billing.minor : 0;
  const approvedState = isComparable ? APPROVED : INCOMPARABLE;
  const isReversed = wasReversedAhead(profile, transaction, options.idDigest);
  const passedState = isReversed && isComparable ? REVERSED : approvedState;
  const state = transaction.outcome === 'approved' ? passedState : DECLINED;
  const counted: CardProfile = {
    ...profile,
    currency,
    firstMinute: profile.firstMinute === 0 ? minute : Math.min(profile.firstMinute, minute),
    attempts: profile.attempts + 1,
    history: insertSingle(profile.history, { minute, state, amountMinor }),
    ring: options.addToRing
      ? withEntry(profile.ring, options)
      : withoutEntry(profile.ring, options.receivedAt),
  };
  // What was reversed before it came teaches neither amount nor place.
  if (options.outcome !== 'clear' || isReversed) return counted;
  return isProven(transaction) ? learnTransaction(counted, transaction) : learnPlace(counted, transaction);
}
