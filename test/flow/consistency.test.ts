import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
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

const ADDRESS = 'grace.hart@mail.example';

interface Told {
  readonly status: string;
  readonly version: number;
  readonly asOf: string;
}

/** The same question on every channel, each by its own entrance. */
async function askEverywhere(number: string) {
  const app = (await night.get<Told & { wording: { en: string } }>('grace', `/tickets/${number}`)).body;
  const desk = (await night.get<{ ticket: Told }>('agent', `/agent/tickets/${number}`)).body.ticket;
  const caller = await night.stack.contactCentre.call(people.grace.phone);
  for (const keys of ['4', '4417']) await caller.press(keys);
  const phone = caller.answers.find(({ outcome }) => outcome === 'status');
  await night.reply('grace', 'STATUS');
  const text = night.texts('grace').at(-1) ?? '';
  const mail = night.stack.mailbox.mails(ADDRESS).at(-1)?.text ?? '';
  return { app, desk, phone, text, mail };
}

test('D3 K6 five channels asked about one ticket say the same status, version and as-of, and the figures know it', async () => {
  await night.bank.contact(people.grace, {
    ...{ email: ADDRESS, sourceVersion: 5, occurredAt: night.now(-60) },
  });
  await night.customer('grace', 'card-1');
  await night.spree('card-1', 'grace');
  await night.reply('grace', '2');
  const { number } = (await night.onlyTicket('grace')).ticket;
  const act = (what: string, body?: object) =>
    night.post('agent', `/agent/tickets/${number}/${what}`, `press-${what}-0001`, body);
  const steps = [
    async () => {},
    () => act('claim'),
    () => act('conclude', { finding: 'fraud', plan: 'A new card and the money back.' }),
  ];
  for (const step of steps) {
    await step();
    await night.stack.settle();
    const { app, desk, phone, text, mail } = await askEverywhere(number);
    expect(desk).toMatchObject({ status: app.status, version: app.version, asOf: app.asOf });
    expect(phone).toMatchObject({
      ...{ ticketNumber: number, status: app.wording.en, version: String(app.version), asOf: app.asOf },
    });
    expect(text).toContain(`Ticket ${number}: ${app.wording.en} (version ${app.version}, as of`);
    expect(mail).toContain(`Status:  ${app.wording.en}\nVersion: ${app.version}\n`);
    await night.stack.advance(60_000);
  }
  const day = night.now().slice(0, 10);
  const { body } = await night.get<{ total: { consistency: Consistency } }>(
    'supervisor',
    `/agent/kpis?from=${day}&to=${day}`,
  );
  const { consistency } = body.total;
  expect(consistency).toMatchObject({ share: 1, stale: 0, contradictions: 0 });
  const told = Object.fromEntries(consistency.byChannel.map(({ channel, n }) => [channel, n]));
  // The conclusion is texted unasked, too.
  expect(told).toMatchObject({ sms: 4, email: 3, phone: 3 });
  // A function that runs twice at once notes a version for each of its environments.
  for (const reading of [told.app, told.desk]) expect(reading).toBeGreaterThanOrEqual(3);
  expect(consistency.lag.p95Seconds).toBeLessThan(60);
});

interface Consistency {
  readonly lag: { readonly p95Seconds?: number };
  readonly byChannel: readonly { readonly channel: string; readonly n: number }[];
}

test('K6 a page that asks again and again is one answer; a figure that cannot be kept spoils no answer', async () => {
  await night.customer('grace', 'card-1');
  await night.spree('card-1', 'grace');
  const { number } = (await night.onlyTicket('grace')).ticket;
  const broken = night.stack.front.faults.add({
    match: ({ input }) => JSON.stringify(input).includes('PROJ#app#'),
    kind: 'refuse-before',
    times: 10,
  });
  const read = () => night.get('grace', `/tickets/${number}`);
  expect((await read()).status).toBe(200);
  broken.remove();
  for (let times = 0; times < 3; times += 1) expect((await read()).status).toBe(200);
  const { cases } = await readTables(night.stack);
  const [noted, ...others] = cases.filter(({ sk }) => sk.startsWith('PROJ#app#'));
  expect([noted?.shownAt === noted?.lastAt, others]).toEqual([true, []]);
  expect(night.stack.logs('customer-api').some(({ line }) => line.includes('status_answer_not_noted'))).toBe(
    true,
  );
});
