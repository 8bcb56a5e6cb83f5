import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { readTables } from '../support/tables.ts';
import { people, SPREE } from './bank.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight({ environment: { 'watch-freezes': { FREEZE_BREAKER: 'leastFreezes=3' } } });
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

/** A card that is met for the first time by a purchase the rules freeze on. */
async function freezes(card: string): Promise<void> {
  await night.bank.card(card, people.zhang.customerId);
  await night.stack.settle();
  await night.bank.authorise({
    ...{ cardToken: card, cardholderId: people.zhang.customerId, at: night.now(-3), minor: 888_800 },
    over: SPREE,
  });
  await night.stack.settle();
}
const holdsOf = async (card: string) => (await night.card('zhang', card)).holds;

test('H33 a rule set that freezes too many asks only from then on; the bank is called; a NO stays held', async () => {
  await night.bank.contact(people.zhang);
  for (const card of ['card-1', 'card-2', 'card-3']) await freezes(card);
  for (const card of ['card-1', 'card-2', 'card-3']) expect(await holdsOf(card)).toEqual(['fraud']);
  const { cards } = await readTables(night.stack);
  const board = cards.find(({ pk, sk }) => pk === 'RULESET#board' && sk === 'STATE');
  expect(board?.alertOnly).toMatchObject([{ by: 'breaker', reason: expect.stringContaining('3 freezes') }]);
  // Functions read the rules again within half a minute.
  await night.stack.advance(31_000);
  await freezes('card-4');
  expect(await holdsOf('card-4')).toEqual([]);
});
