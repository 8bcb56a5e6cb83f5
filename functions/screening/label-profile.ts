import type { LabelledFacts, TransactionLabel } from '../transaction/transaction-label.ts';
import { type CardProfile, learnFacts } from './profile.ts';
import { countryNumber, merchantDigest } from './small-digest.ts';

export type Familiar = NonNullable<TransactionLabel['familiar']>;

/** Whether the mean of this card can count the amount at all: in the card's currency, and not 0. */
export const isComparable = (profile: CardProfile, billing: LabelledFacts['billing']): boolean =>
  billing.minor > 0 && billing.currency === profile.currency;

/** The amount taken into what is usual for the card, as clearing it would have. */
export const withAmount = (
  profile: CardProfile,
  { billing }: Pick<LabelledFacts, 'billing'>,
): CardProfile => ({
  ...profile,
  spendCount: profile.spendCount + 1,
  spendSum: profile.spendSum + billing.minor,
  spendSquares: profile.spendSquares + billing.minor * billing.minor,
});

/** Taken out again: known frauds are not what is usual. */
export const withoutAmount = (
  profile: CardProfile,
  { billing }: Pick<LabelledFacts, 'billing'>,
): CardProfile => ({
  ...profile,
  spendCount: Math.max(0, profile.spendCount - 1),
  spendSum: Math.max(0, profile.spendSum - billing.minor),
  spendSquares: Math.max(0, profile.spendSquares - billing.minor * billing.minor),
});

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
