import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { readReply } from '../../functions/alert/reply.ts';
import { placeHold } from '../../functions/card/card.ts';
import { createPlaceHold } from '../../functions/card/place-hold.ts';
import { actions } from '../../functions/verification/verification-policy.ts';
import { createScene, type Scene, START } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await createScene();
});

/** A YES by SMS, as it stands in the alert. */
const saidYes = (sentAt = START) =>
  scene.alert({ status: 'claimed_genuine', claimedAt: scene.at(), claim: { channel: 'sms', sentAt } });

test('I2 control: two kinds release the card, open the pass and use the verification up', async () => {
  const id = await scene.opened();
  await scene.both(id);
  const released = await scene.release(id);
  expect(released).toMatchObject({ outcome: 'released', card: { holds: {}, passes: [{ usesLeft: 2 }] } });
  expect(await scene.holds('card-2')).toEqual(['fraud']);
});

/** Everything somebody with the phone alone, or with a proof of something else, might try. */
const paths: Readonly<Record<string, () => Promise<unknown>>> = {
  'nothing at all': async () => scene.release(await scene.opened()),
  'a YES alone': async () => {
    await saidYes();
    return scene.release(await scene.opened());
  },
  'a YES and a code by SMS': async () => {
    await saidYes();
    const id = await scene.opened();
    await scene.guess(id, 'sim', await scene.code(id));
    return scene.release(id);
  },
  'the same code twice': async () => {
    const id = await scene.opened();
    const code = await scene.code(id);
    await scene.guess(id, 'sim', code);
    await scene.guess(id, 'sim', code);
    return scene.release(id);
  },
  'the code as a one-time password': async () => {
    const id = await scene.opened();
    const code = await scene.code(id);
    await scene.guess(id, 'sim', code);
    await scene.guess(id, 'totp', code);
    return scene.release(id);
  },
  'a code and an expired one-time password': async () => {
    const id = await scene.opened();
    await scene.guess(id, 'sim', await scene.code(id));
    await scene.guess(id, 'totp', scene.totp(-2));
    return scene.release(id);
  },
  'a one-time password twice': async () => {
    const id = await scene.opened();
    await scene.guess(id, 'totp', scene.totp());
    await scene.guess(id, 'totp', scene.totp());
    await scene.guess(id, 'totp', scene.totp(1));
    return scene.release(id);
  },
  'a code five minutes and a moment old': async () => {
    const id = await scene.opened();
    const code = await scene.code(id);
    scene.advance(5.001);
    await scene.guess(id, 'sim', code);
    await scene.guess(id, 'totp', scene.totp());
    return scene.release(id);
  },
  'a code older than the newest': async () => {
    const id = await scene.opened();
    const older = await scene.code(id);
    await scene.code(id);
    await scene.guess(id, 'sim', older);
    await scene.guess(id, 'totp', scene.totp());
    return scene.release(id);
  },
  'a code of another card': async () => {
    const other = await scene.code(await scene.opened({ cardToken: 'card-2', alertId: 'A2' }));
    const id = await scene.opened();
    await scene.code(id);
    await scene.guess(id, 'sim', other);
    await scene.guess(id, 'totp', scene.totp());
    return scene.release(id);
  },
  'a code of another action': async () => {
    const other = await scene.code(await scene.opened({ action: 'enrol_device' }));
    const id = await scene.opened();
    await scene.guess(id, 'sim', other);
    await scene.guess(id, 'totp', scene.totp());
    return scene.release(id);
  },
  'a verification of another card': async () => {
    const id = await scene.opened({ cardToken: 'card-2', alertId: 'A2' });
    await scene.both(id);
    return scene.release(id);
  },
  'a verification of the precaution only': async () => {
    const stored = await scene.rooms.cards.get('card-1');
    const by = 'customer:C';
    const held = stored && placeHold(stored.body, { kind: 'customer', at: START, by });
    if (held === undefined) throw new Error('not held');
    await scene.commit(
      scene.rooms.cards.saveHolds(stored, held, { now: new Date(START), by, type: 'customer_hold_placed' }),
    );
    const id = await scene.opened({ alertId: undefined });
    await scene.both(id);
    await scene.release(id);
    return { outcome: (await scene.holds()).includes('fraud') ? 'refused' : 'released' };
  },
  'a verification that was used': async () => {
    const id = await scene.opened();
    await scene.both(id);
    await scene.release(id);
    const stored = await scene.rooms.cards.get('card-1');
    const order = { kind: 'fraud', alertId: 'A1', at: scene.at(), by: 'system' } as const;
    const held = stored && placeHold(stored.body, order);
    if (held === undefined) throw new Error('not held again');
    const change = { now: new Date(scene.at()), by: 'system', type: 'fraud_hold_placed' };
    await scene.commit(scene.rooms.cards.saveHolds(stored, held, change));
    return scene.release(id);
  },
  'a verification passed more than 15 minutes ago': async () => {
    const id = await scene.opened();
    await scene.both(id);
    scene.advance(15.001);
    return scene.release(id);
  },
  'a verification passed before a further transaction joined': async () => {
    const id = await scene.opened();
    await scene.both(id);
    await scene.alert({ transactionCount: 2 });
    return scene.release(id);
  },
  'a verification passed before the customer had to be asked anew': async () => {
    const id = await scene.opened();
    await scene.both(id);
    await scene.alert({ question: 2 });
    return scene.release(id);
  },
  'a verification passed before the SIM changed': async () => {
    const id = await scene.opened();
    await scene.both(id);
    const contact = await scene.rooms.contacts.get('C');
    if (contact === undefined) throw new Error('no contact');
    await scene.commit([
      scene.rooms.contacts.save(contact, { ...contact, sourceVersion: 2, simChangedAt: scene.at() }),
    ]);
    return scene.release(id);
  },
  'a verification passed before "not mine" was said': async () => {
    const id = await scene.opened();
    await scene.both(id);
    await scene.alert({ status: 'settled_fraud' });
    return scene.release(id);
  },
  'another customer with the verification of the cardholder': async () => {
    const id = await scene.opened();
    await scene.both(id);
    return scene.release(id, { customerId: 'OWNER' });
  },
  'a right code and password after three failures': async () => {
    const id = await scene.opened();
    const code = await scene.code(id);
    for (const wrong of ['00000001', '00000002', '00000003']) await scene.guess(id, 'sim', wrong);
    await scene.guess(id, 'sim', code);
    await scene.guess(id, 'totp', scene.totp());
    return scene.release(id);
  },
};
for (const action of actions.filter((one) => one !== 'unfreeze')) {
  Object.assign(paths, {
    [`a verification for ${action}`]: async () => {
      const id = await scene.opened({ action });
      await scene.both(id);
      return scene.release(id);
    },
  });
}

