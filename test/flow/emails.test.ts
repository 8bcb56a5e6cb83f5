import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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
const OLDER = 'grace@old.example';

/** Grace with an address; the bank's later word, so that the plain contact after it is the older one. */
async function withAddress(email = ADDRESS, sourceVersion = 5): Promise<void> {
  await night.bank.contact(people.grace, { email, sourceVersion, occurredAt: night.now(-60) });
  await night.stack.settle();
}
const mails = (address = ADDRESS) => night.stack.mailbox.mails(address);
const subjects = (address = ADDRESS) => mails(address).map(({ subject }) => subject);

beforeEach(async () => {
  await withAddress();
  await night.customer('grace', 'card-1');
});

describe('section 4: e-mail', () => {
  test('D3 frozen, "not mine", taken in hand: each names ticket, status, version and as-of, and has no link', async () => {
    await night.spree('card-1', 'grace');
    expect(subjects()).toEqual(['Example Bank: Card 4417 is frozen']);
    await night.reply('grace', '2');
    const { ticket } = await night.onlyTicket('grace');
    await night.post('agent', `/agent/tickets/${ticket.number}/claim`, 'claim-press-1');
    expect(subjects().slice(1)).toEqual([
      `Example Bank: Ticket ${ticket.number}: Received`,
      `Example Bank: Ticket ${ticket.number}: In progress`,
    ]);
    const [, receipt, taken] = mails();
    expect(receipt?.text).toMatch(/Status: {2}Received\nVersion: 2\nAs of: {3}10 March 2026 at 23:4\d/);
    expect(receipt?.text).toContain('within 60 minutes');
    expect(taken?.text).toMatch(/Version: 3\n/);
    for (const { text } of mails()) expect(text).not.toMatch(/https?:|www\.|\+?\d{7,}/);
    // One conversation in the reader's mail program, and an answer to any of them finds the ticket.
    const thread = `<${ticket.number}.ticket@bank.example>`;
    for (const { headers } of [receipt, taken].filter((mail) => mail !== undefined))
      expect(headers).toEqual({ 'In-Reply-To': thread, References: thread });
    expect(mails()[0]?.headers).toEqual({});
    // Nobody reads an address in a log (I10).
    expect(night.stack.logs().filter(({ line }) => line.includes('mail.example'))).toEqual([]);
  });

  test('an unanswered question brings a receipt when a person takes over, and a YES that settles says resolved', async () => {
    await night.oddity('card-1', 'grace');
    await night.stack.advance(16 * 60_000);
    const { ticket } = await night.onlyTicket('grace');
    expect(subjects()).toEqual([`Example Bank: Ticket ${ticket.number}: Received`]);
    expect(mails()[0]?.text).toContain('have not heard from you');
    await night.reply('grace', '1');
    expect(subjects().at(-1)).toBe(`Example Bank: Ticket ${ticket.number}: Resolved`);
  });

  test('another address is told to the old and the new, another SIM and a new device to the present one', async () => {
    await withAddress(OLDER, 6);
    expect(subjects(ADDRESS)).toEqual(['Example Bank: The e-mail address we have for you was changed']);
    expect(subjects(OLDER)).toEqual(subjects(ADDRESS));
    const { customerId } = people.grace;
    await night.bank.put('SimChanged', { customerId, occurredAt: night.now(-60), kind: 'sim_swap' });
    await night.stack.settle();
    expect(subjects(OLDER).at(-1)).toMatch(/moved to another SIM/);
    expect(subjects(ADDRESS)).toHaveLength(1);
  });

  test('the app shows it among the notices', async () => {
    await night.spree('card-1', 'grace');
    await night.reply('grace', '2');
    const { ticket } = await night.onlyTicket('grace');
    const { body } = await night.get<{ notices: { channel: string; kind: string; outcome: string }[] }>(
      'grace',
      '/notices',
    );
    expect(body.notices).toContainEqual(
      expect.objectContaining({
        ticketNumber: ticket.number,
        channel: 'email',
        kind: 'not_mine_queued',
        outcome: 'accepted',
      }),
    );
  });
});

describe('H22 the e-mail side is down', () => {
  test('what was certainly not sent is sent later, once', async () => {
    night.stack.mailbox.refuse(ADDRESS, 'TooManyRequestsException');
    await night.spree('card-1', 'grace');
    expect(subjects()).toEqual([]);
    night.stack.mailbox.refuse(ADDRESS, undefined);
    await night.stack.advance(3 * 60_000);
    expect(subjects()).toEqual(['Example Bank: Card 4417 is frozen']);
    await night.stack.advance(10 * 60_000);
    expect(subjects()).toHaveLength(1);
  });

  test('what SES refuses is not tried again, and counted', async () => {
    night.stack.mailbox.refuse(ADDRESS, 'MessageRejected');
    await night.spree('card-1', 'grace');
    night.stack.mailbox.refuse(ADDRESS, undefined);
    await night.stack.advance(5 * 60_000);
    expect(subjects()).toEqual([]);
    expect(night.stack.logs('send-email').some(({ line }) => line.includes('EmailNotSent'))).toBe(true);
  });
});
