import { placeOf } from '../offline/labelled.ts';
import type { RuleFigures } from './by-rule.ts';
import type { BacktestFigures } from './figures.ts';
import { measuresOf } from './measures.ts';
import type { Comparison, Difference } from './pairing.ts';
import { amountOf, decimals, percent, plural, ratio, signed, whole } from './shown.ts';

/** The figures for a terminal, at most about 120 columns wide. */
export function printed(figures: BacktestFigures): string {
  const { rules, compare, data, span } = figures;
  if (data.transactions === 0) return 'No transactions in the days asked for: nothing to tell.';
  return [
    compare === undefined
      ? `Backtest of ${rules.version}`
      : `Backtest of ${rules.version} against ${compare.version}`,
    `${span.from} to ${span.to}: ${plural(rules.totals.transactions, 'transaction')}, ${plural(rules.totals.frauds, 'fraud')} worth ${figures.currency} ${whole(rules.totals.fraudValue)}; ${plural(span.warmUpDays, 'day')} of warm-up before`,
    data.about,
    ...badRowLines(figures),
    '',
    ...overall(figures),
    '',
    ...(figures.comparison === undefined ? [] : [...paired(figures.comparison, figures.currency), '']),
    ...perRule(rules.rules, figures),
  ].join('\n');
}

function badRowLines({ data }: BacktestFigures): readonly string[] {
  const { count, first } = data.badRows;
  return [
    ...(count === 0
      ? []
      : [
          `${plural(count, 'row')} could not be read and ${count === 1 ? 'was' : 'were'} left out (--strict stops at the first):`,
        ]),
    ...first.map((row) => `  ${placeOf(row)}: ${row.reason}`),
    ...(count > first.length ? [`  … and ${whole(count - first.length)} more`] : []),
    ...(data.withoutRate === 0
      ? []
      : [
          `${plural(data.withoutRate, 'transaction')} in a currency the rule set has no rate for: counted, without value`,
        ]),
  ];
}

function overall(figures: BacktestFigures): readonly string[] {
  const { rules, compare } = figures;
  const rows = measuresOf(figures).map(({ name, value, base }) =>
    compare === undefined ? [name, value] : [name, value, base ?? ''],
  );
  return table([['in all', rules.version, ...(compare === undefined ? [] : [compare.version])], ...rows]);
}

const differenceNames: Readonly<Record<Difference['name'], string>> = {
  alerts: 'alerts',
  falseAlerts: 'false alerts',
  foundFrauds: 'frauds found',
  foundValue: 'value found',
  savedValue: 'value saved',
  wronglyFrozen: 'customers wrongly frozen',
};

export const differenceName = ({ name }: Difference): string => differenceNames[name];

function paired(comparison: Comparison, currency: string): readonly string[] {
  const { frauds, genuine, newlyFrozen, noLongerFrozen } = comparison;
  return [
    ...table([
      ['difference per day', 'mean', '95 % interval over days'],
      ...comparison.differences.map((difference) => [
        differenceName(difference),
        signed(difference.perDay),
        difference.interval === undefined
          ? 'needs a week'
          : `${signed(difference.interval[0])} to ${signed(difference.interval[1])}`,
      ]),
    ]),
    '',
    `frauds: ${whole(frauds.both)} found by both, ${whole(frauds.only)} newly found, ${whole(frauds.base)} no longer found, ${whole(frauds.neither)} by neither (value newly found ${currency} ${whole(comparison.fraudValue.only)}, no longer ${whole(comparison.fraudValue.base)})`,
    `genuine transactions: ${whole(genuine.both)} suspicious to both, ${whole(genuine.only)} newly, ${whole(genuine.base)} no longer`,
    `cards: ${whole(newlyFrozen.rightly + newlyFrozen.wrongly)} newly frozen (${whole(newlyFrozen.wrongly)} wrongly), ${whole(noLongerFrozen.rightly + noLongerFrozen.wrongly)} no longer frozen (${whole(noLongerFrozen.wrongly)} had been wrongly)`,
  ];
}

function perRule(rules: readonly RuleFigures[], { rules: set }: BacktestFigures): readonly string[] {
  const { days, frauds, fraudValue } = set.totals;
  const share = (part: number, all: number) => percent(all === 0 ? undefined : part / all);
  const held = rules.filter(({ fired }) => fired > 0);
  const silent = rules.filter(({ fired }) => fired === 0).map(({ code }) => code);
  const rows = table([
    [
      'per rule',
      'alerts/day',
      'false:true',
      'found',
      'by value',
      'saved',
      'wrongly frozen/day',
      'without it: frauds',
      'genuine',
    ],
    ...held.map((rule) => [
      rule.code,
      amountOf((rule.trueAlerts + rule.falseAlerts) / Math.max(1, days)),
      ratio(rule.trueAlerts === 0 ? undefined : rule.falseAlerts / rule.trueAlerts),
      share(rule.foundFrauds, frauds),
      share(rule.foundValue, fraudValue),
      share(rule.savedValue, fraudValue),
      decimals(rule.wronglyFrozen / Math.max(1, days), 2),
      signed(rule.clearedFrauds - rule.decisiveFrauds),
      signed(rule.clearedGenuine - rule.decisiveGenuine),
    ]),
  ]);
  return [...rows, ...(silent.length === 0 ? [] : [`never held in these data: ${silent.join(', ')}`])];
}

/** First column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
