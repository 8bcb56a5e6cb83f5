import { createHmac, timingSafeEqual } from 'node:crypto';

/** HMAC keys by version, of a secret of their own; never logged, never stored. */
export interface CodeKeys {
  readonly current: string;
  readonly keys: ReadonlyMap<string, string>;
}

/** What a code is good for: it is part of what is hashed, so that a code for anything else is simply wrong (I7). */
export interface CodeFor {
  readonly verificationId: string;
  readonly cardToken: string;
  readonly action: string;
  readonly alertId?: string;
}

export const codePattern: RegExp = /^\d{8}$/;

/** `<key version>.<HMAC-SHA-256, base64url>`: what is stored instead of the code. */
export const codeHash = (keys: CodeKeys, bound: CodeFor, code: string): string =>
  `${keys.current}.${digest(keys, keys.current, bound, code)}`;

/** Compares in constant time, under the key version the hash was made with. */
export function codeMatches(keys: CodeKeys, stored: string, bound: CodeFor, code: string): boolean {
  const [version = '', expected = ''] = stored.split('.');
  if (!keys.keys.has(version)) return false;
  const a = Buffer.from(expected);
  const b = Buffer.from(digest(keys, version, bound, code));
  return a.length === b.length && timingSafeEqual(a, b);
}

function digest({ keys }: CodeKeys, version: string, bound: CodeFor, code: string): string {
  return keyed(keys.get(version), [
    'code',
    bound.verificationId,
    bound.cardToken,
    bound.action,
    bound.alertId ?? '',
    code,
  ]).digest('base64url');
}

/**
 * Names one guess of one request without telling the guess: the same request delivered again takes no second try,
 * another guess under the same `Idempotency-Key` does.
 */
export const tryDigest = ({ current, keys }: CodeKeys, parts: readonly string[]): string =>
  keyed(keys.get(current), ['try', ...parts])
    .digest('hex')
    .slice(0, 32);

function keyed(key: string | undefined, parts: readonly string[]) {
  if (key === undefined) throw new Error('one-time codes: the current key is missing');
  return createHmac('sha256', key).update(JSON.stringify(parts));
}
