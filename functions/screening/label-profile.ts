import {
  belongsIntoMean,
  type LabelledFacts,
  type TransactionLabel,
  type Verdict,
} from '../transaction/transaction-label.ts';
import { learnFraudOnCard, unlearnFraudOnCard } from './card-frauds.ts';
import { withoutAmount as spendingWithout } from './history.ts';
import { learnFacts } from './learn.ts';
import type { CardProfile } from './profile.ts';
import { isExpected } from './reversed-ahead.ts';
import { countryNumber, merchantDigest, smallDigest } from './small-digest.ts';

export type Familiar = NonNullable<TransactionLabel['familiar']>;

/** Whether the mean of this card can count the amount at all: in the card's currency, and not 0. */
export const isComparable = (profile: CardProfile, billing: LabelledFacts['billing']): boolean =>
  billing.minor > 0 && billing.currency === profile.currency;

/** The amount taken into what is usual for the card, as clearing it would have. */
const withAmount = (profile: CardProfile, { minor }: LabelledFacts['billing']): CardProfile => ({
  ...profile,
  spendCount: profile.spendCount + 1,
  spendSum: profile.spendSum + minor,
  spendSquares: profile.spendSquares + minor * minor,
});

/** Taken out again. */
export const withoutAmount = (profile: CardProfile, { minor }: LabelledFacts['billing']): CardProfile => ({
  ...profile,
  spendCount: Math.max(0, profile.spendCount - 1),
  spendSum: Math.max(0, profile.spendSum - minor),
  spendSquares: Math.max(0, profile.spendSquares - minor * minor),
});

interface Spending {
  readonly profile: CardProfile;
  readonly label: TransactionLabel;
}

/**
 * The card's spending with this transaction as what the verdict says: among the known frauds and out of mean and sums,
 * or in the mean where it belongs. Whatever an earlier verdict did is taken back first, so that the way here leaves no
 * trace.
 */
export function withVerdict(
  profile: CardProfile,
  label: TransactionLabel,
  { facts, verdict }: { readonly facts: LabelledFacts; readonly verdict: Verdict },
): Spending {
  const comparable = isComparable(profile, facts.billing);
  const unlabelled = comparable && belongsIntoMean(facts, { value: undefined, assumed: false });
  const counted = label.counted ?? (unlabelled && !isExpected(profile, label.transactionId));
  const fraud = verdict.value === 'fraud';
  const before: Counting = { profile, counted };
  if (fraud && label.onCard === true) return { profile, label: { ...label, counted } };
  const free = label.onCard === true ? withoutFraud(before, label, facts) : before;
  if (!fraud) {
    const after = counting(free, comparable && belongsIntoMean(facts, verdict), facts);
    return { profile: after.profile, label: { ...label, counted: after.counted, onCard: undefined } };
  }
  const taken = counting(free, unlabelled, facts);
  const after = learnFraudOnCard(taken.profile, {
    transactionId: label.transactionId,
    occurredAt: Date.parse(label.occurredAt),
    billing: facts.billing,
    declined: facts.declined || facts.reversed,
    wasLearnt: unlabelled,
  });
  return { profile: after, label: { ...label, counted: false, onCard: true } };
}

interface Counting {
  readonly profile: CardProfile;
  readonly counted: boolean;
}

function counting({ profile, counted }: Counting, shall: boolean, { billing }: LabelledFacts): Counting {
  if (counted === shall) return { profile, counted };
  return { profile: (shall ? withAmount : withoutAmount)(profile, billing), counted: shall };
}

/** No known fraud of the card any more; one that many later ones pushed out of the list comes back to the mean alone. */
function withoutFraud({ profile }: Counting, label: TransactionLabel, facts: LabelledFacts): Counting {
  const digest = smallDigest(label.transactionId);
  const known = profile.frauds.find((fraud) => fraud.digest === digest);
  const free = unlearnFraudOnCard(profile, label.transactionId);
  const counted = known?.wasLearnt === true;
  if (!facts.reversed || known === undefined) return { profile: free, counted };
  // Reversed since: it is no spending, fraud or not.
  const history = spendingWithout(free.history, known.minute, known.minor) ?? free.history;
  return { profile: { ...free, history }, counted };
}

/**
 * Makes country, device and merchant of an alerted transaction familiar, now that it is taken for genuine, and says
 * which of them were strange before. `others`: what other labels made familiar; that may go with them, so it counts as
 * strange here. Where the card itself was is only learnt from what was cleared.
 */
export function withFamiliar(
  profile: CardProfile,
  { occurredAt, merchantId }: Pick<TransactionLabel, 'occurredAt' | 'merchantId'>,
  facts: LabelledFacts,
  others: readonly Familiar[],
): { profile: CardProfile; familiar: Familiar } {
  const country = countryNumber(facts.country);
  const merchant = merchantId === undefined ? undefined : merchantDigest(merchantId);
  const { device, billing } = facts;
  const after = learnFacts(profile, {
    minute: Math.floor(Date.parse(occurredAt) / 60_000),
    billing,
    approved: false,
    country,
    device,
    merchant,
    present: false,
  });
  const strange = (kind: keyof Familiar, known: readonly number[], digest: number | undefined) =>
    digest === undefined || (known.includes(digest) && !others.some((other) => other[kind] === digest))
      ? undefined
      : digest;
  return {
    profile: after,
    familiar: {
      country: strange('country', profile.countries, country),
      device: strange('device', profile.devices, device),
      merchant: strange('merchant', profile.merchants, merchant),
    },
  };
}

/** Takes back what {@link withFamiliar} did, save for what another label makes familiar as well. */
export function withoutFamiliar(
  profile: CardProfile,
  familiar: Familiar,
  others: readonly Familiar[],
): CardProfile {
  const left = (kind: keyof Familiar, known: readonly number[]) => {
    const digest = familiar[kind];
    const stays = digest === undefined || others.some((other) => other[kind] === digest);
    return stays ? known : known.filter((one) => one !== digest);
  };
  return {
    ...profile,
    countries: left('country', profile.countries),
    devices: left('device', profile.devices),
    merchants: left('merchant', profile.merchants),
  };
}
