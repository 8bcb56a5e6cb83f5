import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRotation } from '../../tools/rotate/rotation.ts';
import { targetOf } from '../../tools/stage/local.ts';
import type { Target } from '../../tools/stage/target.ts';
import { readTables } from '../support/tables.ts';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
let target: Target;
let rotation: ReturnType<typeof createRotation>;
let older = '1';
beforeAll(async () => {
  night = await startNight();
  target = await targetOf(night.stack);
  rotation = createRotation(target);
});
afterAll(async () => {
  rotation?.close();
  target?.close();
  await night?.stop();
});
beforeEach(async () => {
  await night.begin();
  // Functions read the key again; those of the test before are gone with its numbers.
  await night.stack.advance(6 * 60_000);
  older = (await rotation.keys()).current;
  await night.customer('zhang', 'card-1');
});
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

const rekey = () => rotation.rekey(() => undefined);
const alertStatus = async () => (await night.onlyTicket('zhang')).alert?.status;

/** The steps of a rotation, each with the time it takes until every function knows. */
const steps: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['a new key is current, nobody has read it yet', () => rotation.add()],
  [
    'every function has the new key',
    async () => {
      await rotation.add();
      await night.stack.advance(6 * 60_000);
    },
  ],
  [
    'contacts are brought under it before functions read it',
    async () => {
      await rotation.add();
      await rekey();
    },
  ],
  [
    'contacts are brought under it, twice',
    async () => {
      await rotation.add();
      await night.stack.advance(6 * 60_000);
      expect(await rekey()).toBe(1);
      expect(await rekey()).toBe(0);
    },
  ],
  [
    'the old key is removed',
    async () => {
      await rotation.add();
      await night.stack.advance(6 * 60_000);
      await rekey();
      await rotation.remove(older, { forgetStrangers: false });
      await night.stack.advance(6 * 60_000);
    },
  ],
];

describe('a rotation of the phone keys', () => {
  test.each(steps)('a reply finds its alert, asked before: %s', async (_name, step) => {
    await night.spree('card-1', 'zhang');
    expect(night.texts('zhang')).toHaveLength(1);
    await step();
    await night.reply('zhang', '2');
    expect(await alertStatus()).toBe('settled_fraud');
    expect(night.texts('zhang').at(-1)).toContain((await night.onlyTicket('zhang')).ticket.number);
  });

  test.each(steps)('I5 an opt-out of before holds: %s', async (_name, step) => {
    await night.spree('card-1', 'zhang');
    await night.reply('zhang', '退订');
    const before = night.texts('zhang').length;
    await step();
    await night.stack.advance(20 * 60_000);
    await night.bank.contact({ ...people.zhang, sourceVersion: 99 } as never);
    await night.stack.settle();
    await night.spree('card-1', 'zhang', { transactionId: 'T-later' });
    await night.stack.advance(60_000);
    expect(night.texts('zhang')).toHaveLength(before);
  });

  test('an alert open over the rotation gets its second notice: the number is no other one', async () => {
    await night.spree('card-1', 'zhang');
    await rotation.add();
    await rekey();
    await night.stack.advance(5 * 60_000 + 30_000);
    expect(night.texts('zhang')).toHaveLength(2);
    expect(await alertStatus()).toBe('open');
  });

  test('a contact that comes while the key is new takes along what was known of the number', async () => {
    await night.spree('card-1', 'zhang');
    await rotation.add();
    await night.stack.advance(6 * 60_000);
    await night.bank.contact({ ...people.zhang, sourceVersion: 99 } as never);
    await night.stack.settle();
    const { phones } = await rotation.use();
    expect(phones.get(older)).toBeUndefined();
    await night.reply('zhang', '2');
    expect(await alertStatus()).toBe('settled_fraud');
  });

  test('the old key is not removed while anything is found by it alone', async () => {
    await night.spree('card-1', 'zhang');
    await night.stack.phone.reply('+8613900000001', '退订', {});
    await night.stack.settle();
    await rotation.add();
    await expect(rotation.remove(older, { forgetStrangers: true })).rejects.toThrow(
      /1 contacts and 1 numbers/,
    );
    await expect(rotation.remove('77', { forgetStrangers: true })).rejects.toThrow('There is no key 77');
    await rekey();
    const { cases } = await readTables(night.stack);
    expect(cases.some(({ pk }) => pk.startsWith(`PHONE#${older}.`))).toBe(true);
    await expect(rotation.remove(older, { forgetStrangers: false })).rejects.toThrow(/want no texts/);
    expect(await rotation.remove(older, { forgetStrangers: true })).toEqual({ forgotten: 1 });
    expect([...(await rotation.keys()).keys.keys()]).not.toContain(older);
  });
});
