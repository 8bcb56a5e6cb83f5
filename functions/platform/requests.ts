import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { type Database, type Write, write } from './database.ts';
import { expiryOf } from './expiry.ts';
import { parseStored } from './stored.ts';

const rememberedSchema = z.object({
  request: z.string(),
  status: z.int(),
  body: z.string(),
});

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export type Seen =
  | { readonly kind: 'new' }
  | { readonly kind: 'repeated'; readonly answer: Answer }
  /** The key was used for another request. */
  | { readonly kind: 'mismatch' };

/** The request was answered already, by another delivery of it. */
export interface RequestKnown {
  readonly request: 'known';
}

/** Tells the refusal of `remember` from those of the writes it was committed with. */
export const isRequestKnown = (refusal: unknown): refusal is RequestKnown =>
  typeof refusal === 'object' && refusal !== null && 'request' in refusal;

/** One request of one caller under its `Idempotency-Key`. */
export interface RequestId {
  readonly caller: string;
  readonly key: string;
  /** Route and body: what has to be the same for a repeat. */
  readonly request: string;
}

/** Remembers the answers of requests, written in the same transaction as what the request did. */
export function createRequests(db: Database, table: string, now: () => Date) {
  const keyOf = ({ caller, key }: RequestId) => ({
    pk: `IN#api#${hash('sha256', `${caller}\n${key}`, 'hex')}`,
    sk: 'GUARD',
  });
  return {
    seen: async (id: RequestId): Promise<Seen> => {
      const item = await db.get(table, keyOf(id));
      const known = item && parseStored(rememberedSchema, item);
      if (known === undefined) return { kind: 'new' };
      if (known.request !== hash('sha256', id.request, 'hex')) return { kind: 'mismatch' };
      return { kind: 'repeated', answer: { status: known.status, body: known.body } };
    },
    remember: (id: RequestId, answer: Answer): Write<RequestKnown> =>
      write({
        table,
        spec: {
          kind: 'put',
          item: {
            ...keyOf(id),
            request: hash('sha256', id.request, 'hex'),
            status: answer.status,
            body: answer.body,
            // The same key later is a new request.
            expiresAt: expiryOf('request', now()),
          },
        },
        when: { item: 'absent' },
        refused: () => ({ request: 'known' }) as const,
      }),
  };
}
export type Requests = ReturnType<typeof createRequests>;
