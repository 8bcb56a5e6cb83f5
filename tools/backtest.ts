import { existsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { HELP, type Options, readOptions } from './backtest/options.ts';
import { writeShippedRules } from './backtest/rule-file.ts';
import { say } from './stage/command.ts';
import { PlainError, runCommand } from './stage/plain-error.ts';
import { createProgress } from './stage/progress.ts';

async function main(): Promise<number> {
  const wanted = readOptions();
  if (wanted.kind === 'help') say(HELP);
  else if (wanted.kind === 'write_rules') {
    writeShippedRules(wanted.file);
    say(
      `${wanted.file}: change it, give it a version of its own, and try it: npm run backtest -- --data FILE --rules ${wanted.file} --compare shipped`,
    );
  } else await report(wanted);
  return 0;
}

async function report(options: Options): Promise<void> {
  mustExist('out', options.out);
  mustExist('json', options.json);
  const progress = createProgress();
  const startedAt = performance.now();
  // Loaded where it is used: help and refusals need not wait for parsers and plots.
  const { backtest } = await import('./backtest/backtest.ts');
  const { printed } = await import('./backtest/print.ts');
  const figures = await backtest(options, (transactions, day) => {
    const rate = Math.round(transactions / ((performance.now() - startedAt) / 1000));
    progress.show(
      `${transactions.toLocaleString('en-US')} transactions judged, until ${day}; ${rate.toLocaleString('en-US')} a second`,
    );
  });
  progress.end();
  say(printed(figures));
  if (options.json !== undefined) write('json', options.json, `${JSON.stringify(figures, null, 2)}\n`);
  if (options.out === undefined) return;
  const { page } = await import('./backtest/html/page.ts');
  write('out', options.out, page(figures));
  say(`\nreport: ${options.out} (opens in any browser, needs no network)`);
}

/** Before minutes of work rather than after. */
function mustExist(option: string, file: string | undefined): void {
  if (file !== undefined && !existsSync(dirname(file))) {
    throw new PlainError(`--${option} ${file}: there is no folder ${dirname(file)}; make it first`);
  }
}

function write(option: string, file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new PlainError(
      `--${option} ${file}: cannot be written: ${error instanceof Error ? error.message : error}`,
      {
        cause: error,
      },
    );
  }
}

await runCommand(main);
