/** Everything that happens by chance in one schedule comes from its seed. */
export interface Chance {
  /** 0 ≤ x < 1. */
  real(): number;
  /** 0 ≤ n < below. */
  below(below: number): number;
  /** True once in `times`. */
  oneIn(times: number): boolean;
  between(from: number, to: number): number;
  pick<One>(list: readonly One[]): One;
  /** `length` characters of this alphabet. */
  text(length: number, alphabet: string): string;
}

const DIGITS_AND_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';
export const SPOKEN = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Mulberry32: small, fast, and the same everywhere. */
export function createChance(seed: number): Chance {
  let state = (seed ^ 0x9e37_79b9) >>> 0;
  const real = (): number => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(real() * limit);
  return {
    real,
    below,
    oneIn: (times) => below(times) === 0,
    between: (from, to) => from + below(to - from + 1),
    pick: (list) => {
      const found = list[below(list.length)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
    text: (length, alphabet) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join(''),
  };
}

export const idsOf = (chance: Chance) => () => chance.text(22, DIGITS_AND_LETTERS);
