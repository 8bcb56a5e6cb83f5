import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

/** Seconds before or after the present at which a customer pressed send. */
const at = (seconds: number) => ({ at: night.clock.now() + seconds * 1000 });

describe('a frozen card', () => {
  beforeEach(async () => {
    await night.customer('zhang', 'card-1');
    await night.spree('card-1', 'zhang');
  });

  test('2 settles fraud: P1, queued, still frozen, one answer with the ticket number', async () => {
    await night.reply('zhang', '2');
    const page = await night.onlyTicket('zhang');
    expect(page).toMatchObject({
      ticket: { status: 'queued', priority: 'P1', queuedReason: 'not_mine' },
      alert: { status: 'settled_fraud' },
    });
    expect(await night.queue()).toHaveLength(1);
    expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen' });
    expect(night.texts('zhang')).toHaveLength(2);
    expect(night.texts('zhang')[1]).toContain(page.ticket.number);
    expect(page.timelineIntact).toBe(true);
  });

  test('1 only claims: the card stays frozen until a second factor proves it', async () => {
    await night.reply('zhang', '1');
    expect(await night.onlyTicket('zhang')).toMatchObject({
      ticket: { status: 'awaiting_reply' },
      alert: { status: 'claimed_genuine' },
    });
    expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen', holds: ['fraud'] });
  });

  test('a claim not proven in 15 minutes goes to a person at P2', async () => {
    await night.reply('zhang', '1');
    await night.stack.advance(16 * 60_000);
    expect(await night.onlyTicket('zhang')).toMatchObject({
      ticket: { status: 'queued', priority: 'P2', queuedReason: 'not_verified' },
      alert: { status: 'expired' },
    });
    expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
  });

  test('no answer: a second notice after 5 minutes, a person after 15, still frozen', async () => {
    await night.stack.advance(4 * 60_000);
    expect(night.texts('zhang')).toHaveLength(1);
    await night.stack.advance(2 * 60_000);
    expect(night.texts('zhang')).toHaveLength(2);
    await night.stack.advance(11 * 60_000);
    expect(night.texts('zhang')).toHaveLength(2);
    expect(await night.queue()).toMatchObject([{ priority: 'P2', queuedReason: 'no_answer' }]);
    expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
  });

  test('H4 a late YES releases nothing', async () => {
    await night.stack.advance(17 * 60_000);
    await night.reply('zhang', '1');
    expect(await night.onlyTicket('zhang')).toMatchObject({
      ticket: { status: 'queued' },
      alert: { status: 'expired' },
    });
    expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
  });

  test('H4 a late NO settles fraud', async () => {
    await night.stack.advance(17 * 60_000);
    await night.reply('zhang', '2');
    expect(await night.onlyTicket('zhang')).toMatchObject({
      ticket: { priority: 'P1' },
      alert: { status: 'settled_fraud' },
    });
  });

  test('H4 YES then NO: NO wins', async () => {
    await night.reply('zhang', '1');
    await night.reply('zhang', '2');
    expect(await night.onlyTicket('zhang')).toMatchObject({
      ticket: { priority: 'P1' },
      alert: { status: 'settled_fraud' },
    });
  });

  test('H4 NO then YES: NO stays', async () => {
    await night.reply('zhang', '2');
    await night.reply('zhang', '1');
    expect(await night.onlyTicket('zhang')).toMatchObject({
      ticket: { priority: 'P1' },
      alert: { status: 'settled_fraud' },
    });
    expect((await night.card('zhang', 'card-1')).holds).toEqual(['fraud']);
  });

  test('H4 a YES sent before a later transaction joined does not cover it', async () => {
    await night.stack.advance(30_000);
    const before = night.clock.now();
    await night.stack.advance(30_000);
    await night.spree('card-1', 'zhang');
    await night.reply('zhang', '1', { at: before });
    expect((await night.onlyTicket('zhang')).alert).toMatchObject({ status: 'open', transactionCount: 2 });
    expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
  });

  test('H5 the same reply twice has one effect and one answer', async () => {
    await night.reply('zhang', '2', { inboundMessageId: 'm-1' });
    await night.reply('zhang', '2', { inboundMessageId: 'm-1' });
    await night.stack.advance(3_600_000);
    await night.reply('zhang', '2', { inboundMessageId: 'm-1' });
    expect(night.texts('zhang')).toHaveLength(2);
    const page = await night.onlyTicket('zhang');
    expect(page.timeline.filter((entry) => entry.type === 'customer_answered')).toHaveLength(1);
  });

  test('H7 a flood of answers is answered four times and then met with silence', async () => {
    for (let i = 0; i < 9; i += 1) await night.reply('zhang', '2');
    expect(night.texts('zhang')).toHaveLength(1 + 4);
  });

  test('H10 STOP ends texts to this phone, not the case: the freeze stands and the deadlines go on', async () => {
    await night.reply('zhang', '退订');
    expect(night.texts('zhang')).toHaveLength(2);
    await night.stack.advance(20 * 60_000);
    expect(night.texts('zhang')).toHaveLength(2);
    expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
    expect(await night.queue()).toHaveLength(1);
  });

  test('H15 a card number in a text is masked before it is stored', async () => {
    await night.reply('zhang', '不是我 6222 0212 3456 7894 帮我看看');
    const page = await night.onlyTicket('zhang');
    expect(JSON.stringify(page.timeline)).not.toMatch(/6222|0212 3456/);
    expect(night.stack.logs().some(({ line }) => line.includes('6222'))).toBe(false);
    expect(page.alert?.status).toBe('settled_fraud');
  });

  test('D11 what the customer wrote is read beside the journal, not in it', async () => {
    await night.reply('zhang', '不是我 请帮我看看');
    const { timeline, timelineIntact } = await night.onlyTicket('zhang');
    const answered = timeline.find(({ type }) => type === 'customer_answered');
    expect(answered).toMatchObject({ words: '不是我 请帮我看看', data: { wordsSeal: expect.any(String) } });
    expect(JSON.stringify(timeline.map(({ data }) => data))).not.toContain('帮我看看');
    expect(timelineIntact).toBe(true);
  });

  test('an unclear text is asked once more, the next brings a person', async () => {
    await night.reply('zhang', '你好，在吗？今天天气不错');
    expect(night.texts('zhang')).toHaveLength(2);
    await night.reply('zhang', '什么意思啊，看不懂');
    expect(night.texts('zhang')).toHaveLength(2);
    expect(await night.queue()).toMatchObject([{ queuedReason: 'unclear_replies' }]);
  });
});

