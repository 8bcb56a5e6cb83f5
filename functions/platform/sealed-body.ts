import { maskForLog } from './mask.ts';

/** KMS encrypts up to 4,096 bytes a call; each byte of a piece travels as one character of Latin-1, at most two bytes. */
const PIECE_BYTES = 2_000;
/** A longer body is nothing we know how to mend: it is masked instead. */
const MOST_PIECES = 16;
const SEALED_BODY = 'sealed-body:';

/**
 * A message about a person as it may be kept: all of it encrypted, so that it can be sent again byte for byte, and
 * nobody reads it in the table (I10). One too long for that is kept masked, and cannot be sent again as it was.
 */
export async function sealBody(body: string, seal: (text: string) => Promise<string>): Promise<string> {
  const bytes = Buffer.from(body);
  const count = Math.ceil(bytes.length / PIECE_BYTES);
  if (count > MOST_PIECES) return maskForLog(body);
  // A piece may end within a character: cut by bytes, not by text.
  const pieces = Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES).toString('latin1'),
  );
  return `${SEALED_BODY}${(await Promise.all(pieces.map(seal))).join(',')}`;
}

/** The body as it came; one that was not sealed as it was kept. */
export async function openBody(kept: string, open: (sealed: string) => Promise<string>): Promise<string> {
  if (!kept.startsWith(SEALED_BODY)) return kept;
  const sealed = kept.slice(SEALED_BODY.length).split(',');
  const pieces = await Promise.all(sealed.filter((piece) => piece !== '').map(open));
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'latin1'))).toString();
}
