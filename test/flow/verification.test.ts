import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';
import { createProof, type ProblemPage, type Proof } from './proof.ts';

let night: Night;
let proof: Proof;
let alertId: string;
beforeAll(async () => {
  night = await startNight();
  proof = createProof(night);
});
afterAll(async () => {
  proof.stop();
  await night.stop();
});
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

/** Grace's card is frozen by an alert, and she has an authenticator. */
beforeEach(async () => {
  await night.begin();
  await night.customer('grace', 'card-1');
  await proof.enrolTotp('grace');
  await night.spree('card-1', 'grace');
  alertId = await proof.alertOf('grace');
});

const typesOf = async () => (await night.onlyTicket('grace')).timeline.map(({ type }) => type);
const refusedAs = (name: string) => ({ body: { type: `urn:cardguard:problem:${name}` } });

describe('D5 two factors release the card', () => {
  test('a code by SMS and a one-time password: hold, alert, pass, ticket and issuer in one', async () => {
    const id = await proof.pass('grace', 'card-1', { alertId });
    expect(await proof.read('grace', id)).toMatchObject({ status: 'passed', offers: ['staff'] });
    expect(await night.card('grace', 'card-1')).toMatchObject({ state: 'frozen' });
    const released = await proof.unfreeze('grace', 'card-1', id);
    expect(released).toMatchObject({ status: 200, body: { card: { state: 'active', holds: [] } } });
    const page = await night.onlyTicket('grace');
    expect(page.ticket).toMatchObject({ status: 'resolved', resolution: 'genuine' });
    expect(page.alert).toMatchObject({ status: 'settled_genuine' });
    expect(page.timelineIntact).toBe(true);
    expect(await typesOf()).toEqual(
      expect.arrayContaining([
        'verification_started',
        'code_requested',
        'factor_passed',
        'verification_passed',
        'card_released',
      ]),
    );
    expect(await proof.read('grace', id)).toMatchObject({ status: 'used' });
  });

  test('a YES by SMS is the first factor, a one-time password the second', async () => {
    await night.reply('grace', '1');
    const { body } = await proof.open('grace', 'card-1', { alertId });
    expect(body).toMatchObject({ status: 'pending', factors: [{ kind: 'sim' }], offers: ['totp', 'staff'] });
    expect((await proof.tryTotp('grace', body.verificationId, proof.totp())).body.status).toBe('passed');
    expect(await proof.unfreeze('grace', 'card-1', body.verificationId)).toMatchObject({ status: 200 });
  });

  test('the same verification is given on every channel while it runs', async () => {
    const first = await proof.open('grace', 'card-1', { alertId });
    const second = await proof.open('grace', 'card-1', { alertId });
    expect(second.body.verificationId).toBe(first.body.verificationId);
  });

  test('the agent of the ticket sees how far it is, and no secret', async () => {
    await proof.pass('grace', 'card-1', { alertId });
    const page = await night.onlyTicket('grace');
    expect(page).toMatchObject({ verifications: [{ action: 'unfreeze', status: 'passed' }] });
    expect(JSON.stringify(page)).not.toContain(proof.code('grace'));
  });

  test('H22 the same request again has the same answer and no second effect', async () => {
    const id = await proof.pass('grace', 'card-1', { alertId });
    const first = await proof.unfreeze('grace', 'card-1', id, 'release-key-1');
    expect(await proof.unfreeze('grace', 'card-1', id, 'release-key-1')).toEqual(first);
    expect((await typesOf()).filter((type) => type === 'card_released')).toHaveLength(1);
  });
});

