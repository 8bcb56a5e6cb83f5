import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

/** One number, several people, at the same time or one after the other (H9). */
let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(async () => {
  await night.begin();
  await night.customer('zhang', 'card-1', { lastFour: '1111' });
  await night.customer('grace', 'card-2', { lastFour: '2222' });
});
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

/** Grace's contact has Zhang's number from now on. */
async function share(): Promise<void> {
  const { phone } = people.zhang;
  await night.bank.contact(people.grace, { sourceVersion: 2, phone, occurredAt: '2026-02-01T00:00:00Z' });
  await night.stack.settle();
}

const alertOf = async (person: 'zhang' | 'grace') => (await night.onlyTicket(person)).alert?.status;

test('H9 a lone question on a shared number carries its tag; a YES without the tag only asks which', async () => {
  await share();
  await night.oddity('card-2', 'grace');
  expect(night.texts('zhang')).toEqual([expect.stringContaining('Reply 3 1 = mine, 3 2 = not mine')]);
  await night.reply('zhang', '1');
  expect(await alertOf('grace')).toBe('open');
  expect(night.texts('zhang').at(-1)).toMatch(/Which one: 3 \(2222\)/);
  await night.reply('zhang', '2222 1');
  expect(await alertOf('grace')).toBe('open');
  await night.reply('zhang', '3 1');
  expect(await alertOf('grace')).toBe('settled_genuine');
});

test('H9 the second notice of a shared number carries the tag too', async () => {
  await night.spree('card-1', 'zhang');
  expect(night.texts('zhang').at(-1)).not.toContain('3 1');
  await share();
  await night.stack.advance(6 * 60_000);
  expect(night.texts('zhang').at(-1)).toMatch(/再次提醒.*本人回3 1/);
});

test('H9 a NO needs no tag: alone it settles, with several open every card is held', async () => {
  await share();
  await night.oddity('card-2', 'grace');
  await night.oddity('card-1', 'zhang');
  await night.reply('zhang', '2');
  expect((await night.card('zhang', 'card-1')).holds).toEqual(['fraud']);
  expect((await night.card('grace', 'card-2')).holds).toEqual(['fraud']);
  expect(await night.queue()).toMatchObject([{ priority: 'P1' }, { priority: 'P1' }]);
  await night.reply('zhang', '3 2');
  expect(await alertOf('grace')).toBe('settled_fraud');
  expect(await alertOf('zhang')).toBe('open');
  expect((await night.card('zhang', 'card-1')).holds).toEqual(['fraud']);
});

test('H9 on a shared number STATUS and FREEZE reveal and touch only what is named', async () => {
  await share();
  await night.oddity('card-2', 'grace');
  await night.reply('zhang', 'STATUS');
  expect(night.texts('zhang').at(-1)).not.toMatch(/FR-|2222/);
  await night.reply('zhang', 'STATUS 2222');
  expect(night.texts('zhang').at(-1)).toContain((await night.onlyTicket('grace')).ticket.number);
  await night.reply('zhang', 'FREEZE 1111');
  expect((await night.card('zhang', 'card-1')).holds).toEqual(['customer']);
  expect((await night.card('grace', 'card-2')).holds).toEqual([]);
});

test('H3 H6 words nobody understands, with several questions open: each of them is named, none alone', async () => {
  await share();
  await night.oddity('card-1', 'zhang');
  await night.oddity('card-2', 'grace');
  await night.reply('zhang', '香蕉船很好吃 xyz');
  expect(night.texts('zhang').at(-1)).toMatch(/3[ (（]+1111.*4[ (（]+2222|3[ (（]+2222.*4[ (（]+1111/);
  expect([await alertOf('zhang'), await alertOf('grace')]).toEqual(['open', 'open']);
});

test('H9 a number of another country whose owners all read Chinese is answered in Chinese, else as its country does', async () => {
  const { phone } = people.grace;
  const moves = { phone, occurredAt: '2026-02-01T00:00:00Z' };
  await night.bank.contact(people.zhang, { ...moves, sourceVersion: 2 });
  await night.stack.settle();
  await night.reply('grace', 'HELP');
  expect(night.texts('grace').at(-1)).toMatch(/^[^\p{Script=Han}]+$/u);
  await night.bank.contact(people.grace, { ...moves, sourceVersion: 2, language: 'zh-CN' });
  await night.stack.settle();
  await night.reply('grace', 'HELP');
  expect(night.texts('grace').at(-1)).toMatch(/\p{Script=Han}/u);
});

test('D8 H9 from a shared number a person comes to the one case that is asked about, and no ticket is named', async () => {
  await share();
  await night.oddity('card-2', 'grace');
  await night.reply('zhang', 'AGENT');
  expect(night.texts('zhang').at(-1)).toMatch(
    /A person will get back to you\. If|已为您转人工，将尽快与您联系。来电/,
  );
  expect((await night.onlyTicket('grace')).ticket.status).toBe('queued');
});

test('H9 a number that moved to another customer: a YES from there counts no more, a NO still blocks', async () => {
  await night.oddity('card-1', 'zhang');
  const moved = { sourceVersion: 2, occurredAt: '2026-02-01T00:00:00Z' };
  await night.bank.contact(people.zhang, { ...moved, phone: '+8613911112222' });
  await night.bank.contact(people.grace, { ...moved, phone: people.zhang.phone });
  await night.stack.settle();
  await night.reply('zhang', '1');
  expect(await alertOf('zhang')).toBe('open');
  await night.reply('zhang', '1111 1');
  expect(await alertOf('zhang')).toBe('open');
  expect(night.texts('zhang').join()).not.toMatch(/Ticket|工单/);
  await night.reply('zhang', '2');
  expect(await alertOf('zhang')).toBe('settled_fraud');
  expect((await night.card('zhang', 'card-1')).holds).toEqual(['fraud']);
});

test('H9 an unknown number is told nothing, whatever it asks', async () => {
  await night.oddity('card-1', 'zhang');
  for (const text of ['1', '1111 1', 'STATUS 1111', '2']) await night.stack.phone.reply('+85298765432', text);
  await night.stack.settle();
  const told = night.stack.phone.messages('+85298765432').map(({ text }) => text);
  expect(told).toHaveLength(2);
  expect(told.join()).not.toMatch(/FR-|1111|card 1/);
  expect(await alertOf('zhang')).toBe('open');
});
