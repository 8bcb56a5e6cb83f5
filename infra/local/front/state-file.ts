import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';

/** A small JSON document that outlives the process when a state folder is given; in memory otherwise. */
export interface StateFile<T> {
  value: T;
  /** Writes the value whole, then renames: a crash leaves the old one or the new one. */
  save(): void;
}

export function openStateFile<T>(options: {
  stateDir: string | undefined;
  name: string;
  schema: z.ZodType<T>;
  initial: T;
}): StateFile<T> {
  const { stateDir, name, schema, initial } = options;
  if (stateDir === undefined) return { value: initial, save: () => undefined };
  mkdirSync(stateDir, { recursive: true });
  const path = join(stateDir, `${name}.json`);
  const file: StateFile<T> = {
    value: read(path, schema) ?? initial,
    save() {
      writeFileSync(`${path}.new`, JSON.stringify(file.value), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
  };
  return file;
}

function read<T>(path: string, schema: z.ZodType<T>): T | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new Error(`${path} cannot be read; delete the folder to start afresh (${parsed.error.message})`);
}
