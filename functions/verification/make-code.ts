import type { Write } from '../platform/database.ts';
import type { CodeStore } from './code-store.ts';
import { type CodeKeys, codeHash } from './one-time-code.ts';
import { verificationPolicy } from './verification-policy.ts';
import type { VerificationStore } from './verification-store.ts';

/** What an ordered text says of its code: for which verification, which of its codes, for which phone. */
export interface CodeOrder {
  readonly verificationId: string;
  readonly number: number;
  readonly phoneDigest: string;
}

export type MakeCode = (
  order: CodeOrder,
  at: Date,
) => Promise<{ readonly code: string; readonly writes: readonly Write<unknown>[] } | 'outdated'>;

/**
 * Makes the one-time code of a text in the moment it is sent. The hash goes into the very commit that claims the text;
 * a code whose sender died with it is simply never right, and the customer asks for another. `outdated`: nobody waits
 * for it any more, or a later code was made already.
 */
export function createMakeCode(deps: {
  readonly verifications: Pick<VerificationStore, 'get'>;
  readonly codes: CodeStore;
  readonly codeKeys: () => Promise<CodeKeys>;
  /** Eight digits of a cryptographic source. */
  readonly newCode: () => string;
}): MakeCode {
  return async ({ verificationId, number, phoneDigest }, at) => {
    const stored = await deps.verifications.get(verificationId);
    const verification = stored?.body;
    if (verification?.status !== 'pending' || verification.expiresAt < at.toISOString()) return 'outdated';
    if (verification.codesPutOut !== number) return 'outdated';
    const code = deps.newCode();
    const validMs = verificationPolicy.code.minutes * 60_000;
    const hash = codeHash(await deps.codeKeys(), verification, code);
    const validUntil = new Date(at.getTime() + validMs).toISOString();
    return { code, writes: [deps.codes.replace(verificationId, { hash, number, validUntil, phoneDigest })] };
  };
}
