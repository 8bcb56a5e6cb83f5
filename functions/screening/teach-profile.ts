import type { Taught } from '../alert/label.ts';
import type { Suspicion } from '../alert/suspicion.ts';
import { type CardProfile, learnFacts } from './profile.ts';
import { countryNumber, merchantDigest } from './small-digest.ts';

/**
 * Makes alerted transactions part of what is usual for the card, now that they are taken for genuine; those that were
 * reversed meanwhile are no spending.
 */
export function teach(
  profile: CardProfile,
  suspicions: readonly Suspicion[],
): { profile: CardProfile; taught: readonly Taught[] } {
  const taught: Taught[] = [];
  let known = profile;
  for (const one of suspicions) {
    const country = countryNumber(one.country);
    const merchant = one.merchantId === undefined ? undefined : merchantDigest(one.merchantId);
    const { device } = one;
    const approved = !one.declined && one.reversed !== true;
    const after = learnFacts(known, {
      minute: Math.floor(Date.parse(one.occurredAt) / 60_000),
      billing: one.billing,
      approved,
      country,
      device,
      merchant,
      // Where the card itself was is only learnt from what was cleared.
      present: false,
    });
    taught.push({
      transactionId: one.transactionId,
      spent: after.spendCount > known.spendCount,
      country: known.countries.includes(country) ? undefined : country,
      device: device === undefined || known.devices.includes(device) ? undefined : device,
      merchant: merchant === undefined || known.merchants.includes(merchant) ? undefined : merchant,
    });
    known = after;
  }
  return { profile: known, taught };
}

/** Takes back what {@link teach} taught: the customer says NO after a YES. */
export function unteach(
  profile: CardProfile,
  suspicions: readonly Suspicion[],
  taught: readonly Taught[],
): CardProfile {
  let known = profile;
  for (const { transactionId, spent, country, device, merchant } of taught) {
    const one = suspicions.find((suspicion) => suspicion.transactionId === transactionId);
    const minor = spent ? (one?.billing.minor ?? 0) : 0;
    known = {
      ...known,
      spendCount: Math.max(0, known.spendCount - (spent ? 1 : 0)),
      spendSum: Math.max(0, known.spendSum - minor),
      spendSquares: Math.max(0, known.spendSquares - minor * minor),
      countries: known.countries.filter((digest) => digest !== country),
      devices: known.devices.filter((digest) => digest !== device),
      merchants: known.merchants.filter((digest) => digest !== merchant),
    };
  }
  return known;
}
