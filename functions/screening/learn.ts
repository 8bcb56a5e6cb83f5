import type { TransactionAuthorized } from '../transaction/events.ts';
import { isCardPresent } from './entry-mode.ts';
import type { CardProfile } from './profile.ts';
import { LISTS_KEPT } from './profile-bytes.ts';
import { countryNumber, merchantDigest, smallDigest } from './small-digest.ts';

/**
 * What was only tried, refused or for nothing, tells where the card was read and no more: a thief's account
 * verification or refused attempt must not make his device, merchant and country look familiar a minute later.
 */
export function isProven({ outcome, billing }: TransactionAuthorized): boolean {
  return outcome === 'approved' && billing.minor > 0;
}

/**
 * Makes a transaction part of what is usual for the card: its amount, country, device, merchant, place.
 * Done on applying a `clear` one; for an alerted one call it once, when it is settled genuine.
 */
export function learnTransaction(profile: CardProfile, transaction: TransactionAuthorized): CardProfile {
  const { merchant, deviceId, billing } = transaction;
  return learnFacts(profile, {
    ...placeFacts(transaction),
    billing,
    approved: transaction.outcome === 'approved',
    device: deviceId === undefined ? undefined : smallDigest(deviceId),
    merchant: merchantDigest(merchant.id),
  });
}

/** Of a transaction that proves no more than where the card was read. */
export function learnPlace(profile: CardProfile, transaction: TransactionAuthorized): CardProfile {
  return { ...profile, ...placeOf(profile, placeFacts(transaction)) };
}

function placeFacts(transaction: TransactionAuthorized): PlaceFacts {
  const { merchant, entryMode } = transaction;
  return {
    minute: minuteOf(transaction),
    country: countryNumber(merchant.country),
    present: isCardPresent(entryMode),
  };
}

/** Where and when a card was used, and whether it was there itself. */
interface PlaceFacts {
  /** Epoch minutes. */
  readonly minute: number;
  readonly country: number;
  readonly present: boolean;
}

/** The latest place the card itself was read. */
function placeOf(
  profile: CardProfile,
  { minute, country, present }: PlaceFacts,
): Pick<CardProfile, 'presentCountry' | 'presentMinute'> {
  const isLatest = present && minute >= profile.presentMinute;
  return {
    presentCountry: isLatest ? country : profile.presentCountry,
    presentMinute: isLatest ? minute : profile.presentMinute,
  };
}

/** What of a transaction is learnt; country, device and merchant as their digests. */
export interface LearntFacts extends PlaceFacts {
  readonly billing: { readonly minor: number; readonly currency: string };
  readonly approved: boolean;
  readonly device: number | undefined;
  readonly merchant: number | undefined;
}

export function learnFacts(profile: CardProfile, facts: LearntFacts): CardProfile {
  const { billing, country, device, merchant } = facts;
  const isSpending = facts.approved && billing.currency === profile.currency && billing.minor > 0;
  const spent = isSpending ? billing.minor : 0;
  return {
    ...profile,
    spendCount: profile.spendCount + (isSpending ? 1 : 0),
    spendSum: profile.spendSum + spent,
    spendSquares: profile.spendSquares + spent * spent,
    countries: moveToFront(profile.countries, country, LISTS_KEPT.countries),
    devices:
      device === undefined ? profile.devices : moveToFront(profile.devices, device, LISTS_KEPT.devices),
    merchants:
      merchant === undefined
        ? profile.merchants
        : moveToFront(profile.merchants, merchant, LISTS_KEPT.merchants),
    ...placeOf(profile, facts),
  };
}

/** Windows are counted to the minute. */
export function minuteOf(transaction: TransactionAuthorized): number {
  return Math.floor(Date.parse(transaction.occurredAt) / 60_000);
}

function moveToFront(list: readonly number[], value: number, kept: number): readonly number[] {
  if (list[0] === value) return list;
  const moved = [value];
  for (let i = 0; i < list.length && moved.length < kept; i++) {
    const other = list[i] ?? 0;
    if (other !== value) moved.push(other);
  }
  return moved;
}
