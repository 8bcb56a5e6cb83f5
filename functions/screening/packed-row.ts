import type { Features } from './features.ts';
import {
  type ByteReader,
  type ByteWriter,
  readFixed,
  readFloat,
  readVarint,
  unzigzag,
  writeFixed,
  writeFloat,
  writeVarint,
  zigzag,
} from './packing.ts';

/**
 * A row of features in bytes, exact to the last bit, small enough to lie with every decision: two bits a column say how
 * it is kept (zero, a whole number, ten-thousandths, a float), then come the values that are not zero. Most are zero
 * or small, and features have four decimals ({@link roundedRow}).
 */
const LAYOUT_VERSION = 1;
const ZERO = 0;
const WHOLE = 1;
const DECIMALS = 2;
const FLOAT = 3;
const COLUMNS_A_BYTE = 4;

const PARTS = 10_000;
/** Below it a value and its ten-thousandths are told apart exactly. */
const MOST_ROUNDED = Number.MAX_SAFE_INTEGER / PARTS / 4;

/**
 * Four decimals are finer than any rule or person looks, and make thresholds mean what they say: 100.1 is exactly the
 * number a rule writes so. What is stored is then what was judged.
 */
export function roundedRow(features: Features): Features {
  const row = features as number[];
  const rounded = new Array<number>(row.length);
  for (let column = 0; column < row.length; column++) {
    const value = row[column] as number;
    rounded[column] =
      Number.isInteger(value) || Math.abs(value) > MOST_ROUNDED ? value : Math.round(value * PARTS) / PARTS;
  }
  return rounded;
}

function kindOf(value: number): number {
  if (Object.is(value, 0)) return ZERO;
  if (Number.isSafeInteger(value) && Math.abs(value) <= MOST_ROUNDED && value !== 0) return WHOLE;
  const parts = Math.round(value * PARTS);
  return Math.abs(value) <= MOST_ROUNDED && parts / PARTS === value && parts !== 0 ? DECIMALS : FLOAT;
}

/** Used again for every row: packing is synchronous and hands out a copy. */
const writer: ByteWriter = { bytes: new Uint8Array(1024), at: 0 };

export function packRow(features: Features): Uint8Array<ArrayBuffer> {
  writer.at = 0;
  writeFixed(writer, LAYOUT_VERSION, 1);
  writeFixed(writer, features.length, 1);
  const kinds = features.map(kindOf);
  for (let column = 0; column < kinds.length; column += COLUMNS_A_BYTE) {
    let byte = 0;
    for (let place = 0; place < COLUMNS_A_BYTE; place++)
      byte |= (kinds[column + place] ?? ZERO) << (place * 2);
    writeFixed(writer, byte, 1);
  }
  kinds.forEach((kind, column) => {
    const value = features[column] as number;
    if (kind === WHOLE) writeVarint(writer, zigzag(value));
    else if (kind === DECIMALS) writeVarint(writer, zigzag(Math.round(value * PARTS)));
    else if (kind === FLOAT) writeFloat(writer, value);
  });
  return new Uint8Array(writer.bytes.subarray(0, writer.at));
}

/** Throws on bytes of a layout we do not know: a fault, never an expected outcome. */
export function unpackRow(bytes: Uint8Array): Features {
  const reader: ByteReader = { bytes, at: 0 };
  const layout = readFixed(reader, 1);
  if (layout !== LAYOUT_VERSION) throw new Error(`feature row layout ${layout} is not known`);
  const columns = readFixed(reader, 1);
  const kinds: number[] = [];
  while (kinds.length < columns) {
    const byte = readFixed(reader, 1);
    for (let place = 0; place < COLUMNS_A_BYTE && kinds.length < columns; place++)
      kinds.push((byte >> (place * 2)) & 3);
  }
  return kinds.map((kind) => {
    switch (kind) {
      case WHOLE:
        return unzigzag(readVarint(reader));
      case DECIMALS:
        return unzigzag(readVarint(reader)) / PARTS;
      case FLOAT:
        return readFloat(reader);
      default:
        return 0;
    }
  });
}
