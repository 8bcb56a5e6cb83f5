import type { Database, Write } from '../platform/database.ts';
import type { Effect, Outbox } from '../platform/outbox.ts';
import type { OlderThanShown } from './projection-store.ts';
import type { CapReached, SmsCapStore } from './sms-cap-store.ts';
import type { CapReason, Counter } from './sms-caps.ts';

/** A claim nobody finished within this time is given up: one text missing, never two (docs/adr/0010-sms-at-most-once.md). */
export const CLAIM_LEASE_SECONDS = 120;
/** Rounds in which somebody else may take the last room of a shard before the cap counts as reached. */
const ROUNDS = 4;

export type Claimed =
  | { readonly outcome: 'claimed' }
  /** Another try has it, or it is done. */
  | { readonly outcome: 'taken' }
  /** A newer version of what it tells was texted already (I8). */
  | { readonly outcome: 'older' }
  | { readonly outcome: 'over'; readonly reason: CapReason };

export interface ClaimTextDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly caps: SmsCapStore;
}

/**
 * Claims a text together with its counts, in one transaction: a text that is claimed is counted, one that is not is
 * not, whatever crashes in between (H20). A text is counted once: a try that certainly sent nothing keeps its count
 * for the next. So no cap is ever passed, and a crash costs at most the count of one text that did not go out.
 */
export async function claimText(
  deps: ClaimTextDeps,
  effect: Effect,
  order: {
    readonly at: Date;
    readonly counters: readonly Counter[];
    /** What belongs to the claim, e.g. the hash of the code in the text. Refused: the text is left to who comes next. */
    readonly together?: readonly Write<unknown>[];
  },
): Promise<Claimed> {
  const counted = effect.countedAt === undefined ? order.counters : [];
  const shards = new Map(counted.map((counter) => [counter, counter.first]));
  for (let round = 1; ; round += 1) {
    const claim = deps.outbox.claim(effect, order.at, CLAIM_LEASE_SECONDS, { counted: true });
    const takes = counted.map((counter) => deps.caps.take(counter, shards.get(counter) ?? 0));
    const committed = await deps.db.commit<unknown>([claim, ...takes, ...(order.together ?? [])]);
    if (committed.outcome === 'done') return { outcome: 'claimed' };
    if (committed.refusals.some(isOlder)) return { outcome: 'older' };
    if (!committed.refusals.every(isCapReached)) return { outcome: 'taken' };
    for (const refusal of committed.refusals) {
      const counter = refusal.capReached;
      const room = counter.mosts.length === 1 ? undefined : await deps.caps.room(counter);
      if (room === undefined || round === ROUNDS)
        return claimedUnsent(deps, effect, order.at, counter.reason);
      shards.set(counter, room);
    }
  }
}

const isCapReached = (refusal: unknown): refusal is CapReached =>
  typeof refusal === 'object' && refusal !== null && 'capReached' in refusal;

const isOlder = (refusal: unknown): refusal is OlderThanShown =>
  typeof refusal === 'object' && refusal !== null && 'projection' in refusal;

/** Over a cap: claimed all the same, so that no other delivery of it finds room and sends what we call unsent. */
async function claimedUnsent(
  deps: ClaimTextDeps,
  effect: Effect,
  at: Date,
  reason: CapReason,
): Promise<Claimed> {
  const claimed = await deps.db.commit([deps.outbox.claim(effect, at, CLAIM_LEASE_SECONDS)]);
  return claimed.outcome === 'done' ? { outcome: 'over', reason } : { outcome: 'taken' };
}
