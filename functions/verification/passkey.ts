import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { AssertionAnswer, PasskeyPort, RegistrationAnswer } from './device-port.ts';

/** Algorithms we take: EdDSA, ES256, RS256 (WebAuthn §5.8.5). */
const ALGORITHMS = [-8, -7, -257];
/** What a browser shows its dialog for; our own limit of five minutes stands behind it. */
const DIALOG_MS = 120_000;

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(base64url, 'base64url'));

/**
 * Passkeys by the WebAuthn standard. The user is always verified (biometrics or PIN), by a key of this relying party
 * and from one of its origins. A response that does not hold up is `undefined`, whatever is wrong with it.
 */
export function createPasskey(party: {
  readonly id: string;
  readonly name: string;
  readonly origins: readonly string[];
}): PasskeyPort {
  const expected = {
    expectedOrigin: [...party.origins],
    expectedRPID: party.id,
    requireUserVerification: true,
  };
  return {
    assertionOptions: async ({ challenge, credentialIds }) => {
      const options = await generateAuthenticationOptions({
        rpID: party.id,
        challenge: bytesOf(challenge),
        allowCredentials: credentialIds.map((id) => ({ id })),
        userVerification: 'required',
        timeout: DIALOG_MS,
      });
      return { ...options };
    },
    registrationOptions: async ({ challenge, customer, credentialIds }) => {
      const options = await generateRegistrationOptions({
        rpID: party.id,
        rpName: party.name,
        userID: bytesOf(customer.handle),
        userName: customer.name,
        userDisplayName: customer.name,
        challenge: bytesOf(challenge),
        excludeCredentials: credentialIds.map((id) => ({ id })),
        attestationType: 'none',
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        supportedAlgorithmIDs: ALGORITHMS,
        timeout: DIALOG_MS,
      });
      return { ...options };
    },
    assertion: async ({ answer, challenge, device }) => {
      const verified = await heldUp(() =>
        verifyAuthenticationResponse({
          ...expected,
          response: answer as AssertionAnswer as AuthenticationResponseJSON,
          expectedChallenge: challenge,
          // The counter is judged where it is written: the library's own check would not survive a race.
          credential: { id: device.credentialId, publicKey: bytesOf(device.publicKey), counter: 0 },
        }),
      );
      if (verified?.verified !== true) return undefined;
      return { signCount: verified.authenticationInfo.newCounter };
    },
    registration: async ({ answer, challenge }) => {
      const verified = await heldUp(() =>
        verifyRegistrationResponse({
          ...expected,
          response: answer as RegistrationAnswer as RegistrationResponseJSON,
          expectedChallenge: challenge,
          supportedAlgorithmIDs: ALGORITHMS,
        }),
      );
      if (verified?.verified !== true) return undefined;
      const { id, publicKey, counter } = verified.registrationInfo.credential;
      return {
        credentialId: id,
        publicKey: Buffer.from(publicKey).toString('base64url'),
        signCount: counter,
      };
    },
  };
}

/** The library throws on whatever does not fit, in words that repeat what was sent (I10): they stay here. */
async function heldUp<Verified>(verify: () => Promise<Verified>): Promise<Verified | undefined> {
  try {
    return await verify();
  } catch {
    return undefined;
  }
}
