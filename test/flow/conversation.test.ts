import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import * as alertEvents from '../../functions/alert/events.ts';
import * as ticketEvents from '../../functions/ticket/events.ts';
import { transactionLabelledSchema } from '../../functions/transaction/label-events.ts';
import { readTables } from '../support/tables.ts';
import { people, SPREE } from './bank.ts';
import { type Night, startNight } from './night.ts';

const publishedSchema = z.object({ type: z.string(), detail: z.record(z.string(), z.unknown()) });
const schemas: Readonly<Record<string, z.ZodMiniType>> = {
  AlertOpened: alertEvents.alertOpenedSchema,
  AlertExpired: alertEvents.alertExpiredSchema,
  AlertSettled: alertEvents.alertSettledSchema,
  TransactionLabelled: transactionLabelledSchema,
  TicketOpened: ticketEvents.ticketOpenedSchema,
  TicketQueued: ticketEvents.ticketQueuedSchema,
  TicketResolved: ticketEvents.ticketResolvedSchema,
};

/** What customers text beside 1 and 2. */
let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

const later = (seconds: number) => ({ occurredAt: night.now(seconds) });

describe('H8 wrong number', () => {
  beforeEach(async () => {
    await night.customer('zhang', 'card-1');
    await night.spree('card-1', 'zhang');
  });

  test('H8 one last text, the freeze stands, a person at P1 has to find another channel', async () => {
    await night.reply('zhang', '打错了');
    expect(await night.onlyTicket('zhang')).toMatchObject({
      ticket: { status: 'queued', priority: 'P1', queuedReason: 'other_channel' },
      alert: { status: 'undeliverable', undeliverableReason: 'wrong_number' },
    });
    expect((await night.card('zhang', 'card-1')).state).toBe('frozen');
    await night.reply('zhang', '打错了');
    await night.reply('zhang', '你是谁？');
    await night.stack.advance(20 * 60_000);
    expect(night.texts('zhang')).toHaveLength(2);
    expect(night.texts('zhang')[1]).not.toMatch(/4417|FR-/);
  });

  test('H8 the next alert does not even try the number; a YES from there settles nothing', async () => {
    await night.reply('zhang', '打错了');
    await night.reply('zhang', '1');
    await night.stack.advance(60_000);
    await night.bank.authorise({
      cardToken: 'card-1',
      cardholderId: people.zhang.customerId,
      at: night.now(-2),
      minor: 400_000,
      over: SPREE,
    });
    await night.stack.settle();
    await night.stack.advance(60_000);
    expect(night.texts('zhang')).toHaveLength(2);
    expect((await night.onlyTicket('zhang')).alert).toMatchObject({
      status: 'undeliverable',
      undeliverableReason: 'wrong_number',
      transactionCount: 2,
    });
  });

  test('H8 "not my number, not my charge" holds as well', async () => {
    await night.reply('zhang', '打错了，不是我刷的');
    expect(await night.onlyTicket('zhang')).toMatchObject({
      ticket: { priority: 'P1', queuedReason: 'not_mine' },
      alert: { status: 'settled_fraud' },
    });
    expect(night.texts('zhang')).toHaveLength(2);
  });

  test('H8 lifted by the bank’s next word on the customer, not by an older one that comes late', async () => {
    await night.stack.advance(60_000);
    await night.reply('zhang', '打错了');
    await night.bank.contact(people.zhang, { sourceVersion: 2, ...later(-3_600) });
    await night.stack.settle();
    await night.spree('card-1', 'zhang');
    await night.stack.advance(20_000);
    expect(night.texts('zhang')).toHaveLength(2);
    await night.bank.contact(people.zhang, { sourceVersion: 3, ...later(0) });
    await night.stack.settle();
    await night.spree('card-1', 'zhang');
    await night.stack.advance(20_000);
    expect(night.texts('zhang')).toHaveLength(3);
    expect((await night.onlyTicket('zhang')).alert?.status).toBe('open');
  });
});

