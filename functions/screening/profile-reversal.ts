import { withoutAmount } from './history.ts';
import type { CardProfile } from './profile.ts';

export interface Reversal {
  /** Of the original authorisation, epoch milliseconds. */
  readonly occurredAt: number;
  /** What the original was billed. */
  readonly billing: { readonly minor: number; readonly currency: string };
  readonly kind: 'reversal' | 'refund';
  /** True when the whole amount was reversed. */
  readonly isWhole: boolean;
  /** True when the original was decided `clear` or settled genuine since: its amount is in the mean. */
  readonly wasLearnt: boolean;
}

export type ReversalResult =
  | { readonly kind: 'applied'; readonly profile: CardProfile }
  | { readonly kind: 'noted'; readonly reason: 'refund' | 'partial' | 'not_found' };

/**
 * Takes a reversed approval out of sums and mean; the attempt stays. A refund changes nothing: the purchase
 * took place. The caller sees to it that one reversal is applied once (a mark on the decision).
 */
export function applyReversal(profile: CardProfile, reversal: Reversal): ReversalResult {
  if (reversal.kind === 'refund') return { kind: 'noted', reason: 'refund' };
  if (!reversal.isWhole) return { kind: 'noted', reason: 'partial' };
  const { minor, currency } = reversal.billing;
  if (minor === 0 || currency !== profile.currency) return { kind: 'noted', reason: 'not_found' };
  const history = withoutAmount(profile.history, Math.floor(reversal.occurredAt / 60_000), minor);
  if (!history) return { kind: 'noted', reason: 'not_found' };
  if (!reversal.wasLearnt) return { kind: 'applied', profile: { ...profile, history } };
  return {
    kind: 'applied',
    profile: {
      ...profile,
      history,
      spendCount: Math.max(0, profile.spendCount - 1),
      spendSum: Math.max(0, profile.spendSum - minor),
      spendSquares: Math.max(0, profile.spendSquares - minor * minor),
    },
  };
}
