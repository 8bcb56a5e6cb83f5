import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { createSample, type Example, sampleKey } from './examples.ts';
import type { Judged } from './judged.ts';
import type { SetFigures, Tally } from './tally.ts';

/** The same transactions under two rule sets: `only` = only the one looked at, `base` = only the one compared to. */
export interface Pairs {
  both: number;
  only: number;
  base: number;
  neither: number;
}

export interface Difference {
  readonly name: 'alerts' | 'falseAlerts' | 'foundFrauds' | 'foundValue' | 'savedValue' | 'wronglyFrozen';
  /** Mean per day: the one looked at minus the one compared to. */
  readonly perDay: number;
  /** 95 % of 2,000 resamples of whole days lie between these; undefined below seven days. */
  readonly interval: readonly [number, number] | undefined;
}

export interface Comparison {
  /** Suspicious (alert or freeze) frauds and genuine transactions. */
  readonly frauds: Readonly<Pairs>;
  readonly fraudValue: Readonly<Pairs>;
  readonly genuine: Readonly<Pairs>;
  /** Cards frozen by one only, split by whether a fraud was in the alert. */
  readonly newlyFrozen: { readonly rightly: number; readonly wrongly: number };
  readonly noLongerFrozen: { readonly rightly: number; readonly wrongly: number };
  readonly differences: readonly Difference[];
  /** Each as the rule set that found it suspicious judged it. */
  readonly examples: {
    readonly newlyFound: readonly Example[];
    readonly newlyAlarmed: readonly Example[];
    readonly noLongerFound: readonly Example[];
    readonly noLongerAlarmed: readonly Example[];
  };
}

const PER_KIND = 5;
const LEAST_DAYS = 7;
const RESAMPLES = 2000;

const noPairs = (): Pairs => ({ both: 0, only: 0, base: 0, neither: 0 });

export function createPairing() {
  const frauds = noPairs();
  const fraudValue = noPairs();
  const genuine = noPairs();
  const samples = {
    newlyFound: createSample(PER_KIND),
    newlyAlarmed: createSample(PER_KIND),
    noLongerFound: createSample(PER_KIND),
    noLongerAlarmed: createSample(PER_KIND),
  };
  return {
    /** The same measured transaction as each rule set judged it. */
    add(one: Judged, base: Judged): void {
      const cell = cellOf(one.outcome !== 'clear', base.outcome !== 'clear');
      (one.isFraud ? frauds : genuine)[cell] += 1;
      if (one.isFraud) fraudValue[cell] += one.value;
      if (cell === 'both' || cell === 'neither') return;
      const newly = one.isFraud ? samples.newlyFound : samples.newlyAlarmed;
      const noLonger = one.isFraud ? samples.noLongerFound : samples.noLongerAlarmed;
      const [sample, judged] = cell === 'only' ? [newly, one] : [noLonger, base];
      sample.offer(sampleKey(one.transaction.transactionId), judged);
    },
    /** After the figures of both were taken. */
    figures(one: SetFigures, base: SetFigures, cards: FrozenCards): Comparison {
      return {
        frauds,
        fraudValue,
        genuine,
        newlyFrozen: frozenOnlyIn(cards.one, cards.base),
        noLongerFrozen: frozenOnlyIn(cards.base, cards.one),
        differences: differencesOf(one, base),
        examples: {
          newlyFound: samples.newlyFound.taken(),
          newlyAlarmed: samples.newlyAlarmed.taken(),
          noLongerFound: samples.noLongerFound.taken(),
          noLongerAlarmed: samples.noLongerAlarmed.taken(),
        },
      };
    },
  };
}

interface FrozenCards {
  readonly one: Tally['frozenCards'];
  readonly base: Tally['frozenCards'];
}

function cellOf(isOne: boolean, isBase: boolean): keyof Pairs {
  if (isOne) return isBase ? 'both' : 'only';
  return isBase ? 'base' : 'neither';
}

function frozenOnlyIn(here: Tally['frozenCards'], there: Tally['frozenCards']) {
  const counts = { rightly: 0, wrongly: 0 };
  for (const [card, { rightly }] of here) {
    if (!there.has(card)) counts[rightly ? 'rightly' : 'wrongly'] += 1;
  }
  return counts;
}

function differencesOf(one: SetFigures, base: SetFigures): readonly Difference[] {
  const perDay = (figures: SetFigures, name: Difference['name']) =>
    figures.days.map((day) => (name === 'alerts' ? day.trueAlerts + day.falseAlerts : day[name]));
  const names = [
    'alerts',
    'falseAlerts',
    'foundFrauds',
    'foundValue',
    'savedValue',
    'wronglyFrozen',
  ] as const;
  return names.map((name) => {
    const before = perDay(base, name);
    const gains = perDay(one, name).map((value, day) => value - (before[day] ?? 0));
    return { name, perDay: meanOf(gains), interval: intervalOf(gains) };
  });
}

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Percentile bootstrap of the mean over whole days, as transactions of one day hang together. Seeded, so that two
 * runs print the same.
 */
export function intervalOf(perDay: readonly number[]): readonly [number, number] | undefined {
  if (perDay.length < LEAST_DAYS) return undefined;
  const random = xoroshiro128plus(1);
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < perDay.length; i++) sum += perDay[uniformInt(random, 0, perDay.length - 1)] ?? 0;
    return sum / perDay.length;
  }).sort();
  return [means[Math.floor(RESAMPLES * 0.025)] ?? 0, means[Math.ceil(RESAMPLES * 0.975) - 1] ?? 0];
}
