import type { CompiledRuleSet } from '../../functions/screening/compile-rules.ts';
import type { Features } from '../../functions/screening/features.ts';
import type { Labelled } from '../offline/labelled.ts';
import { createOfflineScreening } from '../offline/offline-screening.ts';
import { PlainError } from '../stage/plain-error.ts';
import { dayName, dayOf, type Row, type Week } from './protocol.ts';
import { createPublishedFeatures } from './published-features.ts';

/** A transaction of a week that is measured, as it was judged when it came. */
export interface CollectedRow extends Row {
  readonly transactionId: string;
  readonly amount: number;
  readonly features: Features;
  /** Of the rules alone. */
  readonly rank: number;
  readonly published: readonly number[];
}

export interface Collected {
  readonly transactions: number;
  readonly rows: readonly CollectedRow[];
}

const PROGRESS_EVERY = 10_000;

/** One streaming pass of the production code over all the data; keeps the rows of the weeks' training, delay and test. */
export async function collect(options: {
  readonly transactions: AsyncIterable<Labelled>;
  readonly weeks: readonly Week[];
  readonly ruleSet: CompiledRuleSet;
  readonly onProgress: (transactions: number, day: string) => void;
}): Promise<Collected> {
  const { weeks, ruleSet, onProgress } = options;
  const screening = createOfflineScreening({ ruleSet });
  const publishedOf = createPublishedFeatures();
  const lastDay = Math.max(...weeks.map(({ testToDay }) => testToDay));
  const isWanted = (day: number) =>
    weeks.some(({ trainFromDay, testToDay }) => day >= trainFromDay && day <= testToDay);
  const rows: CollectedRow[] = [];
  const seen = { transactions: 0, first: 0, last: 0 };
  for await (const labelled of options.transactions) {
    const { transaction, fraud } = labelled;
    const at = Date.parse(transaction.occurredAt);
    const day = dayOf(at);
    if (seen.transactions === 0) seen.first = day;
    seen.last = day;
    if (day > lastDay) break;
    seen.transactions += 1;
    const { decision } = screening.judge(labelled);
    const card = transaction.cardToken;
    const amount = transaction.billing.minor / 100;
    const published = publishedOf({ at, card, terminal: transaction.merchant.id, amount, fraud });
    if (seen.transactions % PROGRESS_EVERY === 0) onProgress(seen.transactions, dayName(day));
    if (!isWanted(day)) continue;
    const { features, rank } = decision;
    rows.push({
      transactionId: transaction.transactionId,
      card,
      day,
      fraud,
      amount,
      features,
      rank,
      published,
    });
  }
  if (seen.transactions === 0) throw new PlainError('The data hold no transactions.');
  for (const week of weeks) checkHeld(week, seen);
  return { transactions: seen.transactions, rows };
}

function checkHeld(week: Week, seen: { first: number; last: number }): void {
  if (week.trainFromDay >= seen.first && week.testToDay <= seen.last) return;
  throw new PlainError(
    `--test-from ${week.testFrom}: needs the days ${dayName(week.trainFromDay)} to ${dayName(week.testToDay)} ` +
      `(training, delay and test week); the data reach from ${dayName(seen.first)} to ${dayName(seen.last)}.`,
  );
}
