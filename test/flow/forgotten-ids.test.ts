import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

// Without the sweep: more than a day passes here, and nothing of it waits for a deadline.
let night: Night;
beforeAll(async () => {
  night = await startNight({ functions: ['screen-transactions', 'record-customers'] });
});
afterAll(() => night.stop());

test('H1 I3 another body under an id that the ring forgot is a conflict and is not counted', async () => {
  await night.customer('zhang', 'card-1');
  const cardholderId = people.zhang.customerId;
  const first = {
    cardToken: 'card-1',
    cardholderId,
    transactionId: 'T-old',
    at: night.now(-60),
    minor: 5_000,
  };
  await night.bank.authorise(first);
  await night.stack.settle();
  await night.stack.advance(27 * 3_600_000);
  for (let n = 0; n < 10; n += 1) {
    await night.bank.authorise({
      cardToken: 'card-1',
      cardholderId,
      at: night.now(-30 + n),
      minor: 6_000 + n,
    });
  }
  await night.stack.settle();
  const before = await night.profile('card-1');
  await night.bank.authorise({ ...first, at: night.now(-1), minor: 7_777 });
  await night.stack.settle();
  expect((await night.profile('card-1')).attempts).toBe(before.attempts);
  expect(
    night.stack.logs('screen-transactions').some(({ line }) => line.includes('conflicting_repeat')),
  ).toBe(true);
});
