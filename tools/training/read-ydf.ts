import { PbfReader } from 'pbf';

/**
 * Reads the trees out of a model saved by Yggdrasil Decision Forests: protocol buffers whose field numbers are public
 * (its repository's `model/decision_tree/decision_tree.proto`, `model/gradient_boosted_trees/gradient_boosted_trees.proto`,
 * `dataset/data_spec.proto`, `model/abstract_model.proto`), the nodes as a sequence of blobs.
 */
export type YdfNode =
  | { readonly value: number; readonly rows: number }
  | {
      readonly name: string;
      /** A value at or above it goes to `atLeast`. */
      readonly threshold: number;
      readonly below: YdfNode;
      readonly atLeast: YdfNode;
    };

export interface YdfForest {
  /** Log-odds of "fraud" before any tree. */
  readonly initial: number;
  readonly trees: readonly YdfNode[];
}

/** Throws when the files hold anything but what is understood: a newer library would otherwise be read wrong. */
export function readYdf(files: ReadonlyMap<string, Uint8Array>): YdfForest {
  const header = readHeader(fileOf(files, 'gradient_boosted_trees_header.pb'));
  if (header.loss !== BINOMIAL_LOG_LIKELIHOOD) throw new Error(`loss ${header.loss} is not understood`);
  if (header.nodeFormat !== 'BLOB_SEQUENCE')
    throw new Error(`nodes as ${header.nodeFormat} are not understood`);
  const { columns, labelClasses } = readColumns(fileOf(files, 'data_spec.pb'));
  // The first class is the reserved "out of dictionary", the scores are log-odds of the last.
  const sign = labelClasses.get('fraud') === 2 ? 1 : -1;
  const nodes = Array.from({ length: header.shards }, (_, shard) => {
    const number = (value: number): string => String(value).padStart(5, '0');
    return blobsOf(fileOf(files, `nodes-${number(shard)}-of-${number(header.shards)}`));
  }).flat();
  let at = 0;
  const tree = (): YdfNode => {
    const blob = nodes[at++];
    if (blob === undefined) throw new Error('the nodes end within a tree');
    const node = readNode(blob);
    const { condition } = node;
    if (condition === undefined) return { value: sign * node.value, rows: node.rows };
    const name = columns[condition.attribute];
    if (name === undefined) throw new Error(`a split on unknown column ${condition.attribute}`);
    const below = tree();
    return { name, threshold: condition.threshold, below, atLeast: tree() };
  };
  const trees = Array.from({ length: header.trees }, tree);
  if (at !== nodes.length) throw new Error(`${nodes.length - at} nodes belong to no tree`);
  return { initial: sign * header.initial, trees };
}

const BINOMIAL_LOG_LIKELIHOOD = 1;

function fileOf(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const file = files.get(name);
  if (file === undefined) throw new Error(`the saved model has no ${name}`);
  return file;
}

function readHeader(bytes: Uint8Array) {
  const header = { shards: 0, trees: 0, loss: 0, initial: 0, nodeFormat: 'TFE_RECORDIO' };
  return new PbfReader(bytes).readFields((tag, to, pbf) => {
    if (tag === 1) to.shards = pbf.readVarint();
    else if (tag === 2) to.trees = pbf.readVarint();
    else if (tag === 3) to.loss = pbf.readVarint();
    else if (tag === 4) to.initial = pbf.readFloat();
    else if (tag === 7) to.nodeFormat = pbf.readString();
  }, header);
}

interface ReadNode {
  value: number;
  rows: number;
  condition: { attribute: number; threshold: number } | undefined;
}

/** Of a node: its regressor output (2) and, for a split, its condition (3). */
function readNode(bytes: Uint8Array): ReadNode {
  const node: ReadNode = { value: 0, rows: 0, condition: undefined };
  return new PbfReader(bytes).readFields((tag, to, pbf) => {
    if (tag === 2) readOutput(pbf, to);
    else if (tag === 3) to.condition = readCondition(pbf);
  }, node);
}

function readOutput(message: PbfReader, node: ReadNode): void {
  message.readMessage((tag, to, pbf) => {
    if (tag === 1) to.value = pbf.readFloat();
    // The distribution's third field counts the rows (weighed; all weights are 1).
    else if (tag === 2)
      pbf.readMessage((inner, rows, of) => {
        if (inner === 3) rows.rows = of.readDouble();
      }, to);
  }, node);
}

function readCondition(message: PbfReader): { attribute: number; threshold: number } {
  const found = { attribute: -1, threshold: Number.NaN };
  message.readMessage((tag, to, pbf) => {
    if (tag === 2) to.attribute = pbf.readVarint();
    else if (tag === 3)
      pbf.readMessage((kind, inner, of) => {
        // Only "value ≥ threshold" (2) can come of numbers.
        if (kind !== 2) throw new Error(`condition of kind ${kind} is not understood`);
        of.readMessage((field, higher, value) => {
          if (field === 1) higher.threshold = value.readFloat();
        }, inner);
      }, to);
  }, found);
  if (Number.isNaN(found.threshold)) throw new Error('a split without a threshold');
  return found;
}

function readColumns(bytes: Uint8Array) {
  const columns: string[] = [];
  const labelClasses = new Map<string, number>();
  new PbfReader(bytes).readFields((tag, _to, pbf) => {
    if (tag !== 1) return;
    const column = pbf.readMessage(
      (field, to, of) => {
        if (field === 2) to.name = of.readString();
        else if (field === 6)
          of.readMessage((inner, _none, spec) => {
            if (inner === 7) readClass(spec, labelClasses);
          }, undefined);
      },
      { name: '' },
    );
    columns.push(column.name);
  }, undefined);
  return { columns, labelClasses };
}

/** One entry of the map class → its index. */
function readClass(message: PbfReader, classes: Map<string, number>): void {
  const entry = message.readMessage(
    (tag, to, pbf) => {
      if (tag === 1) to.name = pbf.readString();
      else if (tag === 2)
        pbf.readMessage((inner, value, of) => {
          if (inner === 1) value.index = of.readVarint();
        }, to);
    },
    { name: '', index: 0 },
  );
  classes.set(entry.name, entry.index);
}

const BLOB_HEADER_BYTES = 8;

/** "BS", version, four reserved bytes (the first: compression); then length and bytes of each blob, lowest byte first. */
function blobsOf(bytes: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes[0] !== 0x42 || bytes[1] !== 0x53) throw new Error('not a sequence of blobs');
  if (bytes[4] !== 0) throw new Error('compressed nodes are not understood');
  const blobs: Uint8Array[] = [];
  for (let at = BLOB_HEADER_BYTES; at < bytes.length; ) {
    const length = view.getUint32(at, true);
    blobs.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return blobs;
}