describe('I2 the card stays frozen after', () => {
  test.each(Object.keys(paths))('%s', async (name) => {
    expect(await paths[name]?.()).not.toMatchObject({ outcome: 'released' });
    expect(await scene.holds()).toContain('fraud');
  });
});

test('I2 a code in a reply by SMS is read as nothing but unclear', async () => {
  const code = await scene.code(await scene.opened());
  for (const text of [code, `code ${code}`, `验证码${code}`, `${code.slice(0, 4)} ${code.slice(4)}`]) {
    for (const mainlandChina of [true, false]) {
      expect(readReply(text, { mainlandChina }).kind, text).toBe('unclear');
    }
  }
});

describe('I2 a verification is not even opened', () => {
  test.each([
    ['by the account owner for the fraud hold', { customerId: 'OWNER' }, 'not_yours'],
    [
      'by the account owner for the card at all',
      { customerId: 'OWNER', alertId: undefined },
      'nothing_to_lift',
    ],
    ['by a stranger', { customerId: 'X' }, 'not_yours'],
    ['for the alert of another card', { alertId: 'A2' }, 'not_yours'],
    ['without naming the alert', { alertId: undefined }, 'nothing_to_lift'],
  ])('%s', async (_what, over, outcome) => {
    expect(await scene.open(over)).toEqual({ outcome });
  });

  test('after "not mine"', async () => {
    await scene.alert({ status: 'settled_fraud' });
    expect(await scene.open()).toEqual({ outcome: 'concluded' });
  });
});

