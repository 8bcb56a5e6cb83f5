/**
 * Variable-length numbers in bytes: seven bits a byte, lowest first, the high bit says "more follows"
 * (LEB128). Whole numbers up to 2^53.
 */
export interface ByteWriter {
  bytes: Uint8Array;
  at: number;
}

export interface ByteReader {
  readonly bytes: Uint8Array;
  at: number;
}

const LONGEST_VARINT_BYTES = 8;

/** Makes room for `extra` more bytes; the writer's array may be replaced. */
function ensureRoom(writer: ByteWriter, extra: number): void {
  if (writer.at + extra <= writer.bytes.length) return;
  const larger = new Uint8Array(Math.max(writer.bytes.length * 2, writer.at + extra));
  larger.set(writer.bytes.subarray(0, writer.at));
  writer.bytes = larger;
}

export function writeVarint(writer: ByteWriter, value: number): void {
  ensureRoom(writer, LONGEST_VARINT_BYTES);
  const { bytes } = writer;
  let rest = value;
  while (rest >= 0x1000_0000) {
    bytes[writer.at++] = (rest % 128) | 0x80;
    rest = Math.floor(rest / 128);
  }
  while (rest >= 128) {
    bytes[writer.at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[writer.at++] = rest;
}

export function readVarint(reader: ByteReader): number {
  const { bytes } = reader;
  let byte = nextByte(reader);
  if (byte < 128) return byte;
  let value = byte & 0x7f;
  // Whole-number arithmetic while it fits in 28 bits: nearly every value does.
  for (let shift = 7; shift < 28; shift += 7) {
    byte = bytes[reader.at++] ?? outOfBytes();
    value |= (byte & 0x7f) << shift;
    if (byte < 128) return value;
  }
  let scale = 2 ** 28;
  do {
    byte = bytes[reader.at++] ?? outOfBytes();
    value += (byte & 0x7f) * scale;
    scale *= 128;
  } while (byte >= 128 && scale < 2 ** 56);
  return value;
}

/** Signed numbers near zero become small unsigned ones: 0, -1, 1, -2 … → 0, 1, 2, 3 … */
export function zigzag(value: number): number {
  return value >= 0 ? value * 2 : value * -2 - 1;
}

export function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

export function writeFixed(writer: ByteWriter, value: number, byteCount: number): void {
  ensureRoom(writer, byteCount);
  for (let i = 0, rest = value; i < byteCount; i++, rest >>>= 8) writer.bytes[writer.at++] = rest & 0xff;
}

/** Up to four bytes, lowest first, as an unsigned number. */
export function readFixed(reader: ByteReader, byteCount: number): number {
  let value = 0;
  for (let i = 0; i < byteCount; i++) value |= nextByte(reader) << (8 * i);
  return value >>> 0;
}

export function writeBytes(writer: ByteWriter, source: Uint8Array): void {
  ensureRoom(writer, source.length);
  writer.bytes.set(source, writer.at);
  writer.at += source.length;
}

/** A view, not a copy. */
export function readBytes(reader: ByteReader, length: number): Uint8Array {
  if (reader.at + length > reader.bytes.length) outOfBytes();
  reader.at += length;
  return reader.bytes.subarray(reader.at - length, reader.at);
}

const float = new Float64Array(1);
const floatBytes = new Uint8Array(float.buffer);

export function writeFloat(writer: ByteWriter, value: number): void {
  float[0] = value;
  writeBytes(writer, floatBytes);
}

export function readFloat(reader: ByteReader): number {
  floatBytes.set(readBytes(reader, 8));
  return float[0] ?? 0;
}

function nextByte(reader: ByteReader): number {
  return reader.bytes[reader.at++] ?? outOfBytes();
}

function outOfBytes(): never {
  throw new Error('packed profile ends too early');
}
