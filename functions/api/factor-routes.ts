import * as z from 'zod/mini';
import { assertionAnswer, registrationAnswer } from '../verification/device-port.ts';
import { contract } from './contract.ts';
import { momentSchema } from './shapes.ts';
import { idSchema, verificationShape } from './verification-routes.ts';

const ofVerification = { verificationId: idSchema };
/** As `navigator.credentials` takes them (WebAuthn §5.1.8, §5.1.9). */
const optionsShape = z.strictObject({ publicKey: z.record(z.string(), z.unknown()) });
const deviceShape = z.strictObject({
  deviceId: z.string(),
  name: z.string(),
  enrolledAt: momentSchema,
  enrolledBy: z.enum(['bank', 'verification']),
  lastUsedAt: z.optional(momentSchema),
});
const noProof = ['not-found', 'not-verified', 'verification-over', 'verification-void'] as const;

export const askDevice = contract({
  method: 'POST',
  path: '/verifications/{verificationId}/device/options',
  summary: 'A challenge for the devices of the customer: answered once, within five minutes',
  parts: ofVerification,
  answer: optionsShape,
  problems: ['verification-over', 'no-device'],
  rate: 'check',
});

export const proveDevice = contract({
  method: 'POST',
  path: '/verifications/{verificationId}/device',
  summary: 'Takes the answer of a device; right or wrong, it uses the challenge up',
  parts: ofVerification,
  body: z.strictObject({ response: assertionAnswer }),
  answer: verificationShape,
  problems: ['verification-over', 'not-accepted'],
  rate: 'check',
});

export const listDevices = contract({
  method: 'GET',
  path: '/devices',
  summary: 'The devices the customer can prove themselves with, the latest enrolled first',
  answer: z.strictObject({ asOf: momentSchema, devices: z.array(deviceShape) }),
  problems: [],
  rate: 'read',
});

export const askEnrolment = contract({
  method: 'POST',
  path: '/devices/options',
  summary: 'The options of a new passkey, after a passed verification to enrol one (D5)',
  body: z.strictObject(ofVerification),
  answer: optionsShape,
  problems: [...noProof, 'too-many-devices'],
  rate: 'change',
});

export const enrolDevice = contract({
  method: 'POST',
  path: '/devices',
  summary: 'Enrols the passkey and uses the verification up; the customer is told',
  body: z.strictObject({
    ...ofVerification,
    name: z.string().check(z.minLength(1), z.maxLength(64)),
    response: registrationAnswer,
  }),
  answer: z.strictObject({ device: deviceShape }),
  problems: [...noProof, 'not-accepted', 'too-many-devices'],
  rate: 'change',
});

export const removeDevice = contract({
  method: 'POST',
  path: '/devices/{deviceId}/remove',
  summary: 'Takes a device away at once; the customer is told',
  parts: { deviceId: z.string().check(z.regex(/^[A-Za-z0-9._:@-]{1,64}$/)) },
  answer: z.strictObject({ device: deviceShape }),
  problems: [],
  rate: 'change',
});

export const offerTotp = contract({
  method: 'POST',
  path: '/totp/options',
  summary: 'A secret for an authenticator app, shown this once; asked again, it is another one',
  body: z.strictObject(ofVerification),
  answer: z.strictObject({ uri: z.string() }),
  problems: noProof,
  rate: 'change',
});

export const confirmTotp = contract({
  method: 'POST',
  path: '/totp',
  summary: 'Takes the secret into use on its first right code; the customer is told',
  body: z.strictObject({ ...ofVerification, code: z.string().check(z.regex(/^\d{8}$/)) }),
  secretBody: true,
  answer: z.strictObject({ outcome: z.literal('enrolled') }),
  problems: [...noProof, 'not-accepted'],
  rate: 'check',
});

export const requestContactChange = contract({
  method: 'POST',
  path: '/contact/change',
  summary: 'Asks the bank for another number or address; it becomes true when the bank says so',
  body: z
    .strictObject({
      ...ofVerification,
      phone: z.optional(z.string().check(z.regex(/^\+[1-9]\d{6,14}$/))),
      email: z.optional(z.string().check(z.regex(/^[^\s@]{1,64}@[^\s@]{1,189}$/))),
    })
    .check(z.refine(({ phone, email }) => phone !== undefined || email !== undefined, 'phone or email')),
  // A number in it must not be found from a digest.
  secretBody: true,
  answer: z.strictObject({ outcome: z.literal('requested') }),
  problems: noProof,
  rate: 'change',
});

export const factorRoutes = [
  askDevice,
  proveDevice,
  listDevices,
  askEnrolment,
  enrolDevice,
  removeDevice,
  offerTotp,
  confirmTotp,
  requestContactChange,
];
