import type { Database, Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { LabelStore } from '../transaction/label-store.ts';
import type { MerchantStore } from '../transaction/merchant-store.ts';
import {
  type LabelledFacts,
  type TransactionLabel,
  type Verdict,
  verdictOf,
  withWord,
} from '../transaction/transaction-label.ts';
import type { StoredProfile, TransactionStore } from '../transaction/transaction-store.ts';
import { deviationsOf } from './card-frauds.ts';
import { type Familiar, withFamiliar, withoutFamiliar, withVerdict } from './label-profile.ts';
import type { HeardLabel } from './labels-of-event.ts';
import { decodeRisk, encodeRisk, learnFraudAtMerchant, unlearnFraudAtMerchant } from './merchant-risk.ts';
import { type CardProfile, decodeProfile, emptyProfile, encodeProfile } from './profile.ts';
import type { FactsKnown, ReadFacts } from './read-label-facts.ts';
import { expectFraud, forgetExpected } from './reversed-ahead.ts';

export type Learned =
  /** `value`: what it is taken for now; undefined: for nothing any more. */
  | { readonly outcome: 'learned'; readonly verdict: Verdict; readonly known: FactsKnown }
  /** Heard before, or older than what is known. */
  | { readonly outcome: 'nothing_new' }
  /** Neither card nor merchant can learn from it: we know no such transaction, and were not told where it was. */
  | { readonly outcome: 'unknown_transaction' };

export interface LearnLabelDeps {
  readonly db: Database;
  readonly labels: LabelStore;
  readonly transactions: Pick<TransactionStore, 'profile' | 'saveProfile'>;
  readonly merchants: Pick<MerchantStore, 'risk' | 'saveRisk'>;
  readonly readFacts: ReadFacts;
  /** What the verdict means for the alert that asked, e.g. that it is concluded as fraud. */
  readonly concludeAlert: (
    about: { readonly label: TransactionLabel; readonly verdict: Verdict },
    now: Date,
  ) => Promise<readonly Write<unknown>[]>;
  readonly now: () => Date;
}

/**
 * Learns what a transaction turned out to be, exactly once: its label, the card's profile, the merchant's known frauds,
 * the alert and the event that tells others are one transaction on what was read. Words that come twice, late or in
 * another order end the same; what was learnt from an earlier word is taken back whole.
 */
export function createLearnLabel(deps: LearnLabelDeps): (heard: HeardLabel) => Promise<Learned> {
  return (heard) => retryWhenChanged(12, () => learnOnce(deps, heard));
}

async function learnOnce(deps: LearnLabelDeps, heard: HeardLabel): Promise<Learned | 'changed'> {
  const { cardToken, transactionId } = heard;
  const now = deps.now();
  const [before, storedProfile] = await Promise.all([
    deps.labels.get(cardToken, transactionId),
    deps.transactions.profile(cardToken, { consistent: true }),
  ]);
  const profile = storedProfile && decodeProfile(storedProfile.bytes);
  const found = await deps.readFacts({ heard, label: before?.body, profile, now });
  if (found.known === 'being_written') return 'changed';
  const { facts, merchantId, occurredAt } = found;
  if (occurredAt === undefined || (facts === undefined && merchantId === undefined))
    return { outcome: 'unknown_transaction' };
  const base: TransactionLabel = before?.body ?? {
    ...{ cardToken, transactionId, occurredAt },
    seq: 0,
    changedAt: now.toISOString(),
  };
  const alertId = base.alertId ?? heard.alertId;
  const worded = withWord({ ...base, facts, merchantId, alertId }, heard.heard);
  if (before !== undefined && isSame(worded, before.body)) return { outcome: 'nothing_new' };
  const { known } = found;
  const reading: Reading = { deps, before, worded, facts, known, storedProfile, profile, now };
  const card = await cardAfter(reading);
  const merchant = await merchantAfter(reading, card);
  return commit(reading, { card, merchant });
}

interface Reading {
  readonly deps: LearnLabelDeps;
  readonly before: Versioned<TransactionLabel> | undefined;
  /** The label with the new word, and nothing done about it yet. */
  readonly worded: TransactionLabel;
  readonly facts: LabelledFacts | undefined;
  readonly known: FactsKnown;
  readonly storedProfile: StoredProfile | undefined;
  readonly profile: CardProfile | undefined;
  readonly now: Date;
}

interface After {
  readonly label: TransactionLabel;
  readonly writes: readonly Write<unknown>[];
  /** Of the card, where it is known. */
  readonly profile?: CardProfile;
}

const isSame = (a: TransactionLabel, b: TransactionLabel): boolean =>
  a.concluded === b.concluded &&
  a.answered === b.answered &&
  a.alertId === b.alertId &&
  a.merchantId === b.merchantId;

/** The card's profile as if it had always been known. */
async function cardAfter(reading: Reading): Promise<After> {
  const { deps, worded, facts, known, profile, storedProfile } = reading;
  const { cardToken } = worded;
  const verdict = verdictOf(worded);
  const save = (after: CardProfile): readonly Write<unknown>[] =>
    after === (profile ?? emptyProfile())
      ? []
      : [deps.transactions.saveProfile(cardToken, storedProfile, encodeProfile(after))];
  if (known === 'not_yet') {
    const { transactionId } = worded;
    const fraud = verdict.value === 'fraud';
    const after = (fraud ? expectFraud : forgetExpected)(profile ?? emptyProfile(), transactionId);
    return { label: { ...worded, counted: fraud ? false : undefined }, writes: save(after) };
  }
  if (facts === undefined || profile === undefined) return { label: worded, writes: [] };
  const spending = withVerdict(profile, worded, { facts, verdict });
  // Only what was asked about makes anything familiar by its label.
  const labels = facts.outcome === 'clear' ? [] : await deps.labels.ofCard(cardToken);
  const others = familiarOfOthers(labels, worded.transactionId);
  const familiar = familiarAfter(spending.profile, { worded, facts, verdict, others });
  const label = { ...spending.label, familiar: familiar.familiar };
  return { label, writes: save(familiar.profile), profile: familiar.profile };
}

/** What an alerted transaction showed is familiar once it is taken for genuine, by a word and not by default. */
function familiarAfter(
  profile: CardProfile,
  about: {
    worded: TransactionLabel;
    facts: LabelledFacts;
    verdict: Verdict;
    others: readonly Familiar[];
  },
): { familiar: Familiar | undefined; profile: CardProfile } {
  const { worded, facts, verdict, others } = about;
  const is = worded.familiar;
  const shall = facts.outcome !== 'clear' && verdict.value === 'genuine' && !verdict.assumed;
  if (shall === (is !== undefined)) return { familiar: is, profile };
  if (is !== undefined) return { familiar: undefined, profile: withoutFamiliar(profile, is, others) };
  return withFamiliar(profile, worded, facts, others);
}

const familiarOfOthers = (labels: readonly TransactionLabel[], transactionId: string): readonly Familiar[] =>
  labels.flatMap((one) =>
    one.transactionId === transactionId || one.familiar === undefined ? [] : [one.familiar],
  );

/** The merchant's known frauds: with this one while it is taken for fraud. */
async function merchantAfter({ deps, facts, now }: Reading, { label, profile }: After): Promise<After> {
  const { merchantId, transactionId, atMerchant } = label;
  const shall = verdictOf(label).value === 'fraud' ? merchantId : undefined;
  // A merchant is named once: it is never another one's afterwards.
  const id = shall ?? atMerchant;
  if (id === undefined || shall === atMerchant) return { label, writes: [] };
  const stored = await deps.merchants.risk(id);
  const risk = decodeRisk(stored?.bytes);
  const deviations = label.deviations ?? (facts && profile && deviationsOf(profile, facts.billing));
  const after =
    shall === undefined
      ? unlearnFraudAtMerchant(risk, transactionId)
      : learnFraudAtMerchant(risk, {
          ...{ transactionId, deviations },
          occurredAt: Date.parse(label.occurredAt),
          knownAt: now.getTime(),
        });
  const writes =
    after === risk ? [] : [deps.merchants.saveRisk(id, stored, { bytes: encodeRisk(after), now })];
  return { label: { ...label, atMerchant: shall, deviations }, writes };
}

async function commit(
  { deps, before, known, now }: Reading,
  after: { card: After; merchant: After },
): Promise<Learned | 'changed'> {
  const { label } = after.merchant;
  const verdict = verdictOf(label);
  const was = before && verdictOf(before.body);
  const tells =
    was === undefined
      ? verdict.value !== undefined
      : was.value !== verdict.value ||
        was.provisional !== verdict.provisional ||
        was.source !== verdict.source;
  const saved = { ...label, seq: label.seq + (tells ? 1 : 0), changedAt: now.toISOString() };
  const writes: readonly Write<unknown>[] = [
    deps.labels.save(before, saved),
    ...after.card.writes,
    ...after.merchant.writes,
    ...(await deps.concludeAlert({ label: saved, verdict }, now)),
    ...(tells ? [deps.labels.tell(saved, verdict, now)] : []),
  ];
  const committed = await deps.db.commit(writes);
  return committed.outcome === 'done' ? { outcome: 'learned', verdict, known } : 'changed';
}
