import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { targetOf } from '../../tools/stage/local.ts';
import type { Target } from '../../tools/stage/target.ts';
import { readTables } from '../support/tables.ts';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
let target: Target;
beforeAll(async () => {
  // Without the sweep: what is put right is put right by this function.
  night = await startNight({
    functions: [
      ...['screen-transactions', 'record-customers', 'record-card-status', 'freeze-cards', 'customer-api'],
      'reconcile-cards',
    ],
  });
  target = await targetOf(night.stack);
});
afterAll(async () => {
  target?.close();
  await night?.stop();
});
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

const MINUTES = 60_000;
const reconcile = async () => {
  const counts = await night.stack.invoke('reconcile-cards', {});
  await night.stack.settle();
  return counts;
};
const counted = (metric: string) =>
  night.stack.logs('reconcile-cards').filter(({ line }) => line.includes(`"Name":"${metric}"`)).length;

/** What a lost or wrong write would leave: the issuer's last word, as we have it, is another one. */
const confirmed = (cardToken: string, word: 'active' | 'frozen') =>
  target.dynamodb.send(
    new UpdateItemCommand({
      TableName: target.cardsTable,
      Key: { pk: { S: `CARD#${cardToken}` }, sk: { S: 'STATE' } },
      UpdateExpression: 'SET issuer.confirmed = :word, issuer.confirmedVersion = :none',
      ExpressionAttributeValues: { ':word': { S: word }, ':none': { N: '0' } },
    }),
  );

async function frozenCard(): Promise<void> {
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
}

test('cards that agree are left alone; a card without a hold is not even looked at', async () => {
  await frozenCard();
  await night.customer('grace', 'card-2', { lastFour: '2222' });
  await night.stack.advance(60 * MINUTES);
  expect(await reconcile()).toMatchObject({
    cards: 1,
    askedAgain: 0,
    withoutTicket: 0,
    failed: 0,
    finished: true,
  });
});

test('I1 a freeze that nothing is at work on is found, asked for again with its version, and alarmed', async () => {
  await frozenCard();
  await confirmed('card-1', 'active');
  expect((await night.card('zhang', 'card-1')).state).toBe('freezing');
  expect(await reconcile()).toMatchObject({ askedAgain: 0 });
  await night.stack.advance(16 * MINUTES);
  expect(await reconcile()).toMatchObject({ cards: 1, askedAgain: 1, unwatched: 1 });
  expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
  expect(counted('CardsDiffer')).toBe(1);
  expect(night.stack.issuer.cards().get('card-1')).toEqual({ status: 'frozen', holdsVersion: 1 });
  expect(await reconcile()).toMatchObject({ cards: 1, askedAgain: 0 });
});

test('H17 a silent issuer is asked again and stays counted, run after run, until it answers', async () => {
  night.stack.issuer.behave('card-1', 'silent');
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  await night.stack.advance(16 * MINUTES);
  expect(await reconcile()).toMatchObject({ askedAgain: 1, unwatched: 0 });
  expect(await reconcile()).toMatchObject({ askedAgain: 1 });
  night.stack.issuer.behave('card-1', 'confirm');
  await reconcile();
  expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
  expect(await reconcile()).toMatchObject({ askedAgain: 0 });
  const { cases } = await readTables(night.stack);
  expect(
    cases.filter(({ effect, pendingSince }) => effect === 'issuer' && pendingSince !== undefined),
  ).toEqual([]);
});

test('I6 a fraud hold whose ticket is gone or over is counted, without touching it', async () => {
  await frozenCard();
  const { customerId } = people.zhang;
  await target.dynamodb.send(
    new DeleteItemCommand({
      TableName: target.casesTable,
      Key: { pk: { S: `OPEN#${customerId}#card-1` }, sk: { S: 'GUARD' } },
    }),
  );
  expect(await reconcile()).toMatchObject({ cards: 1, askedAgain: 0, withoutTicket: 1 });
  expect(counted('HoldsWithoutTicket')).toBe(1);
  expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
});

test('it runs by itself every day', async () => {
  await frozenCard();
  await confirmed('card-1', 'active');
  await night.stack.advance(25 * 60 * MINUTES);
  expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
});
