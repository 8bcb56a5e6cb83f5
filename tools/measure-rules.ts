import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readRuleFile, SHIPPED } from './backtest/rule-file.ts';
import { DEFAULT_FRAUD_SHARE } from './generator/generate.ts';
import { measureOnLife } from './rule-figures/measure.ts';
import { pageOf } from './rule-figures/page.ts';
import { countOf, readArguments } from './stage/arguments.ts';
import { PlainError, runCommand } from './stage/plain-error.ts';
import { createProgress } from './stage/progress.ts';

const HELP = `Tells what each rule finds and how often it errs, on generated card life: synthetic throughout.

  npm run rules:measure
      --rules FILE   a rule set (JSON) instead of the shipped one
      --seed N       of the generated life (1)
      --cards N      (1,500)
      --days N       (90)
      --warm-up N    days at its beginning that only teach the profiles (40)
      --json FILE    writes all figures there
      --write        writes docs/rule-figures.md: of the shipped rules, with the figures above
`;

const PAGE = fileURLToPath(new URL('../docs/rule-figures.md', import.meta.url));

async function main(): Promise<number> {
  const values = readArguments(
    {
      rules: { type: 'string' },
      seed: { type: 'string', default: '1' },
      cards: { type: 'string', default: '1500' },
      days: { type: 'string', default: '90' },
      'warm-up': { type: 'string', default: '40' },
      json: { type: 'string' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
    HELP,
  );
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.write && values.rules !== undefined)
    throw new PlainError('--write is about the shipped rules: leave --rules away.');
  const ruleSet = readRuleFile('--rules', values.rules ?? SHIPPED).ruleSet;
  const days = countOf('days', values.days) ?? 90;
  const warmUpDays = countOf('warm-up', values['warm-up']) ?? 40;
  if (warmUpDays >= days)
    throw new PlainError(`--warm-up ${warmUpDays}: fewer days than the ${days} there are`);
  const progress = createProgress();
  const figures = measureOnLife(ruleSet, {
    seed: countOf('seed', values.seed) ?? 1,
    cards: countOf('cards', values.cards) ?? 1500,
    days,
    warmUpDays,
    from: '2026-01-01',
    fraudShare: DEFAULT_FRAUD_SHARE,
    onProgress: (transactions) => progress.show(`${transactions.toLocaleString('en')} transactions judged`),
  });
  progress.end();
  const page = pageOf(ruleSet, figures);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
  if (values.write) writeFileSync(PAGE, page);
  process.stdout.write(values.write ? `wrote ${PAGE}\n` : page);
  return 0;
}

await runCommand(main);
