import { createHash } from 'node:crypto';
import type { RuleSet } from '../../functions/screening/rules.ts';
import type { FraudPattern } from '../generator/events.ts';
import type { FiguresOnLife, PatternOnLife, RuleOnLife } from './measure.ts';

/**
 * Names a rule set by all that decides, its words left out: the page says which one it is about, and a test fails when
 * the shipped one has become another.
 */
export function fingerprintOf(ruleSet: RuleSet): string {
  const deciding = { ...ruleSet, rules: ruleSet.rules.map(({ words: _words, ...rule }) => rule) };
  return createHash('sha256').update(JSON.stringify(deciding)).digest('hex').slice(0, 12);
}

export const fingerprintLine = (ruleSet: RuleSet): string =>
  `Rule set \`${ruleSet.version}\`, fingerprint \`${fingerprintOf(ruleSet)}\`.`;

/** Fraud by value of card payments in the euro area and around it (ECB, seventh report on card fraud, for 2019). */
const REAL_SHARE = 0.00036;

/** The page of rules with their recall and precision, as Markdown. */
export function pageOf(ruleSet: RuleSet, figures: FiguresOnLife): string {
  const { options, transactions, frauds } = figures;
  const share = frauds / transactions;
  const days = options.days - options.warmUpDays;
  return `# What each rule finds, on generated life

Made by \`npm run rules:measure -- --write\`; a test fails when the shipped rules have changed since.
${fingerprintLine(ruleSet)}

**Synthetic.** The transactions are made up ([ADR 42](adr/0042-generated-card-life.md)): seed ${options.seed}, ${number(options.cards)} cards, ${options.days} days
from ${options.from}, of which the first ${options.warmUpDays} only teach the profiles. Measured: ${number(transactions)} authorisations, ${number(frauds)} of them
fraud (${percent(share)}), by the production code with the labels' own delays. The figures compare rules and show floods; they do not
promise a recall in real life. How the rules do on data of others: the public benchmark.

## All rules together

${table(['what', 'figure'], ['l', 'r'], totals(figures, days))}

Alerts and freezes are counted as a backtest counts them: one alert gathers what follows on its card until the customer
answers after ten minutes. Honest transactions that were asked about or frozen, by what was odd about them: ${falseBy(figures)}.

## Thefts, by pattern

A theft is one thief on one card. Found: a text was sent or the card frozen at least once.

${table(['pattern', 'thefts', 'transactions', 'found', 'frozen'], ['l', 'r', 'r', 'r', 'r'], figures.patterns.map(patternRow))}

## Rules

Recall: share of all fraudulent transactions in which the rule holds, alone or with others. Precision: share of fraud among
the transactions in which it holds. In real life a smaller share is fraud; the column after it shows the precision if it were
${percent(REAL_SHARE)} with the same thefts. "Best at": the pattern of whose thefts it speaks in most.

${table(
  [
    'rule',
    'weight',
    'a day per 100,000 cards',
    'recall',
    'precision',
    `at ${percent(REAL_SHARE)}`,
    'best at',
  ],
  ['l', 'r', 'r', 'r', 'r', 'r', 'l'],
  figures.rules.map((rule) => ruleRow(rule, figures, days)),
)}

A rule of negative weight speaks for the customer: its precision is the share of fraud it speaks for, and should be small.
`;
}

function totals({ set, options }: FiguresOnLife, days: number): string[][] {
  const { totals: all } = set;
  const perCards = (count: number) => decimal((count / days / options.cards) * 100_000);
  return [
    ['alerts a day per 100,000 cards', perCards(all.trueAlerts + all.falseAlerts)],
    ['false alerts a day per 100,000 cards', perCards(all.falseAlerts)],
    ['false alerts per true one', all.falsePerTrue === undefined ? '–' : all.falsePerTrue.toFixed(2)],
    ['**customers wrongly frozen a day per 100,000 cards**', `**${perCards(all.wronglyFrozen)}**`],
    ['frauds found, by count', percent(all.foundShare)],
    ['frauds found, by value', percent(all.foundValueShare)],
    ['value saved: what came after the freeze', percent(all.savedValueShare)],
  ];
}

function patternRow({ pattern, thefts, transactions, found, frozen }: PatternOnLife): string[] {
  return [
    plain(pattern),
    number(thefts),
    number(transactions),
    shareIn(found, thefts),
    shareIn(frozen, thefts),
  ];
}

function ruleRow(
  rule: RuleOnLife,
  { frauds, transactions, options, patterns }: FiguresOnLife,
  days: number,
): string[] {
  const { code, weight, action, fired, firedFrauds } = rule;
  // With fewer frauds of the same kinds, fewer of its hits are fraud; the false ones stay.
  const scale = REAL_SHARE / (1 - REAL_SHARE) / (frauds / (transactions - frauds));
  const scaled = firedFrauds * scale;
  return [
    `\`${code}\``,
    `${weight}${action ? `, ${action}` : ''}`,
    decimal((fired / days / options.cards) * 100_000),
    shareIn(firedFrauds, frauds),
    shareIn(firedFrauds, fired),
    shareIn(scaled, scaled + fired - firedFrauds),
    bestAt(rule, patterns),
  ];
}

function bestAt({ thefts }: RuleOnLife, patterns: readonly PatternOnLife[]): string {
  const shares = patterns.map(({ pattern, thefts: all }) => ({
    pattern,
    share: all === 0 ? 0 : thefts[pattern] / all,
  }));
  const [best] = shares.sort((one, other) => other.share - one.share);
  return best && best.share > 0 ? `${plain(best.pattern)} (${percent(best.share, 0)})` : '–';
}

function falseBy({ falseBy: counts }: FiguresOnLife): string {
  return Object.entries(counts)
    .sort(([, one], [, other]) => other - one)
    .map(([what, count]) => `${plain(what)} ${number(count)}`)
    .join(', ');
}

const plain = (name: FraudPattern | string): string => name.replaceAll('_', ' ');
const number = (value: number): string => value.toLocaleString('en');
const decimal = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 });
const percent = (share: number | undefined, digits = 1): string =>
  share === undefined ? '–' : `${(share * 100).toFixed(share > 0 && share < 0.001 ? 3 : digits)} %`;
const shareIn = (part: number, whole: number): string => percent(whole === 0 ? undefined : part / whole);

function table(
  head: readonly string[],
  sides: readonly ('l' | 'r')[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(sides.map((side) => (side === 'l' ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}
