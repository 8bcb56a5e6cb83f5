import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { type Database, type Item, queryAll, type Write, write } from './database.ts';
import { expiryOf } from './expiry.ts';
import { parseStored } from './stored.ts';

/** An item holds at most 400 KB; a message of up to 1 MiB is kept in pieces of this many bytes. */
const PIECE_BYTES = 300_000;

const entrySchema = z.object({
  pk: z.string(),
  /** Queue the message came from, by name. */
  source: z.string(),
  reason: z.string(),
  /** Paths and codes only. */
  detail: z.string(),
  bytes: z.int(),
  pieces: z.int(),
  /** When it was last refused. */
  receivedAt: z.string(),
  /** How often it was refused, repeats of the queue included. */
  times: z.int(),
  redrivenAt: z.optional(z.string()),
});
export type QuarantineEntry = z.output<typeof entrySchema>;

export interface Quarantine {
  /** Keeps a message that cannot be used, once however often it comes; one sent again and refused again is back. */
  keep(message: {
    source: string;
    body: string;
    /** What tells it from others when `body` is not what came; by default the body. */
    identity?: string;
    reason: string;
    detail: string;
    now: Date;
  }): Promise<void>;
  list(most: number): Promise<readonly QuarantineEntry[]>;
  body(entry: QuarantineEntry): Promise<string>;
  /** Takes it off the list: it was sent to its queue again. False: it has been refused since, and stays. */
  redriven(entry: QuarantineEntry, now: Date): Promise<boolean>;
}

/** Messages that were refused, kept whole with the reason until somebody mends and replays them (H29). */
export function createQuarantine(db: Database, table: string): Quarantine {
  return {
    keep: async ({ source, body, identity = body, reason, detail, now }) => {
      const pk = `QUARANTINE#${hash('sha256', `${source}\n${identity}`, 'hex')}`;
      const bytes = Buffer.from(body);
      const pieces = Math.max(1, Math.ceil(bytes.length / PIECE_BYTES));
      const expiresAt = expiryOf('quarantine', now);
      const writes: Write<never>[] = Array.from({ length: pieces }, (_, index) =>
        write({
          table,
          spec: {
            kind: 'put',
            item: {
              pk,
              sk: `BODY#${index}`,
              piece: bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES),
              expiresAt,
            },
          },
        }),
      );
      const listed = {
        source,
        reason,
        detail,
        bytes: bytes.length,
        pieces,
        receivedAt: now.toISOString(),
        gsi2pk: 'QUARANTINE',
        gsi2sk: now.toISOString(),
        expiresAt,
      };
      await db.commit([
        write({
          table,
          spec: { kind: 'update', key: { pk, sk: 'META' }, change: { set: listed, add: { times: 1 } } },
        }),
        ...writes,
      ]);
    },
    list: async (most) => {
      const found = await queryAll(db, { table, index: 'gsi2', pk: 'QUARANTINE' }, most);
      const items = await Promise.all(found.map(({ pk, sk }) => db.get(table, { pk, sk })));
      // The index may still name one that was sent again a moment ago.
      return items.flatMap((item) => (item?.gsi2pk === undefined ? [] : [parseStored(entrySchema, item)]));
    },
    body: async (entry) => {
      const pieces = await Promise.all(
        Array.from({ length: entry.pieces }, (_, index) =>
          db.get(table, { pk: entry.pk, sk: `BODY#${index}` }),
        ),
      );
      return Buffer.concat(pieces.map(pieceOf)).toString();
    },
    redriven: async (entry, now) => {
      const committed = await db.commit([
        write({
          table,
          spec: {
            kind: 'update',
            key: { pk: entry.pk, sk: 'META' },
            change: { set: { redrivenAt: now.toISOString() }, remove: ['gsi2pk', 'gsi2sk'] },
          },
          // Its queue may have refused it again before this write: then it must not be forgotten.
          when: { attribute: 'times', is: '=', value: entry.times },
          refused: () => 'refused again' as const,
        }),
      ]);
      return committed.outcome === 'done';
    },
  };
}

const pieceSchema = z.object({ piece: z.instanceof(Uint8Array) });

function pieceOf(item: Item | undefined): Uint8Array {
  if (item === undefined) throw new Error('a piece of a quarantined message is gone');
  return parseStored(pieceSchema, item).piece;
}
