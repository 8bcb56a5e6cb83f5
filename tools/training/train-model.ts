import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import manifest from 'ydf-training/package.json' with { type: 'json' };
import { compileModel, evaluateModel, probabilityOf } from '../../functions/screening/compile-model.ts';
import type { Model, ModelTree, TrainingRecord } from '../../functions/screening/model.ts';
import { UNITS_PER_LOG_ODD } from '../../functions/screening/model.ts';
import { createChance } from '../generator/chance.ts';
import { readYdf, type YdfForest, type YdfNode } from './read-ydf.ts';
import type { YdfResult, YdfTask } from './ydf-worker.ts';

export interface TrainOptions {
  readonly version: string;
  /** All columns of the code, in order: what a row holds. */
  readonly featureNames: readonly string[];
  /** Columns the trees may ask about; all when absent. */
  readonly inputs?: readonly string[];
  /** The same rows, options and seed give the same model to the last digit. */
  readonly seed: number;
  /** Trainings over differently drawn rows, averaged: steadier than one (4). */
  readonly bags?: number;
  /** Share of the genuine rows each of them sees, all frauds beside them (1). */
  readonly genuineShare?: number;
  readonly record: Pick<TrainingRecord, 'data' | 'synthetic' | 'from' | 'to' | 'protocol'>;
  readonly onProgress?: (text: string) => void;
}

export const DEFAULT_BAGS = 4;
/** The library adds up in 32-bit floats, we exactly: that much apart may they be. */
const MOST_APART = 1e-5;

/**
 * Trains boosted trees on rows of features; `labels` say 1 for fraud. The trees are read out of the library's own
 * model, and the training fails unless they give the library's probability for every row it was trained on.
 */
export async function trainModel(
  rows: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  options: TrainOptions,
): Promise<Model> {
  const { featureNames, seed, bags = DEFAULT_BAGS, genuineShare = 1, onProgress } = options;
  if (rows.length !== labels.length) throw new Error(`${rows.length} rows, ${labels.length} labels`);
  const frauds = rows.reduce((sum, _, index) => sum + (labels[index] ?? 0), 0);
  if (frauds === 0 || frauds === rows.length)
    throw new Error(`${frauds} frauds among ${rows.length} rows: nothing to learn from`);
  const columns = varyingColumns(rows, options);
  let done = 0;
  const trained = await inParallel(bags, async (bag) => {
    const task = taskOf({
      rows,
      labels,
      columns,
      featureNames,
      genuineShare,
      chance: `train/${seed}/${bag}`,
    });
    const result = await runYdf(task);
    const forest = readYdf(result.files);
    done += 1;
    onProgress?.(`trained ${done} of ${bags}: ${task.labels.length} rows, ${forest.trees.length} trees`);
    const model = modelOf([forest], options, 1, { rows: rows.length, frauds });
    return { forest, apart: largestDifference(model, { task, result, columns }) };
  });
  const apart = Math.max(...trained.map((one) => one.apart));
  if (apart > MOST_APART)
    throw new Error(
      `our trees and the library's differ by ${apart} in probability: the trees were read wrong`,
    );
  return modelOf(
    trained.map(({ forest }) => forest),
    options,
    genuineShare,
    { rows: rows.length, frauds },
  );
}

/** Columns to train on: those asked for that are not the same in every row. */
function varyingColumns(
  rows: readonly ArrayLike<number>[],
  { featureNames, inputs = featureNames }: TrainOptions,
): readonly number[] {
  const unknown = inputs.filter((name) => !featureNames.includes(name));
  if (unknown.length > 0) throw new Error(`not features: ${unknown.join(', ')}`);
  const first = rows[0] ?? [];
  return featureNames
    .map((_, column) => column)
    .filter((column) => inputs.includes(featureNames[column] ?? ''))
    .filter((column) => rows.some((row) => row[column] !== first[column]));
}

interface Draw {
  readonly rows: readonly ArrayLike<number>[];
  readonly labels: ArrayLike<number>;
  readonly columns: readonly number[];
  readonly featureNames: readonly string[];
  readonly genuineShare: number;
  readonly chance: string;
}

