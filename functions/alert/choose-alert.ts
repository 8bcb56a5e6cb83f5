import type { Alert } from './alert.ts';
import type { Reading } from './reply.ts';

/** An alert of the phone with the names a reply may give it. */
export interface Candidate {
  readonly alert: Alert;
  readonly lastFour: string | undefined;
  readonly tag: string | undefined;
}

export type Choice =
  /** The answer concerns exactly this alert. */
  | { readonly kind: 'one'; readonly alertId: string }
  /** Several could be meant: a bare YES changes nothing, a bare NO holds them all (H3). */
  | { readonly kind: 'several'; readonly alertIds: readonly string[] }
  | { readonly kind: 'none' };

const waits = (alert: Alert): boolean => alert.status === 'open' || alert.status === 'claimed_genuine';
const unsettled = (alert: Alert): boolean =>
  waits(alert) || alert.status === 'expired' || alert.status === 'undeliverable';

/**
 * Which alert an answer is about: the one named by tag or last four digits, else the only one that waits for
 * an answer, else the only one unsettled, else (a late change of mind) the only recent one. Never a guess.
 */
export function chooseAlert(reading: Reading, candidates: readonly Candidate[]): Choice {
  const named = candidates.filter(
    ({ tag, lastFour }) =>
      (reading.tag === undefined || tag === reading.tag) &&
      (reading.lastFour === undefined || lastFour === reading.lastFour),
  );
  // A NO must hold whatever may be meant: alerts that ran out count beside those that wait.
  const groups = reading.kind === 'not_mine' ? [unsettled, () => true] : [waits, unsettled, () => true];
  for (const belongs of groups) {
    const group = named.filter(({ alert }) => belongs(alert)).map(({ alert }) => alert.alertId);
    const [only, ...others] = group;
    if (only !== undefined) {
      return others.length === 0 ? { kind: 'one', alertId: only } : { kind: 'several', alertIds: group };
    }
  }
  return { kind: 'none' };
}
