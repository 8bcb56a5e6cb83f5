import type { Reason, RuleOutcome } from '../../../functions/screening/compile-rules.ts';
import type { RuleSet } from '../../../functions/screening/rules.ts';
import { transactionAuthorizedSchema } from '../../../functions/transaction/events.ts';
import type { Judged } from '../../../tools/backtest/judged.ts';

/** Two rules that freeze or ask, one that speaks for the customer; made by hand so that sums can be done by hand. */
export const handRules: RuleSet = {
  version: 'hand-1',
  zone: 'UTC',
  homeCountry: 'CN',
  currency: 'CNY',
  rates: { USD: 7 },
  night: { fromHour: 23, toHour: 6 },
  smallAmount: 20,
  riskyMcc: [],
  staleAfterMinutes: 60,
  thresholds: { alertScore: 50, freezeScore: 80 },
  rules: [
    handRule('strong', 90),
    handRule('weak', 50),
    handRule('acting', 0, 'freeze'),
    handRule('known', -40),
  ],
};

function handRule(code: string, weight: number, action?: 'freeze'): RuleSet['rules'][number] {
  return {
    id: code,
    code,
    when: { feature: 'amount', op: 'gt', value: 1 },
    weight,
    ...(action === undefined ? {} : { action }),
    words: { zh: `${code} 的原因`, en: `Because of ${code}` },
  };
}

export const MORNING = Date.parse('2030-01-01T10:00:00Z');

export interface Hand {
  /** Minutes after {@link MORNING}. */
  readonly minute: number;
  readonly card?: string;
  readonly isFraud?: boolean;
  readonly outcome?: RuleOutcome;
  readonly value?: number;
  readonly codes?: readonly (readonly [string, number])[];
  readonly merchant?: string;
  readonly id?: string;
}

let made = 0;

/** A judged transaction as the hand says; what it does not say is a cleared genuine purchase of 10 yuan. */
export function judgedByHand(hand: Hand): Judged {
  const { minute, card = 'A', isFraud = false, outcome = 'clear', value = 10, codes = [] } = hand;
  const at = MORNING + minute * 60_000;
  const money = { minor: Math.round(value * 100), currency: 'CNY' };
  const reasons: Reason[] = codes.map(([code, weight]) => ({ code, weight, values: {} }));
  const rank = reasons.reduce((sum, { weight }) => sum + weight, 0);
  return {
    transaction: transactionAuthorizedSchema.parse({
      schemaVersion: 1,
      transactionId: hand.id ?? `hand-${++made}`,
      cardToken: card,
      cardholderId: `holder-${card}`,
      accountOwnerId: `holder-${card}`,
      occurredAt: new Date(at).toISOString(),
      outcome: 'approved',
      amount: money,
      billing: money,
      merchant: { id: 'M', name: hand.merchant ?? 'MARKET', mcc: '5411', country: 'CN' },
      entryMode: 'chip',
      recurring: false,
      merchantInitiated: false,
    }),
    at,
    isFraud,
    value,
    outcome,
    score: Math.min(100, Math.max(0, rank)),
    rank,
    reasons,
    ruleSet: handRules,
  };
}
