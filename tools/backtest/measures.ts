import type { BacktestFigures } from './figures.ts';
import { amountOf, decimals, percent, ratio, signed, signedPoints, whole } from './shown.ts';
import type { SetFigures } from './tally.ts';

/** One figure of a whole rule set, written out. */
export interface Measure {
  readonly name: string;
  readonly value: string;
  readonly base: string | undefined;
  readonly difference: string | undefined;
  /** Whether the difference is a gain; undefined when there is none to judge. */
  readonly isBetter: boolean | undefined;
  /** What the figure means, in a sentence. */
  readonly meaning: string;
}

interface Kind {
  readonly name: string;
  readonly meaning: string;
  readonly of: (figures: SetFigures) => number | undefined;
  readonly shown: (value: number | undefined) => string;
  readonly difference: (value: number) => string;
  /** 1: more is better, -1: less is better, 0: neither by itself. */
  readonly direction: 1 | -1 | 0;
}

const share = { shown: percent, difference: signedPoints, direction: 1 } as const;
const ranked = {
  shown: (value: number | undefined) => decimals(value),
  difference: (value: number) => `${value < 0 ? '−' : '+'}${decimals(Math.abs(value))}`,
  direction: 1,
} as const;

function kindsOf({ currency, policy }: BacktestFigures): readonly Kind[] {
  return [
    {
      name: 'alerts per day',
      meaning:
        'Questions to customers: suspicious transactions, those joining an open alert of their card counted with it.',
      of: ({ totals }) => totals.alertsPerDay,
      shown: (value) => amountOf(value ?? 0),
      difference: signed,
      direction: 0,
    },
    {
      name: 'false alerts for one true',
      meaning: 'Alerts without any fraud in them for each with one.',
      of: ({ totals }) => totals.falsePerTrue,
      shown: ratio,
      difference: signed,
      direction: -1,
    },
    {
      ...share,
      name: 'frauds found, by number',
      meaning: 'Share of all frauds that were themselves judged suspicious.',
      of: ({ totals }) => totals.foundShare,
    },
    {
      ...share,
      name: 'frauds found, by value',
      meaning: 'The same by money; what was declined anyway has no value.',
      of: ({ totals }) => totals.foundValueShare,
    },
    {
      ...share,
      name: 'value saved by the freeze',
      meaning: `Share of the fraud value that met a card frozen before: at once by a freeze, ${policy.answerMinutes} minutes later by an alert, for ${policy.replacedAfterDays} days. The fraud that was found first is not saved.`,
      of: ({ totals }) => totals.savedValueShare,
    },
    {
      name: `value saved, ${currency} per day`,
      meaning: 'The same in money.',
      of: ({ totals }) => totals.savedValue / Math.max(1, totals.days),
      shown: (value) => whole(value ?? 0),
      difference: signed,
      direction: 1,
    },
    {
      name: 'customers wrongly frozen per day',
      meaning: 'Customers whose card was frozen with no fraud in the alert, each once a day.',
      of: ({ totals }) => totals.wronglyFrozenPerDay,
      shown: (value) => amountOf(value ?? 0),
      difference: signed,
      direction: -1,
    },
    {
      name: 'purchases wrongly refused per day',
      meaning: `Genuine purchases of these customers in the ${policy.answerMinutes} minutes until they answered.`,
      of: ({ totals }) => totals.wronglyRefused / Math.max(1, totals.days),
      shown: (value) => amountOf(value ?? 0),
      difference: signed,
      direction: -1,
    },
    {
      ...ranked,
      name: 'average precision',
      meaning: 'Area under the precision-recall curve of the score, step by step; 1 would be perfect.',
      of: ({ ranking }) => ranking.averagePrecision,
    },
    {
      ...share,
      name: 'value found at one false for one true',
      meaning:
        'The most fraud value any threshold of the score finds while it flags no more genuine transactions than frauds.',
      of: ({ ranking }) => ranking.valueAtOneFalsePerTrue,
    },
  ];
}

/** The figures in all, in the order they are shown. */
export function measuresOf(figures: BacktestFigures): readonly Measure[] {
  return kindsOf(figures).map((kind) => {
    const value = kind.of(figures.rules);
    const base = figures.compare === undefined ? undefined : kind.of(figures.compare);
    const gain = value === undefined || base === undefined ? undefined : value - base;
    const difference = gain === undefined ? undefined : kind.difference(gain);
    const isNone = difference === undefined || /^[^1-9]*$/.test(difference) || kind.direction === 0;
    return {
      name: kind.name,
      meaning: kind.meaning,
      value: kind.shown(value),
      base: figures.compare === undefined ? undefined : kind.shown(base),
      difference,
      isBetter: isNone || gain === undefined ? undefined : gain * kind.direction > 0,
    };
  });
}
