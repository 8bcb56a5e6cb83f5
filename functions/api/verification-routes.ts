import * as z from 'zod/mini';
import { cardTokenSchema } from '../transaction/fields.ts';
import { factorKinds } from '../verification/factors.ts';
import { actions, requirementReasons } from '../verification/verification-policy.ts';
import { verificationStatuses } from '../verification/verification-states.ts';
import { contract } from './contract.ts';
import { cardShape, momentSchema, named } from './shapes.ts';

/** Ids are 22 characters that go into a path as they are. */
export const idSchema = z.string().check(z.regex(/^[\w-]{1,64}$/));
const ofVerification = { verificationId: idSchema };
const kindShape = z.enum(factorKinds);

export const verificationFields = {
  verificationId: z.string(),
  action: z.enum(actions),
  cardToken: z.string(),
  alertId: z.optional(z.string()),
  status: z.enum(verificationStatuses),
  openedAt: momentSchema,
  expiresAt: momentSchema,
  endReason: z.optional(z.string()),
  requirement: z.strictObject({
    kinds: z.int(),
    accepted: z.array(kindShape),
    mustInclude: z.array(kindShape),
    notBefore: z.optional(momentSchema),
    reasons: z.array(z.enum(requirementReasons)),
  }),
  factors: z.array(z.strictObject({ kind: kindShape, at: momentSchema })),
  /** Enough was shown, but it counts only from then on, or when a person vouches. */
  waitsUntil: z.optional(momentSchema),
};
/** For the customer: with what they can still use. */
export const verificationShape = named(
  'Verification',
  z.strictObject({ ...verificationFields, offers: z.array(kindShape) }),
);

export const openVerification = contract({
  method: 'POST',
  path: '/verifications',
  summary: 'Begins to prove who one is, for one action on one card; gives the one that runs already (D5)',
  body: z.strictObject({
    action: z.enum(actions),
    cardToken: cardTokenSchema,
    alertId: z.optional(idSchema),
  }),
  answer: verificationShape,
  problems: ['not-found', 'card-closed', 'nothing-to-lift', 'concluded-as-fraud'],
  rate: 'change',
});

export const readVerification = contract({
  method: 'GET',
  path: '/verifications/{verificationId}',
  summary: 'How far a verification is',
  parts: ofVerification,
  answer: verificationShape,
  problems: [],
  rate: 'read',
});

export const sendCode = contract({
  method: 'POST',
  path: '/verifications/{verificationId}/code',
  summary: 'Sends a one-time code to the phone of the customer; three per incident',
  parts: ofVerification,
  answer: verificationShape,
  problems: ['verification-over', 'phone-not-accepted', 'too-many-codes'],
  rate: 'change',
});

/** Digits only and eight of them, or it is not a code at all. */
const codeBody = z.strictObject({ code: z.string().check(z.regex(/^\d{8}$/)) });

export const checkCode = contract({
  method: 'POST',
  path: '/verifications/{verificationId}/code/check',
  summary: 'Takes the code that was sent; whatever is wrong with it gives one and the same answer (H14)',
  parts: ofVerification,
  body: codeBody,
  secretBody: true,
  answer: verificationShape,
  problems: ['not-accepted'],
  rate: 'check',
});

export const checkTotp = contract({
  method: 'POST',
  path: '/verifications/{verificationId}/totp',
  summary: "Takes a one-time password of the customer's authenticator; failures count with those of codes",
  parts: ofVerification,
  body: codeBody,
  secretBody: true,
  answer: verificationShape,
  problems: ['not-accepted'],
  rate: 'check',
});

export const unfreezeCard = contract({
  method: 'POST',
  path: '/cards/{cardToken}/unfreeze',
  summary: 'Lifts the hold a passed verification was opened for, once (I2)',
  parts: { cardToken: cardTokenSchema },
  body: z.strictObject({ verificationId: idSchema }),
  answer: z.strictObject({ card: cardShape }),
  problems: [
    'not-verified',
    'verification-over',
    'verification-void',
    'concluded-as-fraud',
    'nothing-to-lift',
  ],
  rate: 'change',
});

export const verificationRoutes = [
  openVerification,
  readVerification,
  sendCode,
  checkCode,
  checkTotp,
  unfreezeCard,
];
