import type { ParseArgsConfig } from 'node:util';
import { readArguments } from './arguments.ts';
import { mustFindRunning } from './local.ts';
import { PlainError, runCommand } from './plain-error.ts';
import { openTarget, type Target } from './target.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

const COMMON = {
  local: { type: 'boolean', default: false },
  stage: { type: 'string' },
  state: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies Options;

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * Runs a command on one stage: `--local` (with `--state DIR`) or `--stage NAME`, `--help`, and options of its own, which
 * `prepare` may refuse before anything is opened. Ends with what `work` returns.
 */
export async function runOnStage<const Own extends Options, Prepared>(command: {
  readonly help: string;
  readonly options: Own;
  readonly prepare: (values: ReturnType<typeof readArguments<typeof COMMON & Own>>) => Prepared;
  readonly work: (target: Target, prepared: Prepared) => Promise<number>;
}): Promise<void> {
  await runCommand(async () => {
    const values = readArguments({ ...COMMON, ...command.options }, command.help);
    const { help, local, stage, state } = values as unknown as {
      readonly [Name in keyof typeof COMMON]?: (typeof COMMON)[Name]['type'] extends 'boolean'
        ? boolean
        : string;
    };
    if (help) {
      say(command.help);
      return 0;
    }
    if ((local === true) === (stage !== undefined))
      throw new PlainError(`Give --local or --stage.\n\n${command.help}`);
    const prepared = command.prepare(values);
    const target = stage === undefined ? await mustFindRunning(state) : await openTarget(stage);
    try {
      return await command.work(target, prepared);
    } finally {
      target.close();
    }
  });
}