describe('H11 STATUS', () => {
  test('H11 the ticket’s number, status, version and as-of, in the customer’s language', async () => {
    await night.customer('zhang', 'card-1');
    await night.spree('card-1', 'zhang');
    await night.reply('zhang', '2');
    await night.reply('zhang', '进度');
    const { ticket } = await night.onlyTicket('zhang');
    expect(night.texts('zhang').at(-1)).toMatch(
      new RegExp(`工单${ticket.number}：已受理（版本${ticket.version}，截至\\d+日\\d\\d:\\d\\d）`),
    );
  });

  test('H11 a case opened in the app is told by text as well', async () => {
    await night.customer('grace', 'card-2');
    await night.post('grace', '/cards/card-2/lost', 'press-0001');
    await night.reply('grace', 'STATUS');
    const { ticket } = await night.onlyTicket('grace');
    expect(night.texts('grace')).toEqual([expect.stringContaining(`Ticket ${ticket.number}: Received`)]);
  });

  test('H11 nothing open, or not their number: the neutral answer', async () => {
    await night.customer('grace', 'card-2');
    await night.reply('grace', 'STATUS');
    expect(night.texts('grace')).toEqual([expect.stringContaining('We have no open question for you.')]);
  });

  test('H11 several cases: asks for the card, then tells the one that is named', async () => {
    await night.customer('grace', 'card-2', { lastFour: '1111' });
    await night.customer('grace', 'card-3', { lastFour: '2222' });
    await night.post('grace', '/cards/card-2/lost', 'press-0001');
    await night.post('grace', '/cards/card-3/lost', 'press-0002');
    await night.reply('grace', 'STATUS');
    expect(night.texts('grace').at(-1)).toContain('Reply STATUS and the last four digits');
    await night.reply('grace', 'STATUS 2222');
    const wanted = (await night.queue()).find(({ cardToken }) => cardToken === 'card-3');
    expect(night.texts('grace').at(-1)).toContain(`Ticket ${wanted?.number}`);
  });
});

describe('D8 a person is asked for by text', () => {
  interface Clocked {
    readonly ticket: { readonly clocks: readonly { readonly leg: string; readonly state: string }[] };
    readonly timeline: readonly { readonly type: string; readonly data: object }[];
  }
  const read = async (number: string) => (await night.get<Clocked>('agent', `/agent/tickets/${number}`)).body;
  const asked = async (number: string) =>
    (await read(number)).timeline.filter(({ type }) => type === 'person_asked');

  test('while the question is open: queued, the call-back clock runs, and 1 or 2 are still an answer', async () => {
    await night.customer('zhang', 'card-1');
    await night.spree('card-1', 'zhang');
    await night.reply('zhang', '转人工');
    const { ticket } = await night.onlyTicket('zhang');
    expect(ticket).toMatchObject({ status: 'queued', queuedReason: 'person_asked' });
    expect(night.texts('zhang').at(-1)).toContain(`已为您转人工，将尽快与您联系。工单${ticket.number}。`);
    expect((await read(ticket.number)).ticket.clocks).toContainEqual(
      expect.objectContaining({ leg: 'CALLBACK', state: 'running' }),
    );
    await night.reply('zhang', '人工');
    expect(await asked(ticket.number)).toMatchObject([{ data: { channel: 'sms', phoneConsent: true } }]);
    await night.reply('zhang', '2');
    expect((await night.onlyTicket('zhang')).alert?.status).toBe('settled_fraud');
  });

  test('of a case opened in the app; who said there that they want no call is not promised one', async () => {
    await night.customer('grace', 'card-2');
    await night.post('grace', '/cards/card-2/lost', 'press-0001');
    const { number } = (await night.onlyTicket('grace')).ticket;
    await night.post('grace', `/tickets/${number}/person`, 'press-0002', { phoneConsent: false });
    await night.reply('grace', 'AGENT');
    expect(night.texts('grace').at(-1)).toContain(`A person will get back to you. Ticket ${number}.`);
    expect(await asked(number)).toMatchObject([{ data: { channel: 'app', phoneConsent: false } }]);
  });

  test('nothing open: the number on the card, and no ticket', async () => {
    await night.customer('grace', 'card-2');
    await night.reply('grace', 'call me please');
    expect(night.texts('grace')).toEqual([expect.stringContaining('call the number on your card')]);
    expect(await night.queue()).toEqual([]);
  });
});

