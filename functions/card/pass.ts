import * as z from 'zod/mini';
import { FUTURE_SKEW_SECONDS } from '../transaction/envelope.ts';
import type { Card } from './card.ts';

/** How long a pass lasts, how often it serves, and around which part of the proven amount. */
const PASS_HOURS = 24;
const PASS_USES = 2;
const LEAST_PERCENT = 80;
const MOST_PERCENT = 110;
/** Passes one card keeps; the oldest goes first. An alert lists at most 20 transactions. */
const MOST_PASSES = 20;

/**
 * Leave for the customer to pay again what they proved to be theirs: the same card and merchant, about the same
 * amount in the card's billing currency. It does not revive the declined purchase itself (H18).
 */
export const passSchema = z.object({
  alertId: z.string(),
  merchantId: z.string(),
  currency: z.string(),
  minMinor: z.int(),
  maxMinor: z.int(),
  /** ISO, UTC. */
  until: z.string(),
  usesLeft: z.int(),
});
export type Pass = z.output<typeof passSchema>;

export interface Provable {
  readonly alertId: string;
  /** Absent in transactions stored before merchants were kept by id. */
  readonly merchantId?: string;
  readonly billing: { readonly minor: number; readonly currency: string };
}

const hoursAfter = (at: string, hours: number): string =>
  new Date(Date.parse(at) + hours * 3_600_000).toISOString();

/** The pass for one proven transaction: 80 to 110 % of its billing amount, 24 h, 2 uses; none without a merchant. */
export function openPass({ alertId, merchantId, billing }: Provable, at: string): Pass | undefined {
  if (merchantId === undefined) return undefined;
  return {
    alertId,
    merchantId,
    currency: billing.currency,
    minMinor: Math.ceil((billing.minor * LEAST_PERCENT) / 100),
    maxMinor: Math.floor((billing.minor * MOST_PERCENT) / 100),
    until: hoursAfter(at, PASS_HOURS),
    usesLeft: PASS_USES,
  };
}

/** The card with further passes; those that are over or used up are dropped. */
export function withPasses(card: Card, opened: readonly Pass[], at: string): Card {
  const kept = (card.passes ?? []).filter((pass) => pass.until >= at && pass.usesLeft > 0);
  return { ...card, passes: [...kept, ...opened].slice(-MOST_PASSES) };
}

export interface Purchase {
  readonly merchantId: string;
  readonly billing: { readonly minor: number; readonly currency: string };
  /** When the purchase happened, by its own time: not before the pass was opened. */
  readonly occurredAt: string;
  /** Whether the issuer declined it. */
  readonly declined: boolean;
}

/** The card after one use of a pass that covers this purchase; undefined when none does. */
export function usePass(card: Card, purchase: Purchase): Card | undefined {
  const passes = card.passes ?? [];
  const index = passes.findIndex((pass) => covers(pass, purchase));
  if (index === -1) return undefined;
  return {
    ...card,
    passes: passes.map((pass, at) => (at === index ? { ...pass, usesLeft: pass.usesLeft - 1 } : pass)),
  };
}

/**
 * The bank's clock may run behind ours by the skew we accept of any event, so that a purchase made after the proof is
 * dated before it. One the issuer declined gets no such grace: it was tried while the card was frozen, and a pass
 * revives none (H18).
 */
function covers(pass: Pass, { merchantId, billing, occurredAt, declined }: Purchase): boolean {
  const at = new Date(occurredAt).toISOString();
  const graceHours = declined ? 0 : FUTURE_SKEW_SECONDS / 3600;
  return (
    pass.usesLeft > 0 &&
    pass.merchantId === merchantId &&
    pass.currency === billing.currency &&
    pass.minMinor <= billing.minor &&
    billing.minor <= pass.maxMinor &&
    hoursAfter(pass.until, -PASS_HOURS - graceHours) <= at &&
    at <= pass.until
  );
}
