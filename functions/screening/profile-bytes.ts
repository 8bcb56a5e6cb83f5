import type { CardFraud } from './card-frauds.ts';
import { type Coarseness, fold, type History, readHistory, writeHistory } from './history.ts';
import {
  type ByteReader,
  type ByteWriter,
  readFixed,
  readFloat,
  readVarint,
  writeFixed,
  writeFloat,
  writeVarint,
} from './packing.ts';
import type { CardProfile } from './profile.ts';
import type { ReversedAhead } from './reversed-ahead.ts';
import { readRing, writeRing } from './ring.ts';

/**
 * A profile in bytes. With keys, version and write id the item stays within 1 KB, one write unit; what
 * does not fit is folded into hours, days and weeks, oldest first. Ring entries always stay.
 */
export const PROFILE_LIMIT_BYTES = 900;

/** Version 2 has known frauds behind what version 1 has. */
const LAYOUT_VERSION = 2;
const HOUR = 60;
const DAY = 1440;

interface Level {
  readonly coarseness: Coarseness;
  readonly countries: number;
  readonly devices: number;
  readonly merchants: number;
}

const [SINGLE, BY_HOUR, BY_DAY, BY_WEEK, BY_MONTH] = [0, 1, 2, 3, 4] as const;
/** What a card has lately used: how many of each stay known. */
export const LISTS_KEPT = { countries: 12, devices: 6, merchants: 16 };
const fewLists = { countries: 6, devices: 4, merchants: 6 };

/** From fine to coarse; the newest few stay single on every level, for runs of small or declined attempts. */
const levels: readonly Level[] = [
  { ...LISTS_KEPT, coarseness: (age, place) => (age <= 14 * DAY || place < 16 ? SINGLE : BY_DAY) },
  { ...LISTS_KEPT, coarseness: (age, place) => (age <= 7 * DAY || place < 16 ? SINGLE : BY_DAY) },
  { ...LISTS_KEPT, coarseness: (age, place) => (age <= 2 * DAY || place < 16 ? SINGLE : BY_DAY) },
  { ...fewLists, coarseness: (age, place) => byAge(age, place < 24, 12 * HOUR) },
  { ...fewLists, coarseness: (age, place) => byAge(age, place < 12, 2 * HOUR) },
  { ...fewLists, coarseness: (age, place) => byAge(age, place < 8, 0) },
  { countries: 3, devices: 2, merchants: 2, coarseness: (age, place) => sparse(age, place, 8) },
  { countries: 2, devices: 2, merchants: 2, coarseness: (age, place) => sparse(age, place, 5) },
  { countries: 2, devices: 1, merchants: 1, coarseness: (_, place) => (place < 3 ? SINGLE : BY_MONTH) },
];

function byAge(age: number, isAmongNewest: boolean, singleMinutes: number): number {
  if (isAmongNewest || age < singleMinutes) return SINGLE;
  if (age <= 25 * HOUR) return BY_HOUR;
  return age <= 8 * DAY ? BY_DAY : BY_WEEK;
}

function sparse(age: number, place: number, singles: number): number {
  if (place < singles) return SINGLE;
  if (age <= 3 * HOUR) return BY_HOUR;
  return age <= 2 * DAY ? BY_DAY : BY_WEEK;
}

/** Used again for every profile: encoding is synchronous and hands out a copy. */
const writer: ByteWriter = { bytes: new Uint8Array(4096), at: 0 };

/** At most {@link PROFILE_LIMIT_BYTES}, whatever the card has done. */
export function encodeProfile(profile: CardProfile): Uint8Array {
  writeProfile(profile, profile.history, LISTS_KEPT);
  for (let i = 0; i < levels.length && writer.at > PROFILE_LIMIT_BYTES; i++) {
    const level = levels[i];
    if (level) writeProfile(profile, fold(profile.history, level.coarseness), level);
  }
  // Kept out of room made for the ring: a reversal told too early is worth less than a repeat told apart.
  if (writer.at > PROFILE_LIMIT_BYTES && profile.ahead.length > 0) {
    return encodeProfile({ ...profile, ahead: [] });
  }
  // The mean is right without them already; that there was fraud at all is said by the latest.
  if (writer.at > PROFILE_LIMIT_BYTES && profile.frauds.length > 0) {
    return encodeProfile({ ...profile, frauds: profile.frauds.length > 1 ? profile.frauds.slice(0, 1) : [] });
  }
  if (writer.at > PROFILE_LIMIT_BYTES) {
    // Only a ring longer than isRingFull allows can get here: storing it would break the one-unit write.
    throw new Error(`profile of ${writer.at} bytes with ${profile.ring.receivedAt.length} ring entries`);
  }
  // A pooled copy: 400 ns cheaper than an array of its own.
  const bytes = Buffer.allocUnsafe(writer.at);
  bytes.set(writer.bytes.subarray(0, writer.at));
  return bytes;
}

