import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { checkRuleSet } from '../../functions/screening/check-rule-set.ts';
import { type CompiledRuleSet, compileCheckedRules } from '../../functions/screening/compile-rules.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { PlainError } from '../stage/plain-error.ts';

/** Instead of a file: the rule set a new installation starts with. */
export const SHIPPED = 'shipped';
const MOST_PROBLEMS_SHOWN = 12;

/**
 * A rule set from a JSON file, checked as the running system checks one. Throws a {@link PlainError} with every
 * problem and its place; `option` names the option the file was given by.
 */
export function readRuleFile(option: string, file: string): CompiledRuleSet {
  if (file === SHIPPED) return compileCheckedRules(defaultRuleSet);
  const checked = checkRuleSet(readJson(option, file));
  if (checked.kind === 'invalid') {
    throw refusal(
      `${option} ${file}`,
      checked.problems,
      'Mend these places and run again; npm run backtest -- --write-rules FILE writes a rule set that is right.',
    );
  }
  try {
    return compileCheckedRules(checked.ruleSet);
  } catch (error) {
    throw new PlainError(`${option} ${file}: refused: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

/** Every problem of a file on a line of its own, the first dozen of them, and what to do. */
export function refusal(file: string, problems: readonly string[], remedy?: string): PlainError {
  const shown = problems.slice(0, MOST_PROBLEMS_SHOWN).map((problem) => `  ${problem}`);
  const more = problems.length - shown.length;
  return new PlainError(
    [
      `${file}: refused, ${problems.length} problem${problems.length === 1 ? '' : 's'}:`,
      ...shown,
      ...(more > 0 ? [`  … and ${more} more`] : []),
      ...(remedy === undefined ? [] : [remedy]),
    ].join('\n'),
  );
}

function readJson(option: string, file: string): unknown {
  if (!existsSync(file)) {
    throw new PlainError(
      `${option} ${file}: there is no such file. Write one to start from: npm run backtest -- --write-rules ${file}`,
    );
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new PlainError(
      `${option} ${file}: is not JSON: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    );
  }
}

/** Writes the shipped rule set as a file to start from; never over another one. */
export function writeShippedRules(file: string): void {
  if (existsSync(file)) throw new PlainError(`--write-rules ${file}: is there already; name another file`);
  writeFileSync(file, `${JSON.stringify(defaultRuleSet, null, 2)}\n`);
}