describe('H14 codes', () => {
  test('wrong, of another verification, older than the newest and used: one and the same answer', async () => {
    const { body } = await proof.open('grace', 'card-1', { alertId });
    const id = body.verificationId;
    await proof.order('grace', id);
    const older = proof.code('grace');
    await proof.order('grace', id);
    const newest = proof.code('grace');
    expect(newest).not.toBe(older);
    const refused = await proof.check<ProblemPage>('grace', id, older);
    expect(refused).toMatchObject({ status: 422, ...refusedAs('not-accepted') });
    expect((await proof.check('grace', id, newest)).status).toBe(200);
    expect(await proof.check('grace', id, newest)).toEqual(refused);
  });

  test('a code is good for five minutes', async () => {
    const { body } = await proof.open('grace', 'card-1', { alertId });
    await proof.order('grace', body.verificationId);
    await night.stack.advance(5 * 60_000 + 1);
    expect(await proof.check('grace', body.verificationId, proof.code('grace'))).toMatchObject(
      refusedAs('not-accepted'),
    );
  });

  test('three failures over codes and passwords lock it: frozen, queued, a right code is too late', async () => {
    const { body } = await proof.open('grace', 'card-1', { alertId });
    const id = body.verificationId;
    await proof.order('grace', id);
    const right = proof.code('grace');
    const wrong = right === '00000000' ? '00000001' : '00000000';
    await proof.check('grace', id, wrong);
    await proof.tryTotp('grace', id, '00000000');
    await proof.order('grace', id);
    const last = await proof.check('grace', id, right);
    expect(last).toMatchObject(refusedAs('not-accepted'));
    expect(await proof.read('grace', id)).toMatchObject({ status: 'locked', endReason: 'tries_spent' });
    expect(await proof.check('grace', id, proof.code('grace'))).toEqual(last);
    expect(await night.card('grace', 'card-1')).toMatchObject({ state: 'frozen' });
    expect(await night.queue()).toMatchObject([{ priority: 'P2', queuedReason: 'verification_locked' }]);
    const again = await proof.open('grace', 'card-1', { alertId });
    expect(again.body).toMatchObject({
      requirement: { accepted: ['device', 'staff'], mustInclude: ['staff'] },
    });
  });

  test('three codes are sent for an incident, and no more, whatever is opened anew', async () => {
    const { body } = await proof.open('grace', 'card-1', { alertId });
    const id = body.verificationId;
    for (const number of [1, 2, 3]) {
      expect((await proof.order('grace', id)).status).toBe(200);
      expect(night.texts('grace').filter((text) => /\d{8}/.test(text))).toHaveLength(number);
    }
    expect(await proof.order('grace', id)).toMatchObject(refusedAs('too-many-codes'));
    expect(night.texts('grace').filter((text) => /\d{8}/.test(text))).toHaveLength(3);
  });

  test('the code is in no table', async () => {
    const { body } = await proof.open('grace', 'card-1', { alertId });
    await proof.order('grace', body.verificationId);
    const code = proof.code('grace');
    await proof.check('grace', body.verificationId, code);
    const { readTables } = await import('../support/tables.ts');
    expect(JSON.stringify(await readTables(night.stack))).not.toContain(code);
  });
});

describe('H13 without the phone', () => {
  test('a SIM changed lately sends no code, and a person has to vouch', async () => {
    await night.bank.put('SimChanged', {
      customerId: people.grace.customerId,
      occurredAt: night.now(-600),
      kind: 'sim_swap',
    });
    await night.stack.settle();
    const { body } = await proof.open('grace', 'card-1', { alertId });
    expect(body).toMatchObject({
      requirement: {
        accepted: ['device', 'totp', 'staff'],
        mustInclude: ['staff'],
        reasons: ['sim_changed'],
      },
      offers: ['totp', 'staff'],
    });
    expect(await proof.order('grace', body.verificationId)).toMatchObject(refusedAs('phone-not-accepted'));
    await proof.tryTotp('grace', body.verificationId, proof.totp());
    expect(await proof.unfreeze('grace', 'card-1', body.verificationId)).toMatchObject(
      refusedAs('not-verified'),
    );
  });
});

describe('H31 a high amount', () => {
  test('waits 30 minutes after the last question, then the same factors release it', async () => {
    await night.begin();
    await night.customer('grace', 'card-1');
    await proof.enrolTotp('grace');
    await night.spree('card-1', 'grace', { minor: 1_500_000 });
    alertId = await proof.alertOf('grace');
    // The reminder after five minutes is the last question.
    await night.stack.advance(25 * 60_000);
    const id = await proof.pass('grace', 'card-1', { alertId });
    const page = await proof.read('grace', id);
    expect(page).toMatchObject({ status: 'pending', requirement: { reasons: ['high_amount'] } });
    expect(page.waitsUntil).toBe(page.requirement.notBefore);
    expect(await proof.unfreeze('grace', 'card-1', id)).toMatchObject(refusedAs('not-verified'));
    await night.stack.advance(11 * 60_000);
    expect(await proof.unfreeze('grace', 'card-1', id)).toMatchObject({ status: 200 });
  });
});
