import * as z from 'zod/mini';
import { featureNames } from './features.ts';

/**
 * A model: boosted trees as data, with the record of their training. Made by `npm run train`, checked here, evaluated
 * by `compile-model.ts`. All log-odds are whole numbers of {@link UNITS_PER_LOG_ODD}: sums of them are exact, so a
 * score is to the last digit the sum of what each feature contributed, on any machine and in any order.
 */
export const UNITS_PER_LOG_ODD = 2 ** 24;

/** More would be slower than the figures promised; a model this large has learnt its training data by heart. */
export const MOST_TREES = 1000;
export const MOST_SPLITS = 60_000;
export const DEEPEST_TREE = 16;
/** Log-odds of ±64 are as certain as a double can be. */
const MOST_UNITS = 64 * UNITS_PER_LOG_ODD;

const units = () => z.int().check(z.minimum(-MOST_UNITS), z.maximum(MOST_UNITS));
const list = <One extends z.ZodMiniType>(one: One, most: number) => z.array(one).check(z.maxLength(most));

const treeSchema = z.strictObject({
  /** Of each split, the first being the root: its column, its threshold (a 32-bit float), where to go on. */
  feature: list(z.int().check(z.minimum(0), z.maximum(255)), MOST_SPLITS),
  threshold: list(z.number(), MOST_SPLITS),
  /** When the value is below the threshold, and when it is not: a later split, or −n−1 for leaf n. */
  below: list(z.int(), MOST_SPLITS),
  atLeast: list(z.int(), MOST_SPLITS),
  /** Log-odds of each leaf, and how many rows of the training reached it. */
  leaf: list(units(), MOST_SPLITS + 1).check(z.minLength(1)),
  rows: list(z.int().check(z.minimum(0)), MOST_SPLITS + 1),
});
export type ModelTree = z.output<typeof treeSchema>;

const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const count = z.int().check(z.minimum(0));

/** What a model was made from and how: kept with it for good. */
const trainingSchema = z.strictObject({
  /** Name of the data in words; `synthetic` when no real card is in them. */
  data: z.string().check(z.minLength(1), z.maxLength(200)),
  synthetic: z.boolean(),
  /** First and last day of the training rows, UTC. Features before them may have been fed by earlier history. */
  from: date,
  to: date,
  rows: count,
  frauds: count,
  /** How labels came to count, how rows were chosen and weighed, in words. */
  protocol: z.string().check(z.minLength(1), z.maxLength(2000)),
  library: z.string().check(z.minLength(1), z.maxLength(100)),
  seed: z.int(),
  /** Trainings over differently drawn rows whose trees are averaged. */
  bags: z.int().check(z.minimum(1)),
  /** Share of genuine rows each of them saw; the log-odds are corrected for it. */
  genuineShare: z.number().check(z.gt(0), z.maximum(1)),
  /** Measured on the training rows themselves unless its name says otherwise. */
  figures: z.record(z.string(), z.number()),
});
export type TrainingRecord = z.output<typeof trainingSchema>;

const modelSchema = z.strictObject({
  schemaVersion: z.literal(1),
  version: z.string().check(z.regex(/^[A-Za-z0-9._-]{1,40}$/)),
  /** The code's columns in order, as they were at training. Columns are only added at the end. */
  features: list(z.string(), 255),
  /** Log-odds before any tree. */
  baseline: units(),
  trees: list(treeSchema, MOST_TREES),
  training: trainingSchema,
});
export type Model = z.output<typeof modelSchema>;

export type ModelCheck =
  | { readonly kind: 'valid'; readonly model: Model }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/**
 * Everything that can be wrong with a model, each with its place and what to do about it. `columns` are those a row has:
 * the code's, unless a tool measures a model of other features beside them.
 */
