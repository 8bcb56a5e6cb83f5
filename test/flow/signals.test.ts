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

const { customerId } = people.zhang;
const newNumber = '+8613987654321';
const simMoved = '您登记的手机号换了SIM卡或运营商';
const phoneChanged = '手机号已变更';

const textsTo = (number: string) => night.stack.phone.messages(number).map(({ text }) => text);
const told = (number: string, words: string) => textsTo(number).filter((text) => text.includes(words)).length;

/** Why events were refused. */
async function quarantined(): Promise<readonly unknown[]> {
  const { cases } = await readTables(night.stack);
  return cases
    .filter(({ pk, sk }) => pk.startsWith('QUARANTINE#') && sk === 'META')
    .map(({ reason }) => reason)
    .sort();
}

async function simChanged(over: object = {}): Promise<void> {
  await night.bank.put('SimChanged', { customerId, occurredAt: night.now(-60), kind: 'sim_swap', ...over });
  await night.stack.settle();
}

async function contactChanged(sourceVersion: number, over: object): Promise<void> {
  await night.bank.contact(people.zhang, { sourceVersion, occurredAt: night.now(-30), ...over });
  await night.stack.settle();
}

const noted = async () =>
  (await night.onlyTicket('zhang')).timeline.filter(({ type }) => type === 'contact_changed');

describe('a SIM change', () => {
  test('H31 is told, and brings a person to an alert that is open', async () => {
    await night.customer('zhang', 'card-1');
    await night.spree('card-1', 'zhang');
    await simChanged();
    expect(told(people.zhang.phone, simMoved)).toBe(1);
    expect(await noted()).toMatchObject([{ data: { what: 'sim' } }]);
    expect(await night.queue()).toMatchObject([{ priority: 'P2', queuedReason: 'contact_changed' }]);
    expect((await night.onlyTicket('zhang')).alert?.status, 'its question stands').toBe('open');
    expect((await night.onlyTicket('zhang')).timelineIntact).toBe(true);
  });

  test('I8 twice, or an older one after it, changes nothing more', async () => {
    await night.customer('zhang', 'card-1');
    await night.spree('card-1', 'zhang');
    const occurredAt = night.now(-60);
    await simChanged({ occurredAt });
    await simChanged({ occurredAt });
    await simChanged({ occurredAt: night.now(-3600), kind: 'number_ported' });
    expect(told(people.zhang.phone, simMoved)).toBe(1);
    expect(await noted()).toHaveLength(1);
  });

  test('of a customer whose contact has not come yet is kept for it, the latest one (H32)', async () => {
    await night.bank.card('card-1', customerId);
    await simChanged({ occurredAt: night.now(-600) });
    await simChanged({ occurredAt: night.now(-60), kind: 'number_ported' });
    await simChanged({ occurredAt: night.now(-900) });
    expect(textsTo(people.zhang.phone)).toEqual([]);
    await contactChanged(1, {});
    expect(told(people.zhang.phone, simMoved)).toBe(1);
    const known = night.now(-60);
    await simChanged({ occurredAt: known });
    expect(told(people.zhang.phone, simMoved), 'the one it took along is not news').toBe(1);
  });

  test('H25 of a week ago is recorded and told nobody', async () => {
    await night.customer('zhang', 'card-1');
    await simChanged({ occurredAt: night.now(-7 * 86_400) });
    expect(textsTo(people.zhang.phone)).toEqual([]);
  });

  test('H29 that cannot be understood waits in quarantine', async () => {
    await night.customer('zhang', 'card-1');
    await simChanged({ kind: 'stolen' });
    await simChanged({ occurredAt: night.now(3600) });
    expect(await quarantined()).toEqual(['future_dated', 'malformed']);
    expect(textsTo(people.zhang.phone)).toEqual([]);
  });
});

describe('another number', () => {
  test('is told to the old number and the new one, and brings a person to an open alert', async () => {
    await night.customer('zhang', 'card-1');
    await night.spree('card-1', 'zhang');
    await contactChanged(2, { phone: newNumber });
    expect(told(people.zhang.phone, phoneChanged)).toBe(1);
    expect(told(newNumber, phoneChanged)).toBe(1);
    expect(await noted()).toMatchObject([{ data: { what: 'phone' } }]);
    expect(await night.queue()).toMatchObject([{ priority: 'P2', queuedReason: 'contact_changed' }]);
  });

  test('twice is told once, and none at all is told to the old one', async () => {
    await night.customer('zhang', 'card-1');
    await contactChanged(2, { phone: newNumber });
    await contactChanged(2, { phone: newNumber });
    await contactChanged(3, { phone: null });
    expect(told(people.zhang.phone, phoneChanged)).toBe(1);
    expect(told(newNumber, phoneChanged)).toBe(2);
  });

  test('I5 is not told to a number that wants no texts', async () => {
    await night.customer('zhang', 'card-1');
    await night.reply('zhang', '退订');
    await contactChanged(2, { phone: newNumber });
    expect(told(people.zhang.phone, phoneChanged)).toBe(0);
    expect(told(newNumber, phoneChanged)).toBe(1);
  });

  test('the same number with another name or address of mail is no such change', async () => {
    await night.customer('zhang', 'card-1');
    await contactChanged(2, { name: '张伟伟' });
    expect(textsTo(people.zhang.phone)).toEqual([]);
    await contactChanged(3, { email: 'zhang@mail.example' });
    expect(told(people.zhang.phone, '邮箱已变更')).toBe(1);
    expect(told(people.zhang.phone, phoneChanged)).toBe(0);
  });
});

describe('a passkey the bank enrolled', () => {
  const registration = {
    customerId,
    deviceId: 'D-1',
    name: 'Phone of Zhang',
    credentialId: 'q83vEjRWeJCrze8SNFZ4kA',
    publicKey: 'pQECAyYgASFYIGsX0fLhLEJHLzm5WOkQPJ3A32BLeszoPShOUXYmMKWIlgg',
    signCount: 0,
  };
  async function deviceRegistered(over: object = {}): Promise<void> {
    await night.bank.put('DeviceRegistered', { ...registration, registeredAt: night.now(-60), ...over });
    await night.stack.settle();
  }

  test('is told once, however often it comes', async () => {
    await night.customer('zhang', 'card-1');
    const registeredAt = night.now(-60);
    await deviceRegistered({ registeredAt });
    await deviceRegistered({ registeredAt });
    await deviceRegistered({ registeredAt: night.now(-3600), name: 'Older' });
    expect(told(people.zhang.phone, '新增了一台')).toBe(1);
  });

  test('I11 whose credential is another customer’s is refused and kept for people to see', async () => {
    await night.customer('zhang', 'card-1');
    await night.customer('grace', 'card-2', { lastFour: '2222' });
    await deviceRegistered();
    await deviceRegistered({ customerId: people.grace.customerId, deviceId: 'D-2' });
    expect(night.texts('grace')).toEqual([]);
    expect(await quarantined()).toEqual(['credential_taken']);
  });
});
