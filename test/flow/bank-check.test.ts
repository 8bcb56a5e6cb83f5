import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { readTables } from '../support/tables.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

interface Check {
  readonly calling: boolean;
  readonly calls: readonly { readonly agent: string; readonly ticketNumber: string }[];
  readonly words: { readonly 'zh-CN': string; readonly en: string };
}
interface Announced {
  readonly checkCode: string;
  readonly until: string;
}
interface CodeCheck {
  readonly genuine: boolean;
  readonly call?: { readonly agent: string };
  readonly words: { readonly en: string };
}

const bankCheck = async (who: 'zhang' | 'grace' = 'zhang') =>
  (await night.get<Check>(who, '/bank-check')).body;
const checkCode = async (code: string, key: string, who: 'zhang' | 'grace' = 'zhang') =>
  (await night.post<CodeCheck>(who, '/bank-check/code', key, { code })).body;

/** A ticket at P1 that our agent has claimed. */
async function claimed(): Promise<string> {
  await night.customer('zhang', 'card-1');
  await night.spree('card-1', 'zhang');
  await night.reply('zhang', '2');
  const { number } = (await night.onlyTicket('zhang')).ticket;
  await night.post('agent', `/agent/tickets/${number}/claim`, 'claim-0001');
  return number;
}
const announce = (number: string, key = 'call-0001') =>
  night.post<Announced>('agent', `/agent/tickets/${number}/call`, key);

test('D10 nobody calls until a call is announced; then the app says who and about which ticket', async () => {
  const number = await claimed();
  expect(await bankCheck()).toMatchObject({ calling: false, calls: [], words: { en: /Hang up/ } });
  const told: unknown[] = [];
  const stop = night.stack.front.bus.subscribe({ 'detail-type': ['CallAnnounced'] }, (event) =>
    told.push(event),
  );
  const { status, body } = await announce(number);
  stop();
  expect(status).toBe(200);
  expect(body.checkCode).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/);
  expect(told).toHaveLength(1);
  const check = await bankCheck();
  expect(check).toMatchObject({ calling: true, calls: [{ agent: 'Li Na', ticketNumber: number }] });
  expect(check.words.en).toContain(`Agent Li Na is calling you now about ${number}`);
  // To another customer nobody is calling.
  await night.customer('grace', 'card-2', { lastFour: '2222' });
  expect((await bankCheck('grace')).calling).toBe(false);
});

test('D10 the code the caller reads out proves the caller, however it is typed, and no other code does', async () => {
  const number = await claimed();
  const { checkCode: code } = (await announce(number)).body;
  const wrong = code === '000000' ? '000001' : '000000';
  expect(await checkCode(wrong, 'check-0001')).toMatchObject({ genuine: false, words: { en: /Hang up/ } });
  const typed = `${code.slice(0, 3)} ${code.slice(3)}`.toLowerCase().replace('0', 'o');
  expect(await checkCode(typed, 'check-0002')).toMatchObject({ genuine: true, call: { agent: 'Li Na' } });
  await night.customer('grace', 'card-2', { lastFour: '2222' });
  expect(await checkCode(code, 'check-0003', 'grace')).toMatchObject({ genuine: false });
  const { timeline } = await night.ticket(number);
  expect(timeline.filter(({ type }) => type === 'caller_checked')).toHaveLength(1);
  // Only its digest is kept on the ticket, and the journal does not have it.
  const { cases } = await readTables(night.stack);
  const kept = cases.filter((item) => JSON.stringify(item).includes(code));
  expect(kept.map(({ pk }) => pk.slice(0, 7))).toEqual(['IN#api#']);
});

test('D10 after ten minutes the app tells to hang up, and the code is worth nothing', async () => {
  const number = await claimed();
  const { checkCode: code } = (await announce(number)).body;
  await night.stack.advance(10 * 60_000);
  expect((await bankCheck()).calling).toBe(false);
  expect((await checkCode(code, 'check-0001')).genuine).toBe(false);
  expect((await announce(number, 'call-0002')).status).toBe(200);
});

