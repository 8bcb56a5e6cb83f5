import { randomBytes, randomInt } from 'node:crypto';

/** 128 random bits, 22 URL-safe characters. */
export const newId = (): string => randomBytes(16).toString('base64url');

/** 256 random bits, base64url: a challenge that nobody has seen before (WebAuthn §13.4.3 asks for 16 bytes). */
export const newChallenge = (): string => randomBytes(32).toString('base64url');

/** Crockford's alphabet: no I, L, O, U, so that a number survives being read out on the phone. */
const SPOKEN = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `length` characters of 5 random bits each, fit to be read out. */
export const newSpokenCode = (length: number): string =>
  Array.from({ length }, () => SPOKEN[randomInt(SPOKEN.length)]).join('');

/** `length` decimal digits, each as likely as the next; at most 14, so that one draw holds them. */
export const newDigits = (length: number): string =>
  randomInt(10 ** length)
    .toString()
    .padStart(length, '0');

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 160 random bits in base32: the secret of one-time passwords (RFC 4226 §4 recommends this length). */
export const newBase32Secret = (): string =>
  Array.from({ length: 32 }, () => BASE32[randomInt(BASE32.length)]).join('');