describe('an alert without a hold', () => {
  beforeEach(async () => {
    await night.customer('grace', 'card-2');
    await night.oddity('card-2', 'grace');
  });

  test('1 settles it genuine and resolves the ticket', async () => {
    expect(night.texts('grace')).toHaveLength(1);
    await night.reply('grace', 'YES');
    expect(await night.onlyTicket('grace')).toMatchObject({
      ticket: { status: 'resolved', resolution: 'genuine' },
      alert: { status: 'settled_genuine' },
    });
    expect(await night.queue()).toEqual([]);
  });

  test('2 freezes the card', async () => {
    await night.reply('grace', 'no');
    expect(await night.card('grace', 'card-2')).toMatchObject({ state: 'frozen', holds: ['fraud'] });
    expect(await night.queue()).toMatchObject([{ priority: 'P1' }]);
  });

  test('H4 a late YES still settles what never was frozen; a NO after it holds the card', async () => {
    await night.stack.advance(17 * 60_000);
    expect(await night.queue()).toMatchObject([{ priority: 'P3' }]);
    await night.reply('grace', '1');
    expect((await night.onlyTicket('grace')).alert?.status).toBe('settled_genuine');
    await night.reply('grace', '2');
    expect(await night.onlyTicket('grace')).toMatchObject({
      ticket: { status: 'queued', priority: 'P1' },
      alert: { status: 'settled_fraud' },
    });
    expect((await night.card('grace', 'card-2')).state).toBe('frozen');
  });

  test('H4 out of order: a NO that was sent earlier but arrives after the YES wins all the same', async () => {
    await night.stack.advance(60_000);
    await night.reply('grace', '1', at(0));
    await night.reply('grace', '2', at(-20));
    expect((await night.onlyTicket('grace')).alert?.status).toBe('settled_fraud');
  });
});

test('H3 two alerts on one phone: a bare YES changes nothing, a bare NO holds both cards at P1 and asks which', async () => {
  await night.customer('zhang', 'card-a', { lastFour: '1111' });
  await night.customer('zhang', 'card-b', { lastFour: '2222' });
  await night.oddity('card-a', 'zhang');
  await night.oddity('card-b', 'zhang');
  await night.reply('zhang', '1');
  expect((await night.card('zhang', 'card-a')).state).toBe('active');
  // The one whose text is answered, as far as the provider knows, is named first; nothing more.
  expect(night.texts('zhang').at(-1)).toMatch(/2222.*1111/);
  await night.reply('zhang', '2');
  expect((await night.card('zhang', 'card-a')).state).toBe('frozen');
  expect((await night.card('zhang', 'card-b')).state).toBe('frozen');
  expect(await night.queue()).toMatchObject([{ priority: 'P1' }, { priority: 'P1' }]);
  await night.reply('zhang', '1111 2');
  const pages = await Promise.all((await night.queue()).map(({ number }) => night.ticket(number)));
  expect(pages.map(({ ticket, alert }) => [ticket.cardToken, alert?.status]).sort()).toEqual([
    ['card-a', 'settled_fraud'],
    ['card-b', 'open'],
  ]);
});

test('H30 a reply when nothing is open gets a neutral answer, twice a day at most', async () => {
  await night.customer('grace', 'card-2');
  for (let i = 0; i < 5; i += 1) await night.reply('grace', 'NO');
  expect(night.texts('grace')).toHaveLength(2);
  expect(night.texts('grace').join()).not.toMatch(/4417|FR-/);
});
