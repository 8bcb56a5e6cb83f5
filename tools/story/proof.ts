import * as z from 'zod';
import { type Authenticator, createAuthenticator } from './authenticator.ts';
import type { Person } from './people.ts';
import type { Scene } from './scene.ts';

/** Where the bank's app runs on the local stack. */
const PLACE = { origin: 'http://localhost', rpId: 'localhost' };

const verificationSchema = z.object({
  verificationId: z.string(),
  status: z.string(),
  expiresAt: z.string(),
  requirement: z.object({
    mustInclude: z.array(z.string()),
    reasons: z.array(z.string()),
    notBefore: z.string().optional(),
  }),
  factors: z.array(z.object({ kind: z.string() })),
  offers: z.array(z.string()),
  waitsUntil: z.string().optional(),
});
export type Shown = z.output<typeof verificationSchema>;

/** The bank's own app enrolled a passkey of the customer, `daysAgo` days before the night. */
export async function withPasskey(scene: Scene, person: Person, daysAgo = 200): Promise<Authenticator> {
  const authenticator = createAuthenticator(PLACE);
  await scene.bank.put('DeviceRegistered', {
    customerId: person.customerId,
    deviceId: `phone-of-${person.subject}`,
    name: 'Phone',
    credentialId: authenticator.credentialId,
    publicKey: authenticator.publicKey,
    signCount: 0,
    registeredAt: new Date(scene.now().getTime() - daysAgo * 86_400_000).toISOString(),
  });
  await scene.stack.settle();
  return authenticator;
}

/** The customer opens the release of a card in the app. */
export async function opensRelease(
  scene: Scene,
  person: Person,
  cardToken: string,
  alertId: string,
): Promise<Shown> {
  const { body } = await scene.app(person, 'wants the card back', {
    method: 'POST',
    path: '/verifications',
    body: { action: 'unfreeze', cardToken, alertId },
  });
  return verificationSchema.parse(body);
}

/** Face or finger on the phone: the passkey answers the challenge of this verification. */
export async function showsPasskey(
  scene: Scene,
  person: Person,
  verification: Shown,
  authenticator: Authenticator,
): Promise<Shown> {
  const base = `/verifications/${verification.verificationId}/device`;
  const options = await scene.app(person, 'chooses the passkey of this phone', {
    method: 'POST',
    path: `${base}/options`,
  });
  const { challenge } = z
    .object({ publicKey: z.object({ challenge: z.string() }) })
    .parse(options.body).publicKey;
  const { body } = await scene.app(person, 'looks into the camera: the passkey answers for phone and face', {
    method: 'POST',
    path: base,
    body: { response: authenticator.assert(challenge) },
  });
  return verificationSchema.parse(body);
}

/** Asks for a code and reads it on the phone. */
export async function orderedCode(
  scene: Scene,
  person: Person,
  verification: Shown,
): Promise<string | undefined> {
  const before = scene.read(person).length;
  await scene.app(person, 'asks for a code', {
    method: 'POST',
    path: `/verifications/${verification.verificationId}/code`,
  });
  const text = scene.read(person)[before];
  return text === undefined ? undefined : /\b\d{8}\b/.exec(text)?.[0];
}

export async function typesCode(scene: Scene, person: Person, verification: Shown, code: string) {
  return scene.app(person, 'types the code', {
    method: 'POST',
    path: `/verifications/${verification.verificationId}/code/check`,
    body: { code },
  });
}

export async function takesBack(scene: Scene, person: Person, cardToken: string, verification: Shown) {
  return scene.app(person, 'asks to unfreeze the card', {
    method: 'POST',
    path: `/cards/${cardToken}/unfreeze`,
    body: { verificationId: verification.verificationId },
  });
}
