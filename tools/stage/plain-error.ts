/** Something the person at the terminal can put right: shown without a stack trace. */
export class PlainError extends Error {}

/** Runs a command's main function: a `PlainError` is shown as its sentence, anything else whole; both exit with 1. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${error instanceof PlainError ? error.message : describe(error)}\n`);
  }
}

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
