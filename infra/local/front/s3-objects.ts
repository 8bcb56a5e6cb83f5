import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const aboutSchema = z.object({
  bucket: z.string(),
  key: z.string(),
  versionId: z.string(),
  etag: z.string(),
  contentType: z.string(),
  /** Base64, as the sender gave it; absent where none was sent. */
  sha256: z.string().optional(),
  /** Epoch milliseconds on the local clock. */
  at: z.number(),
  /** Grows by one with every object: what came later is further behind. */
  order: z.number(),
});

/** One version of an object. */
export interface StoredObject extends z.output<typeof aboutSchema> {
  readonly body: Buffer;
}

export interface ObjectPlace {
  readonly bucket: string;
  readonly key: string;
}

/** Objects with all their versions; in files where a state folder is given. */
export interface ObjectShelf {
  put(
    place: ObjectPlace,
    object: { body: Buffer; contentType: string; sha256?: string; at: number; versioned: boolean },
  ): StoredObject;
  /** The latest, or one version. */
  get(place: ObjectPlace, versionId?: string): StoredObject | undefined;
  /** By key, then the latest first. */
  list(bucket: string, prefix: string): readonly StoredObject[];
  remove(place: ObjectPlace, versionId: string): void;
  clear(): void;
}

/** What S3 calls the only version of a bucket that keeps none. */
export const NULL_VERSION = 'null';

export function openObjects(stateDir: string | undefined): ObjectShelf {
  const folder = stateDir === undefined ? undefined : join(stateDir, 'objects');
  let objects = folder === undefined ? [] : readObjects(folder);
  const fileOf = ({ bucket, key, versionId }: ObjectPlace & { versionId: string }) =>
    join(folder ?? '', createHash('sha256').update(`${bucket}\n${key}\n${versionId}`).digest('hex'));
  const isAt = (place: ObjectPlace) => (one: StoredObject) =>
    one.bucket === place.bucket && one.key === place.key;

  function forget(gone: readonly StoredObject[]): void {
    objects = objects.filter((one) => !gone.includes(one));
    if (folder === undefined) return;
    for (const one of gone)
      for (const end of ['.json', '.bin']) rmSync(`${fileOf(one)}${end}`, { force: true });
  }

  return {
    put(place, { body, contentType, sha256, at, versioned }) {
      if (!versioned) forget(objects.filter(isAt(place)));
      const about = {
        ...place,
        versionId: versioned ? randomBytes(24).toString('base64url') : NULL_VERSION,
        etag: createHash('md5').update(body).digest('hex'),
        ...{ contentType, sha256, at, order: (objects.at(-1)?.order ?? 0) + 1 },
      };
      const stored = { ...about, body };
      if (folder !== undefined) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(`${fileOf(about)}.bin`, body);
        writeFileSync(`${fileOf(about)}.json`, JSON.stringify(about));
      }
      objects = [...objects, stored];
      return stored;
    },
    get: (place, versionId) =>
      objects.filter(isAt(place)).findLast((one) => versionId === undefined || one.versionId === versionId),
    list: (bucket, prefix) =>
      objects
        .filter((one) => one.bucket === bucket && one.key.startsWith(prefix))
        .sort((a, b) => (a.key === b.key ? b.order - a.order : a.key < b.key ? -1 : 1)),
    remove: (place, versionId) =>
      forget(objects.filter((one) => isAt(place)(one) && one.versionId === versionId)),
    clear: () => forget(objects),
  };
}

function readObjects(folder: string): StoredObject[] {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const about = aboutSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      return { ...about, body: readFileSync(join(folder, name.replace(/json$/, 'bin'))) };
    })
    .sort((a, b) => a.order - b.order);
}
