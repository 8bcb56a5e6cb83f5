import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/**
 * May we ship, or build with, what is in `package-lock.json`? The product is Apache-2.0 and closed forks of
 * it must stay possible, so only permissive licences pass; a package that names none is refused too.
 */
export const PERMISSIVE: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  // As permissive as MIT, asks only not to be misrepresented (pako, under ydf-training).
  'Zlib',
]);
/** Per-file copyleft: fine for a tool that never becomes part of a bundle (lightningcss, under vitest). */
export const BUILD_ONLY: ReadonlySet<string> = new Set(['MPL-2.0']);

const licenceField = z.union([z.string(), z.object({ type: z.string() })]);
const manifestSchema = z.object({
  license: licenceField.optional(),
  licenses: z.array(licenceField).optional(),
});
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), license: z.string().optional(), dev: z.boolean().optional() }),
  ),
});

export interface PackageLicence {
  /** `name@version`. */
  readonly name: string;
  /** SPDX expression; empty when the package states none. */
  readonly licence: string;
  /** Installed for development only. */
  readonly dev: boolean;
}

/** Every package of the lock file, each with the licence of what is installed, else of the lock file. */
export function readLicences(root: string): readonly PackageLicence[] {
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, { version, license, dev = false }]) => ({
      name: `${path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}`,
      licence: installedLicence(join(root, path, 'package.json')) ?? license ?? '',
      dev,
    }));
}

function installedLicence(manifest: string): string | undefined {
  // A package for another platform is in the lock file only.
  if (!existsSync(manifest)) return undefined;
  const { license, licenses = [] } = manifestSchema.parse(JSON.parse(readFileSync(manifest, 'utf8')));
  const stated = license === undefined ? licenses : [license];
  const names = stated.map((one) => (typeof one === 'string' ? one : one.type));
  return names.length === 0 ? undefined : names.join(' OR ');
}

/** Whether one side of every OR, and all sides of every AND, are allowed. */
export function isAllowed(expression: string, allowed: (licence: string) => boolean): boolean {
  const tokens = expression.match(/[()]|[^()\s]+/g) ?? [];
  let at = 0;
  const part = (): boolean => {
    const token = tokens[at++];
    if (token !== '(') return token !== undefined && allowed(token);
    const inner = any();
    return tokens[at++] === ')' && inner;
  };
  const all = (): boolean => {
    let result = part();
    while (tokens[at] === 'AND') {
      at += 1;
      result = part() && result;
    }
    return result;
  };
  const any = (): boolean => {
    let result = all();
    while (tokens[at] === 'OR') {
      at += 1;
      result = all() || result;
    }
    return result;
  };
  const result = any();
  // What is left over (`Apache-2.0 WITH …`, free text) was not understood, so it is not allowed.
  return at === tokens.length && result;
}

export const refusedLicences = (packages: readonly PackageLicence[]): readonly PackageLicence[] =>
  packages.filter(
    ({ licence, dev }) =>
      !isAllowed(licence, (name) => PERMISSIVE.has(name) || (dev && BUILD_ONLY.has(name))),
  );
