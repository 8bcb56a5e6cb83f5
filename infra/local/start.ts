import { PlainError } from './start/checks.ts';
import { readStartOptions, type StartOptions, startHelp } from './start/options.ts';
import { runStack } from './start/run.ts';
import { createScreen } from './start/screen.ts';

/** `npm start`: everything on this machine, until Ctrl-C. */
const read = readStartOptions(process.argv.slice(2));
if (read.kind === 'help') process.stdout.write(startHelp);
else if (read.kind === 'wrong') {
  process.stderr.write(`${read.message}\n\n${startHelp}`);
  process.exitCode = 2;
} else await start(read.options);

async function start(options: StartOptions): Promise<void> {
  const stopping = new AbortController();
  const stop = () => {
    // Asked a second time: at once.
    if (stopping.signal.aborted) process.exit(1);
    stopping.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // Whoever read our output has gone, e.g. `npm start | head`.
  process.stdout.on('error', stop);
  try {
    await runStack({ options, screen: createScreen(), signal: stopping.signal });
  } catch (error) {
    if (!stopping.signal.aborted) {
      complain(error);
      process.exit(1);
    }
  }
  // Whatever still holds the process up, a worker or a socket, ends with it.
  process.exit(0);
}

function complain(error: unknown): void {
  const text =
    error instanceof PlainError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`\n${text}\n`);
}
