import type { Database, Value, Write } from '../platform/database.ts';
import type { RequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { endVerification } from './end-verification.ts';
import { readSituation, type SituationDeps, type Standing } from './read-situation.ts';
import type { TriesRefusal } from './tries-store.ts';
import { isBoundTo, type Verification } from './verification.ts';
import { verificationEntry } from './verification-entry.ts';
import type { VerificationStore } from './verification-store.ts';

export type CodeOrdered =
  | { readonly outcome: 'ordered'; readonly verification: Verification }
  | { readonly outcome: 'not_yours' }
  /** Passed, used up, expired, locked, or about something that changed since. */
  | { readonly outcome: 'over' }
  /** No phone, or one that proves nothing now; other factors may do. */
  | { readonly outcome: 'phone_not_accepted' }
  /** Three were sent for this incident, or the customer's day is used up; a resend never resets that. */
  | { readonly outcome: 'too_many' }
  | { readonly outcome: 'repeated' };

export interface OrderCodeDeps extends SituationDeps {
  readonly db: Database;
  readonly verifications: VerificationStore;
  readonly now: () => Date;
}

interface CodeRequest {
  readonly verificationId: string;
  readonly customerId: string;
  readonly together: (verification: Verification) => readonly Write<unknown>[];
}

/**
 * Puts out a text with a one-time code, to the customer's number of today. The code itself is made when the text is
 * sent, so that it exists nowhere but in the sender's memory and on the phone.
 */
export function createOrderCode(deps: OrderCodeDeps): (request: CodeRequest) => Promise<CodeOrdered> {
  return (request) => retryWhenChanged(8, () => orderOnce(deps, request));
}

async function orderOnce(deps: OrderCodeDeps, request: CodeRequest): Promise<CodeOrdered | 'changed'> {
  const now = deps.now();
  const at = now.toISOString();
  const stored = await deps.verifications.get(request.verificationId);
  if (stored?.body.customerId !== request.customerId) return { outcome: 'not_yours' };
  const { body } = stored;
  const standing = await readSituation(deps, body, { at });
  if (standing === undefined) return { outcome: 'not_yours' };
  const shown = body.factors.some(({ by }) => by === 'sms_code');
  if (body.status !== 'pending' || body.expiresAt < at || shown) return { outcome: 'over' };
  if (!isBoundTo(body, standing.bound)) {
    const end = { status: 'failed', reason: 'changed' } as const;
    return (await endVerification(deps, { stored, standing }, end, now)) ?? { outcome: 'over' };
  }
  const { requirement } = standing;
  const phoneDigest = standing.contact?.phoneDigest;
  if (phoneDigest === undefined || !requirement.accepted.includes('sim')) {
    return { outcome: 'phone_not_accepted' };
  }
  const after = { ...body, requirement, codesPutOut: body.codesPutOut + 1 };
  const writes: readonly Write<unknown>[] = [
    deps.verifications.save(stored, after),
    ...deps.tries.send(standing.triesOf),
    deps.verifications.putCodeText(after, now, textOf(after, standing, phoneDigest)),
    ...noted(deps, after, standing, now),
    ...request.together(after),
  ];
  const committed = await deps.db.commit(writes);
  if (committed.outcome === 'done') return { outcome: 'ordered', verification: after };
  if (committed.refusals.some(isRequestKnown)) return { outcome: 'repeated' };
  return committed.refusals.some(isSpent) ? { outcome: 'too_many' } : 'changed';
}

const textOf = (
  { verificationId, customerId, action, codesPutOut }: Verification,
  { card }: Standing,
  phoneDigest: string,
): Readonly<Record<string, Value | undefined>> => ({
  text: { kind: 'verificationCode', facts: { action, lastFour: card.body.lastFour } },
  customerId,
  code: { verificationId, number: codesPutOut, phoneDigest },
});

function noted(
  deps: OrderCodeDeps,
  after: Verification,
  { ticket }: Standing,
  now: Date,
): readonly Write<unknown>[] {
  if (ticket === undefined) return [];
  const entries = [verificationEntry('code_requested', after, { number: after.codesPutOut })];
  return deps.tickets.save(ticket, ticket.body, { now, entries });
}

const isRequestKnown = (refusal: unknown): refusal is RequestKnown =>
  typeof refusal === 'object' && refusal !== null && 'request' in refusal;
const isSpent = (refusal: unknown): boolean => (refusal as Partial<TriesRefusal>).tries === 'spent';
