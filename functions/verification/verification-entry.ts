import type { Value } from '../platform/database.ts';
import type { Verification } from './verification.ts';

export type VerificationEvent =
  | 'verification_started'
  | 'code_requested'
  | 'factor_passed'
  | 'factor_failed'
  | 'verification_passed'
  | 'verification_failed'
  | 'verification_locked'
  | 'card_released'
  | 'device_enrolled'
  | 'totp_enrolled'
  | 'contact_change_requested'
  | 'card_replacement_requested'
  | 'ticket_exported';

/** What the ticket's journal says of a verification: who, for what, how far. Never a code, and no hash of one. */
export function verificationEntry(
  type: VerificationEvent,
  verification: Verification,
  data: Readonly<Record<string, Value | undefined>> = {},
) {
  const { verificationId, action, alertId, requirement } = verification;
  const asked = {
    kinds: requirement.kinds,
    accepted: requirement.accepted,
    mustInclude: requirement.mustInclude,
  };
  return {
    type,
    by: `customer:${verification.customerId}`,
    data: {
      verificationId,
      action,
      ...(alertId === undefined ? {} : { alertId }),
      ...(type === 'verification_started' ? { ...asked, reasons: requirement.reasons } : {}),
      ...data,
    },
  };
}
