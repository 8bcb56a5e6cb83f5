import * as z from 'zod/mini';
import type { Device } from './device.ts';

/** Base64url without padding, as WebAuthn's JSON forms have it. */
const base64url = (most: number) => z.string().check(z.regex(/^[A-Za-z0-9_-]+$/), z.maxLength(most));
const credential = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.optional(z.enum(['platform', 'cross-platform'])),
  clientExtensionResults: z.record(z.string(), z.unknown()),
};

/** What `navigator.credentials.get()` gives (`AuthenticationResponseJSON`). */
export const assertionAnswer = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: base64url(4000),
    authenticatorData: base64url(4000),
    signature: base64url(4000),
    userHandle: z.optional(base64url(128)),
  }),
});
export type AssertionAnswer = z.output<typeof assertionAnswer>;

/** What `navigator.credentials.create()` gives (`RegistrationResponseJSON`). */
export const registrationAnswer = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: base64url(4000),
    attestationObject: base64url(12_000),
    authenticatorData: z.optional(base64url(4000)),
    transports: z.optional(z.array(z.string().check(z.maxLength(32))).check(z.maxLength(10))),
    publicKey: z.optional(base64url(4000)),
    publicKeyAlgorithm: z.optional(z.int()),
  }),
});
export type RegistrationAnswer = z.output<typeof registrationAnswer>;

/** For the browser, as the standard's JSON forms have it. */
export type Options = Readonly<Record<string, unknown>>;

/** Keys that prove possession of a device. Challenges, ids and keys are base64url. */
export interface PasskeyPort {
  assertionOptions(of: { challenge: string; credentialIds: readonly string[] }): Promise<Options>;
  registrationOptions(of: {
    challenge: string;
    /** `handle`: 64 bytes at most that say nothing of the person. */
    customer: { handle: string; name: string };
    credentialIds: readonly string[];
  }): Promise<Options>;
  /** What the device counted, when its answer is right; undefined when it is not, for whatever reason. */
  assertion(of: {
    answer: AssertionAnswer;
    challenge: string;
    device: Pick<Device, 'credentialId' | 'publicKey'>;
  }): Promise<{ readonly signCount: number } | undefined>;
  registration(of: {
    answer: RegistrationAnswer;
    challenge: string;
  }): Promise<Pick<Device, 'credentialId' | 'publicKey' | 'signCount'> | undefined>;
}
