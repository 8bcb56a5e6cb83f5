import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { PlainError } from './checks.ts';
import { type Details, readDetails, typed, usualFolder } from './details.ts';
import { plainParseError } from './options.ts';

/** Talks to the pages of the running stack; every refusal becomes a message for the person at the terminal. */
export interface LocalClient {
  readonly details: Details;
  get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>>;
  post<Schema extends z.ZodType>(path: string, body: unknown, schema: Schema): Promise<z.output<Schema>>;
}

export function connectLocal(given: string | undefined): LocalClient {
  const folder = given ?? usualFolder;
  const details = readDetails(folder);
  const advice =
    'Start one in another terminal: npm start\n' +
    '(One started with --state DIR, or beside another, has a folder of its own: name it with --stack DIR.)';
  if (details === undefined)
    throw new PlainError(
      `No local stack runs here (there is no ${typed(join(folder, 'local.json'))}).\n${advice}`,
    );

  async function call<Schema extends z.ZodType>(path: string, init: RequestInit, schema: Schema) {
    let response: Response;
    try {
      response = await fetch(`${details?.url}${path}`, init);
    } catch {
      throw new PlainError(`The local stack at ${details?.url} does not answer any more.\n${advice}`);
    }
    const body: unknown = await response.json();
    if (response.ok) return schema.parse(body);
    const refused = z.object({ message: z.string() }).safeParse(body);
    throw new PlainError(refused.success ? refused.data.message : `answered ${response.status}`);
  }

  return {
    details,
    get: (path, schema) => call(path, {}, schema),
    post: (path, body, schema) =>
      call(
        path,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        },
        schema,
      ),
  };
}

type ParseOptions = NonNullable<Parameters<typeof parseArgs>[0]>['options'];

/** `parseArgs`, strict, with plain words for what it refuses. */
export function readArguments<Options extends NonNullable<ParseOptions>>(
  options: Options,
  args = process.argv.slice(2),
) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new PlainError(`${plainParseError(error)}\nSee --help.`);
  }
}

/** Runs a command; what a person can put right is said without a stack trace. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    process.exitCode = 1;
    if (!(error instanceof PlainError)) throw error;
    process.stderr.write(`${error.message}\n`);
  }
}
