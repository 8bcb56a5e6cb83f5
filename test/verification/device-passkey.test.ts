import { describe, expect, test } from 'vitest';
import { assertionAnswer, registrationAnswer } from '../../functions/verification/device-port.ts';
import { createPasskey } from '../../functions/verification/passkey.ts';
import { createAuthenticator, type Quirks } from '../../tools/story/authenticator.ts';

const place = { origin: 'https://app.bank.example', rpId: 'bank.example' };
const passkey = createPasskey({
  id: place.rpId,
  name: 'Example Bank',
  origins: [place.origin, 'https://m.bank.example'],
});
const CHALLENGE = Buffer.alloc(32, 7).toString('base64url');
const OTHER = Buffer.alloc(32, 8).toString('base64url');
const stranger = createAuthenticator(place);

const wrong: readonly [string, Quirks][] = [
  ['another origin', { origin: 'https://bank.example.evil.test' }],
  ['another relying party', { rpId: 'evil.test' }],
  ['a user who was there and not verified', { unverified: true }],
];

describe('registering a passkey', () => {
  const device = createAuthenticator(place);

  test('gives its id, key and counter', async () => {
    const answer = registrationAnswer.parse(device.register(CHALLENGE));
    expect(await passkey.registration({ answer, challenge: CHALLENGE })).toEqual({
      credentialId: device.credentialId,
      publicKey: device.publicKey,
      signCount: 0,
    });
  });

  test.each(wrong)('is refused from %s', async (_, quirks) => {
    const answer = registrationAnswer.parse(device.register(CHALLENGE, quirks));
    expect(await passkey.registration({ answer, challenge: CHALLENGE })).toBeUndefined();
  });

  test('is refused for another challenge', async () => {
    const answer = registrationAnswer.parse(device.register(OTHER));
    expect(await passkey.registration({ answer, challenge: CHALLENGE })).toBeUndefined();
  });

  test('options ask for a verified user, and do not offer what is registered', async () => {
    const options = await passkey.registrationOptions({
      challenge: CHALLENGE,
      customer: { handle: OTHER, name: 'Grace Hart' },
      credentialIds: [device.credentialId],
    });
    expect(options).toMatchObject({
      challenge: CHALLENGE,
      rp: { id: place.rpId, name: 'Example Bank' },
      user: { id: OTHER, name: 'Grace Hart' },
      excludeCredentials: [{ id: device.credentialId }],
      authenticatorSelection: { userVerification: 'required' },
      attestation: 'none',
    });
  });
});

describe('proving possession of a passkey', () => {
  const device = createAuthenticator(place);
  const stored = { credentialId: device.credentialId, publicKey: device.publicKey };
  const judge = (given: unknown, challenge = CHALLENGE) =>
    passkey.assertion({ answer: assertionAnswer.parse(given), challenge, device: stored });

  test('gives what the device counts', async () => {
    expect(await judge(device.assert(CHALLENGE))).toEqual({ signCount: 1 });
    expect(await judge(device.assert(CHALLENGE, { origin: 'https://m.bank.example' }))).toEqual({
      signCount: 2,
    });
    expect(await judge(device.assert(CHALLENGE, { signCount: 0 }))).toEqual({ signCount: 0 });
  });

  test.each([...wrong, ['another key', { signedBy: stranger }] as const])(
    'is refused from %s',
    async (_, quirks) => {
      expect(await judge(device.assert(CHALLENGE, quirks))).toBeUndefined();
    },
  );

  test('is refused for another challenge, and when anything signed was changed', async () => {
    expect(await judge(device.assert(OTHER))).toBeUndefined();
    const right = device.assert(CHALLENGE);
    const data = Buffer.from(right.response.authenticatorData, 'base64url');
    data.writeUInt32BE(9_999, 33);
    const changed = { ...right.response, authenticatorData: data.toString('base64url') };
    expect(await judge({ ...right, response: changed })).toBeUndefined();
  });

  test('options name the devices and ask for a verified user', async () => {
    const options = await passkey.assertionOptions({
      challenge: CHALLENGE,
      credentialIds: [device.credentialId],
    });
    expect(options).toMatchObject({
      challenge: CHALLENGE,
      rpId: place.rpId,
      allowCredentials: [{ id: device.credentialId }],
      userVerification: 'required',
    });
  });
});
