import type { CompiledRuleSet } from '../../functions/screening/compile-rules.ts';
import type { Labelled } from '../offline/labelled.ts';
import { createOfflineScreening } from '../offline/offline-screening.ts';

export interface GatheredRows {
  /** As 32-bit floats: what a model compares. */
  readonly rows: readonly Float32Array[];
  /** 1 = fraud. */
  readonly labels: readonly number[];
  /** First and last day of the rows, UTC. */
  readonly from: string;
  readonly to: string;
}

const PROGRESS_EVERY = 10_000;

/** The rows of the given days (inclusive, UTC), each as it was judged when it came, after all that came before it. */
export async function gatherRows(options: {
  readonly transactions: AsyncIterable<Labelled>;
  readonly ruleSet: CompiledRuleSet;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly onProgress?: (count: number, day: string) => void;
}): Promise<GatheredRows> {
  const { transactions, ruleSet, from = '', to = '9999' } = options;
  const screening = createOfflineScreening({ ruleSet });
  const rows: Float32Array[] = [];
  const labels: number[] = [];
  const days = { first: '', last: '' };
  let count = 0;
  for await (const labelled of transactions) {
    const day = labelled.transaction.occurredAt.slice(0, 10);
    if (day > to) break;
    const { decision } = screening.judge(labelled);
    count += 1;
    if (count % PROGRESS_EVERY === 0) options.onProgress?.(count, day);
    if (day < from) continue;
    days.first ||= day;
    days.last = day;
    rows.push(Float32Array.from(decision.features));
    labels.push(labelled.fraud ? 1 : 0);
  }
  return { rows, labels, from: days.first, to: days.last };
}
