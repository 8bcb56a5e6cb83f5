import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { people, SPREE } from './bank.ts';
import { NIGHT, type Night, startNight } from './night.ts';
import { createProof, type Proof } from './proof.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How long after it was sent a text may reach us at the latest (two-way SMS promises neither order nor haste). */
const DELAYS_HOURS = [1, 25] as const;

let night: Night;
let proof: Proof;
beforeAll(async () => {
  night = await startNight({ schedules: false });
  proof = createProof(night);
});
afterAll(async () => {
  proof.stop();
  await night.stop();
});
beforeEach(async () => {
  await night.begin();
  // Each begins at the hour of the night at which the rules are on their guard.
  const late = (night.clock.now() - NIGHT) % (24 * HOUR);
  if (late > 0) await night.stack.advance(24 * HOUR - late);
});
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

/** Time passes without a sweep a minute; those that matter are called. */
async function pass(ms: number): Promise<void> {
  await night.stack.advance(ms);
  await night.stack.invoke('sweep-deadlines', {});
  await night.stack.settle();
}

/** The question stays unanswered: reminded after five minutes, a person's after fifteen. */
async function expires(): Promise<void> {
  await pass(6 * MINUTE);
  await pass(10 * MINUTE);
  expect((await night.onlyTicket('zhang')).alert?.status).toBe('expired');
}

const settled = async () => (await night.onlyTicket('zhang')).alert?.status;
const answersOf = async () =>
  (await night.onlyTicket('zhang')).timeline.filter(({ type }) => type === 'customer_answered');

describe.each(DELAYS_HOURS)('H4 an answer that reaches us %i h after it was sent', (hours) => {
  beforeEach(() => night.customer('zhang', 'card-1'));

  test('YES, sent in time, releases no frozen card: its ticket stays a person’s', async () => {
    await night.spree('card-1', 'zhang');
    await night.stack.advance(MINUTE);
    const sentAt = night.clock.now();
    await expires();
    await pass(hours * HOUR);
    await night.reply('zhang', '1', { at: sentAt });
    expect(await settled()).toBe('expired');
    expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen', holds: ['fraud'] });
    expect(await night.queue()).toMatchObject([{ cardToken: 'card-1', queuedReason: 'no_answer' }]);
    expect(night.texts('zhang').at(-1)).toContain('App'); // the way that is still open
  });

  test('NO holds a card that was only asked about, and its ticket is P1', async () => {
    await night.oddity('card-1', 'zhang');
    await night.stack.advance(MINUTE);
    const sentAt = night.clock.now();
    await expires();
    expect((await night.card('zhang', 'card-1')).state).toBe('active');
    await pass(hours * HOUR);
    await night.reply('zhang', '2', { at: sentAt });
    expect(await settled()).toBe('settled_fraud');
    expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen', holds: ['fraud'] });
    expect(await night.queue()).toMatchObject([{ priority: 'P1', queuedReason: 'not_mine' }]);
  });

  test('NO and YES of one minute, the YES first here and twice each: NO stands, each noted once', async () => {
    await night.spree('card-1', 'zhang');
    await night.stack.advance(MINUTE);
    const no = { at: night.clock.now(), inboundMessageId: `no-${hours}` };
    const yes = { at: night.clock.now() + 30_000, inboundMessageId: `yes-${hours}` };
    await night.stack.advance(MINUTE);
    await night.reply('zhang', '1', yes);
    expect(await settled()).toBe('claimed_genuine');
    await pass(16 * MINUTE);
    await pass(hours * HOUR);
    await night.reply('zhang', '2', no);
    for (const again of [yes, no]) await night.reply('zhang', again === yes ? '1' : '2', again);
    expect(await settled()).toBe('settled_fraud');
    expect((await night.card('zhang', 'card-1')).holds).toEqual(['fraud']);
    expect((await answersOf()).map(({ data }) => data.says)).toEqual(['mine', 'not_mine']);
  });
});

describe('H4 after the question expired and a late YES came to nothing', () => {
  beforeEach(async () => {
    await night.customer('zhang', 'card-1');
    await proof.enrolTotp('zhang');
    await night.spree('card-1', 'zhang');
    await night.stack.advance(MINUTE);
    const sentAt = night.clock.now();
    await expires();
    await pass(25 * HOUR);
    await night.reply('zhang', '1', { at: sentAt });
    expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
  });

  test('two factors in the app still give the card back', async () => {
    const id = await proof.pass('zhang', 'card-1', { alertId: await proof.alertOf('zhang') });
    const released = await proof.unfreeze('zhang', 'card-1', id);
    expect(released).toMatchObject({ status: 200, body: { card: { state: 'active', holds: [] } } });
    expect(await settled()).toBe('settled_genuine');
  });

  test('the late YES is no factor: a one-time password alone gives nothing back', async () => {
    const { body } = await proof.open('zhang', 'card-1', { alertId: await proof.alertOf('zhang') });
    expect(body.factors).toEqual([]);
    await proof.tryTotp('zhang', body.verificationId, proof.totp());
    expect(await proof.unfreeze('zhang', 'card-1', body.verificationId)).toMatchObject({ status: 409 });
    expect((await night.card('zhang', 'card-1')).holds).toEqual(['fraud']);
  });

  test('a NO that was on its way even longer still counts, also against who has just proven themselves', async () => {
    const alertId = await proof.alertOf('zhang');
    const id = await proof.pass('zhang', 'card-1', { alertId });
    await night.reply('zhang', '2', { at: night.clock.now() - 25 * HOUR });
    expect(await settled()).toBe('settled_fraud');
    expect(await proof.unfreeze('zhang', 'card-1', id)).toMatchObject({ status: 409 });
    expect((await night.card('zhang', 'card-1')).holds).toEqual(['fraud']);
  });
});

test('H25 a purchase replayed 25 hours late is judged and held as of its own time; its answer is the app’s or a person’s', async () => {
  await night.customer('zhang', 'card-1');
  await night.bank.authorise({
    cardToken: 'card-1',
    cardholderId: people.zhang.customerId,
    at: night.now(-25 * 3600),
    minor: 388_800,
    over: SPREE,
  });
  await night.stack.settle();
  await pass(MINUTE);
  expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen', holds: ['fraud'] });
  expect(night.texts('zhang')).toEqual([]);
  // Nobody asked: a YES of that time says nothing about it, a NO blocks all the same.
  await night.reply('zhang', '1', { at: night.clock.now() - 25 * HOUR });
  expect(await settled()).toBe('undeliverable');
  expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
  await night.reply('zhang', '2', { at: night.clock.now() - 25 * HOUR + 1_000 });
  expect(await settled()).toBe('settled_fraud');
});
