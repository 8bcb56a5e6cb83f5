import { readFileSync } from 'node:fs';

/** Prints the closing line from vitest's JSON report; a report that cannot be read is a failure, not a zero. */
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: summary.ts REPORT.json');
const report: unknown = JSON.parse(readFileSync(file, 'utf8'));

function count(name: string): number {
  const value: unknown =
    typeof report === 'object' && report !== null ? Reflect.get(report, name) : undefined;
  if (typeof value !== 'number') throw new Error(`the report has no ${name}`);
  return value;
}

const skipped = count('numPendingTests') + count('numTodoTests');
console.log(
  `${count('numPassedTests')} passed, ${count('numFailedTests')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
);
