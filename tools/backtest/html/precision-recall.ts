import * as Plot from '@observablehq/plot';
import { percent } from '../shown.ts';
import type { SetFigures } from '../tally.ts';
import { COLOURS, type Drawn, draw } from './draw.ts';

/** A score with few distinct values: its thresholds are worth a dot each. */
const MOST_STEPS_MARKED = 60;

interface SetPoint {
  readonly set: string;
  readonly recall: number;
  readonly precision: number;
}

/** Precision over recall, with a mark where each rule set works today. */
export function precisionRecall(sets: readonly SetFigures[], label: string): Drawn {
  const curves = sets.map(({ ranking }, index) => ({
    colour: index === 0 ? COLOURS.true : COLOURS.base,
    // The first step begins at nothing found.
    points: [...ranking.points.slice(0, 1).map((point) => ({ ...point, recall: 0 })), ...ranking.points],
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
          strokeDasharray: colour === COLOURS.base ? '6,4' : undefined,
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
        fill: ({ index }: { index: number }) => (index === 0 ? COLOURS.true : COLOURS.base),
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
