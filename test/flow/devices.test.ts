import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { totpOf } from '../../functions/verification/totp.ts';
import { type Authenticator, createAuthenticator } from '../../tools/story/authenticator.ts';
import { readTables } from '../support/tables.ts';
import { people } from './bank.ts';
import { type Night, startNight, type Who } from './night.ts';
import { createProof, type Proof, type VerificationPage } from './proof.ts';

let night: Night;
let proof: Proof;
beforeAll(async () => {
  night = await startNight();
  proof = createProof(night);
});
afterAll(async () => {
  proof.stop();
  await night.stop();
});
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

const place = { origin: 'http://localhost', rpId: 'localhost' };
const problem = (name: string) => ({ body: { type: `urn:cardguard:problem:${name}` } });
const { customerId } = people.grace;

let requests = 0;
const post = <Body = Answer>(who: Who, path: string, body?: object, key?: string) => {
  requests += 1;
  return night.post<Body>(who, path, key ?? `request-${requests}`, body);
};
interface Answer {
  readonly publicKey?: { readonly challenge: string };
  readonly device?: { readonly deviceId: string; readonly name: string };
  readonly status?: string;
  readonly uri?: string;
  readonly outcome?: string;
}

/** A passkey that the bank's app enrolled for a customer. */
async function bankEnrols(person: 'grace' | 'zhang', deviceId: string): Promise<Authenticator> {
  const device = createAuthenticator(place);
  const { credentialId, publicKey } = device;
  const registeredAt = night.now(-30 * 86_400);
  await night.bank.put('DeviceRegistered', {
    ...{ customerId: people[person].customerId, deviceId, name: 'Phone', credentialId, publicKey },
    signCount: 0,
    registeredAt,
  });
  await night.stack.settle();
  return device;
}
const open = async (action: string): Promise<string> =>
  (await proof.open('grace', 'card-1', { action })).body.verificationId;
const challengeFor = async (id: string): Promise<string> =>
  (await post('grace', `/verifications/${id}/device/options`)).body.publicKey?.challenge ?? '';
const answerWith = (id: string, response: object, key?: string) =>
  post<VerificationPage>('grace', `/verifications/${id}/device`, { response }, key);
const devices = async () =>
  (await night.get<{ devices: { deviceId: string; name: string }[] }>('grace', '/devices')).body.devices;
const told = (words: string) => night.texts('grace').filter((text) => text.includes(words)).length;

/** A verification of this action, passed by a code and a device. */
async function passed(action: string, device: Authenticator): Promise<string> {
  const id = await open(action);
  await proof.order('grace', id);
  await proof.check('grace', id, proof.code('grace'));
  expect((await answerWith(id, device.assert(await challengeFor(id)))).body.status).toBe('passed');
  return id;
}

beforeEach(async () => {
  await night.begin();
  await night.customer('grace', 'card-1');
});

