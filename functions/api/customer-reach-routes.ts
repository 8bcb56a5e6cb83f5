import * as z from 'zod/mini';
import { preferenceChangeSchema, preferencesSchema } from '../card/preferences.ts';
import { contract } from './contract.ts';
import { bothLanguages, momentSchema, ourCallShape, pageQuery } from './shapes.ts';

/** How we reach a customer, and how they know that it is us. */
export const NOTICES_PAGE = 100;

export const readContact = contract({
  method: 'GET',
  path: '/contact',
  summary: 'The registered contact, masked',
  answer: z.strictObject({
    name: z.string(),
    language: z.enum(['zh-CN', 'en']),
    /** Last four digits; null where there is none, or they are not known yet (`hasPhone`). */
    phone: z.nullable(z.string()),
    hasPhone: z.boolean(),
    email: z.nullable(z.string()),
    changedAt: momentSchema,
    phoneChangedAt: z.optional(momentSchema),
  }),
  problems: ['not-found'],
  rate: 'read',
});

const preferencesAnswer = z.strictObject(preferencesSchema.shape);

export const readPreferences = contract({
  method: 'GET',
  path: '/preferences',
  summary: 'How the customer wants to be reached',
  answer: preferencesAnswer,
  problems: [],
  rate: 'read',
});

export const setPreferences = contract({
  method: 'POST',
  path: '/preferences',
  summary: 'Changes how the customer wants to be reached; what is left out stays',
  body: preferenceChangeSchema,
  answer: preferencesAnswer,
  problems: [],
  rate: 'change',
});

export const listNotices = contract({
  method: 'GET',
  path: '/notices',
  summary: 'What we sent to the customer, latest first: kind, time and outcome, never the number',
  query: z.strictObject(pageQuery(NOTICES_PAGE)),
  answer: z.strictObject({
    asOf: momentSchema,
    notices: z.array(
      z.strictObject({
        /** Absent where it is about a card or the customer. */
        ticketNumber: z.optional(z.string()),
        channel: z.string(),
        kind: z.string(),
        putOutAt: z.optional(momentSchema),
        outcome: z.string(),
        outcomeAt: z.optional(momentSchema),
      }),
    ),
    next: z.optional(z.string()),
  }),
  problems: [],
  rate: 'read',
});

/** What the app says in so many words. */
const verdict = { words: bothLanguages };
export const checkBankFields = { calling: z.boolean(), calls: z.array(ourCallShape), ...verdict };

export const checkBank = contract({
  method: 'GET',
  path: '/bank-check',
  summary: 'Whether somebody of the bank is calling the customer right now (D10)',
  answer: z.strictObject({ asOf: momentSchema, ...checkBankFields }),
  problems: [],
  rate: 'read',
});

export const checkCode = contract({
  method: 'POST',
  path: '/bank-check/code',
  summary: 'Whether the check code the caller reads out is the one our agent was given (D10)',
  body: z.strictObject({ code: z.string().check(z.minLength(4), z.maxLength(16)) }),
  answer: z.strictObject({
    asOf: momentSchema,
    genuine: z.boolean(),
    call: z.optional(ourCallShape),
    ...verdict,
  }),
  problems: [],
  rate: 'check',
});

export const reportFakeCall = contract({
  method: 'POST',
  path: '/fake-calls',
  summary: 'Reports a caller who said they were the bank',
  body: z.strictObject({
    text: z.optional(z.string().check(z.minLength(1), z.maxLength(1_000))),
    /** As the phone showed it. */
    number: z.optional(z.string().check(z.regex(/^[+0-9 ()-]{3,24}$/))),
  }),
  answer: z.strictObject({
    reportId: z.string(),
    ticketNumber: z.optional(z.string()),
    ...verdict,
  }),
  problems: [],
  rate: 'report',
});

export const reachRoutes = [
  readContact,
  readPreferences,
  setPreferences,
  listNotices,
  checkBank,
  checkCode,
  reportFakeCall,
];
