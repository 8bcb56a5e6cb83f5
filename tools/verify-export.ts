import { readFileSync } from 'node:fs';
import { verifyExport } from '../functions/ticket/export-file.ts';

const help = `Checks a ticket that was exported as a file, byte for byte.

  npm run verify-export -- FILE

Ends with 0 where nothing was changed since it was exported, else with 1 and the first place that was.
`;

const [file, ...more] = process.argv.slice(2);
if (file === undefined || more.length > 0 || file.startsWith('-')) {
  process.stdout.write(help);
  process.exitCode = file === '--help' || file === '-h' ? 0 : 2;
} else {
  check(file);
}

function check(path: string): void {
  const text = readOrExplain(path);
  if (text === undefined) return;
  const checked = verifyExport(text);
  if (checked.intact) {
    const { ticketNumber, entries, head } = checked;
    process.stdout.write(
      `${ticketNumber}: ${entries} entries, none changed.\n` +
        `Head of the chain, to be compared with the bank's: ${head}\n`,
    );
    return;
  }
  process.exitCode = 1;
  process.stderr.write(`Changed: ${checked.where}: ${checked.why}.\n`);
}

function readOrExplain(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    process.exitCode = 2;
    process.stderr.write(`${path} cannot be read: ${error instanceof Error ? error.message : 'unknown'}\n`);
    return undefined;
  }
}
