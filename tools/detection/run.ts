import { compileModel, evaluateModel } from '../../functions/screening/compile-model.ts';
import { judgeRow } from '../../functions/screening/decide.ts';
import { featureNames } from '../../functions/screening/features.ts';
import type { Model } from '../../functions/screening/model.ts';
import type { Labelled } from '../offline/labelled.ts';
import { trainModel } from '../training/train-model.ts';
import { type Bootstrap, bootstrap } from './bootstrap.ts';
import { type CollectedRow, collect } from './collect.ts';
import { type Metrics, metricsOf, type Scored } from './metrics.ts';
import { dayName, testRowsOf, type Week } from './protocol.ts';
import { publishedFeatureNames } from './published-features.ts';
import { benchmarkRules, benchmarkRulesWith } from './rule-sets.ts';

/** One row of the table: a way of scoring, measured on one test week. */
export interface ScoredWeek extends Metrics {
  readonly name: string;
  readonly bootstrap: Bootstrap;
}

export interface WeekFigures {
  readonly testFrom: string;
  readonly transactions: number;
  readonly cards: number;
  readonly frauds: number;
  readonly fraudValue: number;
  readonly model: {
    readonly version: string;
    readonly trainedFrom: string;
    readonly trainedTo: string;
    readonly shipped: boolean;
  };
  readonly rows: readonly ScoredWeek[];
}

export interface RunOptions {
  readonly transactions: AsyncIterable<Labelled>;
  readonly weeks: readonly Week[];
  /** Used where its training data end before a week's delay begins. */
  readonly shipped: Model | undefined;
  readonly seed: number;
  readonly onProgress: (text: string) => void;
}

export const RULES_ONLY = 'rules only';
export const RULES_AND_MODEL = 'rules + model';
export const PUBLISHED_FEATURES = 'published features, our training';

/** One pass over the data, then every week on its own: the same input gives the same figures to the last digit. */
export async function runDetection(
  options: RunOptions,
): Promise<{ transactions: number; weeks: readonly WeekFigures[] }> {
  const { weeks, onProgress } = options;
  const collected = await collect({
    ...options,
    ruleSet: benchmarkRules,
    onProgress: (count, day) => onProgress(`${day}: ${count.toLocaleString('en')} transactions judged`),
  });
  const figures: WeekFigures[] = [];
  for (const week of weeks) {
    const rows = collected.rows.filter(({ day }) => day >= week.trainFromDay && day <= week.testToDay);
    figures.push(await measureWeek(week, rows, options));
  }
  return { transactions: collected.transactions, weeks: figures };
}

async function measureWeek(
  week: Week,
  rows: readonly CollectedRow[],
  options: RunOptions,
): Promise<WeekFigures> {
  const { shipped, onProgress } = options;
  const training = rows.filter(({ day }) => day <= week.trainToDay);
  const test = testRowsOf(rows, week);
  const isShipped = shipped !== undefined && shipped.training.to <= dayName(week.trainToDay);
  const model = isShipped ? shipped : await trainForWeek(week, training, options);
  const published = compileModel(await trainPublished(week, training, options), publishedFeatureNames);
  onProgress(`${week.testFrom}: measuring`);
  const publishedScores = test.map((row) => evaluateModel(published, row.published));
  const scored = (name: string, scores: readonly number[], other?: readonly number[]): ScoredWeek => {
    const list = test.map((row, index): Scored => ({ ...row, score: scores[index] ?? 0 }));
    return { name, ...metricsOf(list), bootstrap: bootstrap(list, other) };
  };
  const ranks = test.map(({ rank }) => rank);
  const frauds = test.filter(({ fraud }) => fraud);
  return {
    testFrom: week.testFrom,
    transactions: test.length,
    cards: new Set(test.map(({ card }) => card)).size,
    frauds: frauds.length,
    fraudValue: Math.round(frauds.reduce((sum, { amount }) => sum + amount, 0) * 100) / 100,
    model: {
      version: model.version,
      trainedFrom: model.training.from,
      trainedTo: model.training.to,
      shipped: isShipped,
    },
    rows: [
      scored(RULES_ONLY, ranks, publishedScores),
      scored(RULES_AND_MODEL, scoresWith(model, test), publishedScores),
      scored(PUBLISHED_FEATURES, publishedScores),
    ],
  };
}

/** As the shipped one was trained, on one week instead of six: so each training may see more of the genuine rows. */
function trainForWeek(week: Week, training: readonly CollectedRow[], options: RunOptions): Promise<Model> {
  options.onProgress(`${week.testFrom}: training a model on the training week`);
  return trainModel(
    training.map(({ features }) => features),
    labelsOf(training),
    {
      version: `week-${week.testFrom}`,
      featureNames,
      seed: options.seed,
      genuineShare: 0.25,
      record: recordOf(week),
    },
  );
}

/** The library's defaults on all rows, as the published models were. */
function trainPublished(week: Week, training: readonly CollectedRow[], options: RunOptions): Promise<Model> {
  options.onProgress(`${week.testFrom}: training on the published features`);
  return trainModel(
    training.map(({ published }) => published),
    labelsOf(training),
    {
      version: `published-${week.testFrom}`,
      featureNames: publishedFeatureNames,
      seed: options.seed,
      bags: 1,
      record: recordOf(week),
    },
  );
}

const labelsOf = (rows: readonly CollectedRow[]): readonly number[] =>
  rows.map(({ fraud }) => (fraud ? 1 : 0));

/** The ranks the production code gives with the model beside the rules. */
function scoresWith(model: Model, test: readonly CollectedRow[]): readonly number[] {
  const compiled = compileModel(model);
  const ruleSet = benchmarkRulesWith(model.version);
  const facts = { country: 'CN', currency: 'CNY', mcc: '5411' };
  return test.map(({ features }) => judgeRow({ features, facts, ruleSet, model: compiled }).rank);
}

const recordOf = (week: Week) => ({
  data: 'ULB fraud-detection handbook, simulated-data-raw',
  synthetic: true,
  from: dayName(week.trainFromDay),
  to: dayName(week.trainToDay),
  protocol:
    'Published protocol: rows of the training week only; features by the production code in one streaming pass, labels known after 7 days.',
});
