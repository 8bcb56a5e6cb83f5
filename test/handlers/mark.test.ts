import { expect, test } from 'vitest';
import { markOf } from '../../functions/handlers/mark.ts';

test('a mark is of what is shown, whatever the order its fields come in', () => {
  const mark = markOf({ a: { x: 1, y: [1, { p: 1, q: 2 }] }, b: undefined, c: null });
  expect(markOf({ c: null, a: { y: [1, { q: 2, p: 1 }], x: 1 } })).toBe(mark);
  expect(mark).toMatch(/^[A-Za-z0-9_-]{22}$/);
  expect(markOf({ a: { x: 2, y: [1, { p: 1, q: 2 }] }, c: null })).not.toBe(mark);
  expect(markOf({ a: { x: 1, y: [{ p: 1, q: 2 }, 1] }, c: null })).not.toBe(mark);
});
