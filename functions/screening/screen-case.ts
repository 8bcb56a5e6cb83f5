import type { RaiseAlert } from '../alert/raise-alert.ts';
import type { Database } from '../platform/database.ts';
import type { Decided, StoredDecision } from '../transaction/decision.ts';
import { bodyDigest, decisionKeyPart } from '../transaction/digest.ts';
import type { TransactionAuthorized } from '../transaction/events.ts';
import type { MerchantStore, StoredState } from '../transaction/merchant-store.ts';
import type { StoredProfile, TransactionStore } from '../transaction/transaction-store.ts';
import type { CompiledRuleSet } from './compile-rules.ts';
import { decodeRisk, type MerchantRisk } from './merchant-risk.ts';
import type { NoteSighting } from './note-sighting.ts';
import { type CardProfile, decodeProfile, emptyProfile } from './profile.ts';
import type { UsePass } from './use-pass.ts';

export interface ScreenDeps {
  readonly db: Database;
  readonly transactions: TransactionStore;
  readonly raiseAlert: RaiseAlert;
  readonly usePass: UsePass;
  readonly noteSighting: NoteSighting;
  /** Builds the stored form of a decision. */
  readonly decisionOf: (event: TransactionAuthorized, decided: Decided) => StoredDecision;
  readonly ruleSet: CompiledRuleSet;
  /** Card and merchant in one round trip. */
  readonly readState: MerchantStore['state'];
  readonly now: () => Date;
}

/** One event with everything that follows from it before a decision. */
export interface Case {
  readonly event: TransactionAuthorized;
  readonly stored: StoredProfile | undefined;
  readonly profile: CardProfile;
  readonly merchant: MerchantRisk;
  readonly idDigest: string;
  readonly bodyDigest: string;
  readonly now: Date;
}

export function caseOf(
  event: TransactionAuthorized,
  { profile: stored, risk }: StoredState,
  now: Date,
): Case {
  return {
    event,
    stored,
    profile: stored === undefined ? emptyProfile() : decodeProfile(stored.bytes),
    merchant: decodeRisk(risk?.bytes),
    idDigest: decisionKeyPart(event.transactionId),
    bodyDigest: bodyDigest({ type: 'TransactionAuthorized', detail: event }),
    now,
  };
}
