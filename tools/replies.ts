import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Reading, readReply } from '../functions/alert/reply.ts';
import { PlainError, runCommand } from './stage/plain-error.ts';

const HELP = `Reads messages as the alert line would and says how each is understood.

  npm run -s replies -- FILE     one message a line; "-" reads standard input
      --mainland   as sent from a +86 number: a bare N also opts out (shown with --detail)
      --detail     appends what else was read, space-separated, after another tab: lastFour=4417 tag=3
                   alsoOptOut alsoNotMine

Prints each line as it came, a tab, and its reading: mine, not_mine, unclear, stop, help, status, freeze,
wrong_number. An empty line is a message too. The default origin is a number outside +86.
`;

async function main(): Promise<number> {
  const { values, positionals } = readCommandLine();
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new PlainError(`Give one file, or "-".\n\n${HELP}`);
  const from = { mainlandChina: values.mainland };
  const printed = linesOf(file).map((line) => {
    const reading = readReply(line, from);
    return `${line}\t${reading.kind}${values.detail ? `\t${detailOf(reading)}` : ''}\n`;
  });
  process.stdout.write(printed.join(''));
  return 0;
}

function readCommandLine() {
  try {
    return parseArgs({
      options: {
        mainland: { type: 'boolean', default: false },
        detail: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowPositionals: true,
    });
  } catch (error) {
    const [message = ''] = error instanceof Error ? error.message.split(/\. (?=To specify)|\n/) : [];
    throw new PlainError(`${message}\n\n${HELP}`);
  }
}

/** The end of the last line begins no further one. */
function linesOf(file: string): readonly string[] {
  const lines = textOf(file)
    .replace(/^\ufeff/, '')
    .split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new PlainError(`There is no file ${file}.`);
    throw new PlainError(`${file} cannot be read (${String(code)}).`);
  }
}

function detailOf({ lastFour, tag, alsoOptOut, alsoNotMine }: Reading): string {
  return [
    ...(lastFour === undefined ? [] : [`lastFour=${lastFour}`]),
    ...(tag === undefined ? [] : [`tag=${tag}`]),
    ...(alsoOptOut ? ['alsoOptOut'] : []),
    ...(alsoNotMine ? ['alsoNotMine'] : []),
  ].join(' ');
}

await runCommand(main);
