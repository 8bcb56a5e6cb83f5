import * as z from 'zod/mini';
import { type Database, type Key, queryAll, type Value, type Write, write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { dueAttributes } from '../platform/due.ts';
import { expiryOf } from '../platform/expiry.ts';
import { createOutbox, type EffectRefusal } from '../platform/outbox.ts';
import { parseStored } from '../platform/stored.ts';
import { type Verification, verificationSchema } from './verification.ts';
import { type Action, actions } from './verification-policy.ts';

export type VerificationRefusal = Changed<Verification> | { readonly running: 'taken' };

/** Whose proof for what; one runs at a time. */
export interface Purpose {
  readonly customerId: string;
  readonly cardToken: string;
  readonly action: Action;
}

/** Verifications, and the guard that names the latest one of each customer, card and action. */
export interface VerificationStore {
  get(verificationId: string): Promise<Versioned<Verification> | undefined>;
  latest(purpose: Purpose): Promise<Versioned<Verification> | undefined>;
  /** The latest of every action of this customer and card: what an agent sees beside the ticket. */
  ofCard(customerId: string, cardToken: string): Promise<readonly Verification[]>;
  save(previous: Versioned<Verification>, verification: Verification): Write<VerificationRefusal>;
  /** Saves a new one and makes it the latest, in place of `before`. */
  open(verification: Verification, before: string | undefined): readonly Write<VerificationRefusal>[];
  /** A text with a code, made when it is sent; `verification.codesPutOut` counts it already. */
  putCodeText(
    verification: Verification,
    now: Date,
    payload: Readonly<Record<string, Value | undefined>>,
  ): Write<EffectRefusal>;
}

export const verificationPk = (verificationId: string): string => `VER#${verificationId}`;
export const verificationKey = (verificationId: string): Key => ({
  pk: verificationPk(verificationId),
  sk: 'META',
});
const guardPk = (customerId: string, cardToken: string): string => `VERIFYING#${customerId}#${cardToken}`;
const guardSchema = z.object({ verificationId: z.string() });

export function createVerificationStore(options: { db: Database; casesTable: string }): VerificationStore {
  const { db, casesTable: table } = options;
  const outbox = createOutbox(db, table);
  const documents = createDocuments({
    db,
    table,
    schema: verificationSchema,
    name: 'verification',
    key: verificationKey,
    idOf: (verification) => verification.verificationId,
    attributes: ({ verificationId, dueAt }) =>
      dueAt === undefined ? {} : dueAttributes(verificationPk(verificationId), dueAt),
    expiresAt: ({ dueAt, openedAt }) =>
      dueAt === undefined ? expiryOf('verification', openedAt) : undefined,
  });
  const guardKey = ({ customerId, cardToken, action }: Purpose): Key => ({
    pk: guardPk(customerId, cardToken),
    sk: action,
  });

  return {
    get: documents.get,
    save: documents.save,
    latest: async (purpose) => {
      const guard = await db.get(table, guardKey(purpose));
      return guard && documents.get(parseStored(guardSchema, guard).verificationId);
    },
    ofCard: async (customerId, cardToken) => {
      const pk = guardPk(customerId, cardToken);
      const guards = await queryAll(db, { table, pk, consistent: true }, actions.length);
      const read = await Promise.all(
        guards.map((guard) => documents.get(parseStored(guardSchema, guard).verificationId)),
      );
      return read.flatMap((one) => (one === undefined ? [] : [one.body]));
    },
    open: (verification, before) => [
      documents.save(undefined, verification),
      write({
        table,
        spec: {
          kind: 'put',
          item: {
            ...guardKey(verification),
            verificationId: verification.verificationId,
            // Of the same second as the verification: a guard left over would let no other one begin.
            expiresAt: expiryOf('verifying', verification.openedAt),
          },
        },
        when:
          before === undefined ? { item: 'absent' } : { attribute: 'verificationId', is: '=', value: before },
        refused: () => ({ running: 'taken' }) as const,
      }),
    ],
    putCodeText: ({ verificationId, codesPutOut }, now, payload) =>
      outbox.put({
        pk: verificationPk(verificationId),
        seq: codesPutOut,
        effect: 'sms',
        now,
        dueAfterSeconds: 60,
        payload,
      }),
  };
}
