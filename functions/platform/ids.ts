import { randomBytes, randomInt } from 'node:crypto';

/** 128 random bits, 22 URL-safe characters. */
export const newId = (): string => randomBytes(16).toString('base64url');

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
