import type { Reason, RuleOutcome } from '../../functions/screening/compile-rules.ts';
import type { RuleSet } from '../../functions/screening/rules.ts';
import type { TransactionAuthorized } from '../../functions/transaction/events.ts';

/** One transaction of the stream with what is known of it and what one rule set said to it. */
export interface Judged {
  readonly transaction: TransactionAuthorized;
  /** Epoch milliseconds of the transaction. */
  readonly at: number;
  readonly isFraud: boolean;
  /** Money that went through, in major units of the rule set's currency; 0 when it was declined. */
  readonly value: number;
  readonly outcome: RuleOutcome;
  readonly score: number;
  /** Unclipped: what transactions are ranked by. */
  readonly rank: number;
  readonly reasons: readonly Reason[];
  /** The one that judged it. */
  readonly ruleSet: RuleSet;
}

export const DAY_MS = 86_400_000;

/** UTC day of a moment, counted from 1970-01-01. */
export const dayOf = (at: number): number => Math.floor(at / DAY_MS);

/** `YYYY-MM-DD` of a UTC day. */
export const dayName = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The reasons that spoke against the customer: by their weight, or by the action their rule takes whatever the score. */
export function speakingCodes({ reasons, ruleSet }: Pick<Judged, 'reasons' | 'ruleSet'>): readonly string[] {
  return reasons.filter(({ code, weight }) => weight > 0 || hasAction(ruleSet, code)).map(({ code }) => code);
}

export const hasAction = (ruleSet: RuleSet, code: string): boolean =>
  ruleSet.rules.some((rule) => rule.code === code && rule.action !== undefined);
