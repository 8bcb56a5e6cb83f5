import { placeOf } from '../offline/labelled.ts';
import { ofRule } from './by-rule.ts';
import type { BacktestFigures } from './figures.ts';
import { measuresOf } from './measures.ts';
import type { Comparison, Difference } from './pairing.ts';
import { amountOf, percent, plural, ratio, signed, signedPoints, whole } from './shown.ts';
import type { SetFigures } from './tally.ts';

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
    ...perRule(rules),
    ...(compare === undefined ? [] : ['', ...ruleDifferences(rules, compare)]),
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

function perRule({ rules, totals }: SetFigures): readonly string[] {
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
    ...held.map((rule) => {
      const { alertsPerDay, falsePerTrue, found, foundValue, saved, wronglyFrozenPerDay } = ofRule(
        rule,
        totals,
      );
      return [
        rule.code,
        amountOf(alertsPerDay),
        ratio(falsePerTrue),
        percent(found),
        percent(foundValue),
        percent(saved),
        amountOf(wronglyFrozenPerDay),
        signed(rule.clearedFrauds - rule.decisiveFrauds),
        signed(rule.clearedGenuine - rule.decisiveGenuine),
      ];
    }),
  ]);
  return [...rows, ...(silent.length === 0 ? [] : [`never held in these data: ${silent.join(', ')}`])];
}

/** Rules that do other things under the one rule set than under the other; in one of them only: less nothing. */
function ruleDifferences(rules: SetFigures, compare: SetFigures): readonly string[] {
  const codes = [...new Set([...rules.rules, ...compare.rules].map(({ code }) => code))];
  const rows = codes.flatMap((code) => {
    const [one, base] = [rules, compare].map(({ rules: all, totals }) => {
      const rule = all.find((candidate) => candidate.code === code);
      return rule && ofRule(rule, totals);
    });
    const gain = (name: 'alertsPerDay' | 'wronglyFrozenPerDay') => (one?.[name] ?? 0) - (base?.[name] ?? 0);
    const points = (name: 'found' | 'foundValue' | 'saved') =>
      signedPoints((one?.[name] ?? 0) - (base?.[name] ?? 0));
    const cells = [
      signed(gain('alertsPerDay')),
      points('found'),
      points('foundValue'),
      points('saved'),
      signed(gain('wronglyFrozenPerDay')),
    ];
    return cells.every((cell) => !/[1-9]/.test(cell)) ? [] : [[code, ...cells]];
  });
  if (rows.length === 0) return ['differences per rule: none'];
  return table([
    ['differences per rule', 'alerts/day', 'found', 'by value', 'saved', 'wrongly frozen/day'],
    ...rows,
  ]);
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