describe('H11 FREEZE', () => {
  test('H11 FREEZE 4417 puts the customer’s own hold on that card; no ticket is needed', async () => {
    await night.customer('grace', 'card-2');
    await night.customer('grace', 'card-3', { lastFour: '2222' });
    await night.reply('grace', 'FREEZE 4417');
    expect(await night.card('grace', 'card-2')).toMatchObject({ state: 'frozen', holds: ['customer'] });
    expect(await night.card('grace', 'card-3')).toMatchObject({ state: 'active' });
    expect(night.texts('grace')).toEqual([expect.stringContaining('We have your request for card 4417')]);
    expect(await night.queue()).toEqual([]);
  });

  test('H11 a bare 冻结 freezes the only card; beside others the one in question', async () => {
    await night.customer('zhang', 'card-1');
    await night.reply('zhang', '冻结');
    expect(await night.card('zhang', 'card-1')).toMatchObject({ holds: ['customer'] });
    await night.customer('grace', 'card-2');
    await night.customer('grace', 'card-3', { lastFour: '2222' });
    await night.reply('grace', 'freeze');
    expect(night.texts('grace').at(-1)).toContain('Reply FREEZE and its last four digits');
    await night.oddity('card-3', 'grace');
    await night.reply('grace', 'freeze my card');
    expect(await night.card('grace', 'card-2')).toMatchObject({ holds: [] });
    expect(await night.card('grace', 'card-3')).toMatchObject({ holds: ['customer'] });
  });

  test('H11 a card of somebody else, or of nobody: the same answer, and nothing happens', async () => {
    await night.customer('zhang', 'card-1', { lastFour: '9999' });
    await night.customer('grace', 'card-2');
    await night.reply('grace', 'FREEZE 9999');
    expect((await night.card('zhang', 'card-1')).holds).toEqual([]);
    await night.stack.phone.reply('+85298765432', 'FREEZE 9999');
    await night.stack.settle();
    const [told] = night.texts('grace');
    expect(night.stack.phone.messages('+85298765432').map(({ text }) => text)).toEqual([told]);
    expect(told).toContain('could not match');
  });

  test('H7 H11 beyond the cap of answers a card is frozen all the same', async () => {
    await night.customer('grace', 'card-2');
    for (let i = 0; i < 6; i += 1) await night.reply('grace', 'FREEZE 0000');
    expect(night.texts('grace')).toHaveLength(4);
    await night.reply('grace', 'FREEZE 4417');
    expect(night.texts('grace')).toHaveLength(4);
    expect((await night.card('grace', 'card-2')).state).toBe('frozen');
  });
});

describe('H15 card numbers in texts', () => {
  const number = '6222 0212 3456 7894';

  test('H15 warned once per incident, beside the answer and within its cap', async () => {
    await night.customer('zhang', 'card-1');
    await night.spree('card-1', 'zhang');
    await night.reply('zhang', `不是我 ${number}`);
    const warnings = () => night.texts('zhang').filter((text) => text.includes('请勿通过短信发送完整卡号'));
    expect(night.texts('zhang')).toHaveLength(3);
    expect(warnings()).toHaveLength(1);
    for (let i = 0; i < 5; i += 1) await night.reply('zhang', `不是我 ${number}`);
    expect(warnings()).toHaveLength(1);
    expect(night.texts('zhang')).toHaveLength(1 + 4);
    const { timeline } = await night.onlyTicket('zhang');
    expect(JSON.stringify(timeline)).not.toMatch(/6222/);
    expect(timeline.filter(({ type }) => type === 'card_number_warned')).toHaveLength(1);
    expect(timeline.at(-1)?.data).toMatchObject({ effect: 'already_fraud_silent' });
  });

  test('H15 warned with an unclear text, and with nothing open', async () => {
    await night.customer('grace', 'card-2');
    await night.reply('grace', `my card is ${number}`);
    expect(night.texts('grace')).toEqual([expect.stringContaining('never send card numbers')]);
    await night.oddity('card-2', 'grace');
    await night.reply('grace', `what is this? my card is ${number}`);
    expect(night.texts('grace').filter((text) => text.includes('never send card numbers'))).toHaveLength(2);
    expect(night.texts('grace').at(-2)).toMatch(/could not read|never send/);
  });
});