test('D5 H16 a precaution of two people stands until both lift it', async () => {
  await scene.lift('card-1');
  const place = createPlaceHold(scene.rooms);
  const together = async () => [];
  const freeze = (customerId: string) =>
    place({ cardToken: 'card-1', kind: 'customer', asks: { customerId }, together });
  await freeze('C');
  const before = await scene.opened({ alertId: undefined });
  await scene.both(before);
  expect(await freeze('OWNER')).toMatchObject({ outcome: 'held' });
  expect(await freeze('OWNER')).toMatchObject({ outcome: 'held_already' });
  expect(await scene.release(before)).toMatchObject({ outcome: 'changed_since' });
  scene.advance(1);
  const after = await scene.opened({ alertId: undefined });
  await scene.both(after);
  expect(await scene.release(after)).toMatchObject({
    outcome: 'released',
    card: { holds: { customer: { by: 'customer:OWNER' } } },
  });
  expect(await scene.open({ alertId: undefined })).toEqual({ outcome: 'nothing_to_lift' });
});

describe('it works from every status but settled ones', () => {
  test.each(['open', 'claimed_genuine', 'expired', 'undeliverable'])('%s', async (status) => {
    await scene.alert({ status });
    const id = await scene.opened();
    await scene.both(id);
    expect(await scene.release(id)).toMatchObject({ outcome: 'released' });
  });
});

describe('H14 tries', () => {
  test('a thousand guesses at once compare exactly three', async () => {
    const id = await scene.opened();
    const code = await scene.code(id);
    const guesses = Array.from({ length: 1_000 }, (_, index) => index.toString().padStart(8, '0'));
    await Promise.all(guesses.map((guess) => scene.guess(id, 'sim', guess).catch(() => undefined)));
    expect(guesses).not.toContain(code);
    expect(scene.compared()).toBe(3);
    expect((await scene.rooms.verifications.get(id))?.body.status).toBe('locked');
    expect((await scene.rooms.tickets.get('ticket-A1'))?.body).toMatchObject({
      status: 'queued',
      priority: 'P2',
    });
  });

  test('the same guess delivered any number of times takes one try', async () => {
    const id = await scene.opened();
    await scene.code(id);
    for (let times = 0; times < 5; times += 1) await scene.guess(id, 'sim', '00000000', 'same-key');
    const { failures } = await scene.rooms.tries.get({
      customerId: 'C',
      cardToken: 'card-1',
      incident: 'ticket-A1-1',
      openedAt: scene.at(),
    });
    expect(failures).toBe(1);
  });

  test('a try is given back only by its own pass; failures of the other factor stay', async () => {
    const id = await scene.opened();
    await scene.guess(id, 'totp', '00000000');
    await scene.guess(id, 'sim', await scene.code(id));
    const of = { customerId: 'C', cardToken: 'card-1', incident: 'ticket-A1-1', openedAt: scene.at() };
    expect(await scene.rooms.tries.get(of)).toEqual({ failures: 1, sends: 1, customerFailures: 1 });
    await scene.guess(id, 'totp', scene.totp());
    expect(await scene.rooms.tries.get(of)).toEqual({ failures: 1, sends: 1, customerFailures: 1 });
  });

  test('whatever is tried in whatever order: never more than three compares fail in an incident', async () => {
    const step = fc.oneof(
      fc.record({
        does: fc.constant('guess' as const),
        kind: fc.constantFrom('sim' as const, 'totp' as const),
      }),
      fc.record({ does: fc.constantFrom('open' as const, 'code' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        scene = await createScene();
        let id = await scene.opened();
        for (const one of steps) {
          if (one.does === 'guess') await scene.guess(id, one.kind, '00000000');
          if (one.does === 'open') id = await scene.opened();
          if (one.does === 'code') await scene.code(id).catch(() => undefined);
        }
        expect(scene.compared()).toBeLessThanOrEqual(3);
      }),
      { numRuns: 60 },
    );
  });
});
