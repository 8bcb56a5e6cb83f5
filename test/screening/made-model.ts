import fc from 'fast-check';
import { featureNames } from '../../functions/screening/features.ts';
import type { Model, ModelTree } from '../../functions/screening/model.ts';

/** A model around given trees. */
export function madeModel(trees: readonly ModelTree[], baseline: number, version = 'made-1'): Model {
  return {
    schemaVersion: 1,
    version,
    features: [...featureNames],
    baseline,
    trees: [...trees],
    training: {
      data: 'made by a test',
      synthetic: true,
      from: '2026-01-01',
      to: '2026-01-31',
      rows: 100,
      frauds: 10,
      protocol: 'none',
      library: 'none',
      seed: 1,
      bags: 1,
      genuineShare: 1,
      figures: {},
    },
  };
}

type Grown =
  | { column: number; threshold: number; below: Grown; atLeast: Grown }
  | { leaf: number; rows: number };

const grown: fc.Arbitrary<Grown> = fc.letrec<{ node: Grown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.record({ leaf: fc.integer({ min: -1e8, max: 1e8 }), rows: fc.nat({ max: 5000 }) }),
    fc.record({
      column: fc.nat({ max: featureNames.length - 1 }),
      threshold: fc.float({ noNaN: true, noDefaultInfinity: true }),
      below: tie('node'),
      atLeast: tie('node'),
    }),
  ),
})).node;

export const treeArbitrary: fc.Arbitrary<ModelTree> = grown.map((root) => {
  const tree: ModelTree = { feature: [], threshold: [], below: [], atLeast: [], leaf: [], rows: [] };
  const add = (node: Grown): number => {
    if ('leaf' in node) {
      tree.rows.push(node.rows);
      return -tree.leaf.push(node.leaf);
    }
    const split = tree.feature.push(node.column) - 1;
    tree.threshold.push(node.threshold);
    tree.below[split] = 0;
    tree.atLeast[split] = 0;
    tree.below[split] = add(node.below);
    tree.atLeast[split] = add(node.atLeast);
    return split;
  };
  add(root);
  return tree;
});
