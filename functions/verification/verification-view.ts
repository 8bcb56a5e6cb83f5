import type { FactorKind } from './factors.ts';
import { assess, type Verification } from './verification.ts';

/**
 * A verification as its customer, and the agent of its ticket, see it: what was asked for, what was shown, what is
 * still open. No code, no hash, nothing that helps to guess.
 */
export function verificationView(verification: Verification, at: string) {
  const { requirement, factors } = verification;
  const standing = assess(factors, requirement, at);
  return {
    verificationId: verification.verificationId,
    action: verification.action,
    cardToken: verification.cardToken,
    alertId: verification.alertId,
    status: verification.status,
    openedAt: verification.openedAt,
    expiresAt: verification.expiresAt,
    endReason: verification.endReason,
    requirement: {
      kinds: requirement.kinds,
      accepted: requirement.accepted,
      mustInclude: requirement.mustInclude,
      notBefore: requirement.notBefore,
      reasons: requirement.reasons,
    },
    factors: factors.map(({ kind, at: shownAt }) => ({ kind, at: shownAt })),
    waitsUntil: standing.kind === 'waits' ? standing.until : undefined,
  };
}

/** What the customer can still use, of what they have (H13): a person is always among it. */
export const offered = (verification: Verification, has: readonly FactorKind[]): readonly FactorKind[] =>
  verification.requirement.accepted.filter(
    (kind) =>
      (kind === 'staff' || has.includes(kind)) &&
      verification.factors.every((factor) => factor.kind !== kind),
  );
