import { createHash } from 'node:crypto';
import { randomExponential, randomGamma, randomNormal, randomPoisson } from 'd3-random';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** Everything that happens by chance comes from one of these; the same names give the same draws for ever. */
export interface Chance {
  /** 0 ≤ x < 1. */
  real(): number;
  /** A whole number, 0 ≤ n < limit. */
  below(limit: number): number;
  /** 0 to 1: how likely. */
  happens(probability: number): boolean;
  /** Evenly between the two, not whole. */
  between(from: number, to: number): number;
  pick<One>(list: readonly One[]): One;
  /** One of the table's items, each as likely as its weight says. */
  draw<One>(table: Table<One>): One;
  normal(): number;
  /** `median × e^(sigma × normal)`: amounts and delays. */
  logNormal(median: number, sigma: number): number;
  exponential(mean: number): number;
  poisson(mean: number): number;
  /** Mean 1, the more even the higher the shape. */
  gamma(shape: number): number;
}

/** A choice with weights, made once and drawn from often. */
export interface Table<One> {
  readonly items: readonly One[];
  /** Running sums of the weights, the last one 1. */
  readonly upTo: Float64Array;
}

/** Weights need not add up to anything; throws when there is nothing to draw. */
export function tableOf<One>(
  items: readonly One[],
  weightOf: (item: One, index: number) => number,
): Table<One> {
  const upTo = new Float64Array(items.length);
  let sum = 0;
  items.forEach((item, index) => {
    sum += weightOf(item, index);
    upTo[index] = sum;
  });
  if (!(sum > 0)) throw new Error('a table with nothing to draw from');
  for (let index = 0; index < upTo.length; index++) upTo[index] = (upTo[index] ?? 0) / sum;
  return { items, upTo };
}

/**
 * A stream of chance of its own for everything that has a name: what happens to one card does not move when
 * another one is added.
 */
export function createChance(...names: readonly (string | number)[]): Chance {
  const digest = createHash('sha256').update(names.join('/')).digest();
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32LE(offset)));
  const real = (): number => uniformFloat64(generator);
  const normal = randomNormal.source(real)(0, 1);
  const exponential = randomExponential.source(real)(1);
  const poisson = randomPoisson.source(real);
  const gamma = randomGamma.source(real);
  return {
    real,
    below: (limit) => Math.floor(real() * limit),
    happens: (probability) => real() < probability,
    between: (from, to) => from + real() * (to - from),
    pick: (list) => itemAt(list, Math.floor(real() * list.length)),
    draw: (table) => itemAt(table.items, indexIn(table.upTo, real())),
    normal,
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    exponential: (mean) => mean * exponential(),
    poisson: (mean) => (mean > 0 ? poisson(mean)() : 0),
    gamma: (shape) => gamma(shape, 1 / shape)(),
  };
}

function itemAt<One>(list: readonly One[], index: number): One {
  const item = list[index];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

function indexIn(upTo: Float64Array, value: number): number {
  let low = 0;
  let high = upTo.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 1) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
