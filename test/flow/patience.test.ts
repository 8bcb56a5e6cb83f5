import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findWaiting } from '../../tools/redrive/redrive.ts';
import { targetOf } from '../../tools/stage/local.ts';
import type { Target } from '../../tools/stage/target.ts';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

/** Failed messages show again when the queue says so, on the simulated clock. */
const NEVER_BY_HAND_MS = 1_000_000_000;
const STEP_MS = 5_000;

let night: Night;
let target: Target;
beforeAll(async () => {
  night = await startNight({ retryDelayMs: NEVER_BY_HAND_MS });
  target = await targetOf(night.stack);
});
afterAll(async () => {
  target?.close();
  await night?.stop();
});

/** Lets simulated time pass with a message in flight, which `settle` would wait for. */
async function pass(minutes: number, until: () => Promise<boolean> = async () => false): Promise<boolean> {
  for (let ms = 0; ms < minutes * 60_000; ms += STEP_MS) {
    if ('advance' in night.clock) await night.clock.advance(STEP_MS);
    await pause(40);
    if (ms % 30_000 === 0 && (await until())) return true;
  }
  return until();
}

test('H22 the table is down for 13 minutes: the NO is heard without anybody doing anything', async () => {
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  const fault = night.stack.front.faults.add({
    match: (call) =>
      call.service === 'dynamodb' && call.functionName?.includes('receive-sms-replies') === true,
    kind: 'throttle',
    times: Number.POSITIVE_INFINITY,
  });
  await night.stack.phone.reply(people.zhang.phone, '2');
  await pass(13);
  // Far more tries than the five after which it once was a dead letter.
  expect(fault.hits).toBeGreaterThan(10);
  fault.remove();
  const heard = async () => (await night.onlyTicket('zhang')).alert?.status === 'settled_fraud';
  expect(await pass(2, heard)).toBe(true);
  const { deadLetters, quarantined } = await findWaiting(target, { most: 10 });
  expect(deadLetters.filter(({ count }) => count > 0)).toEqual([]);
  expect(quarantined).toEqual([]);
  const failed = night.stack.logs('receive-sms-replies').find(({ line }) => line.includes('message_failed'));
  expect(failed?.line).toMatch(/"fault":"ProvisionedThroughputExceededException"/);
  expect(failed?.line).toMatch(/"faultMessage":"/);
  expect(failed?.line).not.toContain(people.zhang.phone.slice(3));
});
