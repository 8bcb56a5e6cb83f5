import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../functions/platform/database.ts';
import { readTimeline } from '../../functions/platform/sealed-words.ts';
import { createErasure } from '../../tools/erase/erasure.ts';
import { targetOf } from '../../tools/stage/local.ts';
import type { Target } from '../../tools/stage/target.ts';
import { readTables } from '../support/tables.ts';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
let target: Target;
beforeAll(async () => {
  night = await startNight();
  target = await targetOf(night.stack);
});
afterAll(async () => {
  target?.close();
  await night?.stop();
});
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

const WORDS = '是我本人操作';
const { customerId } = people.zhang;
const now = () => new Date(night.clock.now());
const erasure = (db: Database = target.db) => createErasure({ ...target, db }, now);

/** An alert that the customer answered in words, settled; nothing is open any more. */
async function settled(): Promise<void> {
  await night.customer('zhang', 'card-1');
  await night.customer('grace', 'card-2', { lastFour: '2222' });
  await night.oddity('card-1', 'zhang');
  await night.reply('zhang', WORDS);
  expect((await night.onlyTicket('zhang')).ticket.status).toBe('resolved');
  await night.stack.advance(5 * 60_000);
  const wanted = { action: 'enrol_device', cardToken: 'card-1' };
  const opened = await night.post<{ verificationId: string }>(
    'zhang',
    '/verifications',
    'press-open',
    wanted,
  );
  const guess = `/verifications/${opened.body.verificationId}/totp`;
  await night.post('zhang', guess, 'press-guess', { code: '00000000' });
}

/** What may be nowhere any more; read before the erasure. */
async function secrets(): Promise<readonly string[]> {
  const { cards } = await readTables(night.stack);
  const contact = cards.find(({ pk, sk }) => pk === `CUSTOMER#${customerId}` && sk === 'CONTACT');
  if (contact === undefined) throw new Error('no contact');
  const { name, email, phoneDigest, phoneCipher } = contact;
  return [
    name,
    email,
    phoneDigest,
    phoneCipher,
    people.zhang.phone,
    WORDS,
    `customers#${people.zhang.subject}`,
  ]
    .filter((one) => typeof one === 'string')
    .map(String);
}

async function everything(): Promise<string> {
  const { cards, cases } = await readTables(night.stack);
  return JSON.stringify([...cards, ...cases]);
}

async function expectErased(gone: readonly string[]): Promise<void> {
  const left = await everything();
  expect(gone.length).toBeGreaterThanOrEqual(5);
  for (const secret of gone)
    expect([secret, left.includes(JSON.stringify(secret).slice(1, -1))]).toEqual([secret, false]);
  const { cases } = await readTables(night.stack);
  const ticketPk = cases.find(
    ({ pk, sk, customerId: of }) => sk === 'META' && pk.startsWith('TICKET#') && of === customerId,
  )?.pk;
  const ofTicket = (prefix: string) =>
    cases
      .filter(({ pk, sk }) => pk === ticketPk && sk.startsWith(prefix))
      .sort((a, b) => (a.sk < b.sk ? -1 : 1));
  const timeline = readTimeline(ofTicket('EVT#'), ofTicket('MSG#'));
  expect(timeline).toMatchObject({ intact: true });
  expect(timeline.erased.size).toBeGreaterThan(0);
  expect(cases.filter(({ type }) => type === 'customer_erased')).toHaveLength(1);
  expect(cases.filter(({ pk }) => pk.startsWith(`TRIES#${customerId}#`))).toEqual([]);
}

test('D11 after an erasure no item has the name, number, words or log-in, and the chain still verifies', async () => {
  await settled();
  const gone = await secrets();
  expect(await everything()).toContain(`TRIES#${customerId}#`);
  expect(await everything()).toContain(WORDS);
  const plan = await erasure().plan(customerId);
  expect(plan).toMatchObject({ obstacles: [], contact: true, done: false });
  expect(plan.words).toBeGreaterThan(0);
  expect(await everything()).toContain(WORDS);
  await erasure().apply(plan);
  await expectErased(gone);
  // Another customer is as before.
  expect((await night.card('grace', 'card-2')).state).toBe('active');
  expect((await erasure().plan(customerId)).done).toBe(true);
});

test('it refuses while a card is held, a ticket or an alert open, and names each', async () => {
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  const { number } = (await night.onlyTicket('zhang')).ticket;
  const plan = await erasure().plan(customerId);
  expect(plan.obstacles).toContain('card card-1 has a fraud hold');
  expect(plan.obstacles).toContain(`ticket ${number} is awaiting_reply`);
  expect(plan.obstacles.some((one) => /^alert \S+ is open$/.test(one))).toBe(true);
  await expect(erasure().apply(plan)).rejects.toThrow('fraud hold');
  expect((await night.card('zhang', 'card-1')).holds).toEqual(['fraud']);
});

test('broken off after any number of steps it goes on when started again', async () => {
  await settled();
  const gone = await secrets();
  for (let steps = 0; ; steps += 1) {
    let left = steps;
    const breaking: Database = {
      ...target.db,
      commit: (writes) => {
        left -= 1;
        if (left < 0) throw new Error('broken off');
        return target.db.commit(writes);
      },
    };
    const plan = await erasure().plan(customerId);
    if (plan.done) break;
    await erasure(breaking)
      .apply(plan)
      .catch((error: Error) => expect(error.message).toBe('broken off'));
    expect(steps).toBeLessThan(60);
  }
  await expectErased(gone);
});
