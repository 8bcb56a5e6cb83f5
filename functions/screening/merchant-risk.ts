import {
  type ByteReader,
  type ByteWriter,
  readFixed,
  readVarint,
  unzigzag,
  writeFixed,
  writeVarint,
  zigzag,
} from './packing.ts';
import { smallDigest } from './small-digest.ts';

/** A transaction at the merchant of which it is known that it was fraud. */
export interface MerchantFraud {
  /** Small digest of its id: the same label learnt twice changes nothing. */
  readonly digest: number;
  /** Of the transaction itself, epoch minutes. */
  readonly minute: number;
  /**
   * How unusual its amount was for its card: standard deviations above the card's mean, in quarters, 0 to 62;
   * {@link ODDNESS_UNKNOWN} when the card was hardly known. A fraud that looks ordinary for its card points to the
   * merchant rather than to the card.
   */
  readonly oddness: number;
}

/** What is known of one merchant beside the card: frauds whose labels have arrived. Never changed in place. */
export interface MerchantRisk {
  /** Latest first by their own time. */
  readonly frauds: readonly MerchantFraud[];
  /** Epoch minutes from which on transactions are counted; 0 before the first label. */
  readonly suspectedSince: number;
  /** About how many were seen since then; see {@link sightAtMerchant}. */
  readonly sightings: number;
}

/** A label as it teaches the merchant. */
export interface FraudAtMerchant {
  readonly transactionId: string;
  /** Of the transaction itself, epoch milliseconds. */
  readonly occurredAt: number;
  /** Standard deviations above the card's usual amount; undefined when the card was hardly known. */
  readonly deviations: number | undefined;
  /** When the label arrived, epoch milliseconds. */
  readonly knownAt: number;
}

/** More says nothing new: the oldest is forgotten. Bounds the item. */
export const MERCHANT_FRAUDS_KEPT = 40;
export const ODDNESS_UNKNOWN = 63;
const ODDNESS_MOST = 62;
export const ODDNESS_QUARTERS = 4;
/** From its latest fraud on, a merchant is under suspicion this long. */
const SUSPECTED_MINUTES = 35 * 1440;
/** Counted one by one up to here; then every second, and with each doubling half as often. */
const SIGHTINGS_EXACT = 64;

const LAYOUT_VERSION = 1;
const empty: MerchantRisk = { frauds: [], suspectedSince: 0, sightings: 0 };

export function emptyRisk(): MerchantRisk {
  return empty;
}

/**
 * The merchant after one more fraud has become known. Learning the same transaction twice changes nothing. When the
 * label counts from is the caller's: learn it when it arrives.
 */
export function learnFraudAtMerchant(risk: MerchantRisk, label: FraudAtMerchant): MerchantRisk {
  const digest = smallDigest(label.transactionId);
  if (risk.frauds.some((fraud) => fraud.digest === digest)) return risk;
  const fraud = {
    digest,
    minute: Math.floor(label.occurredAt / 60_000),
    oddness: oddnessOf(label.deviations),
  };
  const before = risk.frauds.filter((one) => isLater(one, fraud));
  const after = risk.frauds.filter((one) => !isLater(one, fraud));
  const frauds = [...before, fraud, ...after].slice(0, MERCHANT_FRAUDS_KEPT);
  const knownMinute = Math.floor(label.knownAt / 60_000);
  if (isSuspected(risk, knownMinute)) return { ...risk, frauds };
  return { frauds, suspectedSince: knownMinute, sightings: 0 };
}

/** Whether a fraud is known that is recent enough for this moment (epoch minutes) to be looked at closely. */
export function isSuspected(risk: MerchantRisk, minute: number): boolean {
  const latest = risk.frauds[0];
  return latest !== undefined && minute - latest.minute <= SUSPECTED_MINUTES;
}

/**
 * Counts a transaction at a merchant under suspicion, so that two frauds in thirty purchases are told from two in
 * thirty thousand. Returns the very same object when nothing is to be written: at an unsuspected merchant always, and
 * at a busy one ever more often; the few that are written stand for the others. So a million transactions write
 * about a thousand times, and no item becomes hot. Which are written is chosen by their ids: a repeat changes nothing
 * that its first delivery did not.
 */
export function sightAtMerchant(
  risk: MerchantRisk,
  { transactionId, occurredAt }: { readonly transactionId: string; readonly occurredAt: number },
): MerchantRisk {
  const minute = Math.floor(occurredAt / 60_000);
  if (minute < risk.suspectedSince || !isSuspected(risk, minute)) return risk;
  let stands = 1;
  while (risk.sightings >= SIGHTINGS_EXACT * stands) stands *= 2;
  if (smallDigest(transactionId) % stands !== 0) return risk;
  return { ...risk, sightings: risk.sightings + stands };
}

/** Takes a label back: the merchant as if it had never come. Nothing changes when it is not (or no longer) known. */
export function unlearnFraudAtMerchant(risk: MerchantRisk, transactionId: string): MerchantRisk {
  const digest = smallDigest(transactionId);
  const frauds = risk.frauds.filter((fraud) => fraud.digest !== digest);
  return frauds.length === risk.frauds.length ? risk : { ...risk, frauds };
}

/** Arrival order leaves no trace. */
const isLater = (a: MerchantFraud, b: MerchantFraud): boolean =>
  a.minute !== b.minute ? a.minute > b.minute : a.digest > b.digest;

function oddnessOf(deviations: number | undefined): number {
  if (deviations === undefined) return ODDNESS_UNKNOWN;
  return Math.max(0, Math.min(ODDNESS_MOST, Math.round(deviations * ODDNESS_QUARTERS)));
}

/** Used again for every merchant: encoding is synchronous and hands out a copy. */
const writer: ByteWriter = { bytes: new Uint8Array(1024), at: 0 };

export function encodeRisk(risk: MerchantRisk): Uint8Array {
  writer.at = 0;
  writeFixed(writer, LAYOUT_VERSION, 1);
  writeVarint(writer, risk.suspectedSince);
  writeVarint(writer, risk.sightings);
  writeVarint(writer, risk.frauds.length);
  let minute = 0;
  for (const fraud of risk.frauds) {
    writeVarint(writer, zigzag(fraud.minute - minute));
    writeFixed(writer, fraud.digest, 4);
    writeFixed(writer, fraud.oddness, 1);
    minute = fraud.minute;
  }
  return writer.bytes.slice(0, writer.at);
}

/** Nothing stored: nothing known. Throws on bytes of a layout we do not know: a fault, never an expected outcome. */
export function decodeRisk(bytes: Uint8Array | undefined): MerchantRisk {
  if (bytes === undefined) return empty;
  const reader: ByteReader = { bytes, at: 0 };
  const layout = readFixed(reader, 1);
  if (layout !== LAYOUT_VERSION) throw new Error(`merchant layout ${layout} is not known`);
  const suspectedSince = readVarint(reader);
  const sightings = readVarint(reader);
  const frauds: MerchantFraud[] = [];
  let minute = 0;
  for (let left = readVarint(reader); left > 0; left--) {
    minute += unzigzag(readVarint(reader));
    frauds.push({ minute, digest: readFixed(reader, 4), oddness: readFixed(reader, 1) });
  }
  return { frauds, suspectedSince, sightings };
}
