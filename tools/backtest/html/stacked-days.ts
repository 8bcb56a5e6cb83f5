import * as Plot from '@observablehq/plot';
import type { DayFigures } from '../by-day.ts';
import { DAY_MS } from '../judged.ts';
import { countOrMean } from '../shown.ts';
import type { SetFigures } from '../tally.ts';
import { COLOURS, type Colour, type Drawn, draw } from './draw.ts';

/** More days than these are drawn as means of weeks. */
const MOST_DAYS_DRAWN = 183;

export interface Layer {
  readonly name: string;
  readonly colour: Colour;
  readonly of: (day: DayFigures) => number;
}

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
    color: { domain: layers.map(({ name }) => name), range: layers.map(({ colour }) => COLOURS[colour]) },
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
