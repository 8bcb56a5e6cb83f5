import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type ExportedEvidence, verifyExport } from '../functions/ticket/export-file.ts';

const help = `Checks a ticket that was exported as a file, byte for byte.

  npm run verify-export -- FILE [PAPER…]

PAPER: a paper or screenshot somebody has; its hash is looked for among those of the ticket. Ends with 0 where nothing was changed since it was exported, else with 1 and the first place that was.
`;

const [file, ...papers] = process.argv.slice(2);
if (file === undefined || file.startsWith('-')) {
  process.stdout.write(help);
  process.exitCode = file === '--help' || file === '-h' ? 0 : 2;
} else {
  check(file);
}

function check(path: string): void {
  const text = readOrExplain(path);
  if (text === undefined) return;
  const checked = verifyExport(text.toString('utf8'));
  if (checked.intact) {
    const { ticketNumber, entries, head } = checked;
    process.stdout.write(
      `${ticketNumber}: ${entries} entries, none changed.\n` +
        `Head of the chain, to be compared with the bank's: ${head}\n`,
    );
    for (const one of checked.evidence)
      process.stdout.write(`Evidence of ${one.receivedAt}: ${one.mediaType}, ${one.state}, ${one.sha256}\n`);
    for (const paper of papers) compare(paper, checked.evidence);
    return;
  }
  process.exitCode = 1;
  process.stderr.write(`Changed: ${checked.where}: ${checked.why}.\n`);
}

/** Whether this very file is one of the ticket's. */
function compare(path: string, evidence: readonly ExportedEvidence[]): void {
  const bytes = readOrExplain(path);
  if (bytes === undefined) return;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const known = evidence.find((one) => one.sha256 === sha256);
  if (known !== undefined) {
    process.stdout.write(`${path} is the evidence of ${known.receivedAt}.\n`);
    return;
  }
  process.exitCode = 1;
  process.stderr.write(`${path} is none of the ticket's evidence.\n`);
}

function readOrExplain(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    process.exitCode = 2;
    process.stderr.write(`${path} cannot be read: ${error instanceof Error ? error.message : 'unknown'}\n`);
    return undefined;
  }
}
