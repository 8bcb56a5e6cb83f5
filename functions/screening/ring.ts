import {
  type ByteReader,
  type ByteWriter,
  readBytes,
  readVarint,
  unzigzag,
  writeBytes,
  writeVarint,
  zigzag,
} from './packing.ts';

/**
 * The ring of transactions a card has lately processed. It makes a repeat harmless without a second
 * write (I3): an entry leaves only after its decision is known to exist, and everything younger than the
 * youngest that left is still here.
 */
export type Outcome = 'clear' | 'alert' | 'freeze';
const outcomes: readonly Outcome[] = ['clear', 'alert', 'freeze'];

export interface Ring {
  /** 18 bytes an entry: 12 of the id's digest, 6 of the body's; oldest entry first. */
  readonly digests: Uint8Array;
  /** Epoch seconds, rounded down. */
  readonly receivedAt: readonly number[];
  /** Index into the outcomes. */
  readonly outcomes: readonly number[];
  /** Epoch milliseconds: what was received later than this has never left the ring. 0: nothing has left. */
  readonly droppedUntil: number;
}

export interface RingEntry {
  /** base64url of 12 bytes, equal to the decision's key part. */
  readonly idDigest: string;
  /** base64url of 6 bytes: the beginning of the event's body digest. */
  readonly bodyDigest: string;
  /** Epoch milliseconds, rounded down to the second. */
  readonly receivedAt: number;
  readonly outcome: Outcome;
}

const ID_BYTES = 12;
const BODY_BYTES = 6;
const ENTRY_BYTES = ID_BYTES + BODY_BYTES;

/** From here on a transaction is committed with its decision in one go and gets no entry. */
export const RING_FULL_ENTRIES = 36;
/** Longer than the longest redelivery we expect (25 h in the random schedules). */
export const RING_HOURS = 26;
/** One batched read proves at least this many at a time: confirming each alone would cost a read per event. */
export const RING_CONFIRM_BATCH = 8;

export const emptyRing: Ring = { digests: new Uint8Array(0), receivedAt: [], outcomes: [], droppedUntil: 0 };

export function ringIndexOf(ring: Ring, idDigest: string): number {
  if (ring.receivedAt.length === 0) return -1;
  const wanted = Buffer.from(idDigest, 'base64url');
  const { digests } = ring;
  for (let start = digests.length - ENTRY_BYTES; start >= 0; start -= ENTRY_BYTES) {
    let same = 0;
    while (same < ID_BYTES && digests[start + same] === wanted[same]) same++;
    if (same === ID_BYTES) return start / ENTRY_BYTES;
  }
  return -1;
}

export function ringEntryAt(ring: Ring, index: number): RingEntry {
  const start = index * ENTRY_BYTES;
  return {
    idDigest: Buffer.from(ring.digests.subarray(start, start + ID_BYTES)).toString('base64url'),
    bodyDigest: Buffer.from(ring.digests.subarray(start + ID_BYTES, start + ENTRY_BYTES)).toString(
      'base64url',
    ),
    receivedAt: (ring.receivedAt[index] ?? 0) * 1000,
    outcome: outcomes[ring.outcomes[index] ?? 0] ?? 'clear',
  };
}

export interface NewRingEntry {
  readonly idDigest: string;
  readonly bodyDigest: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  readonly outcome: Outcome;
}

export function withEntry(ring: Ring, entry: NewRingEntry): Ring {
  const length = ring.digests.length;
  // From the pool, 74 ns against 500 for an array of its own; every byte is written below.
  const digests = Buffer.allocUnsafe(length + ENTRY_BYTES);
  digests.set(ring.digests);
  const idBytes = digests.write(entry.idDigest, length, ID_BYTES, 'base64url');
  const bodyBytes = digests.write(entry.bodyDigest, length + ID_BYTES, BODY_BYTES, 'base64url');
  if (idBytes !== ID_BYTES || bodyBytes !== BODY_BYTES) throw new Error('a ring digest is too short');
  return {
    digests,
    receivedAt: [...ring.receivedAt, Math.floor(entry.receivedAt / 1000)],
    outcomes: [...ring.outcomes, outcomes.indexOf(entry.outcome)],
    droppedUntil: ring.droppedUntil,
  };
}

/** A transaction that got no entry counts as one that left: later repeats of it must ask the table. */
export function withoutEntry(ring: Ring, receivedAt: number): Ring {
  return { ...ring, droppedUntil: Math.max(ring.droppedUntil, endOfSecond(Math.floor(receivedAt / 1000))) };
}

export function withoutEntries(ring: Ring, isDropped: (index: number) => boolean): Ring {
  const kept = ring.receivedAt.map((_, index) => index).filter((index) => !isDropped(index));
  if (kept.length === ring.receivedAt.length) return ring;
  const digests = new Uint8Array(kept.length * ENTRY_BYTES);
  kept.forEach((index, place) => {
    digests.set(ring.digests.subarray(index * ENTRY_BYTES, (index + 1) * ENTRY_BYTES), place * ENTRY_BYTES);
  });
  let droppedUntil = ring.droppedUntil;
  ring.receivedAt.forEach((second, index) => {
    if (isDropped(index)) droppedUntil = Math.max(droppedUntil, endOfSecond(second));
  });
  return {
    digests,
    receivedAt: kept.map((index) => ring.receivedAt[index] ?? 0),
    outcomes: kept.map((index) => ring.outcomes[index] ?? 0),
    droppedUntil,
  };
}

/** Seconds were rounded down, so the moment itself lies before the next one: err towards "has left". */
function endOfSecond(second: number): number {
  return (second + 1) * 1000;
}

export function writeRing(writer: ByteWriter, ring: Ring): void {
  writeVarint(writer, Math.ceil(ring.droppedUntil / 1000));
  writeVarint(writer, ring.receivedAt.length);
  writeBytes(writer, ring.digests);
  let previous = 0;
  for (let i = 0; i < ring.receivedAt.length; i++) {
    const second = ring.receivedAt[i] ?? 0;
    writeVarint(writer, zigzag(second - previous) * 4 + (ring.outcomes[i] ?? 0));
    previous = second;
  }
}

export function readRing(reader: ByteReader): Ring {
  const droppedUntil = readVarint(reader) * 1000;
  const length = readVarint(reader);
  const digests = readBytes(reader, length * ENTRY_BYTES);
  const receivedAt: number[] = [];
  const codes: number[] = [];
  let second = 0;
  for (let i = 0; i < length; i++) {
    const packed = readVarint(reader);
    second += unzigzag(Math.floor(packed / 4));
    receivedAt.push(second);
    codes.push(packed % 4);
  }
  return { digests, receivedAt, outcomes: codes, droppedUntil };
}
