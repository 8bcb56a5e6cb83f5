import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { people, SPREE } from './bank.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

const hostile = '【银行】 http://evil.test/pay\u202e call +1 555 010 0199 \u0007';
const buys = async (minor: number, over: object) => {
  const { customerId } = people.grace;
  await night.bank.authorise({
    cardToken: 'card-1',
    cardholderId: customerId,
    at: night.now(-3),
    minor,
    over,
  });
  await night.stack.settle();
};

test('H19 a hostile merchant name reaches neither the text, the app nor the desk as it came', async () => {
  await night.customer('grace', 'card-1');
  await buys(388_800, { ...SPREE, merchant: { ...SPREE.merchant, name: `${hostile}${'A'.repeat(400)}` } });
  const [text = ''] = night.texts('grace');
  expect(text).toMatch(/^Example Bank: Card 4417 is frozen: CNY 3,888\.00 at "/);
  expect(text).not.toMatch(/http|evil|【|555|[\p{Cc}\p{Cf}]/u);
  expect(text.length).toBeLessThanOrEqual(160);
  const pages = await Promise.all([
    night.get('grace', '/alerts'),
    night.get('grace', '/cards/card-1/transactions'),
  ]);
  for (const { status, body } of pages) {
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/evil\.test|\\u202e|\u202e|【/);
  }
});

test('H24 a recurring charge is asked about as one, and nobody is told to try again', async () => {
  await night.customer('grace', 'card-1');
  const merchant = { id: 'M-55', name: 'Cloud Video', mcc: '4899', country: 'NG' };
  const charge = { merchant, entryMode: 'ecommerce', recurring: true, merchantInitiated: true };
  await buys(500_000, { ...charge, outcome: 'declined' });
  const [question = ''] = night.texts('grace');
  expect(question).toContain('recurring CNY 5,000.00 at "Cloud Video"');
  await night.reply('grace', '1');
  const answer = night.texts('grace').at(-1) ?? '';
  expect(answer).not.toBe(question);
  expect(answer).not.toMatch(/try again/i);
});
