import { expect, test } from 'vitest';
import { createFocusClock } from '../../console/src/desk/focus-clock.ts';

/** A clock of seconds, and the page's measure of being looked at. */
function page() {
  let now = 1_000;
  const clock = createFocusClock(() => now * 1000);
  const pass = (seconds: number) => {
    now += seconds;
  };
  return { ...clock, pass };
}

test('K4 only the time somebody looks counts, and each second once', () => {
  const { look, take, pass } = page();
  pass(50);
  expect(take()).toBe(0);
  look(true);
  pass(30);
  look(true);
  pass(30);
  look(false);
  pass(400);
  expect(take()).toBe(60);
  expect(take()).toBe(0);
  look(true);
  pass(10.6);
  expect(take()).toBe(10);
  // What was left over of a second is not lost.
  pass(0.5);
  expect(take()).toBe(1);
});

test('K4 one telling holds ten minutes at most; the rest is told the next time', () => {
  const { look, take, pass } = page();
  look(true);
  pass(1_000);
  expect([take(), take()]).toEqual([600, 400]);
});
