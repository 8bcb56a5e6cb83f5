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
import { type ActiveRules, type Rules, rulesFor } from './rules-in-force.ts';
import type { Screened } from './screened.ts';
import type { ShadowTally } from './shadow-tally.ts';
import type { UsePass } from './use-pass.ts';

export interface ScreenDeps {
  readonly db: Database;
  readonly transactions: TransactionStore;
  readonly raiseAlert: RaiseAlert;
  readonly usePass: UsePass;
  readonly noteSighting: NoteSighting;
  /** Builds the stored form of a decision. */
  readonly decisionOf: (event: TransactionAuthorized, decided: Decided) => StoredDecision;
  readonly rules: Rules;
  /** Card and merchant in one round trip. */
  readonly readState: MerchantStore['state'];
  /** Keeps what sets in shadow would have done; changes nothing of what is done. */
  readonly shadows?: Pick<ShadowTally, 'note'>;
  readonly now: () => Date;
}

/** One event with everything that follows from it before a decision. */
export interface Case {
  readonly event: TransactionAuthorized;
  readonly stored: StoredProfile | undefined;
  readonly profile: CardProfile;
  readonly merchant: MerchantRisk;
  /** The rules that decide about this card. */
  readonly ruleSet: CompiledRuleSet;
  readonly idDigest: string;
  readonly bodyDigest: string;
  readonly now: Date;
}

export function caseOf(about: {
  readonly event: TransactionAuthorized;
  readonly state: StoredState;
  readonly active: ActiveRules;
  readonly now: Date;
}): Case {
  const { event, active, now } = about;
  const { profile: stored, risk } = about.state;
  return {
    event,
    stored,
    profile: stored === undefined ? emptyProfile() : decodeProfile(stored.bytes),
    merchant: decodeRisk(risk?.bytes),
    ruleSet: rulesFor(active, event.cardToken),
    idDigest: decisionKeyPart(event.transactionId),
    bodyDigest: bodyDigest({ type: 'TransactionAuthorized', detail: event }),
    now,
  };
}

/** The ring keeps whole seconds: so does the decision, or a rebuilt one would differ. */
export const wholeSecond = (now: Date): string =>
  new Date(Math.floor(now.getTime() / 1000) * 1000).toISOString();

export const sameOrConflict = (current: Case, stored: StoredDecision | undefined): Screened =>
  stored === undefined || stored.bodyDigest === current.bodyDigest
    ? { outcome: 'repeated' }
    : { outcome: 'conflict' };
