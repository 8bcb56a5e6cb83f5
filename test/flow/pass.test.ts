import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cardSchema } from '../../functions/card/card.ts';
import { openPass, withPasses } from '../../functions/card/pass.ts';
import { readTables } from '../support/tables.ts';
import { people, SPREE } from './bank.ts';
import { type Night, startNight } from './night.ts';

/** What a proof leaves behind: the pass, and what the card's profile learns of an answer. */
let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(async () => {
  await night.begin();
  await night.customer('zhang', 'card-1');
});
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

/** As a proof leaves it behind; how one comes about is tested with verifications. */
async function passFor(minor: number): Promise<void> {
  const { stack } = night;
  const TableName = stack.model.tables.find(({ name }) => name.endsWith('CardsTable'))?.name;
  const credentials = stack.front.identities.admin;
  const client = new DynamoDBClient({ endpoint: stack.url, region: stack.model.region, credentials });
  const Key = marshall({ pk: 'CARD#card-1', sk: 'STATE' });
  const item = unmarshall((await client.send(new GetItemCommand({ TableName, Key }))).Item ?? {});
  const merchantId = SPREE.merchant.id;
  const pass = openPass({ alertId: 'proven', merchantId, billing: { minor, currency: 'CNY' } }, night.now());
  const passes = withPasses(cardSchema.parse(item), pass === undefined ? [] : [pass], night.now()).passes;
  await client.send(new PutItemCommand({ TableName, Item: marshall({ ...item, passes }) }));
  client.destroy();
}

const pay = (over: { minor?: number; transactionId?: string; merchant?: string } = {}) => {
  const { merchant = SPREE.merchant.id, minor = 388_800, transactionId } = over;
  return night.bank
    .authorise({
      cardToken: 'card-1',
      cardholderId: people.zhang.customerId,
      at: night.now(),
      minor,
      ...(transactionId === undefined ? {} : { transactionId }),
      over: { ...SPREE, merchant: { ...SPREE.merchant, id: merchant } },
    })
    .then(() => night.stack.settle());
};

const decisions = async () => {
  const { cards } = await readTables(night.stack);
  return cards
    .filter(({ pk, sk }) => pk === 'CARD#card-1' && sk.startsWith('TXN#'))
    .filter(({ amount }) => JSON.stringify(amount).includes('388800'))
    .map(({ outcome, pass }) => [outcome, pass]);
};

describe('H18 the same purchase again after a proof', () => {
  test('H18 passes twice, marked in its decision, with no alert and no text; the third is judged by itself', async () => {
    await passFor(388_800);
    await pay({ transactionId: 'again-1' });
    await pay({ transactionId: 'again-1' });
    await night.stack.advance(60_000);
    await pay({ transactionId: 'again-2' });
    expect(await decisions()).toEqual([
      ['clear', 'proven'],
      ['clear', 'proven'],
    ]);
    expect((await night.card('zhang', 'card-1')).holds).toEqual([]);
    expect(night.texts('zhang')).toEqual([]);
    await night.stack.advance(60_000);
    await pay({ transactionId: 'again-3' });
    const passed = (await decisions()).map(([, pass]) => pass);
    expect(passed.filter((pass) => pass !== undefined)).toHaveLength(2);
    expect(passed).toHaveLength(3);
  });

  test.each([
    ['another amount', { minor: 500_000 }],
    ['another merchant', { merchant: 'M-1000' }],
  ])('H18 %s is a new alert', async (_, over) => {
    await passFor(388_800);
    await pay(over);
    expect((await night.card('zhang', 'card-1')).holds).toEqual(['fraud']);
  });

  test('H18 while another alert holds the card the pass waits', async () => {
    await night.spree('card-1', 'zhang', { minor: 900_000 });
    await passFor(388_800);
    await pay();
    expect((await night.onlyTicket('zhang')).alert).toMatchObject({ status: 'open', transactionCount: 2 });
  });

  test('I3 two purchases at once take one use each', async () => {
    await passFor(388_800);
    await Promise.all([pay({ transactionId: 'at-once-1' }), pay({ transactionId: 'at-once-2' })]);
    const { cards } = await readTables(night.stack);
    const state = cards.find(({ pk, sk }) => pk === 'CARD#card-1' && sk === 'STATE');
    expect(state?.passes).toMatchObject([{ usesLeft: 0 }]);
  });
});

describe('what the profile learns', () => {
  test('a YES teaches it exactly once; a NO afterwards takes it back; the labels say which', async () => {
    const before = await night.profile('card-1');
    await night.oddity('card-1', 'zhang');
    expect((await night.profile('card-1')).spendCount).toBe(before.spendCount);
    await night.reply('zhang', '1', { inboundMessageId: 'm-1' });
    await night.reply('zhang', '1', { inboundMessageId: 'm-1' });
    await night.reply('zhang', '1');
    const taught = await night.profile('card-1');
    expect(taught.spendCount).toBe(before.spendCount + 1);
    expect(taught.spendSum).toBe(before.spendSum + 500_000);
    expect(taught.merchants).toHaveLength(before.merchants.length + 1);
    await night.reply('zhang', '2');
    expect(await night.profile('card-1')).toMatchObject({
      spendCount: before.spendCount,
      spendSum: before.spendSum,
      merchants: before.merchants,
    });
    const { cases } = await readTables(night.stack);
    expect(cases.find(({ pk, sk }) => pk.startsWith('ALERT#') && sk === 'META')?.label).toMatchObject({
      value: 'fraud',
      provisional: true,
      by: 'customer:C-zhang',
    });
    const labels = cases
      .map(({ payload }) => JSON.stringify(payload ?? ''))
      .flatMap(
        (text) =>
          /AlertSettled.*"label":"(\w+)"/.exec(text)?.[1] ??
          /"label":"(\w+)".*AlertSettled/.exec(text)?.[1] ??
          [],
      );
    expect(labels.sort()).toEqual(['fraud', 'genuine']);
  });

  test('H23 a reversal that comes before its purchase: counted once, no spending, whatever comes again', async () => {
    const before = await night.profile('card-1');
    const transactionId = 'T-late';
    const reversal = {
      transactionId,
      cardToken: 'card-1',
      reversedAt: night.now(),
      kind: 'reversal',
      amount: { minor: 11_000, currency: 'CNY' },
    };
    await night.bank.put('TransactionReversed', reversal);
    await night.bank.put('TransactionReversed', reversal);
    await night.stack.settle();
    const late = { cardToken: 'card-1', cardholderId: people.zhang.customerId, at: night.now(-60) };
    for (const id of [transactionId, transactionId, 'T-other'])
      await night.bank.authorise({ ...late, transactionId: id, minor: 11_000 });
    await night.stack.settle();
    expect(await night.profile('card-1')).toMatchObject({
      attempts: before.attempts + 2,
      spendCount: before.spendCount + 1,
      spendSum: before.spendSum + 11_000,
    });
  });

  test('H23 what was reversed before the YES is no spending', async () => {
    const before = await night.profile('card-1');
    const transactionId = await night.oddity('card-1', 'zhang');
    await night.bank.put('TransactionReversed', {
      transactionId,
      cardToken: 'card-1',
      reversedAt: night.now(),
      kind: 'reversal',
      amount: { minor: 500_000, currency: 'CNY' },
    });
    await night.stack.settle();
    await night.reply('zhang', '1');
    expect((await night.profile('card-1')).spendSum).toBe(before.spendSum);
    expect((await night.onlyTicket('zhang')).ticket.status).toBe('resolved');
  });
});
