import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { decodeRisk } from '../../functions/screening/merchant-risk.ts';
import { readTables } from '../support/tables.ts';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

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

/** Known frauds of a merchant, as screening reads them. */
async function fraudsAt(merchantId: string): Promise<number> {
  const { cards } = await readTables(night.stack);
  const risk = cards.find(({ pk, sk }) => pk === `MERCHANT#${merchantId}` && sk === 'RISK');
  return risk?.p instanceof Uint8Array ? decodeRisk(risk.p).frauds.length : 0;
}

const concludes = async (
  type: 'FraudConfirmed' | 'FraudCleared',
  about: { transactionId: string; merchantId?: string; occurredAt?: string; minutesAgo: number },
): Promise<void> => {
  const { minutesAgo, ...rest } = about;
  await night.bank.put(type, {
    labelId: `${type}-${about.transactionId}`,
    ...{ cardToken: 'card-1', occurredAt: night.now(-30), source: 'chargeback' },
    at: night.now(-60 * minutesAgo),
    ...rest,
  });
  await night.stack.settle();
};

test('I3 a chargeback of a cleared purchase counts once at card and merchant, and is taken back whole', async () => {
  const at = night.now(-60);
  const { customerId } = people.zhang;
  const transactionId = await night.bank.authorise({
    cardToken: 'card-1',
    cardholderId: customerId,
    at,
    minor: 9_900,
  });
  await night.stack.settle();
  const before = await night.profile('card-1');
  await concludes('FraudConfirmed', { transactionId, minutesAgo: 5 });
  await concludes('FraudConfirmed', { transactionId, minutesAgo: 5 });
  expect(await night.profile('card-1')).toMatchObject({
    spendCount: before.spendCount - 1,
    spendSum: before.spendSum - 9_900,
  });
  expect(await fraudsAt('M-1')).toBe(1);
  // Older than what is known: it changes nothing, though it comes last.
  await concludes('FraudCleared', { transactionId, minutesAgo: 7 });
  expect(await fraudsAt('M-1')).toBe(1);
  await concludes('FraudCleared', { transactionId, minutesAgo: 2 });
  expect(await night.profile('card-1')).toEqual(before);
  expect(await fraudsAt('M-1')).toBe(0);
  const { cases } = await readTables(night.stack);
  const told = cases
    .filter(({ pk, sk }) => pk.startsWith('LABEL#') && sk.startsWith('OUT#'))
    .map(({ payload }) => payload as { type: string; detail: { label: string } })
    .map(({ type, detail }) => `${type} ${detail.label}`);
  expect(told.sort()).toEqual(['TransactionLabelled fraud', 'TransactionLabelled genuine']);
});

test('a NO counts at the merchant until two of staff undo it', async () => {
  await night.spree('card-1', 'zhang');
  await night.reply('zhang', '2');
  expect(await fraudsAt('M-999')).toBe(1);
  const before = await night.profile('card-1');
  const { ticket } = await night.onlyTicket('zhang');
  const { alertId } = ticket as typeof ticket & { alertId: string };
  const undo = `/agent/alerts/${alertId}/undo-not-mine`;
  await night.post('agent', `/agent/tickets/${ticket.number}/claim`, 'claim-it-1');
  await night.post('agent', undo, 'propose-it', { reason: 'It was the family after all' });
  await night.post('agent2', `${undo}/approve`, 'approve-it');
  expect(await fraudsAt('M-999')).toBe(0);
  const after = await night.profile('card-1');
  expect(after.spendCount).toBe(before.spendCount + 1);
});

test('a conclusion bars a release by the customer and calls a person; cleared, the question stands as before', async () => {
  const transactionId = await night.spree('card-1', 'zhang');
  await concludes('FraudConfirmed', { transactionId, minutesAgo: 5 });
  const { ticket } = await night.onlyTicket('zhang');
  expect(ticket).toMatchObject({ status: 'queued', priority: 'P1' });
  const { alertId } = ticket as typeof ticket & { alertId: string };
  const refused = await night.post('zhang', '/verifications', 'verify-it-1', {
    action: 'unfreeze',
    cardToken: 'card-1',
    alertId,
  });
  expect(refused).toMatchObject({ status: 409, body: { type: 'urn:cardguard:problem:concluded-as-fraud' } });
  await concludes('FraudCleared', { transactionId, minutesAgo: 2 });
  expect(await night.card('zhang', 'card-1')).toMatchObject({ holds: ['fraud'] });
  const opened = await night.post('zhang', '/verifications', 'verify-it-2', {
    action: 'unfreeze',
    cardToken: 'card-1',
    alertId,
  });
  expect(opened.status).toBe(200);
  const types = (await night.onlyTicket('zhang')).timeline.map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(['fraud_confirmed', 'fraud_cleared']));
});

test('a label of a purchase long gone counts at its merchant; one that names none waits in quarantine', async () => {
  const occurredAt = new Date(Date.parse(night.now()) - 90 * 86_400_000).toISOString();
  await concludes('FraudConfirmed', {
    transactionId: 'T-gone',
    merchantId: 'M-gone',
    occurredAt,
    minutesAgo: 5,
  });
  expect(await fraudsAt('M-gone')).toBe(1);
  await concludes('FraudConfirmed', { transactionId: 'T-nowhere', occurredAt, minutesAgo: 5 });
  const { cases } = await readTables(night.stack);
  const kept = cases.filter(({ pk, sk }) => pk.startsWith('QUARANTINE#') && sk === 'META');
  expect(kept.map(({ reason }) => reason)).toEqual(['unknown_transaction']);
});
