import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { publicWording } from '../../functions/notification/public-wording.ts';
import type { TicketStatus } from '../../functions/ticket/ticket-states.ts';
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

/** What one channel says of a ticket (D3). */
interface Said {
  readonly number: string;
  readonly status: string;
  readonly version: number;
  readonly asOf: string;
}
interface Page {
  readonly number: string;
  readonly status: TicketStatus;
  readonly wording: { readonly en: string };
  readonly version: number;
  readonly asOf: string;
  readonly missed?: readonly { readonly version: number; readonly status: string }[];
}

/** Grace with a card, a phone and an address. */
async function grace(): Promise<void> {
  await night.bank.contact(people.grace, {
    ...{ email: ADDRESS, sourceVersion: 5, occurredAt: night.now(-60) },
  });
  await night.stack.settle();
  await night.customer('grace', 'card-1');
}

const readInApp = async (number: string, query = '') =>
  (await night.get<Page>('grace', `/tickets/${number}${query}`)).body;

async function appSays(number: string): Promise<Said> {
  const { status, version, asOf, wording } = await readInApp(number);
  expect(wording).toEqual(publicWording[status]);
  return { number, status: wording.en, version, asOf: asOf.slice(11, 16) };
}

/** The latest status told on a channel that writes plain text, its time as UTC. */
function readText(text: string, shape: RegExp): Said {
  const found = shape.exec(text)?.groups;
  if (found === undefined) throw new Error(`no status in: ${text}`);
  const { number = '', status = '', version = '', hours = '', minutes = '' } = found;
  // The issuer's zone is eight hours ahead of UTC.
  const utc = `${String((Number(hours) + 16) % 24).padStart(2, '0')}:${minutes}`;
  return { number, status, version: Number(version), asOf: utc };
}

const SMS =
  /Ticket (?<number>FR-\w+): (?<status>.+) \(version (?<version>\d+), as of .* (?<hours>\d\d):(?<minutes>\d\d)\)/;
const MAIL =
  /Ticket: {2}(?<number>FR-\w+)\n.*Status: {2}(?<status>.+)\nVersion: (?<version>\d+)\nAs of: .* at (?<hours>\d\d):(?<minutes>\d\d)/s;

async function smsSays(): Promise<Said> {
  await night.reply('grace', 'STATUS');
  return readText(night.texts('grace').at(-1) ?? '', SMS);
}
/** Somebody calls, is known by the last four, and asks for the status. */
async function phoneSays(): Promise<Said> {
  const caller = await night.stack.contactCentre.call(people.grace.phone);
  await caller.press('4');
  await caller.press('4417');
  const told = caller.answers.find(({ outcome }) => outcome === 'status');
  if (told === undefined) throw new Error(`no status in: ${caller.heard.join(' ')}`);
  const { ticketNumber: number = '', status = '', version, asOf = '', prompt = '' } = told;
  // What is spoken says what the flow reads.
  const [, hours, minutes] = /(\d\d):(\d\d)\.$/.exec(prompt) ?? [];
  expect(prompt).toContain(`${[...number.replace('-', '')].join(' ')}: ${status}. Version ${version},`);
  expect(`${String((Number(hours) + 16) % 24).padStart(2, '0')}:${minutes}`).toBe(asOf.slice(11, 16));
  return { number, status, version: Number(version), asOf: asOf.slice(11, 16) };
}
const mailSays = (): Said => readText(night.stack.mailbox.mails(ADDRESS).at(-1)?.text ?? '', MAIL);

test('D3 app, SMS, e-mail and phone say the same number, status, version and time at every step of a night', async () => {
  await grace();
  await night.spree('card-1', 'grace');
  const { number } = (await night.onlyTicket('grace')).ticket;
  expect(await smsSays()).toEqual(await appSays(number));
  expect(await phoneSays()).toEqual(await appSays(number));
  await night.stack.advance(90_000);
  await night.reply('grace', '2');
  for (const _ of ['queued', 'in hand']) {
    const said = await appSays(number);
    expect(await smsSays()).toEqual(said);
    expect(mailSays()).toEqual(said);
    expect(await phoneSays()).toEqual(said);
    await night.stack.advance(90_000);
    await night.post('agent', `/agent/tickets/${number}/claim`, 'claim-press-1');
  }
});

test('D3 a client that was away is told every version it missed, and nothing when there is none', async () => {
  await grace();
  await night.spree('card-1', 'grace');
  const { number } = (await night.onlyTicket('grace')).ticket;
  const had = await readInApp(number, '?since=1');
  expect(had).toMatchObject({ status: 'awaiting_reply', version: 1, missed: [] });
  await night.reply('grace', '2');
  await night.post('agent', `/agent/tickets/${number}/claim`, 'claim-press-1');
  const after = await readInApp(number, `?since=${had.version}`);
  expect(after.missed?.map(({ version, status }) => [version, status])).toEqual([
    [2, 'queued'],
    [3, 'in_progress'],
  ]);
  expect((await readInApp(number, '?since=3')).missed).toEqual([]);
  expect(await readInApp(number)).not.toHaveProperty('missed');
  expect((await night.ticket(number)).timelineIntact).toBe(true);
});

test('I8 a status text held up behind a newer one is not sent after it', async () => {
  await grace();
  await night.spree('card-1', 'grace');
  const { number } = (await night.onlyTicket('grace')).ticket;
  await night.reply('grace', '2');
  // The provider takes nothing for a while: the status of version 2 waits for the sweep.
  const down = night.stack.front.faults.add({
    match: ({ service, action }) => service === 'sns' && action === 'Publish',
    kind: 'throttle',
    times: 100,
  });
  await night.reply('grace', 'STATUS');
  const before = night.texts('grace').length;
  await night.post('agent', `/agent/tickets/${number}/claim`, 'claim-press-1');
  down.remove();
  await night.reply('grace', 'STATUS');
  await night.stack.advance(10 * 60_000);
  const told = night
    .texts('grace')
    .slice(before)
    .map((text) => readText(text, SMS).version);
  expect(down.hits).toBeGreaterThan(0);
  expect(told).toEqual([3]);
});
