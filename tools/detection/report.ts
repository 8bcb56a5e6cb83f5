import { PUBLISHED_TEST_FROM, publishedRows } from './published.ts';
import type { ScoredWeek, WeekFigures } from './run.ts';

/** The figures as a person reads them: a table per week, then mean and deviation over the weeks. */
export function reportOf(run: { transactions: number; weeks: readonly WeekFigures[] }): string {
  const parts = run.weeks.map(weekText);
  if (run.weeks.length > 1) parts.push(overWeeks(run.weeks));
  return [`${run.transactions.toLocaleString('en')} transactions streamed once.`, ...parts].join('\n\n');
}

const NAME = 36;
const COLUMNS = ['AUC ROC', 'av. prec.', '95 %', 'card p@100', 'value at 1:1', 'gain, 95 %'] as const;
const WIDTHS = [9, 11, 16, 12, 14, 20];

function weekText(week: WeekFigures): string {
  const { model } = week;
  return [
    `Test week from ${week.testFrom}: ${week.transactions.toLocaleString('en')} transactions of ${week.cards.toLocaleString('en')} cards, ` +
      `${week.frauds} frauds worth ${week.fraudValue.toLocaleString('en', { minimumFractionDigits: 2 })}`,
    `Model ${model.version}: ${model.shipped ? 'shipped' : 'trained for this week'}, on ${model.trainedFrom} to ${model.trainedTo}`,
    '',
    line('', COLUMNS),
    ...week.rows.map(scoredLine),
    ...(week.testFrom === PUBLISHED_TEST_FROM
      ? publishedRows.map(({ name, aucRoc, averagePrecision, cardPrecisionAt100 }) =>
          line(`published: ${name}`, [three(aucRoc), three(averagePrecision), '', three(cardPrecisionAt100)]),
        )
      : []),
  ].join('\n');
}

function scoredLine(row: ScoredWeek): string {
  const { one, gain } = row.bootstrap;
  return line(row.name, [
    three(row.aucRoc),
    three(row.averagePrecision),
    `${three(one.low)}–${three(one.high)}`,
    three(row.cardPrecisionAt100),
    three(row.valueFound),
    gain === undefined ? '' : `${signed(gain.low)} to ${signed(gain.high)}`,
  ]);
}

function overWeeks(weeks: readonly WeekFigures[]): string {
  const names = weeks[0]?.rows.map(({ name }) => name) ?? [];
  const rows = names.map((name) => {
    const of = (pick: (row: ScoredWeek) => number) =>
      spread(weeks.flatMap(({ rows }) => rows.filter((row) => row.name === name).map(pick)));
    return line(
      name,
      [
        of(({ aucRoc }) => aucRoc),
        of(({ averagePrecision }) => averagePrecision),
        '',
        of(({ cardPrecisionAt100 }) => cardPrecisionAt100),
        of(({ valueFound }) => valueFound),
      ],
      [16, 16, 1, 16, 16],
    );
  });
  const heads = [COLUMNS[0], COLUMNS[1], '', COLUMNS[3], COLUMNS[4]];
  return [
    `Mean ± deviation of ${weeks.length} weeks`,
    '',
    line('', heads, [16, 16, 1, 16, 16]),
    ...rows,
  ].join('\n');
}

/** Mean and standard deviation (n − 1). */
function spread(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return `${three(mean)} ± ${three(Math.sqrt(squares / Math.max(1, values.length - 1)))}`;
}

function line(name: string, cells: readonly string[], widths: readonly number[] = WIDTHS): string {
  return `${name.padEnd(NAME)}${cells.map((cell, index) => cell.padStart(widths[index] ?? 0)).join('')}`.trimEnd();
}

const three = (value: number): string => value.toFixed(3);
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${three(Math.abs(value))}`;
