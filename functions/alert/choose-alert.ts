import type { Alert } from './alert.ts';
import type { Reading } from './reply.ts';

/** An alert of the phone with the names a reply may give it. */
export interface Candidate {
  readonly alert: Alert;
  readonly lastFour: string | undefined;
  readonly tag: string | undefined;
  /** The number is still its customer's: only then does a YES from it count (H9). */
  readonly current: boolean;
}

export type Choice =
  /** The answer concerns exactly this alert. */
  | { readonly kind: 'one'; readonly alertId: string }
  /** Which one is not said well enough: a YES changes nothing, a bare NO holds them all (H3). */
  | { readonly kind: 'several'; readonly alertIds: readonly string[] }
  | { readonly kind: 'none' };

/** What is known of the number beside its alerts. */
export interface Line {
  /** Several customers are reached there: a YES has to name its alert by the tag (H9). */
  readonly shared: boolean;
  /** Alert of the text this one answers, as far as the provider says: a hint, never the key. */
  readonly answers?: string;
}

const waits = (alert: Alert): boolean => alert.status === 'open' || alert.status === 'claimed_genuine';
const unsettled = (alert: Alert): boolean =>
  waits(alert) || alert.status === 'expired' || alert.status === 'undeliverable';

/**
 * Which alert an answer is about: the one named by tag or last four digits, else the only one that waits for
 * an answer, else the only one unsettled, else (a late change of mind) the only recent one. Never a guess: the
 * provider's hint only orders those that are asked about, or tells alerts of one and the same card apart.
 */
export function chooseAlert(
  reading: Pick<Reading, 'kind' | 'tag' | 'lastFour'>,
  candidates: readonly Candidate[],
  line: Line = { shared: false },
): Choice {
  const says = reading.kind === 'not_mine' ? 'no' : 'other';
  const named = candidates.filter(
    ({ tag, lastFour, current }) =>
      (reading.tag === undefined || tag === reading.tag) &&
      (reading.lastFour === undefined || lastFour === reading.lastFour) &&
      // A number that moved to somebody else may still block, and nothing more.
      (says === 'no' || current),
  );
  // A NO must hold whatever may be meant: alerts that ran out count beside those that wait.
  const groups = says === 'no' ? [unsettled, () => true] : [waits, unsettled, () => true];
  for (const belongs of groups) {
    const group = hintedFirst(
      named.filter(({ alert }) => belongs(alert)),
      line.answers,
    );
    if (group.length > 0) return chooseOf(group, reading, line);
  }
  return { kind: 'none' };
}

function chooseOf(
  group: readonly Candidate[],
  reading: Pick<Reading, 'kind' | 'tag'>,
  { shared, answers }: Line,
): Choice {
  const alertIds = group.map(({ alert }) => alert.alertId);
  const [first = ''] = alertIds;
  const unnamedYes = reading.kind === 'mine' && shared && reading.tag === undefined;
  const oneCard = group.every(({ alert }) => alert.cardToken === group[0]?.alert.cardToken);
  const only = alertIds.length === 1 || (oneCard && first === answers && reading.kind === 'mine');
  return only && !unnamedYes ? { kind: 'one', alertId: first } : { kind: 'several', alertIds };
}

const hintedFirst = (group: readonly Candidate[], answers: string | undefined): readonly Candidate[] =>
  group.toSorted((a, b) => Number(b.alert.alertId === answers) - Number(a.alert.alertId === answers));
