import type { RuleSet } from '../../functions/screening/rules.ts';
import type { IncidentPolicy } from './incidents.ts';
import { dayName, dayOf, type Judged } from './judged.ts';
import { type Comparison, createPairing } from './pairing.ts';
import { createTally, type SetFigures } from './tally.ts';

export interface RunOptions {
  /** In order of time: each transaction as the rule set judged it and, to compare, as the other one did. */
  readonly judged: AsyncIterable<{ readonly one: Judged; readonly base: Judged | undefined }>;
  readonly ruleSet: RuleSet;
  readonly compare: RuleSet | undefined;
  readonly policy: IncidentPolicy;
  /** Epoch milliseconds; what comes before only teaches, what comes at or after `to` is not looked at. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly onProgress: (transactions: number, day: string) => void;
}

export interface Run {
  readonly transactions: number;
  readonly cards: number;
  readonly span: { readonly from: string; readonly to: string; readonly warmUpDays: number };
  readonly rules: SetFigures;
  readonly compare: SetFigures | undefined;
  readonly comparison: Comparison | undefined;
}

const PROGRESS_EVERY = 2000;

/** Goes through the stream once; what is kept of a transaction is its score, its label and its value. */
export async function run(options: RunOptions): Promise<Run> {
  const { policy, ruleSet, compare, from = -Infinity, to = Infinity } = options;
  const one = createTally({ ruleSet, policy, measuredFrom: from });
  const base = compare && createTally({ ruleSet: compare, policy, measuredFrom: from });
  const pairing = createPairing();
  const cards = new Set<string>();
  let transactions = 0;
  let first: number | undefined;
  let last = 0;
  for await (const judged of options.judged) {
    const { at, transaction } = judged.one;
    if (at >= to) break;
    first ??= at;
    one.add(judged.one);
    if (judged.base !== undefined) {
      base?.add(judged.base);
      if (at >= from) pairing.add(judged.one, judged.base);
    }
    if (++transactions % PROGRESS_EVERY === 0) options.onProgress(transactions, dayName(dayOf(at)));
    if (at < from) continue;
    last = at;
    cards.add(transaction.cardToken);
  }
  const rules = one.figures();
  const compared = base?.figures();
  return {
    transactions: rules.totals.transactions,
    cards: cards.size,
    span: spanOf(rules, first, last),
    rules,
    compare: compared,
    comparison:
      compared && base && pairing.figures(rules, compared, { one: one.frozenCards, base: base.frozenCards }),
  };
}

function spanOf({ days }: SetFigures, first: number | undefined, last: number): Run['span'] {
  const from = days[0]?.day ?? '';
  if (first === undefined || from === '') return { from: '', to: '', warmUpDays: 0 };
  return { from, to: dayName(dayOf(last)), warmUpDays: dayOf(Date.parse(from)) - dayOf(first) };
}
