import * as z from 'zod/mini';
import {
  type Change,
  type Condition,
  type Database,
  type Item,
  type Key,
  type Value,
  type Write,
  write,
} from './database.ts';
import { effectDueAttributes } from './due.ts';
import { expiryOf } from './expiry.ts';
import { parseStored } from './stored.ts';

/**
 * Effects to do, one item each beside the aggregate whose change asked for them, written in the same
 * transaction. `pendingSince` stands until the effect is done, so the sweep finds what a stream lost (I9).
 */
const effectSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  effect: z.string(),
  pendingSince: z.optional(z.string()),
  claimedAt: z.optional(z.string()),
  /** Since when it counts towards limits of its kind; a claim that was given back keeps its count. */
  countedAt: z.optional(z.string()),
  doneAt: z.optional(z.string()),
  outcome: z.optional(z.string()),
  tries: z.int(),
  payload: z.record(z.string(), z.unknown()),
});
export type Effect = z.output<typeof effectSchema>;

export type EffectRefusal = { readonly effectRefused: 'claimed' | 'done' | 'missing' };

export interface Outbox {
  /** Puts an effect out; the sweep looks after it from `now` + `dueAfterSeconds` on. */
  put(order: EffectOrder): Write<EffectRefusal>;
  /** Puts an effect out once more that is done or gone; refused while it is pending. Only for what may be repeated. */
  reopen(order: EffectOrder): Write<EffectRefusal>;
  get(key: Key): Promise<Effect | undefined>;
  parse(item: Item): Effect;
  /**
   * Claims an effect that must not happen twice: exactly one claim ever succeeds. `counted`: it is counted in the
   * same transaction.
   */
  claim(
    effect: Effect,
    now: Date,
    leaseSeconds: number,
    options?: { readonly counted: true },
  ): Write<EffectRefusal>;
  /** Gives a claim back after a try that certainly did nothing. */
  release(key: Key, now: Date): Write<EffectRefusal>;
  /** Marks it done with a word on how; done stays done. */
  done(key: Key, now: Date, outcome: string): Write<EffectRefusal>;
  /** Emits the item to the stream again and moves its due time; refused once it is done. */
  kick(effect: Effect, now: Date, dueAfterSeconds: number): Write<EffectRefusal>;
}

export interface EffectOrder {
  /** Partition of the aggregate, e.g. `TICKET#…`. */
  readonly pk: string;
  readonly seq: number;
  readonly effect: string;
  /** Of several of this kind at once, its place among them: 0 for the first. */
  readonly place?: number;
  readonly now: Date;
  readonly dueAfterSeconds: number;
  readonly payload: Readonly<Record<string, Value | undefined>>;
}

/** Sequence numbers sort as text up to 999,999 per aggregate. */
export const sequenceText = (seq: number): string => seq.toString().padStart(6, '0');

export const effectKey = (pk: string, seq: number, effect: string, place = 0): Key => ({
  pk,
  sk: `OUT#${sequenceText(seq)}#${effect}${place === 0 ? '' : `#${place + 1}`}`,
});

const later = (now: Date, seconds: number): string => new Date(now.getTime() + seconds * 1000).toISOString();

const pendingItem = ({ pk, seq, effect, place, now, dueAfterSeconds, payload }: EffectOrder) => ({
  ...effectKey(pk, seq, effect, place),
  ...effectDueAttributes(pk, later(now, dueAfterSeconds)),
  effect,
  pendingSince: now.toISOString(),
  // `pendingSince` goes when it is done; this tells for good when it was asked for.
  putOutAt: now.toISOString(),
  tries: 0,
  payload,
});

export function createOutbox(db: Database, table: string): Outbox {
  const parse = (item: Item): Effect => parseStored(effectSchema, item);

  function refused(current: Item | undefined): EffectRefusal {
    if (current === undefined) return { effectRefused: 'missing' };
    return { effectRefused: parse(current).doneAt === undefined ? 'claimed' : 'done' };
  }

  /** Changes an effect that is still to do, on `when` more where it is told. */
  const update = (
    { pk, sk }: Key,
    change: Change,
    when: Condition = { attribute: 'pendingSince', is: 'present' },
  ): Write<EffectRefusal> =>
    write({ table, spec: { kind: 'update', key: { pk, sk }, change }, when, refused });

  return {
    parse,
    get: async (key) => {
      const item = await db.get(table, key);
      return item && parse(item);
    },
    put: (order) =>
      write({ table, spec: { kind: 'put', item: pendingItem(order) }, when: { item: 'absent' }, refused }),
    reopen: (order) =>
      write({
        table,
        spec: { kind: 'put', item: pendingItem(order) },
        when: { any: [{ item: 'absent' }, { attribute: 'pendingSince', is: 'absent' }] },
        refused,
      }),
    claim: (effect, now, leaseSeconds, options) =>
      update(
        effect,
        {
          set: { claimedAt: now.toISOString(), gsi1sk: later(now, leaseSeconds) },
          ...(options?.counted && { setIfAbsent: { countedAt: now.toISOString() } }),
          add: { tries: 1 },
        },
        {
          all: [
            { attribute: 'pendingSince', is: 'present' },
            { attribute: 'claimedAt', is: 'absent' },
          ],
        },
      ),
    // Its queue delivers it again: `releasedAt` keeps the stream from sending a second message beside that.
    release: (key, now) => update(key, { set: { releasedAt: now.toISOString() }, remove: ['claimedAt'] }),
    done: (key, now, outcome) =>
      update(
        key,
        {
          setIfAbsent: { doneAt: now.toISOString(), outcome, expiresAt: expiryOf('effect', now) },
          remove: ['pendingSince', 'gsi1pk', 'gsi1sk'],
        },
        { item: 'present' },
      ),
    kick: (effect, now, dueAfterSeconds) =>
      update(effect, {
        set: { kickedAt: now.toISOString(), gsi1sk: later(now, dueAfterSeconds) },
        add: { tries: 1 },
        remove: ['releasedAt'],
      }),
  };
}
