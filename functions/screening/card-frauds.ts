import { spentBack, withoutAmount } from './history.ts';
import { NEVER_DAYS } from './merchant-features.ts';
import type { CardProfile } from './profile.ts';
import { smallDigest } from './small-digest.ts';
import type { Usual } from './windows.ts';

/** A transaction of the card of which it is known that it was fraud. */
export interface CardFraud {
  /** Small digest of its id: the same label learnt twice changes nothing. */
  readonly digest: number;
  /** Of the transaction itself, epoch minutes. */
  readonly minute: number;
  /** What was taken out of sums and mean, billing minor units: put back when the label is taken back. */
  readonly minor: number;
  /** It was in the card's mean, too. */
  readonly wasLearnt: boolean;
}

/** A label as it teaches the card. */
export interface FraudOnCard {
  readonly transactionId: string;
  /** Of the transaction itself, epoch milliseconds. */
  readonly occurredAt: number;
  readonly billing: { readonly minor: number; readonly currency: string };
  /** True for a declined one: it was never in a sum. */
  readonly declined: boolean;
  /** True when it was decided `clear` or settled genuine, and not reversed since: its amount is in the mean. */
  readonly wasLearnt: boolean;
}

/** More says nothing new, and the card is replaced by then: the oldest is forgotten. */
export const CARD_FRAUDS_KEPT = 6;

/**
 * The card after one of its transactions has become known as fraud: the amount leaves sums, mean and deviation, the
 * attempt stays. Countries, devices and merchants stay known: the customer may use them as well. Learning the same
 * transaction twice changes nothing.
 */
export function learnFraudOnCard(profile: CardProfile, label: FraudOnCard): CardProfile {
  const digest = smallDigest(label.transactionId);
  if (profile.frauds.some((fraud) => fraud.digest === digest)) return profile;
  const minute = Math.floor(label.occurredAt / 60_000);
  const isSpend = !label.declined && label.billing.currency === profile.currency && label.billing.minor > 0;
  const minor = isSpend ? label.billing.minor : 0;
  const wasLearnt = isSpend && label.wasLearnt;
  const frauds = [...profile.frauds, { digest, minute, minor, wasLearnt }];
  frauds.sort((a, b) => b.minute - a.minute || b.digest - a.digest);
  return {
    ...profile,
    ...(wasLearnt ? spendChanged(profile, -1, minor) : {}),
    history: (isSpend && withoutAmount(profile.history, minute, minor)) || profile.history,
    frauds: frauds.slice(0, CARD_FRAUDS_KEPT),
  };
}

/** Takes a label back: the amount is part of the card's spending again. Nothing changes when it is not known. */
export function unlearnFraudOnCard(profile: CardProfile, transactionId: string): CardProfile {
  const digest = smallDigest(transactionId);
  const known = profile.frauds.find((fraud) => fraud.digest === digest);
  if (known === undefined) return profile;
  return {
    ...profile,
    ...(known.wasLearnt ? spendChanged(profile, 1, known.minor) : {}),
    history: known.minor > 0 ? spentBack(profile.history, known.minute, known.minor) : profile.history,
    frauds: profile.frauds.filter((fraud) => fraud !== known),
  };
}

function spendChanged(profile: CardProfile, sign: 1 | -1, minor: number) {
  return {
    spendCount: Math.max(0, profile.spendCount + sign),
    spendSum: Math.max(0, profile.spendSum + sign * minor),
    spendSquares: Math.max(0, profile.spendSquares + sign * minor * minor),
  };
}

/** A mean of fewer amounts says little. */
export const LEAST_SPENDS = 5;
/** Someone who always pays the same must not be alarmed by a few yuan more. */
const LEAST_RELATIVE_DEVIATION = 0.25;

/** The card's usual amount, billing minor units, known frauds taken out; a mean of 0 below five amounts. */
export function usualOf(profile: CardProfile): Usual {
  if (profile.spendCount < LEAST_SPENDS) return unknown;
  const mean = profile.spendSum / profile.spendCount;
  const variance = Math.max(0, profile.spendSquares / profile.spendCount - mean * mean);
  return { mean, deviation: Math.max(Math.sqrt(variance), mean * LEAST_RELATIVE_DEVIATION) };
}

const unknown: Usual = { mean: 0, deviation: 0 };

/**
 * By how many standard deviations an amount lies above the card's usual one; undefined when the card is too little
 * known or pays in another currency. Ask it of the profile without the amount itself.
 */
export function deviationsOf(
  profile: CardProfile,
  billing: { readonly minor: number; readonly currency: string },
): number | undefined {
  const { mean, deviation } = usualOf(profile);
  if (mean === 0 || billing.currency !== profile.currency) return undefined;
  return (billing.minor - mean) / deviation;
}

/** Known frauds of the card in the 35 days before a moment, and days since the latest; later ones are not seen. */
export function measureCardFrauds(
  frauds: readonly CardFraud[],
  minute: number,
): { readonly count: number; readonly ageDays: number } {
  const ages = frauds.map((fraud) => (minute - fraud.minute) / 1440).filter((age) => age >= 0 && age <= 35);
  return { count: ages.length, ageDays: ages[0] ?? NEVER_DAYS };
}
