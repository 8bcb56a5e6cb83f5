import { hash } from 'node:crypto';

/**
 * Tells an answer from any other one to the same question (ADR 70). Of the fields' values, not their order: a map comes
 * back from the table in whatever order it likes.
 */
export const markOf = (shown: object): string =>
  hash('sha256', JSON.stringify(shown, inOrder), 'base64url').slice(0, 22);

const inOrder = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
