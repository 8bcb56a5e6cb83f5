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
}

/** A label as it teaches the merchant. */
export interface FraudAtMerchant {
  readonly transactionId: string;
  /** Of the transaction itself, epoch milliseconds. */
  readonly occurredAt: number;
  /** Standard deviations above the card's usual amount; undefined when the card was hardly known. */
  readonly deviations: number | undefined;
}

/** More says nothing new: the oldest is forgotten. Bounds the item. */
export const MERCHANT_FRAUDS_KEPT = 40;
export const ODDNESS_UNKNOWN = 63;
const ODDNESS_MOST = 62;
const QUARTERS = 4;

const LAYOUT_VERSION = 1;
const empty: MerchantRisk = { frauds: [] };

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
  return { ...risk, frauds: [...before, fraud, ...after].slice(0, MERCHANT_FRAUDS_KEPT) };
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
  return Math.max(0, Math.min(ODDNESS_MOST, Math.round(deviations * QUARTERS)));
}

/** Used again for every merchant: encoding is synchronous and hands out a copy. */
const writer: ByteWriter = { bytes: new Uint8Array(1024), at: 0 };

export function encodeRisk(risk: MerchantRisk): Uint8Array {
  writer.at = 0;
  writeFixed(writer, LAYOUT_VERSION, 1);
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
  const frauds: MerchantFraud[] = [];
  let minute = 0;
  for (let left = readVarint(reader); left > 0; left--) {
    minute += unzigzag(readVarint(reader));
    frauds.push({ minute, digest: readFixed(reader, 4), oddness: readFixed(reader, 1) });
  }
  return { frauds };
}
