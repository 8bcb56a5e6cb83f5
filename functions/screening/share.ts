import { smallDigest } from './small-digest.ts';

/** A share is told in hundredths of a percent. */
const PARTS = 10_000;

/**
 * Whether a card is in the share of a rule set. Each card has one fixed place per version, so it is always on the same
 * side, and a share that grows keeps every card it had; another version draws other cards.
 */
export function isInShare(cardToken: string, version: string, percent: number): boolean {
  return placeOf(cardToken, version) < percent * (PARTS / 100);
}

/** 0 to 9,999. */
const placeOf = (cardToken: string, version: string): number =>
  Math.floor((smallDigest(`${version}\n${cardToken}`) / 0x1_0000_0000) * PARTS);
