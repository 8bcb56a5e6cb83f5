import * as z from 'zod/mini';
import { type Database, type Item, type Key, type Value, type Write, write } from './database.ts';
import { EXPIRES_AT } from './expiry.ts';
import { parseStored } from './stored.ts';

const OWN_DEADLINE = 'ownDeadline';

/**
 * A document is one item that is replaced as a whole, on the condition that nobody replaced it since it was
 * read (`lock`). So a decision taken from a document can never be written over a newer one.
 */
export interface Versioned<Body> {
  readonly body: Body;
  readonly lock: number;
}

/** The document was changed by somebody else; `current` is what stands now. */
export interface Changed<Body> {
  readonly changed: string;
  readonly current: Versioned<Body> | undefined;
}

export interface Documents<Body> {
  get(id: string): Promise<Versioned<Body> | undefined>;
  parse(item: Item): Versioned<Body>;
  key(id: string): Key;
  /** Replaces `previous` (undefined: must not exist yet) by `body`. */
  save(previous: Versioned<Body> | undefined, body: Body): Write<Changed<Body>>;
}

const lockSchema = z.object({ lock: z.int() });

export function createDocuments<Schema extends z.ZodMiniType<object>>(options: {
  db: Database;
  table: string;
  schema: Schema;
  /** Name in outcomes, e.g. `alert`. */
  name: string;
  key: (id: string) => Key;
  idOf: (body: z.output<Schema>) => string;
  /** Index and expiry attributes that follow from the body; undefined ones are left out. */
  attributes?: (body: z.output<Schema>) => Readonly<Record<string, Value | undefined>>;
  /** Seconds at which DynamoDB deletes the item; undefined while it lives. */
  expiresAt?: (body: z.output<Schema>) => number | undefined;
}): Documents<z.output<Schema>> {
  type Body = z.output<Schema>;
  const { db, table, schema, name } = options;

  function parse(item: Item): Versioned<Body> {
    return { body: parseStored(schema, withOwnDeadline(item)), lock: parseStored(lockSchema, item).lock };
  }

  const refused = (current: Item | undefined): Changed<Body> => ({
    changed: name,
    current: current && parse(current),
  });

  const whenLock = (lock: number) => ({ attribute: 'lock', is: '=', value: lock }) as const;

  return {
    parse,
    key: options.key,
    get: async (id) => {
      const item = await db.get(table, options.key(id));
      return item && parse(item);
    },
    save: (previous, body) =>
      write({
        table,
        spec: {
          kind: 'put',
          item: {
            ...withExpiry(body as Record<string, Value | undefined>, options.expiresAt?.(body)),
            ...options.attributes?.(body),
            ...options.key(options.idOf(body)),
            lock: (previous?.lock ?? 0) + 1,
          },
        },
        when: previous === undefined ? { item: 'absent' } : whenLock(previous.lock),
        refused,
      }),
  };
}

/**
 * The name `expiresAt` is DynamoDB's, a number. A body may have a deadline of its own under it (ISO text, which
 * DynamoDB leaves alone); once the item is to be deleted it steps aside.
 */
function withExpiry(body: Record<string, Value | undefined>, expiresAt: number | undefined) {
  if (expiresAt === undefined) return body;
  return { ...body, [OWN_DEADLINE]: body[EXPIRES_AT], [EXPIRES_AT]: expiresAt };
}

/** The item with its body's own deadline back in place. */
export function withOwnDeadline(item: Item): Item {
  if (typeof item[EXPIRES_AT] !== 'number') return item;
  return { ...item, [EXPIRES_AT]: item[OWN_DEADLINE] };
}