/** All frauds and a drawn share of the genuine rows, in an order drawn as well: it decides what the library holds out. */
function taskOf({ rows, labels, columns, featureNames, genuineShare, chance: name }: Draw): YdfTask {
  const chance = createChance(name);
  const drawn = rows
    .map((_, index) => ({ index, order: chance.real(), share: chance.real() }))
    .filter(({ index, share }) => labels[index] === 1 || share < genuineShare)
    .sort((a, b) => a.order - b.order);
  const values = new Float32Array(drawn.length * columns.length);
  drawn.forEach(({ index }, place) => {
    const row = rows[index] ?? [];
    for (const [at, column] of columns.entries()) values[place * columns.length + at] = row[column] ?? 0;
  });
  return {
    names: columns.map((column) => featureNames[column] ?? ''),
    rows: values,
    labels: Uint8Array.from(drawn, ({ index }) => labels[index] ?? 0),
  };
}

function runYdf(task: YdfTask): Promise<YdfResult> {
  const worker = new Worker(new URL('./ydf-worker.ts', import.meta.url), {
    workerData: task,
    // The library writes to the console: its lines end here.
    stdout: true,
    stderr: true,
  });
  return new Promise((resolve, reject) => {
    worker.once('message', (result: YdfResult) => {
      resolve(result);
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the training's thread ended with ${code}`)));
  });
}

async function inParallel<One>(
  count: number,
  make: (index: number) => Promise<One>,
): Promise<readonly One[]> {
  const made: One[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) made[index] = await make(index);
  };
  await Promise.all(Array.from({ length: Math.min(count, availableParallelism()) }, work));
  return made;
}

/** The forests' average as our artefact; `genuineShare` corrects for the rows left out. */
function modelOf(
  forests: readonly YdfForest[],
  options: TrainOptions,
  genuineShare: number,
  counted: Pick<TrainingRecord, 'rows' | 'frauds'>,
): Model {
  const unitsOf = (logOdds: number): number => Math.round((logOdds * UNITS_PER_LOG_ODD) / forests.length);
  const initial = forests.reduce((sum, forest) => sum + forest.initial, 0);
  const trees = forests.flatMap((forest) =>
    forest.trees.map((tree) => treeOf(tree, options.featureNames, unitsOf)),
  );
  return {
    schemaVersion: 1,
    version: options.version,
    features: [...options.featureNames],
    baseline: unitsOf(initial + forests.length * Math.log(genuineShare)),
    trees,
    training: {
      ...options.record,
      ...counted,
      library: `ydf-training ${manifest.version} (Yggdrasil Decision Forests, gradient boosted trees, its defaults)`,
      seed: options.seed,
      bags: forests.length,
      genuineShare,
      figures: { trees: trees.length, splits: trees.reduce((sum, tree) => sum + tree.feature.length, 0) },
    },
  };
}

function treeOf(root: YdfNode, names: readonly string[], unitsOf: (logOdds: number) => number): ModelTree {
  const tree: ModelTree = { feature: [], threshold: [], below: [], atLeast: [], leaf: [], rows: [] };
  const add = (node: YdfNode): number => {
    if ('value' in node) {
      tree.rows.push(node.rows);
      return -tree.leaf.push(unitsOf(node.value));
    }
    const split = tree.feature.push(names.indexOf(node.name)) - 1;
    tree.threshold.push(node.threshold);
    tree.below.push(0);
    tree.atLeast.push(0);
    tree.below[split] = add(node.below);
    tree.atLeast[split] = add(node.atLeast);
    return split;
  };
  add(root);
  return tree;
}

function largestDifference(
  model: Model,
  { task, result, columns }: { task: YdfTask; result: YdfResult; columns: readonly number[] },
): number {
  const compiled = compileModel(model, model.features);
  const row = new Array<number>(model.features.length).fill(0);
  let largest = 0;
  result.predictions.forEach((theirs, place) => {
    for (const [at, column] of columns.entries()) row[column] = task.rows[place * columns.length + at] ?? 0;
    largest = Math.max(largest, Math.abs(probabilityOf(evaluateModel(compiled, row)) - theirs));
  });
  return largest;
}
