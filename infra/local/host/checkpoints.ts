import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** How far each function has read its stream, kept over restarts when there is a state directory. */
export interface Checkpoints {
  get(functionArn: string): string | undefined;
  set(functionArn: string, sequence: string): void;
}

const schema = z.record(z.string(), z.string());

export function openCheckpoints(stateDir: string | undefined): Checkpoints {
  const file = stateDir === undefined ? undefined : join(stateDir, 'streams.json');
  const positions = new Map(Object.entries(file === undefined ? {} : read(file)));
  return {
    get: (functionArn) => positions.get(functionArn),
    set(functionArn, sequence) {
      positions.set(functionArn, sequence);
      if (file === undefined || stateDir === undefined) return;
      mkdirSync(stateDir, { recursive: true });
      // Written whole, then renamed: a crash leaves the old position or the new one.
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(positions)));
      renameSync(`${file}.new`, file);
    },
  };
}

function read(file: string): Record<string, string> {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // No position: the stream is read from its start, and effects are idempotent.
    return {};
  }
}
