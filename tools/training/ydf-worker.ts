import { parentPort, workerData } from 'node:worker_threads';
import loadYdf from 'ydf-training';

/**
 * One training by Yggdrasil Decision Forests (WebAssembly) in a thread of its own: the library blocks while it trains,
 * writes to the console when it saves, and wants a global JSZip. Gives back the model's files and its own predictions.
 */
export interface YdfTask {
  readonly names: readonly string[];
  /** Row by row, `names.length` values each. */
  readonly rows: Float32Array;
  /** 1 = fraud. */
  readonly labels: Uint8Array;
}

export interface YdfResult {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The library's probability of fraud for each row it was trained on. */
  readonly predictions: Float32Array;
}

/** What the library takes for a zip: it keeps the files as they are. */
class FilesInsteadOfZip {
  readonly files = new Map<string, Uint8Array>();
  file(name: string, content: Uint8Array): void {
    this.files.set(name, content.slice());
  }
  generateAsync(): Promise<ReadonlyMap<string, Uint8Array>> {
    return Promise.resolve(this.files);
  }
}

/** No feature is called so (a name is a pattern to the library: letters only). */
const LABEL = 'labelOfRow';

async function train({ names, rows, labels }: YdfTask): Promise<YdfResult> {
  Object.assign(globalThis, { JSZip: FilesInsteadOfZip });
  const ydf = await loadYdf({ print: () => undefined, printErr: () => undefined });
  const columns = Object.fromEntries(
    names.map((name, column) => [
      name,
      Array.from(labels, (_, row) => rows[row * names.length + column] ?? 0),
    ]),
  );
  const learner = new ydf.GradientBoostedTreesLearner(LABEL, 'CLASSIFICATION');
  const model = learner.train({
    ...columns,
    [LABEL]: Array.from(labels, (label) => (label === 1 ? 'fraud' : 'genuine')),
  });
  const fraudIsSecond = model.getLabelClasses()[1] === 'fraud';
  const predictions = Float32Array.from(model.predict(columns), (p) => (fraudIsSecond ? p : 1 - p));
  const files = (await model.save()) as ReadonlyMap<string, Uint8Array>;
  model.unload();
  return { files, predictions };
}

parentPort?.postMessage(await train(workerData as YdfTask));
