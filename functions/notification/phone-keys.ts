import { createHmac } from 'node:crypto';
import * as z from 'zod/mini';

/** Keys under which phones are looked up, by version; never logged, never stored. */
export interface PhoneKeys {
  readonly current: string;
  readonly keys: ReadonlyMap<string, string>;
}

/** `{"current":"2","key1":"…","key2":"…"}`; a key has at least 32 characters of random text. */
const secretShape = z.catchall(
  z.object({ current: z.string().check(z.regex(/^[1-9]\d*$/)) }),
  z.string().check(z.minLength(32)),
);

/** Reads the secret's text; an error names what is wrong, never a value. `name`: what the secret is called there. */
export function parsePhoneKeys(secret: string, name = 'phone keys'): PhoneKeys {
  const parsed = secretShape.safeParse(parseJson(secret));
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ');
    throw new Error(`${name} secret: unreadable at ${where}; it should be {"current":"1","key1":"…"}`);
  }
  const { current, ...rest } = parsed.data;
  const keys = new Map<string, string>();
  for (const [name, key] of Object.entries(rest)) {
    const version = /^key([1-9]\d*)$/.exec(name)?.[1];
    if (version !== undefined) keys.set(version, key);
  }
  if (!keys.has(current))
    throw new Error(`${name} secret: current is ${current} but there is no key${current}`);
  return { current, keys };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export interface PhoneDigests {
  /** Under the current key: what new items are written with. */
  readonly current: string;
  /** Under every key, the current one first, then newest to oldest: what lookups try while keys rotate. */
  readonly all: readonly string[];
}

/** Lookup keys of a phone number in E.164: `<key version>.<HMAC-SHA-256, base64url>`. */
export function phoneDigests({ current, keys }: PhoneKeys, e164: string): PhoneDigests {
  if (!/^\+[1-9]\d{5,14}$/.test(e164)) throw new Error('phone digest: the number is not in E.164');
  const digest = (version: string): string => {
    const key = keys.get(version);
    if (key === undefined) throw new Error(`phone digest: no key ${version}`);
    return `${version}.${createHmac('sha256', key).update(e164).digest('base64url')}`;
  };
  const older = [...keys.keys()]
    .filter((version) => version !== current)
    .sort((a, b) => Number(b) - Number(a));
  return { current: digest(current), all: [current, ...older].map(digest) };
}
