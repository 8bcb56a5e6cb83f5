import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readTables } from '../support/tables.ts';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

const phoneOf = (person: 'zhang' | 'grace') => people[person].phone;

/** A call from this number with these keys pressed, one wait after the other. */
async function call(from: string | undefined, keys: readonly string[], contactId?: string) {
  const caller = await night.stack.contactCentre.call(from, { contactId });
  for (const each of keys) await caller.press(each);
  await night.stack.settle();
  return caller;
}

describe('D5 freezing by phone', () => {
  test('caller id and last four freeze at once, in the caller’s language, and the flow has nothing but texts', async () => {
    await night.customer('zhang', 'card-1');
    const caller = await call(phoneOf('zhang'), ['1', '4417']);
    expect(caller.heard[0]).toMatch(/^您好，这里是示例银行。冻结卡片请按1/);
    expect(caller.heard[1]).toMatch(/请输入卡号后四位。我们绝不会索要/);
    expect(caller.heard[2]).toMatch(/尾号4 4 1 7的卡/);
    expect(caller.answers.at(-2)).toMatchObject({ outcome: 'frozen', next: 'menu', lastFour: '4417' });
    expect(caller.state).toBe('menu');
    expect(await night.card('zhang', 'card-1')).toMatchObject({ state: 'frozen', holds: ['customer'] });
    // Known in this call now: the digits are not asked for twice (D4).
    await caller.press('1');
    expect(caller.answers.at(-2)).toMatchObject({ outcome: 'frozen', hold: 'confirmed' });
    expect(caller.heard.at(-2)).toMatch(/的卡已冻结/);
  });

  test('English to whose language it is; only a confirmed freeze is called frozen (H17)', async () => {
    await night.customer('grace', 'card-1');
    night.stack.issuer.behave('card-1', 'silent');
    const caller = await call(phoneOf('grace'), ['1', '4417']);
    expect(caller.heard[0]).toMatch(/^Example Bank. To freeze a card, press 1/);
    expect(caller.answers.at(-2)?.prompt).toMatch(/We are freezing your card ending 4 4 1 7 now/);
  });

  test('H9 a number that two people share is greeted in the language both have, else in that of its country', async () => {
    await night.customer('zhang', 'card-1');
    await night.customer('grace', 'card-2');
    const { phone } = people.grace;
    const moves = { phone, sourceVersion: 2, occurredAt: '2026-02-01T00:00:00Z' };
    await night.bank.contact(people.zhang, moves);
    await night.stack.settle();
    expect((await call(phone, [], 'contact-1')).heard[0]).toMatch(/^Example Bank/);
    await night.bank.contact(people.grace, { ...moves, language: 'zh-CN' });
    await night.stack.settle();
    expect((await call(phone, [], 'contact-2')).heard[0]).toMatch(/^您好，这里是示例银行/);
  });

  test('at most three tries a day, right or wrong, then a person; repeats of a try are no tries', async () => {
    await night.customer('grace', 'card-1');
    const first = await call(phoneOf('grace'), ['1', '0000', '0000', '0001'], 'contact-1');
    expect(first.heard.at(-1)).toMatch(/do not fit this phone number/);
    const second = await call(phoneOf('grace'), ['1', '4417'], 'contact-2');
    expect(second.answers.at(-2)).toMatchObject({ outcome: 'frozen' });
    const third = await call(phoneOf('grace'), ['4', '4417'], 'contact-3');
    expect(third.heard.at(-2)).toMatch(/could not match/);
    expect(third.state).toBe('queued');
  });

  test('somebody else’s card does not fit, a withheld number goes to a person, and nothing is revealed (I11)', async () => {
    await night.customer('zhang', 'card-1');
    await night.customer('grace', 'card-2', { lastFour: '2222' });
    const foreign = await call(phoneOf('grace'), ['1', '4417']);
    expect(foreign.answers.at(-1)).toMatchObject({ outcome: 'no_match' });
    const stranger = await call('+8613900009999', ['1', '4417']);
    expect(stranger.answers.at(-1)?.outcome).toBe('no_match');
    const withheld = await call(undefined, ['1']);
    expect(withheld.state).toBe('queued');
    expect((await night.card('zhang', 'card-1')).holds).toEqual([]);
    const { cases } = await readTables(night.stack);
    expect(JSON.stringify(cases)).not.toContain('13900009999');
    expect(night.stack.logs('answer-calls').filter(({ line }) => /\d{8,}@|\+86139/.test(line))).toEqual([]);
  });
});

