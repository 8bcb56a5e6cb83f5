import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CompiledModel, compileModel } from '../screening/compile-model.ts';
import type { Models } from '../screening/rules-in-force.ts';

/** Versions are names of files: nothing else may lead out of the folder. */
const VERSION = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,39}$/;

/**
 * The models that were deployed with a function, files `<version>.json` in a folder beside its bundle. One is read,
 * checked and compiled when a rule set first names it: a function whose rule sets name none pays nothing. Throws when a
 * file is no model of this code, with the places: its rule set is then refused, and what was in force stays.
 */
export function createModelShelf(folder: string): Models {
  const compiled = new Map<string, CompiledModel>();
  const get = (version: string): CompiledModel | undefined => {
    const known = compiled.get(version);
    if (known !== undefined) return known;
    const file = join(folder, `${version}.json`);
    if (!VERSION.test(version) || !existsSync(file)) return undefined;
    const model = compileModel(JSON.parse(readFileSync(file, 'utf8')));
    if (model.version !== version)
      throw new Error(`model file ${version}.json calls itself ${model.version}: rename it`);
    compiled.set(version, model);
    return model;
  };
  return { get, has: (version) => get(version) !== undefined };
}
