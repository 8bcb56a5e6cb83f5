import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OutboundCall } from '../../infra/local/host/customer-call.ts';
import { readTables } from '../support/tables.ts';
import { people } from './bank.ts';
import { CONTACT_CENTRE_USER, type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
let begun = 0;
beforeEach(async () => {
  await night.begin();
  begun = night.stack.front.calls.mark();
  night.stack.front.outboundLine.onOrder(night.stack.contactCentre.ring);
});
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

interface Announced {
  readonly checkCode: string;
  readonly ticket: { readonly call?: object };
  readonly type?: string;
}
interface Whole {
  readonly calls: readonly object[];
}
interface Desk {
  readonly ticket: {
    readonly call?: object;
    readonly clocks: readonly { readonly leg: string; readonly state: string }[];
  };
}

type Person = 'zhang' | 'grace';
/** A ticket at P1 that our agent has claimed. */
async function claimed(person: Person = 'zhang'): Promise<string> {
  await night.customer(person, 'card-1');
  await night.spree('card-1', person);
  await night.reply(person, '2');
  const { number } = (await night.onlyTicket(person)).ticket;
  await night.post('agent', `/agent/tickets/${number}/claim`, 'claim-0001');
  return number;
}
const callNow = (number: string, key = 'call-0001', who: 'agent' | 'agent2' = 'agent') =>
  night.post<Announced>(who, `/agent/tickets/${number}/call`, key, { dial: 'contact_centre' });
const endCall = (number: string, key: string, body: object) =>
  night.post('agent', `/agent/tickets/${number}/call/end`, key, body);
const rung = (person: Person = 'zhang'): readonly OutboundCall[] =>
  night.stack.contactCentre.outbound(people[person].phone);
function ringing(person: Person = 'zhang'): OutboundCall {
  const call = rung(person).at(-1);
  if (call === undefined) throw new Error('nothing rings');
  return call;
}
const callsOf = async (number: string, who: Person = 'zhang') =>
  (await night.get<Whole>(who, `/tickets/${number}`)).body.calls;
const told = async (number: string) =>
  (await night.ticket(number)).timeline.filter(({ type }) => /^call_|^contact_/.test(type));
const typesOf = async (number: string) => (await told(number)).map(({ type }) => type);
const isCalling = async (who: Person = 'zhang') =>
  (await night.get<{ calling: boolean }>(who, '/bank-check')).body.calling;
const clock = async (number: string, leg: string) =>
  (await night.get<Desk>('agent', `/agent/tickets/${number}`)).body.ticket.clocks
    .filter((one) => one.leg === leg)
    .at(-1)?.state;
const orders = () =>
  night.stack.front.calls.since(begun).filter(({ action }) => action === 'StartOutboundVoiceContact');
/** The message that tells the dialler of this ticket's effect, as its queue brings it. */
async function dialMessage() {
  const { cases } = await readTables(night.stack);
  const effects = cases.filter(({ effect }) => effect === 'dial');
  return {
    Records: effects.map(({ pk, sk }, index) => ({
      messageId: `again-${index}`,
      body: JSON.stringify({ pk, sk }),
      attributes: { ApproximateReceiveCount: '1' },
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:dial',
    })),
  };
}

describe('D10 announced before it rings', () => {
  test('while the phone rings the app says who calls, and it said so before', async () => {
    const number = await claimed();
    expect(await isCalling()).toBe(false);
    const seen: boolean[] = [];
    night.stack.front.outboundLine.onOrder(async (order) => {
      seen.push(await isCalling());
      await night.stack.contactCentre.ring(order);
    });
    const { status, body } = await callNow(number);
    expect(status).toBe(200);
    expect(body.ticket.call).toMatchObject({ agent: 'Li Na', dial: 'contact_centre' });
    expect(seen).toEqual([true]);
    expect(ringing().state).toBe('ringing');
    expect(await isCalling()).toBe(true);
    expect(await typesOf(number)).toEqual(['call_announced', 'call_dialled']);
    const desk = await night.get<Desk>('agent', `/agent/tickets/${number}`);
    expect(desk.body.ticket.call).toMatchObject({ dialledAt: night.now() });
  });

  test('the order names call and ticket, nobody and no number but whom to ring', async () => {
    const number = await claimed();
    await callNow(number);
    const { attributes } = ringing();
    expect(Object.keys(attributes).sort()).toEqual(
      ['agentId', 'callId', 'greeting', 'language', 'sorry', 'ticketNumber', 'waiting'].sort(),
    );
    expect(attributes).toMatchObject({ ticketNumber: number, language: 'zh-CN' });
    expect(JSON.stringify(attributes)).not.toMatch(/张伟|4417|138/);
    expect(night.stack.logs('dial-calls').filter(({ line }) => line.includes('138'))).toEqual([]);
  });

  test('who dials by hand makes nothing ring', async () => {
    const number = await claimed();
    await night.post('agent', `/agent/tickets/${number}/call`, 'call-0001', { dial: 'by_hand' });
    expect(rung()).toEqual([]);
    expect(await isCalling()).toBe(true);
  });
});

describe('what becomes of it', () => {
  test('picked up: the flow says that the bank calls, the agent is put through, clocks stop, the length is kept', async () => {
    const number = await claimed();
    const events: unknown[] = [];
    const stop = night.stack.front.bus.subscribe({ 'detail-type': ['CallEnded'] }, (event) =>
      events.push(event),
    );
    await callNow(number);
    await night.stack.advance(12_000);
    expect(await clock(number, 'FIRST_RESPONSE')).toBe('running');
    const call = ringing();
    await call.pickUp();
    await night.stack.settle();
    expect(call.state).toBe('connected');
    expect(call.heard[0]).toMatch(/^您好，这里是示例银行。.*真的是银行吗.*绝不会索要密码或验证码/);
    expect(await clock(number, 'FIRST_RESPONSE')).toBe('met');
    const desk = await night.get<Desk>('agent', `/agent/tickets/${number}`);
    expect(desk.body.ticket.call).toMatchObject({ connectedAt: night.now() });
    await night.stack.advance(125_000);
    await call.hangUp();
    await night.stack.settle();
    stop();
    expect(await callsOf(number)).toMatchObject([{ agent: 'Li Na', outcome: 'connected', seconds: 125 }]);
    expect(events).toMatchObject([{ detail: { outcome: 'connected', seconds: 125 } }]);
    expect(await isCalling()).toBe(false);
    await night.stack.advance(30_000);
    await call.finish();
    await night.stack.settle();
    expect(await told(number)).toMatchObject([
      { type: 'call_announced' },
      { type: 'call_dialled' },
      { type: 'call_connected', data: { name: 'Li Na' } },
      { type: 'call_ended', data: { outcome: 'connected', seconds: 125 } },
      { type: 'contact_completed', data: { afterCallSeconds: 30 } },
    ]);
    expect((await night.ticket(number)).timelineIntact).toBe(true);
  });

  test('in English to whose language it is', async () => {
    const number = await claimed('grace');
    await callNow(number);
    await ringing('grace').pickUp();
    expect(ringing('grace').heard[0]).toMatch(/^Hello, this is Example Bank. You can check this call/);
  });

  test('nobody picks up, the line is busy, somebody hangs up at once: said as it is, and no clock stops', async () => {
    const number = await claimed();
    await callNow(number);
    await night.stack.advance(61_000);
    await callNow(number, 'call-0002');
    await ringing().decline();
    await night.stack.settle();
    night.stack.contactCentre.away(CONTACT_CENTRE_USER, true);
    await callNow(number, 'call-0003');
    await ringing().pickUp();
    expect(ringing().heard.at(-1)).toBe('请稍候。');
    await ringing().hangUp();
    await night.stack.settle();
    expect((await callsOf(number)).map((call) => ({ ...call }))).toMatchObject([
      { outcome: 'no_answer', seconds: 0 },
      { outcome: 'busy', seconds: 0 },
      { outcome: 'hung_up', seconds: 0 },
    ]);
    expect(await clock(number, 'FIRST_RESPONSE')).toBe('running');
  });

  test('the agent does not come: an apology, the call ends, and the ticket says why', async () => {
    const number = await claimed();
    night.stack.contactCentre.away(CONTACT_CENTRE_USER, true);
    await callNow(number);
    await ringing().pickUp();
    await night.stack.advance(26_000);
    expect(ringing().state).toBe('ended');
    expect(ringing().heard.at(-1)).toMatch(/^抱歉，工作人员暂时无法与您通话/);
    expect((await told(number)).at(-1)).toMatchObject({
      type: 'call_ended',
      data: { outcome: 'failed', reason: 'CONTACT_FLOW_DISCONNECT' },
    });
  });

  test('the agent ends it first: the contact centre adds nothing, and no call is kept twice', async () => {
    const number = await claimed();
    await callNow(number);
    await ringing().pickUp();
    await night.post('agent', `/agent/tickets/${number}/call/connected`, 'connected-1');
    await night.stack.settle();
    await night.stack.advance(60_000);
    await endCall(number, 'end-00001', { outcome: 'connected', seconds: 58 });
    await ringing().agentHangsUp();
    await night.stack.settle();
    expect(await callsOf(number)).toMatchObject([{ outcome: 'connected', seconds: 58 }]);
    expect((await typesOf(number)).slice(2)).toEqual(['call_connected', 'call_ended']);
  });

  test('events of one call all at once, twice and backwards: one call on the ticket', async () => {
    const number = await claimed();
    const events: Record<string, unknown>[] = [];
    const stop = night.stack.front.bus.subscribe({ source: ['aws.connect'] }, (event) =>
      events.push({ ...event }),
    );
    await callNow(number);
    await ringing().pickUp();
    await night.stack.advance(40_000);
    await ringing().hangUp();
    stop();
    const backwards = [...events, ...events].reverse();
    await Promise.all(backwards.map((event) => night.stack.front.bus.accept('default', event)));
    await night.stack.settle();
    expect(await callsOf(number)).toMatchObject([{ outcome: 'connected', seconds: 40 }]);
    expect((await typesOf(number)).filter((type) => type === 'call_ended')).toHaveLength(1);
  });

  test('events that come before the answer to our order are kept, and told once we know whose they are', async () => {
    const number = await claimed();
    night.stack.front.outboundLine.onOrder(async (order) => {
      await night.stack.contactCentre.ring(order);
      await ringing().pickUp();
      await ringing().hangUp();
      // Until the disconnection is in the contact log, which knows no ticket for it yet.
      for (let waited = 0; waited < 1_500; waited += 50) {
        const { cases } = await readTables(night.stack);
        const log = cases.find(({ pk }) => pk === `CONTACT#${order.contactId}`);
        if (log?.disconnectedAt !== undefined) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      // That it was picked up is worked on beside it, and may be written a moment later.
      await new Promise((resolve) => setTimeout(resolve, 500));
    });
    await callNow(number);
    expect(await callsOf(number)).toMatchObject([{ outcome: 'connected', seconds: 0 }]);
    expect(await typesOf(number)).toEqual(['call_announced', 'call_dialled', 'call_connected', 'call_ended']);
  });
});

describe('it never rings twice', () => {
  test('a message that comes again, before and after the call, orders nothing', async () => {
    const number = await claimed();
    await callNow(number);
    const message = await dialMessage();
    expect(message.Records).toHaveLength(1);
    await Promise.all([1, 2, 3].map(() => night.stack.invoke('dial-calls', message)));
    await ringing().decline();
    await night.stack.settle();
    await night.stack.invoke('dial-calls', message);
    await night.stack.advance(5 * 60_000);
    expect(rung()).toHaveLength(1);
    expect(orders()).toHaveLength(1);
    expect(await callsOf(number)).toMatchObject([{ outcome: 'busy' }]);
  });

  test('a lost answer is asked for again under the same token', async () => {
    const number = await claimed();
    night.stack.front.faults.add({ match: ({ service }) => service === 'connect', kind: 'lose-answer' });
    await callNow(number);
    expect(orders()).toHaveLength(2);
    expect(rung()).toHaveLength(1);
    await ringing().pickUp();
    await night.stack.settle();
    expect(await typesOf(number)).toContain('call_connected');
  });

  test('an answer that never comes: the announcement stands, and the call finds its ticket when it is put through', async () => {
    const number = await claimed();
    night.stack.front.faults.add({
      ...{ match: ({ service }) => service === 'connect', kind: 'lose-answer', times: 9 },
    });
    await callNow(number);
    expect((await told(number)).at(-1)).toMatchObject({ type: 'call_dial_unknown' });
    expect(await isCalling()).toBe(true);
    await ringing().pickUp();
    await night.stack.advance(20_000);
    await ringing().hangUp();
    await night.stack.settle();
    expect(rung()).toHaveLength(1);
    expect(await callsOf(number)).toMatchObject([{ outcome: 'connected', seconds: 20 }]);
  });
});

describe('when it cannot be dialled', () => {
  test.each([
    ['DestinationNotAllowedException', 'destination_not_allowed'],
    ['OutboundContactNotPermittedException', 'calls_not_permitted'],
  ] as const)('%s ends the call at once, with the reason on the ticket', async (code, reason) => {
    const number = await claimed();
    night.stack.front.outboundLine.refuse(people.zhang.phone, code);
    await callNow(number);
    expect((await told(number)).at(-1)).toMatchObject({
      type: 'call_ended',
      data: { outcome: 'failed', reason },
    });
    expect(await isCalling()).toBe(false);
    expect(await callsOf(number)).toMatchObject([{ outcome: 'failed', seconds: 0 }]);
    const byHand = await night.post('agent', `/agent/tickets/${number}/call`, 'call-0002');
    expect(byHand.status).toBe(200);
  });

  test('too many orders at once: tried again within seconds, and it rings once', async () => {
    const number = await claimed();
    const { calls, outboundLine } = night.stack.front;
    outboundLine.refuse(people.zhang.phone, 'LimitExceededException');
    // The SDK tries twice; then the queue brings it again.
    const stop = calls.onCall(() => {
      if (orders().length === 2) outboundLine.refuse(people.zhang.phone, undefined);
    });
    await callNow(number);
    stop();
    expect(orders()).toHaveLength(3);
    expect(rung()).toHaveLength(1);
    expect(await typesOf(number)).toEqual(['call_announced', 'call_dialled']);
  });

  test('a call that was ended meanwhile does not ring', async () => {
    const number = await claimed();
    night.stack.front.outboundLine.refuse(people.zhang.phone, 'ThrottlingException');
    await callNow(number);
    await endCall(number, 'end-00001', { outcome: 'failed', seconds: 0 });
    night.stack.front.outboundLine.refuse(people.zhang.phone, undefined);
    await night.stack.advance(5 * 60_000);
    expect(rung()).toEqual([]);
    expect(await callsOf(number)).toHaveLength(1);
  });

  test('nothing rings that could ring longer than the customer can check it', async () => {
    const number = await claimed();
    night.stack.front.outboundLine.refuse(people.zhang.phone, 'ThrottlingException');
    await callNow(number);
    await night.stack.advance(9 * 60_000 + 5_000);
    night.stack.front.outboundLine.refuse(people.zhang.phone, undefined);
    await night.stack.advance(30 * 60_000);
    expect(rung()).toEqual([]);
    expect((await told(number)).at(-1)).toMatchObject({
      type: 'call_ended',
      data: { outcome: 'failed', reason: 'too_late' },
    });
  });

  test('H8 a number that is somebody else’s is not called; a new number is', async () => {
    await night.customer('zhang', 'card-1');
    await night.spree('card-1', 'zhang');
    await night.reply('zhang', '打错了');
    const { number } = (await night.onlyTicket('zhang')).ticket;
    await night.post('agent', `/agent/tickets/${number}/claim`, 'claim-0001');
    await callNow(number);
    expect(rung()).toEqual([]);
    expect((await told(number)).at(-1)).toMatchObject({
      data: { outcome: 'failed', reason: 'wrong_number' },
    });
    const phone = '+8613900001111';
    await night.bank.contact(people.zhang, { sourceVersion: 2, occurredAt: night.now(), phone });
    await night.stack.settle();
    await callNow(number, 'call-0002');
    expect(night.stack.contactCentre.outbound(phone)).toHaveLength(1);
  });

  test('an agent whom the contact centre does not know dials by hand, and the page knows it', async () => {
    const number = await claimed();
    const mine = await night.get<{ dial: string[] }>('agent', '/agent/me');
    expect(mine.body.dial).toEqual(['contact_centre', 'by_hand']);
    const other = await night.get<{ dial: string[] }>('agent2', '/agent/me');
    expect(other.body.dial).toEqual(['by_hand']);
    const refused = await callNow(number, 'call-0009', 'agent2');
    expect(refused).toMatchObject({
      status: 409,
      body: { type: 'urn:cardguard:problem:no-contact-centre-user' },
    });
    expect(await typesOf(number)).toEqual([]);
  });
});
