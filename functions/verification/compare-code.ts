import type { CodeStore } from './code-store.ts';
import { type CodeKeys, codeMatches } from './one-time-code.ts';
import { totpStep } from './totp.ts';
import type { TotpStore } from './totp-store.ts';
import type { Compare } from './try-factor.ts';

/** A code by SMS: the newest of this verification, within its five minutes, unused, sent to the phone of today. */
export function createCompareCode(deps: {
  readonly codes: CodeStore;
  readonly codeKeys: () => Promise<CodeKeys>;
}): Compare {
  return async ({ code }, { verification, standing, now }) => {
    const at = now.toISOString();
    const stored = await deps.codes.get(verification.verificationId);
    if (stored === undefined || stored.usedAt !== undefined || stored.validUntil < at) return undefined;
    if (stored.number !== verification.codesPutOut || stored.phoneDigest !== standing.contact?.phoneDigest) {
      return undefined;
    }
    if (!codeMatches(await deps.codeKeys(), stored.hash, verification, code)) return undefined;
    return { factor: { by: 'sms_code' }, uses: [deps.codes.use(verification.verificationId, stored, at)] };
  };
}

/** A one-time password of the customer's authenticator app; its step is used up with it. */
export function createCompareTotp(deps: {
  readonly totps: TotpStore;
  readonly secretOf: (totp: { readonly ciphertext: string; readonly owner: string }) => Promise<string>;
}): Compare {
  return async ({ code, customerId }, { now }) => {
    const totp = await deps.totps.get(customerId);
    if (totp === undefined) return undefined;
    const secret = await deps.secretOf({ ciphertext: totp.secretCipher, owner: customerId });
    const step = totpStep({ secret, code, at: now, lastStep: totp.lastStep });
    if (step === undefined) return undefined;
    return {
      factor: { by: 'totp', enrolledAt: totp.enrolledAt },
      uses: [deps.totps.useStep(totp, step)],
    };
  };
}
