import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { LocalClock } from '../../infra/local/clock.ts';
import { type LocalStack, startLocalStack } from '../../infra/local/stack.ts';
import { PlainError } from './plain-error.ts';
import { openTarget, type Target } from './target.ts';

const FOLDER = fileURLToPath(new URL('../../.cardguard', import.meta.url));

/** What `npm start` leaves for other programs; only what the tools need of it. */
const noteSchema = z.object({
  url: z.string(),
  region: z.string(),
  credentials: z.object({
    admin: z.object({ accessKeyId: z.string(), secretAccessKey: z.string(), sessionToken: z.string() }),
  }),
});

/** The local stack of a running `npm start`, if there is one; `folder` is what it was given as `--state`. */
export async function findRunning(folder: string = FOLDER): Promise<Target | undefined> {
  const file = join(folder, 'local.json');
  if (!existsSync(file)) return undefined;
  const parsed = noteSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    throw new PlainError(
      `${file} is not what npm start writes. Stop npm start, delete the file, start again.`,
    );
  }
  const { url, region, credentials } = parsed.data;
  try {
    return await openTarget('local', { endpoint: url, region, credentials: credentials.admin });
  } catch (error) {
    // Left behind by a start that was killed: nobody answers there, or another one with other keys.
    if (error instanceof PlainError && /ECONNREFUSED|access key/.test(error.message)) return undefined;
    throw error;
  }
}

export async function mustFindRunning(folder?: string): Promise<Target> {
  const running = await findRunning(folder);
  if (running !== undefined) return running;
  throw new PlainError(
    `No local stack is running. Start it in another terminal: npm start${folder === undefined ? '' : ` -- --state ${folder}`}`,
  );
}

/** A local stack for one run, in memory. */
export interface OwnStack {
  readonly stack: LocalStack;
  readonly target: Target;
  stop(): Promise<void>;
}

export async function startOwnStack(
  options: { clock?: LocalClock; onProgress?: (line: string) => void } = {},
): Promise<OwnStack> {
  const stack = await startLocalStack({ quiet: true, ...options });
  try {
    await stack.warm;
    const target = await targetOf(stack);
    return {
      stack,
      target,
      async stop() {
        target.close();
        await stack.stop();
      },
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

export function targetOf(stack: LocalStack): Promise<Target> {
  return openTarget('local', {
    endpoint: stack.url,
    region: stack.model.region,
    credentials: stack.front.identities.accessKeyFor('admin'),
  });
}
