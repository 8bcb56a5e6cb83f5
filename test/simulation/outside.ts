import type { IssuerMood } from './issuer.ts';
import type { Proofs } from './proofs.ts';

/** When something sent from outside arrives, and how long after that each of its copies. */
export interface Arriving {
  readonly delayMs: number;
  readonly copiesAfterMs?: readonly number[];
}

/** A customer's text as the provider stamps it. */
export interface InboundText {
  readonly messageId: string;
  readonly number: string;
  readonly words: string;
  readonly sentAt: number;
}

export type BankEventType =
  | 'CardIssued'
  | 'CustomerContactChanged'
  | 'DeviceRegistered'
  | 'TransactionAuthorized'
  | 'TransactionPosted'
  | 'TransactionReversed';

/** The system as a story meets it from outside: all functions in memory, or the local stack. */
export interface Outside {
  /** Epoch milliseconds. */
  now(): number;
  after(milliseconds: number, act: () => Promise<void> | void): void;
  bank(type: BankEventType, detail: object, arriving: Arriving): void;
  text(text: InboundText, arriving: Arriving): void;
  /** A request of the customer's own, made again while it fails; what it was answered, `held` when it is in force. */
  hold(by: { customerId: string; cardToken: string; kind: 'customer' | 'lost' }): Promise<string>;
  /** Takes the most urgent ticket that waits, whoever's. */
  claimNext(agent: string): Promise<void>;
  issuerFeels(cardToken: string, mood: IssuerMood): void;
  issuerActs(cardToken: string, status: 'active' | 'closed'): void;
  /** Key of the customer's device, as the bank registers it. */
  device(customerId: string): { readonly credentialId: string; readonly publicKey: string };
  /** What the cardholder and staff do about this card with proofs and approvals. */
  proofs(of: { customerId: string; cardToken: string }): Proofs;
}