function writeProfile(profile: CardProfile, history: History, kept: Omit<Level, 'coarseness'>): void {
  writer.at = 0;
  writeFixed(writer, LAYOUT_VERSION, 1);
  writeFixed(writer, packCurrency(profile.currency), 2);
  writeVarint(writer, profile.firstMinute);
  writeVarint(writer, profile.attempts);
  writeVarint(writer, profile.spendCount);
  writeVarint(writer, profile.spendSum);
  writeFloat(writer, profile.spendSquares);
  writeVarint(writer, profile.presentCountry);
  writeVarint(writer, profile.presentMinute);
  const countries = Math.min(profile.countries.length, kept.countries);
  writeVarint(writer, countries);
  for (let i = 0; i < countries; i++) writeVarint(writer, profile.countries[i] ?? 0);
  writeDigests(profile.devices, kept.devices, DEVICE_BYTES);
  writeDigests(profile.merchants, kept.merchants, MERCHANT_BYTES);
  writeRing(writer, profile.ring);
  writeHistory(writer, history);
  // Behind the rest, and nothing at all where there is none of either.
  if (profile.ahead.length === 0 && profile.frauds.length === 0) return;
  writeVarint(writer, profile.ahead.length);
  for (const { digest, minor } of profile.ahead) {
    writeFixed(writer, digest, 4);
    writeVarint(writer, minor);
  }
  writeVarint(writer, profile.frauds.length);
  for (const { digest, minute, minor, wasLearnt } of profile.frauds) {
    writeFixed(writer, digest, 4);
    writeVarint(writer, minute);
    writeVarint(writer, minor * 2 + (wasLearnt ? 1 : 0));
  }
}

const DEVICE_BYTES = 4;
const MERCHANT_BYTES = 3;

function writeDigests(digests: readonly number[], kept: number, byteCount: number): void {
  const length = Math.min(digests.length, kept);
  writeVarint(writer, length);
  for (let i = 0; i < length; i++) writeFixed(writer, digests[i] ?? 0, byteCount);
}

/** Throws on bytes that are no profile of a layout we know: a fault, never an expected outcome. */
export function decodeProfile(bytes: Uint8Array): CardProfile {
  const reader: ByteReader = { bytes, at: 0 };
  const layout = readFixed(reader, 1);
  if (layout !== 1 && layout !== LAYOUT_VERSION) throw new Error(`profile layout ${layout} is not known`);
  const currency = unpackCurrency(readFixed(reader, 2));
  const firstMinute = readVarint(reader);
  const attempts = readVarint(reader);
  const spendCount = readVarint(reader);
  const spendSum = readVarint(reader);
  const spendSquares = readFloat(reader);
  const presentCountry = readVarint(reader);
  const presentMinute = readVarint(reader);
  const countries: number[] = [];
  for (let left = readVarint(reader); left > 0; left--) countries.push(readVarint(reader));
  const devices = readDigests(reader, DEVICE_BYTES);
  const merchants = readDigests(reader, MERCHANT_BYTES);
  const ring = readRing(reader);
  const history = readHistory(reader);
  const ahead: ReversedAhead[] = [];
  for (let left = reader.at < bytes.length ? readVarint(reader) : 0; left > 0; left--) {
    ahead.push({ digest: readFixed(reader, 4), minor: readVarint(reader) });
  }
  const frauds: CardFraud[] = [];
  for (let left = reader.at < bytes.length ? readVarint(reader) : 0; left > 0; left--) {
    const digest = readFixed(reader, 4);
    const minute = readVarint(reader);
    const packed = readVarint(reader);
    frauds.push({ digest, minute, minor: Math.floor(packed / 2), wasLearnt: packed % 2 === 1 });
  }
  return {
    currency,
    firstMinute,
    attempts,
    spendCount,
    spendSum,
    spendSquares,
    history,
    countries,
    devices,
    merchants,
    presentCountry,
    presentMinute,
    ring,
    ahead,
    frauds,
  };
}

function readDigests(reader: ByteReader, byteCount: number): number[] {
  const digests: number[] = [];
  for (let left = readVarint(reader); left > 0; left--) digests.push(readFixed(reader, byteCount));
  return digests;
}

/** Three letters in 15 bits; 0 is "none". */
function packCurrency(currency: string): number {
  if (currency === '') return 0;
  return (
    (currency.charCodeAt(0) - 64) * 1024 + (currency.charCodeAt(1) - 64) * 32 + currency.charCodeAt(2) - 64
  );
}

function unpackCurrency(packed: number): string {
  if (packed === 0) return '';
  return String.fromCharCode(64 + (packed >> 10), 64 + ((packed >> 5) & 31), 64 + (packed & 31));
}
