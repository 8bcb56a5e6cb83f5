import {
  applyTransaction,
  type CardProfile,
  emptyProfile,
  type Outcome,
} from '../../functions/screening/profile.ts';
import { decisionKeyPart } from '../../functions/transaction/digest.ts';
import {
  type TransactionAuthorized,
  transactionAuthorizedSchema,
} from '../../functions/transaction/events.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export interface Wish {
  readonly id?: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Billing, in minor units. */
  readonly minor?: number;
  readonly currency?: string;
  readonly outcome?: 'approved' | 'declined';
  readonly merchantId?: string;
  readonly mcc?: string;
  readonly country?: string;
  readonly entryMode?: TransactionAuthorized['entryMode'];
  readonly deviceId?: string;
  readonly recurring?: boolean;
  readonly merchantInitiated?: boolean;
}

/** An authorisation that passed its schema; everyday by default. */
export function transaction(wish: Wish): TransactionAuthorized {
  const money = { minor: wish.minor ?? 5000, currency: wish.currency ?? 'CNY' };
  return transactionAuthorizedSchema.parse({
    schemaVersion: 1,
    transactionId: wish.id ?? `txn-${wish.at}`,
    cardToken: 'tok_1',
    cardholderId: 'C-1',
    accountOwnerId: 'C-1',
    occurredAt: new Date(wish.at).toISOString(),
    outcome: wish.outcome ?? 'approved',
    amount: money,
    billing: money,
    merchant: {
      id: wish.merchantId ?? 'M-1',
      name: 'Shop',
      mcc: wish.mcc ?? '5411',
      country: wish.country ?? 'CN',
    },
    entryMode: wish.entryMode ?? 'chip',
    recurring: wish.recurring ?? false,
    merchantInitiated: wish.merchantInitiated ?? false,
    deviceId: wish.deviceId,
  });
}

export interface Applied {
  readonly outcome?: Outcome;
  readonly addToRing?: boolean;
  readonly receivedAt?: number;
  readonly bodyDigest?: string;
}

export function apply(profile: CardProfile, event: TransactionAuthorized, how: Applied = {}): CardProfile {
  return applyTransaction(profile, event, {
    idDigest: decisionKeyPart(event.transactionId),
    bodyDigest: how.bodyDigest ?? 'AAAABBBB',
    receivedAt: how.receivedAt ?? Date.parse(event.occurredAt),
    outcome: how.outcome ?? 'clear',
    addToRing: how.addToRing ?? false,
  });
}

export function profileOf(wishes: readonly Wish[], how: Applied = {}): CardProfile {
  return wishes.reduce((profile, wish) => apply(profile, transaction(wish), how), emptyProfile());
}
