import { readFileSync } from 'node:fs';
import { comparisonView } from '../../functions/handlers/work/rule-readings.ts';
import { checkRuleSet } from '../../functions/screening/check-rule-set.ts';
import { reasonWords } from '../../functions/screening/decide.ts';
import { firstBoard } from '../../functions/screening/rule-board.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import type { RuleSet } from '../../functions/screening/rules.ts';
import { shippedRecord } from '../../functions/screening/rules-standing.ts';
import { type ShadowCell, shadowCells } from '../../functions/screening/shadow-comparison.ts';
import { countOf } from '../stage/arguments.ts';
import { say } from '../stage/command.ts';
import { PlainError } from '../stage/plain-error.ts';
import type { Target } from '../stage/target.ts';
import { kindOf, must, storesOf, type Wish } from './wish.ts';

type Stores = ReturnType<typeof storesOf>;

/** Commands that change nothing; undefined for any other. */
export async function readRules(target: Target, wish: Wish): Promise<number | undefined> {
  const stores = storesOf(target);
  switch (wish.command) {
    case 'list':
      return list(stores);
    case 'show':
      say(JSON.stringify(await contentsOf(stores, must(wish, 'version')), null, 2));
      return 0;
    case 'check':
      return check(
        wish.file === undefined ? await contentsOf(stores, must(wish, 'version')) : readJson(wish.file),
      );
    case 'compare':
      return compare(stores, must(wish, 'version'), wish.cell);
    case 'entries':
      return entries(stores, wish);
    case 'journal':
      return journal(stores, countOf('limit', wish.limit) ?? 30);
    default:
      return undefined;
  }
}

export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new PlainError(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : ''}`);
  }
}

async function contentsOf({ rules }: Stores, version: string): Promise<unknown> {
  const stored = await rules.body(version);
  if (stored !== undefined) return stored;
  if (version === defaultRuleSet.version) return defaultRuleSet;
  throw new PlainError(`There is no version ${version}; look with: list`);
}

async function list({ rules, ruleSets }: Stores): Promise<number> {
  const [stored, records] = await Promise.all([rules.board(), ruleSets.list()]);
  const board = stored?.body ?? firstBoard(defaultRuleSet.version);
  say(`live ${board.live}; in shadow ${board.shadows.join(', ') || 'none'}`);
  if (board.share !== undefined)
    say(`${board.share.version} decides about ${board.share.percent} % of the cards`);
  for (const { version, at, by, reason } of board.alertOnly)
    say(`${version} asks only since ${at}, by ${by}: ${reason}`);
  for (const one of records.length === 0 ? [shippedRecord(defaultRuleSet)] : records) {
    const { proposal } = one;
    const waits =
      proposal === undefined
        ? ''
        : `; ${proposal.to} proposed by ${proposal.by.name} until ${proposal.until}`;
    say(
      `  ${one.version.padEnd(24)} ${one.state.padEnd(8)} ${String(one.rules).padStart(3)} rules  ${one.author.name}, ${one.stateAt}${waits}`,
    );
  }
  return 0;
}

function check(data: unknown): number {
  const checked = checkRuleSet(data);
  if (checked.kind === 'valid') {
    say(`${checked.ruleSet.version}: ${checked.ruleSet.rules.length} rules, nothing wrong`);
    return 0;
  }
  for (const problem of checked.problems) say(problem);
  return 1;
}

async function compare(stores: Stores, version: string, cell: string | undefined): Promise<number> {
  if (cell !== undefined && !shadowCells.some((one) => one === cell))
    throw new PlainError(`--cell ${cell}: one of ${shadowCells.join(', ')}`);
  const counts = await stores.shadows.counts(version);
  if (counts === undefined) {
    say(
      `Nothing is compared with ${version} yet. Results are written with the first difference, or in half a minute.`,
    );
    return 0;
  }
  const view = comparisonView(counts);
  say(
    `${version} beside the live set: ${view.compared} transactions since ${counts.since}, last ${counts.lastAt}`,
  );
  say('                 it would have cleared     asked    frozen');
  for (const live of ['clear', 'alert', 'freeze'] as const) {
    const row = (['clear', 'alert', 'freeze'] as const).map((other) => counts.cells[`${live}_${other}`]);
    say(`  live ${live.padEnd(10)} ${row.map((count) => String(count).padStart(10)).join('')}`);
  }
  say(`new alerts ${view.newAlerts}, lost alerts ${view.lostAlerts}`);
  for (const [code, count] of Object.entries(view.newAlertReasons).sort((a, b) => b[1] - a[1]))
    say(`  ${String(count).padStart(6)} × ${code}`);
  await examples(stores, version, (cell as ShadowCell | undefined) ?? 'clear_freeze');
  return 0;
}

async function examples(stores: Stores, version: string, cell: ShadowCell): Promise<void> {
  const found = await stores.shadows.examples(version, cell);
  if (found.length === 0) return;
  const ruleSet = (await contentsOf(stores, version)) as RuleSet;
  say(`latest of ${cell}:`);
  for (const { transactionId, cardToken, occurredAt, other } of found.slice(0, 10)) {
    const words = other.reasons.map(({ code, values }) =>
      reasonWords({ code, values: values as Record<string, number | string> }, 'en', ruleSet),
    );
    say(`  ${occurredAt} ${cardToken} ${transactionId}, score ${other.score}: ${words.join('; ')}`);
  }
}

async function entries({ rules }: Stores, wish: Wish): Promise<number> {
  const page = await rules.entries(kindOf(wish));
  for (const { entryId, list, value, outcome = '', until, author, reason } of page.entries)
    say(`  ${entryId}  ${list} ${value} ${outcome} until ${until}, by ${author.name}: ${reason}`);
  say(`${page.entries.length} entries`);
  return 0;
}

async function journal({ ruleSets }: Stores, limit: number): Promise<number> {
  const [lines, intact] = await Promise.all([ruleSets.journal({ limit }), ruleSets.isJournalIntact()]);
  for (const { seq, at, by, type, data } of lines) {
    const { reason, ...about } = data;
    const facts = Object.entries(about).map(([name, value]) => `${name} ${String(value)}`);
    say(`  ${String(seq).padStart(5)} ${at} ${by} ${type}: ${facts.join(', ')}; ${String(reason ?? '')}`);
  }
  say(intact ? 'the chain is whole' : 'THE CHAIN IS BROKEN: an entry was changed, taken out or put in');
  return intact ? 0 : 1;
}
