import { kickAfterSeconds } from '../../functions/alert/sweep-deadlines.ts';
import { type Database, type Key, queryAll } from '../../functions/platform/database.ts';
import { duePartitions } from '../../functions/platform/due.ts';
import { createOutbox, type Effect } from '../../functions/platform/outbox.ts';

/** Due items read of one index partition at most; the rest is found by the next run. */
const MOST_PER_PARTITION = 10_000;
const READ_AT_ONCE = 20;

export type EffectKind = 'issuer' | 'sms' | 'ask' | 'publish';

/** Effects that are not done, whenever they fall due. The index only finds: each is read again. */
export async function findPending(
  db: Database,
  casesTable: string,
  kinds?: readonly EffectKind[],
): Promise<readonly Effect[]> {
  const outbox = createOutbox(db, casesTable);
  const keys: Key[] = [];
  for (const pk of duePartitions) {
    const due = await queryAll(db, { table: casesTable, index: 'gsi1', pk }, MOST_PER_PARTITION);
    keys.push(...due.filter(({ sk }) => sk.startsWith('OUT#') && isOf(sk, kinds)));
  }
  const pending: Effect[] = [];
  for (let from = 0; from < keys.length; from += READ_AT_ONCE) {
    const effects = await Promise.all(keys.slice(from, from + READ_AT_ONCE).map((key) => outbox.get(key)));
    pending.push(...effects.flatMap((effect) => (effect?.pendingSince === undefined ? [] : [effect])));
  }
  return pending;
}

const isOf = (sk: string, kinds: readonly EffectKind[] | undefined): boolean =>
  kinds === undefined || kinds.some((kind) => sk.endsWith(`#${kind}`));

export interface Kicked {
  readonly kicked: number;
  /** Texts under way, or sent and never recorded: only the sweep may end those, or there would be two. */
  readonly claimed: number;
  /** Done while we were looking. */
  readonly done: number;
}

/** Emits pending effects to the stream once more, as the sweep would when they fall due. */
export async function kickPending(options: {
  db: Database;
  casesTable: string;
  effects: readonly Effect[];
  now: () => Date;
  onProgress?: (kicked: number) => void;
}): Promise<Kicked> {
  const { db, effects, now } = options;
  const outbox = createOutbox(db, options.casesTable);
  let kicked = 0;
  let done = 0;
  const open = effects.filter(({ claimedAt }) => claimedAt === undefined);
  for (const effect of open) {
    const { outcome } = await db.commit([outbox.kick(effect, now(), kickAfterSeconds(effect.tries))]);
    if (outcome === 'done') kicked += 1;
    else done += 1;
    options.onProgress?.(kicked);
  }
  return { kicked, done, claimed: effects.length - open.length };
}