describe('D8, D14 lost, not mine, a person', () => {
  test('a lost card: hold and ticket at P2, and the ticket goes with the call', async () => {
    await night.customer('zhang', 'card-1');
    const caller = await call(phoneOf('zhang'), ['2', '4417']);
    expect(caller.state).toBe('queued');
    const { ticket } = await night.onlyTicket('zhang');
    expect(ticket).toMatchObject({ priority: 'P2', queuedReason: 'lost_reported' });
    expect(caller.attributes).toMatchObject({ ticketNumber: ticket.number, language: 'zh-CN' });
    expect((await night.card('zhang', 'card-1')).holds).toEqual(['lost']);
  });

  test('"not mine" answers the alert that asked by text: the same ticket, its clock too (H27)', async () => {
    await night.customer('grace', 'card-1');
    await night.spree('card-1', 'grace');
    const { number } = (await night.onlyTicket('grace')).ticket;
    const caller = await call(phoneOf('grace'), ['3', '4417']);
    const page = await night.onlyTicket('grace');
    expect(page.ticket).toMatchObject({ number, priority: 'P1', status: 'queued' });
    expect(page.alert?.status).toBe('settled_fraud');
    expect(caller.attributes.ticketNumber).toBe(number);
  });

  test('"not mine" said again in another call is on the timeline again, and mailed of (I12)', async () => {
    await night.customer('grace', 'card-1');
    await night.bank.contact(people.grace, { sourceVersion: 2, email: 'grace@mail.example' });
    await night.stack.settle();
    await call(phoneOf('grace'), ['3', '4417'], 'contact-1');
    await call(phoneOf('grace'), ['3', '4417'], 'contact-2');
    const { timeline } = await night.onlyTicket('grace');
    expect(timeline.filter(({ type }) => type === 'fraud_reported')).toHaveLength(2);
    expect(night.stack.mailbox.mails('grace@mail.example').length).toBeGreaterThan(0);
  });

  test('a question that turns out to be fraud is worked on as fraud, at P1, on the same ticket (D2)', async () => {
    await night.customer('grace', 'card-1');
    await call(phoneOf('grace'), ['4', '4417', '0'], 'contact-1');
    const asked = (await night.queue())[0];
    expect(asked).toMatchObject({ category: 'question', priority: 'P4' });
    await call(phoneOf('grace'), ['3', '4417'], 'contact-2');
    expect(await night.queue()).toMatchObject([
      { number: asked?.number, category: 'suspected_fraud', priority: 'P1' },
    ]);
  });

  test('"not mine" without an alert holds the card and opens a ticket at P1; a repeat of the step does nothing', async () => {
    await night.customer('grace', 'card-1');
    await call(phoneOf('grace'), ['3', '4417'], 'contact-1');
    const before = await night.onlyTicket('grace');
    expect(before.ticket).toMatchObject({ priority: 'P1', queuedReason: 'reported_by_phone' });
    const told = { outcome: 'reported', next: 'person', ticketNumber: before.ticket.number, language: 'en' };
    const event = {
      Name: 'ContactFlowEvent',
      Details: {
        ContactData: {
          ...{ Attributes: {}, Channel: 'VOICE', ContactId: 'contact-1', InitialContactId: 'contact-1' },
          CustomerEndpoint: { Address: phoneOf('grace'), Type: 'TELEPHONE_NUMBER' },
          ...{ InitiationMethod: 'INBOUND', PreviousContactId: 'contact-1', Queue: null },
          MediaStreams: { Customer: { Audio: null } },
        },
        Parameters: { step: 'report', language: 'en', digits: '4417' },
      },
    };
    const answers = await Promise.all([1, 2].map(() => night.stack.invoke('answer-calls', event)));
    for (const answer of answers) expect(answer).toMatchObject(told);
    await night.stack.settle();
    expect((await night.onlyTicket('grace')).timeline).toEqual(before.timeline);
  });

  test('D2 two reports of one incident from phone and app at the same instant: one ticket', async () => {
    await night.customer('grace', 'card-1');
    const transactionId = await night.bank.authorise({
      ...{ cardToken: 'card-1', cardholderId: people.grace.customerId, at: night.now(-30) },
    });
    await night.stack.settle();
    const caller = await night.stack.contactCentre.call(phoneOf('grace'));
    await caller.press('3');
    const body = { cardToken: 'card-1', transactionIds: [transactionId] };
    const [, app] = await Promise.all([
      caller.press('4417'),
      night.post<{ ticket: { number: string } }>('grace', '/reports', 'report-press-1', body),
    ]);
    await night.stack.settle();
    const { number } = (await night.onlyTicket('grace')).ticket;
    expect(app).toMatchObject({ status: 200, body: { ticket: { number } } });
    expect(caller.attributes.ticketNumber).toBe(number);
  });
});

