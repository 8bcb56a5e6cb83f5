import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';
import { createProof, type ProblemPage, type Proof } from './proof.ts';

let night: Night;
let proof: Proof;
beforeAll(async () => {
  night = await startNight();
  proof = createProof(night);
});
afterAll(async () => {
  proof.stop();
  await night.stop();
});
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

beforeEach(async () => {
  await night.begin();
  await night.customer('grace', 'card-1');
  await proof.enrolTotp('grace');
});

let presses = 0;
const press = (who: Parameters<Night['post']>[0], path: string, body?: object) => {
  presses += 1;
  return night.post<{ lifted?: boolean; type?: string }>(who, path, `press-${presses}-key`, body);
};
const refusedAs = (name: string) => ({ body: { type: `urn:cardguard:problem:${name}` } });
const alertWith = async (transactionId: string): Promise<string> => {
  const { body } = await night.get<{
    alerts: { alertId: string; transactions: { transactionId: string }[] }[];
  }>('grace', '/alerts');
  const found = body.alerts.find(({ transactions }) =>
    transactions.some((one) => one.transactionId === transactionId),
  );
  return found?.alertId ?? '';
};
const answer = (alertId: string, says: 'mine' | 'not_mine') =>
  press('grace', `/alerts/${alertId}/answer`, { says, ...(says === 'mine' ? { transactionCount: 1 } : {}) });

describe('D5 a NO holds, whatever else is proven', () => {
  test('H16 a NO to an earlier alert outlives the proof of a later one, and two people undo it', async () => {
    const earlier = await alertWith(await night.oddity('card-1', 'grace'));
    await answer(earlier, 'mine');
    const later = await alertWith(await night.spree('card-1', 'grace'));
    expect(later).not.toBe(earlier);
    const before = await proof.pass('grace', 'card-1', { alertId: later });
    await answer(earlier, 'not_mine');
    expect(await proof.unfreeze('grace', 'card-1', before)).toMatchObject(refusedAs('verification-void'));
    expect(await proof.open<ProblemPage>('grace', 'card-1', { alertId: later })).toMatchObject(
      refusedAs('nothing-to-lift'),
    );
    expect(await night.card('grace', 'card-1')).toMatchObject({ state: 'frozen', holds: ['fraud'] });
    // What two people undo is the NO alone: the later question is still to be answered.
    const { ticket } = await night.onlyTicket('grace');
    await press('agent', `/agent/tickets/${ticket.number}/claim`);
    const undo = `/agent/alerts/${earlier}/undo-not-mine`;
    await press('agent', undo, { reason: 'Bought by the family' });
    expect(await press('agent2', `${undo}/approve`)).toMatchObject({ status: 200, body: { lifted: false } });
    expect(await night.card('grace', 'card-1')).toMatchObject({ holds: ['fraud'] });
    await night.stack.advance(31_000);
    const after = await proof.pass('grace', 'card-1', { alertId: later });
    expect(await proof.unfreeze('grace', 'card-1', after)).toMatchObject({ status: 200 });
  });

  test('D7 what was reported beside a question stays held when the question is answered for', async () => {
    const reported = await night.bank.authorise({
      cardToken: 'card-1',
      cardholderId: people.grace.customerId,
      at: night.now(-60),
      minor: 12_000,
    });
    await night.stack.settle();
    const alertId = await alertWith(await night.spree('card-1', 'grace'));
    const before = await proof.pass('grace', 'card-1', { alertId });
    await press('grace', '/reports', { cardToken: 'card-1', transactionIds: [reported] });
    expect(await proof.unfreeze('grace', 'card-1', before)).toMatchObject(refusedAs('verification-void'));
    expect(await proof.open<ProblemPage>('grace', 'card-1', { alertId })).toMatchObject(
      refusedAs('nothing-to-lift'),
    );
    expect(await night.card('grace', 'card-1')).toMatchObject({ state: 'frozen', holds: ['fraud'] });
    expect(await night.queue()).toMatchObject([{ priority: 'P1' }]);
  });
});

describe('D5 H16 several NOs of one card', () => {
  const undoneByTwo = async (alertId: string) => {
    const undo = `/agent/alerts/${alertId}/undo-not-mine`;
    await press('agent', undo, { reason: 'Bought by the family' });
    return press('agent2', `${undo}/approve`);
  };

  test('undoing one leaves the hold to the other NO, not to the question that waits', async () => {
    const quiet = await night.bank.authorise({
      cardToken: 'card-1',
      cardholderId: people.grace.customerId,
      at: night.now(-60),
      minor: 12_000,
    });
    const first = await alertWith(await night.oddity('card-1', 'grace'));
    await answer(first, 'mine');
    const question = await alertWith(await night.spree('card-1', 'grace'));
    await answer(first, 'not_mine');
    await press('grace', '/reports', { cardToken: 'card-1', transactionIds: [quiet] });
    const second = await alertWith(quiet);
    expect(new Set([first, second, question, '']).size).toBe(4);
    const { ticket } = await night.onlyTicket('grace');
    await press('agent', `/agent/tickets/${ticket.number}/claim`);
    expect(await undoneByTwo(first)).toMatchObject({ status: 200, body: { lifted: false } });
    expect(await proof.open<ProblemPage>('grace', 'card-1', { alertId: question })).toMatchObject(
      refusedAs('nothing-to-lift'),
    );
    expect(await undoneByTwo(second)).toMatchObject({ status: 200, body: { lifted: false } });
    await night.stack.advance(31_000);
    const proven = await proof.pass('grace', 'card-1', { alertId: question });
    expect(await proof.unfreeze('grace', 'card-1', proven)).toMatchObject({ status: 200 });
    expect(await night.card('grace', 'card-1')).toMatchObject({ state: 'active', holds: [] });
  });
});

describe('H14 I7 the three tries', () => {
  const wrong = async (id: string, times: number) => {
    for (let guess = 0; guess < times; guess += 1) await proof.tryTotp('grace', id, `0000000${guess}`);
  };
  const spent = { requirement: { accepted: ['device', 'staff'], mustInclude: ['staff'] } };

  test('a ticket brought back by a message gives none of the day anew', async () => {
    const alertId = await alertWith(await night.oddity('card-1', 'grace'));
    const first = await proof.open('grace', 'card-1', { action: 'enrol_device' });
    await wrong(first.body.verificationId, 2);
    await answer(alertId, 'mine');
    const { ticket } = await night.onlyTicket('grace');
    expect(ticket.status).toBe('resolved');
    await press('grace', `/tickets/${ticket.number}/messages`, { text: 'Hello again' });
    await night.stack.advance(16 * 60_000);
    const second = await proof.open('grace', 'card-1', { action: 'enrol_device' });
    expect(second.body.verificationId).not.toBe(first.body.verificationId);
    await wrong(second.body.verificationId, 1);
    expect(await proof.read('grace', second.body.verificationId)).toMatchObject({ status: 'locked' });
  });

  test('used up without a ticket, they are not given anew with the ticket that this opens', async () => {
    await press('grace', '/cards/card-1/freeze');
    const { body } = await proof.open('grace', 'card-1');
    await wrong(body.verificationId, 3);
    expect(await proof.read('grace', body.verificationId)).toMatchObject({ status: 'locked' });
    expect((await night.onlyTicket('grace')).ticket).toMatchObject({ queuedReason: 'verification_locked' });
    expect((await proof.open('grace', 'card-1')).body).toMatchObject(spent);
    // Nor on the next day.
    await night.clock.advance(9 * 3_600_000);
    expect((await proof.open('grace', 'card-1')).body).toMatchObject(spent);
  });
});
