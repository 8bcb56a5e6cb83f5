/**
 * The clock as the workers see it: two 64-bit words they share with the host, so that a simulated clock
 * moves for all of them at once, in the middle of an invocation too.
 */
export interface ClockCell {
  readonly buffer: SharedArrayBuffer;
  /** The clock stands at this time (epoch milliseconds) until it is set again. */
  stand(epochMs: number): void;
  /** The clock runs with the machine's, this many milliseconds ahead. */
  run(aheadMs: number): void;
}

const RUNNING = 0n;
const STANDING = 1n;

export function createClockCell(): ClockCell {
  const buffer = new SharedArrayBuffer(16);
  const words = new BigInt64Array(buffer);
  const set = (mode: bigint, value: number) => {
    // The value first: a reader between both stores sees the new time by the old mode for an instant only.
    Atomics.store(words, 1, BigInt(Math.round(value)));
    Atomics.store(words, 0, mode);
  };
  return { buffer, stand: (epochMs) => set(STANDING, epochMs), run: (aheadMs) => set(RUNNING, aheadMs) };
}

/** Epoch milliseconds by the cell behind `buffer`. */
export function clockOf(buffer: SharedArrayBuffer): () => number {
  const words = new BigInt64Array(buffer);
  return () => {
    const value = Number(Atomics.load(words, 1));
    return Atomics.load(words, 0) === STANDING ? value : Date.now() + value;
  };
}
