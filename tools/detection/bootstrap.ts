import { averagePrecision, type Ranked, rank, type Scored } from './metrics.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Bootstrap {
  /** 95 % of the average precision. */
  readonly one: Interval;
  /** 95 % of the difference to the other scores on the same transactions. */
  readonly gain: Interval | undefined;
}

const ROUNDS = 1000;
const SEED = 20_180_808;

/** A small generator with a seed (mulberry32): two runs draw the same. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * How far the average precision may be chance: cards are drawn with replacement (a card's transactions belong
 * together), each draw measured by both scores, 1,000 times.
 */
export function bootstrap(scored: readonly Scored[], other?: readonly number[]): Bootstrap {
  const cards = [...new Set(scored.map(({ card }) => card))];
  const indexOf = new Map(cards.map((card, index) => [card, index]));
  const cardOf = Uint32Array.from(scored, ({ card }) => indexOf.get(card) ?? 0);
  const frauds = Uint8Array.from(scored, ({ fraud }) => (fraud ? 1 : 0));
  const ranked = rank(scored.map(({ score }) => score));
  const otherRanked: Ranked | undefined = other && rank(other);
  const random = createRandom(SEED);
  const ones: number[] = [];
  const gains: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const drawn = new Uint16Array(cards.length);
    for (let i = 0; i < cards.length; i++) {
      const card = Math.floor(random() * cards.length);
      drawn[card] = (drawn[card] ?? 0) + 1;
    }
    const weights = Uint16Array.from(cardOf, (card) => drawn[card] ?? 0);
    const one = averagePrecision(ranked, frauds, weights);
    ones.push(one);
    if (otherRanked) gains.push(one - averagePrecision(otherRanked, frauds, weights));
  }
  return { one: intervalOf(ones), gain: otherRanked && intervalOf(gains) };
}

function intervalOf(values: readonly number[]): Interval {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}
