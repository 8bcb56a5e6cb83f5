import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { DayFigures } from '../by-day.ts';
import { DAY_MS } from '../judged.ts';
import { countOrMean, percent } from '../shown.ts';
import type { SetFigures } from '../tally.ts';
import { type Markup, trusted } from './markup.ts';

/** A plot twice: one for wide windows, one for a phone, where letters keep their size. */
export interface Drawn {
  readonly wide: Markup;
  readonly narrow: Markup;
}

interface Size {
  readonly width: number;
  readonly isNarrow: boolean;
}

const WIDE: Size = { width: 1000, isNarrow: false };
const NARROW: Size = { width: 350, isNarrow: true };
/** More days than these are drawn as means of weeks. */
const MOST_DAYS_DRAWN = 183;

/** A score with few distinct values: its thresholds are worth a dot each. */
const MOST_STEPS_MARKED = 60;

/** Colours are names of the page's style sheet, so that one drawing serves light and dark. */
const TRUE = 'var(--true)';
const FALSE = 'var(--false)';
const BASE = 'var(--base)';
const LATE = 'var(--late)';
const MISSED = 'var(--missed)';

/** Plots are drawn for readers of the tables below them, too: the description says what a picture shows at a glance. */
function draw(label: string, options: (size: Size) => Plot.PlotOptions): Drawn {
  return { wide: one(WIDE), narrow: one(NARROW) };

  function one(size: Size): Markup {
    const { document } = parseHTML('<!doctype html><html><body></body></html>');
    const svg = Plot.plot({
      document,
      width: size.width,
      marginLeft: size.isNarrow ? 44 : 56,
      marginRight: size.isNarrow ? 10 : 20,
      className: 'plot',
      style: { fontSize: size.isNarrow ? '11px' : '13px' },
      ...options(size),
    });
    // One picture with one description: its parts are not read out one by one.
    for (const part of svg.querySelectorAll('g[aria-label]')) part.removeAttribute('aria-label');
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
    return trusted(svg.outerHTML);
  }
}

interface SetPoint {
  readonly set: string;
  readonly recall: number;
  readonly precision: number;
}

/** Precision over recall, with a mark where each rule set works today. */
export function precisionRecall(sets: readonly SetFigures[], label: string): Drawn {
  const curves = sets.map(({ version, ranking }, index) => ({
    colour: index === 0 ? TRUE : BASE,
    points: ranking.points.map((point) => ({ set: version, ...point })),
  }));
  const working = sets.flatMap(({ version, totals }, index) => {
    const point = workingPoint(totals);
    return point === undefined ? [] : [{ set: version, index, ...point }];
  });
  return draw(label, ({ isNarrow }) => ({
    height: isNarrow ? 310 : 400,
    marginTop: 28,
    marginBottom: 46,
    x: {
      domain: [0, 1],
      tickFormat: '.0%',
      label: 'share of all frauds found',
      labelOffset: 40,
      grid: true,
      ticks: isNarrow ? 5 : 10,
    },
    y: {
      domain: [0, 1],
      tickFormat: '.0%',
      label: 'frauds among what is flagged',
      grid: true,
      ticks: isNarrow ? 5 : 10,
    },
    marks: [
      Plot.ruleY([0.5], { stroke: 'currentColor', strokeOpacity: 0.45, strokeDasharray: '2,4' }),
      Plot.text([[1, 0.5]], {
        text: ['one false for one true'],
        textAnchor: 'end',
        dy: -7,
        fill: 'currentColor',
        fillOpacity: 0.7,
      }),
      ...curves.toReversed().map(({ points, colour }) =>
        Plot.line(points, {
          x: 'recall',
          y: 'precision',
          stroke: colour,
          strokeWidth: 2.5,
          strokeDasharray: colour === BASE ? '6,4' : undefined,
          curve: 'step-before',
        }),
      ),
      ...curves
        .filter(({ points }) => points.length <= MOST_STEPS_MARKED)
        .map(({ points, colour }) => Plot.dot(points, { x: 'recall', y: 'precision', r: 2.5, fill: colour })),
      Plot.dot(working.toReversed(), {
        x: 'recall',
        y: 'precision',
        r: 7,
        fill: ({ index }: { index: number }) => (index === 0 ? TRUE : BASE),
        stroke: 'var(--card)',
        strokeWidth: 2,
        title: ({ set, recall, precision }: SetPoint) =>
          `${set} today: finds ${percent(recall)}, ${percent(precision)} of what it flags is fraud`,
      }),
    ],
  }));
}