describe('D10, D12 contacts', () => {
  test('queued, connected, ended and after-call work are raw times; the ticket keeps who spoke how long', async () => {
    await night.customer('grace', 'card-1');
    const caller = await call(phoneOf('grace'), ['3', '4417']);
    await night.stack.advance(40_000);
    await caller.connect({ id: 'agent-li', name: 'Li Na' });
    await night.stack.advance(125_000);
    await caller.hangUp();
    await night.stack.advance(30_000);
    await caller.finish();
    await night.stack.settle();
    const { number } = (await night.onlyTicket('grace')).ticket;
    const { body } = await night.get<{ calls: object[] }>('grace', `/tickets/${number}`);
    expect(body.calls).toMatchObject([{ agent: 'Li Na', outcome: 'connected', seconds: 125 }]);
    const { timeline, timelineIntact } = await night.ticket(number);
    expect(timelineIntact).toBe(true);
    expect(timeline.filter(({ type }) => /^contact_|^call_connected/.test(type))).toMatchObject([
      { type: 'call_connected', data: { waitSeconds: 40, agentName: 'Li Na' } },
      { type: 'contact_ended', data: { waitSeconds: 40, talkSeconds: 125, abandoned: false } },
      { type: 'contact_completed', data: { afterCallSeconds: 30 } },
    ]);
  });

  test('a caller who hangs up while waiting is abandoned, and an event that comes twice tells once', async () => {
    await night.customer('grace', 'card-1');
    const caller = await call(phoneOf('grace'), ['2', '4417']);
    await night.stack.advance(90_000);
    await caller.hangUp();
    await night.stack.settle();
    const told: unknown[] = [];
    night.stack.front.bus.subscribe({ source: ['aws.connect'] }, (event) => told.push(event));
    const { number } = (await night.onlyTicket('grace')).ticket;
    const before = (await night.ticket(number)).timeline;
    expect(before.at(-1)).toMatchObject({
      type: 'contact_ended',
      data: { abandoned: true, waitSeconds: 90 },
    });
    await night.stack.front.bus.accept('default', {
      'detail-type': 'Amazon Connect Contact Event',
      source: 'aws.connect',
      detail: {
        ...{ eventType: 'DISCONNECTED', contactId: caller.contactId, channel: 'VOICE' },
        instanceArn: night.stack.model.contactFlows?.[0]?.instanceArn,
      },
    });
    await night.stack.settle();
    expect((await night.ticket(number)).timeline).toEqual(before);
  });

  test('an event nobody can read is kept in quarantine, without the numbers in it', async () => {
    await night.stack.front.bus.accept('default', {
      'detail-type': 'Amazon Connect Contact Event',
      source: 'aws.connect',
      detail: {
        instanceArn: night.stack.model.contactFlows?.[0]?.instanceArn,
        customerEndpoint: { address: '+8613812345678' },
      },
    });
    await night.stack.settle();
    const { cases } = await readTables(night.stack);
    expect(cases.some(({ pk }) => pk.startsWith('QUARANTINE#'))).toBe(true);
    expect(JSON.stringify(cases)).not.toContain('13812345678');
  });
});

test('an answer that takes longer than two seconds sends the caller to a person, and is counted', async () => {
  await night.customer('grace', 'card-1');
  const slow = night.stack.front.faults.add({
    match: ({ functionName, service }) =>
      functionName?.endsWith('answer-calls') === true && service === 'dynamodb',
    kind: 'hang',
    times: 1_000,
  });
  const before = performance.now();
  const caller = await night.stack.contactCentre.call(phoneOf('grace'));
  expect(performance.now() - before).toBeLessThan(8_000);
  slow.remove();
  expect(caller.answers[0]).toMatchObject({ outcome: 'busy', next: 'person' });
  expect(night.stack.logs('answer-calls').some(({ line }) => line.includes('CallsLate'))).toBe(true);
});