export function checkModel(data: unknown, columns: readonly string[] = featureNames): ModelCheck {
  const parsed = modelSchema.safeParse(data);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, code }) =>
        `${path.join('.') || 'model'}: ${code}; a model is a file written by npm run train, unchanged`,
    );
    return { kind: 'invalid', problems: problems.slice(0, MOST_PROBLEMS) };
  }
  const model = parsed.data;
  const problems = [...problemsOfFeatures(model.features, columns), ...problemsOfTrees(model)];
  return problems.length > 0
    ? { kind: 'invalid', problems: problems.slice(0, MOST_PROBLEMS) }
    : { kind: 'valid', model };
}

/** A broken file is wrong in thousands of places: the first ones tell. */
const MOST_PROBLEMS = 20;

const RETRAIN = 'train a model with this version of the code (npm run train)';

function problemsOfFeatures(features: readonly string[], known: readonly string[]): readonly string[] {
  const place = features.findIndex((name, index) => name !== known[index]);
  if (place < 0) return [];
  const name = features[place] ?? '';
  const expected = known[place];
  if (!known.includes(name))
    return [`features.${place}: "${name}" is not a feature of this code; ${RETRAIN}`];
  if (expected !== undefined && !features.includes(expected))
    return [`features.${place}: "${expected}" is missing here; ${RETRAIN}`];
  return [
    `features.${place}: "${name}" stands where this code has "${expected ?? 'no more'}"; columns keep their order: ${RETRAIN}`,
  ];
}

function problemsOfTrees({ trees, features }: Model): readonly string[] {
  const splits = trees.reduce((sum, tree) => sum + tree.feature.length, 0);
  if (splits > MOST_SPLITS)
    return [`trees: ${splits} splits, at most ${MOST_SPLITS}; train with fewer bags or trees`];
  return trees.flatMap((tree, index) =>
    problemsOfTree(tree, features.length).map((problem) => `trees.${index}.${problem}`),
  );
}

/** Children lie behind their parent and are reached once each: that is a tree, and no walk can go round in it. */
function problemsOfTree(tree: ModelTree, columns: number): readonly string[] {
  const lengths = problemOfLengths(tree);
  if (lengths !== undefined) return [lengths];
  const problems: string[] = [];
  const depth = new Uint8Array(tree.feature.length);
  const reached = new Set<number>();
  tree.feature.forEach((column, split) => {
    if (column >= columns) problems.push(`feature.${split}: column ${column} of only ${columns} features`);
    if (Math.fround(tree.threshold[split] ?? 0) !== tree.threshold[split])
      problems.push(`threshold.${split}: not a 32-bit float`);
    if ((depth[split] ?? 0) >= DEEPEST_TREE) problems.push(`feature.${split}: deeper than ${DEEPEST_TREE}`);
    for (const side of ['below', 'atLeast'] as const) {
      const child = tree[side][split] ?? 0;
      const problem = problemOfChild(tree, split, child, reached);
      if (problem !== undefined) problems.push(`${side}.${split}: child ${child} ${problem}`);
      else if (child > 0) depth[child] = Math.min(255, (depth[split] ?? 0) + 1);
      reached.add(child);
    }
  });
  return problems.map((problem) => `${problem}; ${RETRAIN}`);
}

function problemOfLengths({ feature, threshold, below, atLeast, leaf, rows }: ModelTree): string | undefined {
  const splits = feature.length;
  if (threshold.length !== splits || below.length !== splits || atLeast.length !== splits)
    return `feature: lists of splits differ in length; ${RETRAIN}`;
  if (rows.length !== leaf.length) return `rows: not one number for each leaf; ${RETRAIN}`;
  if (leaf.length !== splits + 1) return `leaf: ${splits} splits need ${splits + 1} leaves; ${RETRAIN}`;
  return undefined;
}

function problemOfChild(
  { feature, leaf }: ModelTree,
  parent: number,
  child: number,
  reached: ReadonlySet<number>,
): string | undefined {
  if (child < 0 ? -child > leaf.length : child >= feature.length) return 'does not exist';
  if (child >= 0 && child <= parent) return 'lies before its parent (a circle)';
  return reached.has(child) ? 'has another parent already' : undefined;
}