test('D10 a call that goes on is ours until it ends, however long it takes', async () => {
  const number = await claimed();
  await announce(number);
  await night.stack.advance(60_000);
  await night.post('agent', `/agent/tickets/${number}/call/connected`, 'connected-0001');
  await night.stack.advance(25 * 60_000);
  expect((await bankCheck()).calling).toBe(true);
  expect((await announce(number, 'call-0002')).status).toBe(409);
  const end = { outcome: 'connected', seconds: 1_500 };
  await night.post('agent', `/agent/tickets/${number}/call/end`, 'end-00001', end);
  expect((await bankCheck()).calling).toBe(false);
});

test('D10 only who holds the claim announces, and one call at a time', async () => {
  const number = await claimed();
  const other = await night.stack.tokens.issue({ pool: 'agents', subject: 'agent-wu', name: 'Wu' });
  const byOther = await fetch(`${night.stack.url}/agent/tickets/${number}/call`, {
    method: 'POST',
    headers: { authorization: `Bearer ${other}`, 'idempotency-key': 'call-0009' },
  });
  expect(byOther.status).toBe(409);
  expect(await byOther.json()).toMatchObject({ type: 'urn:cardguard:problem:not-your-ticket' });
  const first = await announce(number);
  expect(await announce(number)).toEqual(first);
  expect(await announce(number, 'call-0002')).toMatchObject({
    status: 409,
    body: { type: 'urn:cardguard:problem:call-announced' },
  });
});

test('D10 agent, length and transfer of every call stay on the ticket, and the customer sees them', async () => {
  const number = await claimed();
  const end = (key: string, body: object) =>
    night.post('agent', `/agent/tickets/${number}/call/end`, key, body);
  expect((await end('end-00001', { outcome: 'busy', seconds: 0 })).status).toBe(409);
  await announce(number);
  await end('end-00002', { outcome: 'no_answer', seconds: 25 });
  expect((await bankCheck()).calling).toBe(false);
  await announce(number, 'call-0002');
  await end('end-00003', { outcome: 'connected', seconds: 312, transferredTo: '8001' });
  interface Whole {
    readonly calls: readonly object[];
  }
  const { body } = await night.get<Whole>('zhang', `/tickets/${number}`);
  expect(body.calls).toMatchObject([
    { agent: 'Li Na', outcome: 'no_answer', seconds: 25 },
    { agent: 'Li Na', outcome: 'connected', seconds: 312, transferredTo: '8001' },
  ]);
  const { timeline, timelineIntact } = await night.ticket(number);
  expect(timeline.filter(({ type }) => type === 'call_ended')).toHaveLength(2);
  expect(timelineIntact).toBe(true);
});

test('D10 a fake call is reported: kept masked, on the ticket at work, and told without words or number', async () => {
  const number = await claimed();
  const told: { detail?: unknown }[] = [];
  const stop = night.stack.front.bus.subscribe({ 'detail-type': ['FakeCallReported'] }, (event) =>
    told.push(event),
  );
  const body = { text: 'wanted my card 4111 1111 1111 1111', number: '+86 10 5555 0100' };
  const reported = await night.post<{ ticketNumber: string; reportId: string }>(
    'zhang',
    '/fake-calls',
    'fake-0001',
    body,
  );
  stop();
  expect(reported.body.ticketNumber).toBe(number);
  expect(told).toHaveLength(1);
  expect(JSON.stringify(told)).not.toMatch(/5555|wanted/);
  const { cases } = await readTables(night.stack);
  expect(JSON.stringify(cases)).not.toContain('4111');
  expect(cases.find(({ pk }) => pk === `FAKECALL#${reported.body.reportId}`)).toMatchObject({
    callerNumber: '+86 10 5555 0100',
  });
  const lines = night.stack.logs('customer-api').map(({ line }) => line);
  expect(lines.filter((line) => /5555|wanted/.test(line))).toEqual([]);
});

test('D10 a fake call is reported by a customer without any ticket', async () => {
  await night.customer('grace', 'card-2', { lastFour: '2222' });
  const { status, body } = await night.post<object>('grace', '/fake-calls', 'fake-0001', {});
  expect(status).toBe(200);
  expect(body).not.toHaveProperty('ticketNumber');
});