describe('a device as a factor', () => {
  test('H13 a code and a device, or a device and another kind, release a card; the counter is kept', async () => {
    const device = await bankEnrols('grace', 'D-1');
    await night.spree('card-1', 'grace');
    const { body } = await proof.open('grace', 'card-1', { alertId: await proof.alertOf('grace') });
    expect(body.offers).toContain('device');
    const id = body.verificationId;
    expect((await answerWith(id, device.assert(await challengeFor(id)))).body).toMatchObject({
      status: 'pending',
      factors: [{ kind: 'device' }],
    });
    await proof.order('grace', id);
    expect((await proof.check('grace', id, proof.code('grace'))).body.status).toBe('passed');
    expect(await proof.unfreeze('grace', 'card-1', id)).toMatchObject({ status: 200 });
    const { cards } = await readTables(night.stack);
    const stored = cards.find(({ sk }) => sk === 'DEVICE#D-1');
    expect(stored).toMatchObject({ signCount: 1, lastUsedAt: expect.any(String) });
  });

  test('two devices are one kind', async () => {
    const [one, two] = [await bankEnrols('grace', 'D-1'), await bankEnrols('grace', 'D-2')];
    const id = await open('enrol_totp');
    await answerWith(id, one.assert(await challengeFor(id)));
    expect((await answerWith(id, two.assert(await challengeFor(id)))).body).toMatchObject({
      status: 'pending',
      factors: [{ kind: 'device' }],
    });
  });

  test('I2 removing a device voids what it had proven, also where the verification is passed already', async () => {
    const lost = await bankEnrols('grace', 'D-1');
    await bankEnrols('grace', 'D-2');
    await night.spree('card-1', 'grace');
    const alertId = await proof.alertOf('grace');
    const id = (await proof.open('grace', 'card-1', { alertId })).body.verificationId;
    await answerWith(id, lost.assert(await challengeFor(id)));
    await proof.order('grace', id);
    expect((await proof.check('grace', id, proof.code('grace'))).body.status).toBe('passed');
    await post('grace', '/devices/D-1/remove');
    expect(await proof.unfreeze('grace', 'card-1', id)).toMatchObject({
      status: 409,
      ...problem('verification-void'),
    });
    expect(await night.card('grace', 'card-1')).toMatchObject({ state: 'frozen', holds: ['fraud'] });
    const again = await proof.open('grace', 'card-1', { alertId });
    expect(again.body.verificationId).not.toBe(id);
    expect(again.body.factors).toEqual([]);
  });

  test('without a device there is no challenge', async () => {
    const id = await open('enrol_totp');
    expect(await post('grace', `/verifications/${id}/device/options`)).toMatchObject({
      status: 409,
      ...problem('no-device'),
    });
  });

  test.each([
    ['another origin', { origin: 'https://evil.test' }],
    ['another relying party', { rpId: 'evil.test' }],
    ['a user who was not verified', { unverified: true }],
  ] as const)('H14 an answer from %s is refused and uses its challenge up', async (_, quirks) => {
    const device = await bankEnrols('grace', 'D-1');
    const id = await open('enrol_totp');
    const challenge = await challengeFor(id);
    expect(await answerWith(id, device.assert(challenge, quirks))).toMatchObject(problem('not-accepted'));
    expect(await answerWith(id, device.assert(challenge)), 'the same challenge once more').toMatchObject(
      problem('not-accepted'),
    );
    expect((await answerWith(id, device.assert(await challengeFor(id)))).status).toBe(200);
  });

  test('H14 a challenge is answered once, newest only, within five minutes, in its own verification', async () => {
    const device = await bankEnrols('grace', 'D-1');
    const id = await open('enrol_totp');
    const first = await challengeFor(id);
    const second = await challengeFor(id);
    expect(await answerWith(id, device.assert(first))).toMatchObject(problem('not-accepted'));
    const third = await challengeFor(id);
    const other = await open('enrol_device');
    const elsewhere = await challengeFor(other);
    expect(await answerWith(id, device.assert(elsewhere))).toMatchObject(problem('not-accepted'));
    expect([second, third].includes(elsewhere)).toBe(false);
    const late = await challengeFor(id);
    await night.clock.advance(5 * 60_000 + 1_000);
    expect(await answerWith(id, device.assert(late))).toMatchObject(problem('not-accepted'));
    const right = device.assert(await challengeFor(id));
    const taken = await answerWith(id, right, 'the-same-key');
    expect(taken.status).toBe(200);
    expect(await answerWith(id, right, 'the-same-key'), 'delivered again').toEqual(taken);
    expect(await answerWith(id, right), 'replayed').toMatchObject(problem('not-accepted'));
  });

  test('H14 two deliveries of one answer at once count once', async () => {
    const device = await bankEnrols('grace', 'D-1');
    const id = await open('enrol_totp');
    const right = device.assert(await challengeFor(id));
    const both = await Promise.all([answerWith(id, right), answerWith(id, right)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
  });

  test('a counter that goes back, or stands still, is a copy of the key', async () => {
    const device = await bankEnrols('grace', 'D-1');
    await night.spree('card-1', 'grace');
    const id = await open('enrol_totp');
    await answerWith(id, device.assert(await challengeFor(id), { signCount: 7 }));
    for (const signCount of [7, 6, 0]) {
      const answer = device.assert(await challengeFor(id), { signCount });
      expect(await answerWith(id, answer), `${signCount}`).toMatchObject(problem('not-accepted'));
    }
    const notes = (await night.onlyTicket('grace')).timeline.filter(({ type }) => type === 'factor_failed');
    expect(notes.map(({ data }) => data.reason)).toEqual(['copied', 'copied', 'copied']);
  });

  test('I11 another customer’s device proves nothing and is not there to remove', async () => {
    await bankEnrols('grace', 'D-1');
    await night.customer('zhang', 'card-2', { lastFour: '2222' });
    const foreign = await bankEnrols('zhang', 'D-of-zhang');
    const id = await open('enrol_totp');
    expect(await answerWith(id, foreign.assert(await challengeFor(id)))).toMatchObject(
      problem('not-accepted'),
    );
    expect(await post('grace', '/devices/D-of-zhang/remove')).toMatchObject({ status: 404 });
    expect(await post('zhang', `/verifications/${id}/device/options`)).toMatchObject({ status: 404 });
  });
});

describe('enrolling a device', () => {
  const enrol = (verificationId: string, response: object, key?: string) =>
    post('grace', '/devices', { verificationId, name: 'Tablet', response }, key);
  const enrolment = async (verificationId: string) =>
    (await post('grace', '/devices/options', { verificationId })).body.publicKey?.challenge ?? '';

  test('D5 takes two kinds of factor; then it is listed, told, and a factor itself', async () => {
    const device = await bankEnrols('grace', 'D-1');
    const id = await passed('enrol_device', device);
    const fresh = createAuthenticator(place);
    const answer = fresh.register(await enrolment(id));
    const enrolled = await enrol(id, answer, 'enrol-key-1');
    expect(enrolled).toMatchObject({
      status: 200,
      body: { device: { name: 'Tablet', enrolledBy: 'verification' } },
    });
    expect(await enrol(id, answer, 'enrol-key-1'), 'delivered again').toEqual(enrolled);
    expect(await enrol(id, answer), 'the proof is used up').toMatchObject(problem('verification-over'));
    expect((await devices()).map(({ name }) => name)).toEqual(['Tablet', 'Phone']);
    expect(told('A new device can now verify you')).toBe(1);
    const next = await open('enrol_totp');
    expect((await answerWith(next, fresh.assert(await challengeFor(next)))).status).toBe(200);
  });

  test('D5 without a passed verification of this very action nothing is enrolled', async () => {
    const device = await bankEnrols('grace', 'D-1');
    const pending = await open('enrol_device');
    expect(await post('grace', '/devices/options', { verificationId: pending })).toMatchObject({
      status: 409,
      ...problem('not-verified'),
    });
    const other = await passed('enrol_totp', device);
    expect(await post('grace', '/devices/options', { verificationId: other })).toMatchObject({ status: 404 });
    const foreign = await post('zhang', '/devices/options', { verificationId: pending });
    expect(foreign.status).toBe(403); // zhang is no customer tonight
  });

  test('a registration from elsewhere, or to another challenge, is refused', async () => {
    const device = await bankEnrols('grace', 'D-1');
    const id = await passed('enrol_device', device);
    const fresh = createAuthenticator(place);
    const wrong = fresh.register(await enrolment(id), { origin: 'https://evil.test' });
    expect(await enrol(id, wrong)).toMatchObject(problem('not-accepted'));
    const stale = await enrolment(id);
    await enrolment(id);
    expect(await enrol(id, fresh.register(stale))).toMatchObject(problem('not-accepted'));
    expect(await devices()).toHaveLength(1);
  });

  test('I11 a credential that is another customer’s is refused', async () => {
    const device = await bankEnrols('grace', 'D-1');
    await night.customer('zhang', 'card-2', { lastFour: '2222' });
    const foreign = await bankEnrols('zhang', 'D-of-zhang');
    const id = await passed('enrol_device', device);
    expect(await enrol(id, foreign.register(await enrolment(id)))).toMatchObject(problem('not-accepted'));
  });

  test('D5 the first device: a code and two of staff', async () => {
    await night.spree('card-1', 'grace');
    const { ticket } = await night.onlyTicket('grace');
    const id = await open('enrol_device');
    await proof.order('grace', id);
    await proof.check('grace', id, proof.code('grace'));
    const vouch = `/agent/verifications/${id}/vouch`;
    const reason = { reason: 'Identified by passport at the counter' };
    expect(await post('agent', vouch, reason)).toMatchObject(problem('not-your-ticket'));
    await post('agent', `/agent/tickets/${ticket.number}/claim`);
    expect(await post('agent', vouch, reason)).toMatchObject({ status: 200, body: { outcome: 'proposed' } });
    // Declined, the proof goes on without it, and it may be asked for anew.
    const no = await post('agent2', `/agent/approvals/vouch/${id}/decline`, { reason: 'No passport seen' });
    expect(no).toMatchObject({ status: 200, body: { approval: { declinedBy: 'Wang Fang' } } });
    expect(await post('agent2', `${vouch}/approve`)).toMatchObject(problem('nothing-to-approve'));
    expect(await post('agent', vouch, reason)).toMatchObject({ status: 200, body: { outcome: 'proposed' } });
    // Whoever grants it is told what it opens.
    expect((await night.get('agent2', '/agent/approvals')).body).toMatchObject({
      approvals: [{ kind: 'vouch', action: 'enrol_device', ticketNumber: ticket.number }],
    });
    expect(await post('agent', `${vouch}/approve`)).toMatchObject({ status: 403, ...problem('same-person') });
    const granted = await Promise.all([
      post('agent2', `${vouch}/approve`),
      post('agent2', `${vouch}/approve`),
    ]);
    expect(granted.map(({ status }) => status).sort()).toEqual([200, 409]);
    const timeline = (await night.onlyTicket('grace')).timeline;
    expect(
      timeline.filter(({ type, data }) => type === 'factor_passed' && data.kind === 'staff'),
    ).toMatchObject([{ data: { shownBy: 'agent:agent-li+agent:agent-wang' } }]);
    const fresh = createAuthenticator(place);
    expect(await enrol(id, fresh.register(await enrolment(id)))).toMatchObject({ status: 200 });
  });

  test('a device is removed at once, told, and proves nothing any more', async () => {
    const device = await bankEnrols('grace', 'D-1');
    const id = await open('enrol_totp');
    const challenge = await challengeFor(id);
    expect(await post('grace', '/devices/D-1/remove')).toMatchObject({ status: 200 });
    expect(await devices()).toEqual([]);
    expect(told('A device that could verify you was removed')).toBe(1);
    expect(await answerWith(id, device.assert(challenge))).toMatchObject(problem('not-accepted'));
    expect(await post('grace', '/devices/D-1/remove')).toMatchObject({ status: 404 });
  });
});

describe('enrolling one-time passwords', () => {
  const secretOf = async (verificationId: string): Promise<string> => {
    const { body } = await post('grace', '/totp/options', { verificationId });
    return new URL(body.uri ?? '').searchParams.get('secret') ?? '';
  };
  const codeOf = (secret: string) => totpOf(secret).generate({ timestamp: night.clock.now() });

  test('D5 takes two kinds of factor; a right code takes it into use, and the customer is told', async () => {
    const id = await passed('enrol_totp', await bankEnrols('grace', 'D-1'));
    const first = await secretOf(id);
    const secret = await secretOf(id);
    expect(secret, 'shown once: asked again, it is another one').not.toBe(first);
    const confirm = (code: string) => post('grace', '/totp', { verificationId: id, code });
    expect(await confirm(codeOf(first))).toMatchObject(problem('not-accepted'));
    const code = codeOf(secret);
    expect(await confirm(code)).toMatchObject({ status: 200, body: { outcome: 'enrolled' } });
    expect(await confirm(code)).toMatchObject(problem('verification-over'));
    expect(told('A new authenticator app can now verify you')).toBe(1);
    const next = await open('enrol_device');
    expect(
      await proof.tryTotp('grace', next, code),
      'I7 the code that confirmed it is used up',
    ).toMatchObject(problem('not-accepted'));
    await night.clock.advance(30_000);
    expect((await proof.tryTotp('grace', next, codeOf(secret))).status).toBe(200);
    const stored = JSON.stringify(await readTables(night.stack));
    expect(stored, 'I10').not.toContain(secret);
  });

  test('D5 nothing is shown before', async () => {
    const id = await open('enrol_totp');
    expect(await post('grace', '/totp/options', { verificationId: id })).toMatchObject(
      problem('not-verified'),
    );
  });
});

describe('asking for another contact', () => {
  test('D5 is handed to the bank after two kinds of factor, once, and changes nothing by itself', async () => {
    const id = await passed('change_contact', await bankEnrols('grace', 'D-1'));
    const phone = '+85298765432';
    const wish = { verificationId: id, phone };
    expect(await post('grace', '/contact/change', wish)).toMatchObject({ status: 200 });
    expect(await post('grace', '/contact/change', wish)).toMatchObject(problem('verification-over'));
    const { cases, cards } = await readTables(night.stack);
    const asked = cases.filter(({ pk, effect }) => pk === `CUSTOMER#${customerId}` && effect === 'publish');
    expect(asked).toMatchObject([{ payload: { type: 'ContactChangeRequested' }, outcome: 'published' }]);
    expect(JSON.stringify({ cases, cards }), 'I10').not.toContain(phone);
    expect(night.stack.phone.messages(phone)).toEqual([]);
  });

  test('names a number or an address', async () => {
    const id = await open('change_contact');
    expect(await post('grace', '/contact/change', { verificationId: id })).toMatchObject({ status: 400 });
    expect(
      await post('grace', '/contact/change', { verificationId: id, email: 'a@b.example' }),
    ).toMatchObject(problem('not-verified'));
  });
});
