import * as z from 'zod/mini';
import {
  cardTokenSchema,
  currencySchema,
  customerIdSchema,
  schemaVersionOne,
  sourceVersionSchema,
  utcTimeSchema,
} from '../transaction/fields.ts';
import { holdKinds } from './hold-kinds.ts';

/** A card exists or its master data changed; ordered by `sourceVersion` (H32). */
export const cardIssuedSchema = z.object({
  schemaVersion: schemaVersionOne,
  cardToken: cardTokenSchema,
  lastFour: z.string().check(z.regex(/^\d{4}$/)),
  cardholderId: customerIdSchema,
  accountOwnerId: customerIdSchema,
  issuedAt: utcTimeSchema,
  sourceVersion: sourceVersionSchema,
  billingCurrency: currencySchema,
});
export type CardIssued = z.output<typeof cardIssuedSchema>;

/** What the issuer's card system did: the answer to our request, or its own doing. */
export const cardStatusChangedSchema = z.object({
  schemaVersion: schemaVersionOne,
  cardToken: cardTokenSchema,
  status: z.enum(['frozen', 'active', 'closed', 'freeze_failed']),
  /** Of the request this answers; absent when the issuer acted by itself. */
  holdsVersion: z.optional(z.int().check(z.minimum(0))),
  occurredAt: utcTimeSchema,
  reason: z.optional(z.string().check(z.maxLength(256))),
});
export type CardStatusChanged = z.output<typeof cardStatusChangedSchema>;

/** The customer's contact data, whole, not a change of it; ordered by `sourceVersion` (H32). */
export const customerContactChangedSchema = z.object({
  schemaVersion: schemaVersionOne,
  customerId: customerIdSchema,
  sourceVersion: sourceVersionSchema,
  occurredAt: utcTimeSchema,
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  /** E.164 (`+8613800138000`); null: the customer has none. */
  phone: z.nullable(z.string().check(z.regex(/^\+[1-9]\d{6,14}$/))),
  email: z.optional(z.string().check(z.regex(/^[^\s@]{1,64}@[^\s@]{1,189}$/))),
  language: z.enum(['zh-CN', 'en']),
  /** Log-ins of this customer: token issuer and its subject. */
  identities: z.optional(
    z
      .array(
        z.object({
          issuer: z.string().check(z.minLength(1), z.maxLength(512)),
          subject: z.string().check(z.minLength(1), z.maxLength(255)),
        }),
      )
      .check(z.maxLength(20)),
  ),
});
export type CustomerContactChanged = z.output<typeof customerContactChangedSchema>;

/** The operator moved the number: to another SIM, or the customer took it to another operator. Ordered by time (I8). */
export const simChangedSchema = z.object({
  schemaVersion: schemaVersionOne,
  customerId: customerIdSchema,
  sourceVersion: z.optional(sourceVersionSchema),
  occurredAt: utcTimeSchema,
  kind: z.enum(['sim_swap', 'number_ported']),
});
export type SimChanged = z.output<typeof simChangedSchema>;

const base64url = z.string().check(z.regex(/^[A-Za-z0-9_-]+$/));

/** The bank's own app enrolled a passkey of the customer, by the bank's own strong authentication. */
export const deviceRegisteredSchema = z.object({
  schemaVersion: schemaVersionOne,
  customerId: customerIdSchema,
  deviceId: z.string().check(z.regex(/^[A-Za-z0-9._:@-]{1,64}$/)),
  name: z.string().check(z.minLength(1), z.maxLength(64)),
  credentialId: base64url.check(z.minLength(16), z.maxLength(1400)),
  publicKey: base64url.check(z.minLength(32), z.maxLength(2800)),
  signCount: z.int().check(z.minimum(0), z.maximum(4_294_967_295)),
  registeredAt: utcTimeSchema,
});
export type DeviceRegistered = z.output<typeof deviceRegisteredSchema>;

/** Ours to the bank: a customer who proved themselves wants another number or address. True once the bank says so. */
export const contactChangeRequestedSchema = z.object({
  schemaVersion: schemaVersionOne,
  customerId: customerIdSchema,
  verificationId: z.string(),
  requestedAt: utcTimeSchema,
  phone: z.optional(z.string().check(z.regex(/^\+[1-9]\d{6,14}$/))),
  email: z.optional(z.string().check(z.regex(/^[^\s@]{1,64}@[^\s@]{1,189}$/))),
});
export type ContactChangeRequested = z.output<typeof contactChangeRequestedSchema>;

/** Ours to the bank's cards (source `cardguard`): a customer who proved themselves wants the card closed and another. */
export const cardReplacementRequestedSchema = z.object({
  schemaVersion: schemaVersionOne,
  cardToken: cardTokenSchema,
  customerId: customerIdSchema,
  ticketNumber: z.string(),
  verificationId: z.string(),
  requestedAt: utcTimeSchema,
});

/** Ours to the issuer (source `cardguard`): the desired state with the version of the holds behind it. */
export const cardFreezeRequestedSchema = z.object({
  schemaVersion: schemaVersionOne,
  cardToken: cardTokenSchema,
  holdsVersion: z.int().check(z.minimum(0)),
  holds: z.array(z.enum(holdKinds)).check(z.minLength(1), z.maxLength(4)),
  requestedAt: utcTimeSchema,
});
export type CardFreezeRequested = z.output<typeof cardFreezeRequestedSchema>;

/** Ours to the issuer: no hold stands any more. */
export const cardUnfreezeRequestedSchema = z.object({
  schemaVersion: schemaVersionOne,
  cardToken: cardTokenSchema,
  holdsVersion: z.int().check(z.minimum(0)),
  holds: z.array(z.enum(holdKinds)).check(z.maxLength(0)),
  requestedAt: utcTimeSchema,
});
export type CardUnfreezeRequested = z.output<typeof cardUnfreezeRequestedSchema>;