/** Where a rule set stands by its own decisions; undefined when it flagged nothing. */
function workingPoint({ foundFrauds, frauds, flaggedGenuine }: SetFigures['totals']) {
  const flagged = foundFrauds + flaggedGenuine;
  if (flagged === 0 || frauds === 0) return undefined;
  return { recall: foundFrauds / frauds, precision: foundFrauds / flagged };
}

export interface Layer {
  readonly name: string;
  readonly colour: 'true' | 'false' | 'late' | 'missed';
  readonly of: (day: DayFigures) => number;
}

const colours = { true: TRUE, false: FALSE, late: LATE, missed: MISSED } as const;

interface Bar {
  readonly set: string;
  readonly from: Date;
  readonly to: Date;
  readonly layer: string;
  readonly value: number;
}

/** Layers stacked over the days, one panel for each rule set. */
export function stackedByDay(
  sets: readonly SetFigures[],
  layers: readonly Layer[],
  axis: { label: string; unit: string },
  label: string,
): Drawn {
  const bars = sets.flatMap(({ version, days }) => barsOf(version, days, layers));
  const isCompared = sets.length > 1;
  const highest = Math.max(1, ...sums(bars));
  return draw(label, ({ isNarrow }) => ({
    height: (isNarrow ? 200 : 240) * sets.length + 40,
    marginTop: 28,
    marginRight: isNarrow ? 10 : 20,
    x: { type: 'utc', label: null, ticks: isNarrow ? 4 : 10 },
    y: {
      label: axis.label,
      domain: [0, highest],
      grid: true,
      nice: true,
      // Of a count of one or two there is no half to write at the axis.
      ticks: Math.min(isNarrow ? 4 : 6, highest),
      tickFormat: isNarrow ? '~s' : (value: number) => value.toLocaleString('en-US'),
    },
    fy: {
      label: null,
      domain: sets.map(({ version }) => version),
      axis: null,
      padding: isCompared ? 0.22 : 0,
    },
    color: { domain: layers.map(({ name }) => name), range: layers.map(({ colour }) => colours[colour]) },
    marks: [
      Plot.rectY(
        bars,
        Plot.stackY({
          x1: 'from',
          x2: 'to',
          y: 'value',
          fy: 'set',
          fill: 'layer',
          order: layers.map(({ name }) => name),
          insetLeft: 0.5,
          insetRight: 0.5,
          title: ({ from, layer, value }: Bar) =>
            `${from.toISOString().slice(0, 10)}\n${layer}: ${countOrMean(value)} ${axis.unit}`,
        }),
      ),
      Plot.ruleY([0]),
      ...(isCompared
        ? [
            Plot.text(sets, {
              fy: 'version',
              text: 'version',
              frameAnchor: 'top-right',
              lineAnchor: 'bottom',
              dy: -6,
              fontWeight: 600,
              fill: 'currentColor',
            }),
          ]
        : []),
    ],
  }));
}

function barsOf(set: string, days: readonly DayFigures[], layers: readonly Layer[]): readonly Bar[] {
  const width = daysPerBar(days.length);
  const bars: Bar[] = [];
  for (let at = 0; at < days.length; at += width) {
    const some = days.slice(at, at + width);
    const from = new Date(`${some[0]?.day}T00:00:00Z`);
    const to = new Date(from.getTime() + some.length * DAY_MS);
    for (const { name, of } of layers) {
      const value = some.reduce((sum, day) => sum + of(day), 0) / some.length;
      bars.push({ set, from, to, layer: name, value });
    }
  }
  return bars;
}

/** Height of each bar with its layers. */
function sums(bars: readonly Bar[]): readonly number[] {
  const heights = new Map<string, number>();
  for (const { set, from, value } of bars) {
    const bar = `${set} ${from.getTime()}`;
    heights.set(bar, (heights.get(bar) ?? 0) + value);
  }
  return [...heights.values()];
}

/** 1, or 7 where single days would be too thin to see. */
export const daysPerBar = (days: number): number => (days > MOST_DAYS_DRAWN ? 7 : 1);

export const perDayTitle = (days: number): string =>
  daysPerBar(days) === 1 ? 'per day' : 'per day, mean of each week';
