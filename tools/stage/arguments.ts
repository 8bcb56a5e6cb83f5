import { type ParseArgsConfig, parseArgs } from 'node:util';
import { PlainError } from './plain-error.ts';

/** `parseArgs`, strict, with a sentence instead of a stack trace and the help text where it is wanted. */
export function readArguments<const Options extends NonNullable<ParseArgsConfig['options']>>(
  options: Options,
  help: string,
  args: readonly string[] = process.argv.slice(2),
) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const message = error instanceof Error ? (error.message.split(/\. (?=To specify)|\n/)[0] ?? '') : '';
    throw new PlainError(`${message}\n\n${help}`);
  }
}

/** A whole number above zero, or the sentence that says what was wrong with it. */
export function countOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new PlainError(`--${option} ${text}: a whole number above 0`);
  return Number(text);
}

/** `--name a b --name c` as `--name a --name b --name c`, so that a shell may put in what `*` stands for. */
export function repeated(option: string, args: readonly string[]): readonly string[] {
  let isWithin = false;
  return args.flatMap((arg, index) => {
    if (arg.startsWith('-')) isWithin = arg === option;
    const isMore = isWithin && arg !== option && args[index - 1] !== option;
    return isMore ? [option, arg] : [arg];
  });
}
