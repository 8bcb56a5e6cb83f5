import { compileRuleSet } from '../../functions/screening/compile-rule-set.ts';
import type { RuleOutcome } from '../../functions/screening/compile-rules.ts';
import type { RuleSet } from '../../functions/screening/rules.ts';
import type { IncidentPolicy } from '../backtest/incidents.ts';
import { DAY_MS } from '../backtest/judged.ts';
import { createTally, type SetFigures } from '../backtest/tally.ts';
import { type FraudPattern, fraudPatterns, type OddLife } from '../generator/events.ts';
import type { GenerateOptions } from '../generator/generate.ts';
import { createOfflineScreening } from '../offline/offline-screening.ts';
import { ANSWER_MS, labelledLife } from './labelled-life.ts';

export interface MeasureOptions extends GenerateOptions {
  /** Days at the beginning that only teach the profiles. */
  readonly warmUpDays: number;
  readonly onProgress?: (transactions: number) => void;
}

/** What one rule did on generated life. */
export interface RuleOnLife {
  readonly code: string;
  readonly weight: number;
  readonly action: 'alert' | 'freeze' | undefined;
  /** Transactions in which it held, and those of them that were fraud. */
  readonly fired: number;
  readonly firedFrauds: number;
  /** Thefts (one thief on one card) in which it held at least once, by pattern. */
  readonly thefts: Readonly<Record<FraudPattern, number>>;
}

/** What became of one pattern's thefts. */
export interface PatternOnLife {
  readonly pattern: FraudPattern;
  readonly transactions: number;
  readonly thefts: number;
  /** Asked about or frozen at least once, and frozen at least once. */
  readonly found: number;
  readonly frozen: number;
}

export interface FiguresOnLife {
  readonly version: string;
  readonly options: GenerateOptions & { readonly warmUpDays: number };
  readonly transactions: number;
  readonly frauds: number;
  readonly rules: readonly RuleOnLife[];
  readonly patterns: readonly PatternOnLife[];
  /** Honest transactions that were asked about or frozen, by what was out of the ordinary; `ordinary` for nothing. */
  readonly falseBy: Readonly<Record<OddLife | 'ordinary', number>>;
  /** Alerts, customers wrongly frozen, value found and saved: as a backtest counts them. */
  readonly set: SetFigures;
}

const POLICY: IncidentPolicy = { answerMs: ANSWER_MS, replacedAfterMs: 3 * DAY_MS };

const MINOR_PER_MAJOR = 100;
const PROGRESS_EVERY = 10_000;

const none = (): Record<FraudPattern, number> =>
  Object.fromEntries(fraudPatterns.map((pattern) => [pattern, 0])) as Record<FraudPattern, number>;

/** One transaction as judged, with what is known of it. */
interface Seen {
  readonly codes: readonly string[];
  readonly outcome: RuleOutcome;
  /** Unset: honest. */
  readonly pattern: FraudPattern | undefined;
  /** One thief on one card. */
  readonly theft: string;
}

/** Judges generated life by the production code and counts, from the end of the warm-up on. */
export function measureOnLife(ruleSet: RuleSet, options: MeasureOptions): FiguresOnLife {
  const screening = createOfflineScreening({ ruleSet: compileRuleSet(ruleSet) });
  const measuredFrom = Date.parse(`${options.from}T00:00:00+08:00`) + options.warmUpDays * DAY_MS;
  const tally = createTally({ ruleSet, policy: POLICY, measuredFrom });
  const byRule = countByRule(ruleSet);
  const byPattern = countByPattern();
  const falseBy = { journey: 0, big_purchase: 0, new_device: 0, across_the_border: 0, ordinary: 0 };
  let [transactions, frauds] = [0, 0];
  for (const { labelled, truth } of labelledLife(options)) {
    const { transaction, fraud } = labelled;
    const { outcome, score, rank, reasons } = screening.judge(labelled).decision;
    const at = Date.parse(transaction.occurredAt);
    const value = transaction.outcome === 'approved' ? transaction.billing.minor / MINOR_PER_MAJOR : 0;
    tally.add({ transaction, at, isFraud: fraud, value, outcome, score, rank, reasons, ruleSet });
    if (at < measuredFrom) continue;
    if (++transactions % PROGRESS_EVERY === 0) options.onProgress?.(transactions);
    if (fraud) frauds++;
    else if (outcome !== 'clear') falseBy[(truth?.pattern as OddLife | undefined) ?? 'ordinary']++;
    const seen = {
      codes: reasons.map(({ code }) => code),
      outcome,
      pattern: fraud ? (truth?.pattern as FraudPattern) : undefined,
      theft: `${truth?.caseId} ${transaction.cardToken}`,
    };
    byRule.add(seen);
    byPattern.add(seen);
  }
  return {
    version: ruleSet.version,
    options: optionsOf(options),
    transactions,
    frauds,
    rules: byRule.figures(),
    patterns: byPattern.figures(),
    falseBy,
    set: tally.figures(),
  };
}

function countByRule(ruleSet: RuleSet) {
  const counts = new Map(
    ruleSet.rules.map(({ code }) => [code, { fired: 0, firedFrauds: 0, thefts: none() }]),
  );
  const known = new Set<string>();
  return {
    add({ codes, pattern, theft }: Seen): void {
      for (const code of codes) {
        const count = counts.get(code);
        // The model and entries give reasons, too.
        if (!count) continue;
        count.fired++;
        if (pattern === undefined) continue;
        count.firedFrauds++;
        if (!known.has(`${code} ${theft}`)) count.thefts[pattern]++;
        known.add(`${code} ${theft}`);
      }
    },
    figures: (): RuleOnLife[] =>
      ruleSet.rules.map(({ code, weight, action }) => ({
        code,
        weight,
        action,
        ...(counts.get(code) ?? { fired: 0, firedFrauds: 0, thefts: none() }),
      })),
  };
}

function countByPattern() {
  const fresh = () => ({
    transactions: 0,
    thefts: new Set<string>(),
    found: new Set<string>(),
    frozen: new Set<string>(),
  });
  const counts = new Map(fraudPatterns.map((pattern) => [pattern, fresh()]));
  return {
    add({ outcome, pattern, theft }: Seen): void {
      const count = pattern && counts.get(pattern);
      if (!count) return;
      count.transactions++;
      count.thefts.add(theft);
      if (outcome !== 'clear') count.found.add(theft);
      if (outcome === 'freeze') count.frozen.add(theft);
    },
    figures: (): PatternOnLife[] =>
      [...counts].map(([pattern, { transactions, thefts, found, frozen }]) => ({
        pattern,
        transactions,
        thefts: thefts.size,
        found: found.size,
        frozen: frozen.size,
      })),
  };
}

const optionsOf = ({ seed, cards, days, from, fraudShare, warmUpDays }: MeasureOptions) => ({
  seed,
  cards,
  days,
  from,
  fraudShare,
  warmUpDays,
});
