import type { Database, Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { endingWrites, endVerification } from './end-verification.ts';
import type { Factor } from './factors.ts';
import { type CodeKeys, tryDigest } from './one-time-code.ts';
import { type PassFactor, passWrites } from './pass-factor.ts';
import { readSituation, type SituationDeps, type Standing } from './read-situation.ts';
import { areSpent } from './tries.ts';
import type { TriesRefusal } from './tries-store.ts';
import { isBoundTo, type Verification } from './verification.ts';
import { verificationEntry } from './verification-entry.ts';
import type { VerificationStore } from './verification-store.ts';

/** A factor somebody could guess: a code or a one-time password. */
export interface Guess {
  readonly verificationId: string;
  readonly customerId: string;
  readonly kind: 'sim' | 'totp';
  readonly code: string;
  /** The request's `Idempotency-Key`. */
  readonly key: string;
  /** Further writes: the answer to be remembered. */
  readonly together: (tried: Tried, at: string) => readonly Write<unknown>[];
}

/**
 * `refused` whatever was wrong: the digits, their age, their use, what they were for, or the number of tries. Nobody
 * learns from the answer which it was (H14).
 */
export type Tried =
  | { readonly outcome: 'passed'; readonly verification: Verification }
  | { readonly outcome: 'refused' };

export type TryOutcome = Tried | { readonly outcome: 'not_yours' } | { readonly outcome: 'repeated' };

/** Compares one guess; right ones come with the writes that use them up. */
export type Compare = (
  guess: Guess,
  about: { readonly verification: Verification; readonly standing: Standing; readonly now: Date },
) => Promise<
  { readonly factor: Omit<Factor, 'at' | 'kind'>; readonly uses: readonly Write<unknown>[] } | undefined
>;

export interface TryFactorDeps extends SituationDeps {
  readonly db: Database;
  readonly verifications: VerificationStore;
  readonly codeKeys: () => Promise<CodeKeys>;
  readonly compare: Readonly<Record<Guess['kind'], Compare>>;
  readonly now: () => Date;
  readonly newTicketIds: () => Pick<Ticket, 'ticketId' | 'number'>;
}

/**
 * Tries a factor that can be guessed. The try is taken, by one conditional add, before anything is compared: a
 * thousand guesses at once compare three. It is given back only in the commit that records the pass (H14, I7).
 */
export function createTryFactor(deps: TryFactorDeps): (guess: Guess) => Promise<TryOutcome> {
  return async (guess) => {
    const { verificationId, kind, key, code } = guess;
    const id = tryDigest(await deps.codeKeys(), [verificationId, kind, key, code]);
    return retryWhenChanged(8, () => tryOnce(deps, guess, id));
  };
}

async function tryOnce(deps: TryFactorDeps, guess: Guess, id: string): Promise<TryOutcome | 'changed'> {
  const now = deps.now();
  const at = now.toISOString();
  const stored = await deps.verifications.get(guess.verificationId);
  if (stored?.body.customerId !== guess.customerId) return { outcome: 'not_yours' };
  const standing = await readSituation(deps, stored.body, { at, mine: id });
  if (standing === undefined) return { outcome: 'not_yours' };
  const about: Attempt = { guess, id, stored, standing, now };
  const { body } = stored;
  if (body.status !== 'pending' || body.expiresAt < at) return refuse(deps, about, []);
  if (!isBoundTo(body, standing.bound)) {
    const end = { status: 'failed', reason: 'changed' } as const;
    return (await endVerification(deps, { stored, standing }, end, now)) ?? 'changed';
  }
  const took = await deps.db.commit(deps.tries.take(standing.triesOf, id));
  if (took.outcome === 'refused' && took.refusals.some(isSpent)) return lock(deps, about);
  const right = standing.requirement.accepted.includes(guess.kind)
    ? await deps.compare[guess.kind](guess, { verification: body, standing, now })
    : undefined;
  if (right !== undefined) return pass(deps, about, right);
  const tries = await deps.tries.get(standing.triesOf);
  if (areSpent(tries)) return lock(deps, about);
  const { ticket } = standing;
  const failed = verificationEntry('factor_failed', body, { kind: guess.kind, failures: tries.failures });
  const told = ticket === undefined ? [] : deps.tickets.save(ticket, ticket.body, { now, entries: [failed] });
  return refuse(deps, about, told);
}

interface Attempt {
  readonly guess: Guess;
  readonly id: string;
  readonly stored: Versioned<Verification>;
  readonly standing: Standing;
  readonly now: Date;
}

const isSpent = (refusal: TriesRefusal): boolean => refusal.tries === 'spent';

async function pass(
  deps: TryFactorDeps,
  { guess, id, stored, standing, now }: Attempt,
  right: NonNullable<Awaited<ReturnType<Compare>>>,
): Promise<TryOutcome | 'changed'> {
  const at = now.toISOString();
  const factor: PassFactor['factor'] = { ...right.factor, kind: guess.kind, at };
  const passed = passWrites(deps, { stored, standing, factor, now });
  if (passed === undefined) return 'changed';
  const tried: Tried = { outcome: 'passed', verification: passed.verification };
  return commit(deps, tried, [
    ...passed.writes,
    ...right.uses,
    ...deps.tries.giveBack(standing.triesOf, id),
    ...guess.together(tried, at),
  ]);
}

/** The last try is gone: nothing passes any more, and a person is brought in. */
async function lock(deps: TryFactorDeps, about: Attempt): Promise<TryOutcome | 'changed'> {
  const end = { status: 'locked', reason: 'tries_spent', newTicketIds: deps.newTicketIds } as const;
  return refuse(deps, about, endingWrites(deps, about, end, about.now) ?? []);
}

function refuse(
  deps: TryFactorDeps,
  { guess, now }: Attempt,
  writes: readonly Write<unknown>[],
): Promise<TryOutcome | 'changed'> {
  const tried: Tried = { outcome: 'refused' };
  return commit(deps, tried, [...writes, ...guess.together(tried, now.toISOString())]);
}

async function commit(
  deps: TryFactorDeps,
  tried: Tried,
  writes: readonly Write<unknown>[],
): Promise<TryOutcome | 'changed'> {
  const committed = await deps.db.commit(writes);
  if (committed.outcome === 'done') return tried;
  return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
}

const isRequestKnown = (refusal: unknown): boolean =>
  typeof refusal === 'object' && refusal !== null && 'request' in refusal;
