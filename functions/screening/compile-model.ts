import type { Features } from './features.ts';
import { checkModel, type Model, UNITS_PER_LOG_ODD } from './model.ts';

/** A model ready for the hot path: all trees in flat tables; make it once. */
export interface CompiledModel {
  readonly version: string;
  /** Number of columns it was trained with; a row may have more. */
  readonly columns: number;
  /** Tree → its first split, or −n−1 when it is leaf n alone. */
  readonly roots: Int32Array;
  readonly feature: Uint8Array;
  readonly threshold: Float32Array;
  /** Two a split: where a value below the threshold goes on, where another; −n−1 is leaf n. */
  readonly children: Int32Array;
  /** Log-odds of each leaf, in units of the artefact. */
  readonly leaf: Float64Array;
  /** What the rows of the training that reached a split were worth on average, rounded to a whole unit. */
  readonly expected: Float64Array;
  readonly baseline: number;
}

/** Throws an error that lists every problem with its place: a model is checked before it is shipped. */
export function compileModel(data: unknown, columns?: readonly string[]): CompiledModel {
  const checked = checkModel(data, columns);
  if (checked.kind === 'invalid') throw new Error(`model refused: ${checked.problems.join('; ')}`);
  return compileCheckedModel(checked.model);
}

/** Compiles a model that was checked before (a shipped one by its test): checking costs a cold start its time. */
export function compileCheckedModel(model: Model): CompiledModel {
  const splits = model.trees.reduce((sum, tree) => sum + tree.feature.length, 0);
  const leaves = model.trees.reduce((sum, tree) => sum + tree.leaf.length, 0);
  const compiled: CompiledModel = {
    version: model.version,
    columns: model.features.length,
    roots: new Int32Array(model.trees.length),
    feature: new Uint8Array(splits),
    threshold: new Float32Array(splits),
    children: new Int32Array(splits * 2),
    leaf: new Float64Array(leaves),
    expected: new Float64Array(splits),
    baseline: model.baseline,
  };
  let firstSplit = 0;
  let firstLeaf = 0;
  model.trees.forEach((tree, index) => {
    compiled.roots[index] = tree.feature.length === 0 ? -firstLeaf - 1 : firstSplit;
    compiled.feature.set(tree.feature, firstSplit);
    compiled.threshold.set(tree.threshold, firstSplit);
    compiled.leaf.set(tree.leaf, firstLeaf);
    compiled.expected.set(expectedOf(tree), firstSplit);
    const moved = (child: number): number => (child < 0 ? child - firstLeaf : child + firstSplit);
    for (let split = 0; split < tree.feature.length; split++) {
      compiled.children[(firstSplit + split) * 2] = moved(tree.below[split] as number);
      compiled.children[(firstSplit + split) * 2 + 1] = moved(tree.atLeast[split] as number);
    }
    firstSplit += tree.feature.length;
    firstLeaf += tree.leaf.length;
  });
  return compiled;
}

/** Of each split the mean of its leaves, weighed by their rows. Children lie behind: one walk from the end. */
function expectedOf(tree: Model['trees'][number]): Float64Array {
  const splits = tree.feature.length;
  const rows = new Float64Array(splits);
  const sums = new Float64Array(splits);
  const expected = new Float64Array(splits);
  for (let split = splits - 1; split >= 0; split--) {
    for (const child of [tree.below[split] as number, tree.atLeast[split] as number]) {
      const childRows = child < 0 ? (tree.rows[-child - 1] as number) : (rows[child] as number);
      const worth = child < 0 ? (tree.leaf[-child - 1] as number) * childRows : (sums[child] as number);
      rows[split] = (rows[split] as number) + childRows;
      sums[split] = (sums[split] as number) + worth;
    }
    const seen = rows[split] as number;
    expected[split] = seen > 0 ? Math.round((sums[split] as number) / seen) : 0;
  }
  return expected;
}

/**
 * Used again for every evaluation: thresholds are 32-bit floats, so values are compared as such. Longer than any row,
 * as a column is one byte.
 */
const row = new Float32Array(256);

/**
 * Log-odds that the transaction is fraud, in units. Every index below is in bounds because the model was checked,
 * which the type checker cannot see: hence the assertions.
 */
export function evaluateModel(model: CompiledModel, features: Features): number {
  const { roots, feature, threshold, children, leaf } = model;
  row.set(features);
  let sum = model.baseline;
  for (let tree = 0; tree < roots.length; tree++) {
    let at = roots[tree] as number;
    while (at >= 0) {
      const isAtLeast = (row[feature[at] as number] as number) >= (threshold[at] as number);
      at = children[isAtLeast ? at * 2 + 1 : at * 2] as number;
    }
    sum += leaf[-at - 1] as number;
  }
  return sum;
}

/** What each column added to the log-odds, and what the model says before looking at any: together, exactly, the sum. */
export interface Contributions {
  /** By column, in units. */
  readonly byColumn: Float64Array;
  readonly base: number;
}

/**
 * Follows each tree's path and gives every split's column the step from what the rows at the split were worth on
 * average to what those on the way taken were.
 */
export function contributionsOf(model: CompiledModel, features: Features): Contributions {
  const { roots, feature, threshold, children, leaf, expected } = model;
  row.set(features);
  const byColumn = new Float64Array(model.columns);
  let base = model.baseline;
  const worth = (at: number): number => (at < 0 ? (leaf[-at - 1] as number) : (expected[at] as number));
  for (const root of roots) {
    base += worth(root);
    let at = root;
    while (at >= 0) {
      const column = feature[at] as number;
      const isAtLeast = (row[column] as number) >= (threshold[at] as number);
      const next = children[isAtLeast ? at * 2 + 1 : at * 2] as number;
      byColumn[column] = (byColumn[column] as number) + worth(next) - worth(at);
      at = next;
    }
  }
  return { byColumn, base };
}

/** Of log-odds in units, 0 to 1. */
export function probabilityOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds / UNITS_PER_LOG_ODD));
}