test('H5 a text without an id of its own acts once; the same words a minute later are another text', async () => {
  await night.customer('grace', 'card-2');
  const noId = { inboundMessageId: '' };
  await night.reply('grace', 'hello?', noId);
  await night.reply('grace', 'hello?', noId);
  expect(night.texts('grace')).toHaveLength(1);
  await night.stack.advance(60_000);
  await night.reply('grace', 'hello?', noId);
  expect(night.texts('grace')).toHaveLength(2);
});

describe('a changed number', () => {
  const newPhone = '+85298765432';
  const fromNew = async (text: string) => {
    await night.stack.phone.reply(newPhone, text);
    await night.stack.settle();
  };

  test('D5 a YES from a number changed less than 72 h ago only claims, where it would settle', async () => {
    await night.customer('grace', 'card-2');
    await night.bank.contact(people.grace, { sourceVersion: 2, phone: newPhone, ...later(-3_600) });
    await night.stack.settle();
    await night.oddity('card-2', 'grace');
    await fromNew('1');
    expect((await night.onlyTicket('grace')).alert?.status).toBe('claimed_genuine');
    await night.stack.advance(16 * 60_000);
    expect(await night.queue()).toMatchObject([{ queuedReason: 'not_verified' }]);
    await fromNew('2');
    expect((await night.onlyTicket('grace')).alert?.status).toBe('settled_fraud');
  });

  test('D5 after 72 h it settles again', async () => {
    await night.customer('grace', 'card-2');
    await night.bank.contact(people.grace, { sourceVersion: 2, phone: newPhone, ...later(-73 * 3_600) });
    await night.stack.settle();
    await night.oddity('card-2', 'grace');
    await fromNew('1');
    expect((await night.onlyTicket('grace')).alert?.status).toBe('settled_genuine');
  });
});

describe('quiet hours', () => {
  const quiet = { quiet: { from: '22:00', to: '07:00' } };

  test('the question of the night goes out, its reminder does not, and a person takes over in time', async () => {
    await night.customer('zhang', 'card-1');
    const set = await night.post<object>('zhang', '/preferences', 'quiet-0001', quiet);
    expect(set).toMatchObject({ status: 200, body: quiet });
    await night.spree('card-1', 'zhang');
    expect(night.texts('zhang')).toHaveLength(1);
    await night.stack.advance(6 * 60_000);
    expect(night.texts('zhang')).toHaveLength(1);
    await night.reply('zhang', '帮助');
    expect(night.texts('zhang')).toHaveLength(2);
    await night.stack.advance(10 * 60_000);
    expect(await night.queue()).toMatchObject([{ priority: 'P2', queuedReason: 'no_answer' }]);
    const types = (await night.onlyTicket('zhang')).timeline.map(({ type }) => type);
    expect(types).toContain('second_notice_left_out');
  });
});

test('what other systems hear fits the schemas written down in docs/events.md', async () => {
  await night.customer('zhang', 'card-1');
  await night.customer('grace', 'card-2');
  await night.spree('card-1', 'zhang');
  await night.oddity('card-2', 'grace');
  await night.reply('grace', '1');
  await night.stack.advance(16 * 60_000);
  await night.reply('zhang', '2');
  const { cases } = await readTables(night.stack);
  const heard = cases
    .filter(({ effect }) => effect === 'publish')
    .map(({ pk, sk, payload }) => ({ eventId: `${pk}/${sk}`, ...publishedSchema.parse(payload) }));
  for (const { type, detail, eventId } of heard) {
    const event = { schemaVersion: 1, eventId, occurredAt: night.now(), ...detail };
    expect(schemas[type]?.safeParse(event).error, type).toBeUndefined();
  }
  const types = Object.groupBy(heard, ({ type }) => type);
  expect(Object.fromEntries(Object.entries(types).map(([type, all]) => [type, all?.length]))).toEqual({
    AlertOpened: 2,
    AlertSettled: 2,
    AlertExpired: 1,
    TransactionLabelled: 2,
    TicketOpened: 2,
    TicketQueued: 1,
    TicketResolved: 1,
  });
});
