import { Secret, TOTP } from 'otpauth';
import { verificationPolicy } from './verification-policy.ts';

/**
 * The step a one-time password belongs to (RFC 6238, 8 digits, SHA-1 as authenticator apps have it), one step of 30 s
 * around now allowed for clocks that differ; undefined when it is wrong or of a step used before.
 */
export function totpStep(check: {
  /** Base32. */
  readonly secret: string;
  readonly code: string;
  readonly at: Date;
  readonly lastStep?: number;
}): number | undefined {
  const { digits, periodSeconds, stepsAround } = verificationPolicy.totp;
  const totp = totpOf(check.secret);
  if (check.code.length !== digits) return undefined;
  const timestamp = check.at.getTime();
  const delta = totp.validate({ token: check.code, timestamp, window: stepsAround });
  if (delta === null) return undefined;
  const step = Math.floor(timestamp / 1000 / periodSeconds) + delta;
  return check.lastStep === undefined || step > check.lastStep ? step : undefined;
}

/** The password generator of a secret, as an authenticator app holds it. */
export function totpOf(secret: string): TOTP {
  const { digits, periodSeconds } = verificationPolicy.totp;
  return new TOTP({ secret: Secret.fromBase32(secret), digits, period: periodSeconds, algorithm: 'SHA1' });
}
