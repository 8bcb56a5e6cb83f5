import { expect, test } from 'vitest';
import { createRealClock, createSimulatedClock } from '../../infra/local/clock.ts';

test('the simulated clock runs what falls due in the order of its time, and stops there', async () => {
  const clock = createSimulatedClock(1_000);
  const seen: [string, number][] = [];
  const note = (name: string) => () => void seen.push([name, clock.now()]);
  clock.setTimeout(note('late'), 300);
  clock.setTimeout(note('early'), 100);
  clock.setTimeout(note('early too'), 100);
  clock.setTimeout(note('beyond'), 501);
  const cancelled = clock.setTimeout(note('never'), 50);
  clock.clear(cancelled);
  expect(clock.nextDueAt()).toBe(1_100);
  await clock.advance(500);
  expect(seen).toEqual([
    ['early', 1_100],
    ['early too', 1_100],
    ['late', 1_300],
  ]);
  expect(clock.now()).toBe(1_500);
});

test('a timer set by a timer counts, and each is waited for', async () => {
  const clock = createSimulatedClock(0);
  const seen: number[] = [];
  const again = async (): Promise<void> => {
    await Promise.resolve();
    seen.push(clock.now());
    clock.setTimeout(again, 60_000);
  };
  clock.setTimeout(again, 60_000);
  await clock.advance(180_000);
  expect(seen).toEqual([60_000, 120_000, 180_000]);
});

test('the real clock fires, and not once cleared', async () => {
  const clock = createRealClock();
  const fired: string[] = [];
  const cleared = clock.setTimeout(() => void fired.push('cleared'), 5);
  clock.clear(cleared);
  await new Promise<void>((resolve) => {
    clock.setTimeout(() => {
      fired.push('fired');
      resolve();
    }, 10);
  });
  expect(fired).toEqual(['fired']);
});
