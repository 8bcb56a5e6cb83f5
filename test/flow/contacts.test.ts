import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(() => night.begin());
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

const issuer = 'http://127.0.0.1/cardguard/customers';
const logIns = (...subjects: string[]) => subjects.map((subject) => ({ issuer, subject }));
const { subject: _zhang, ...zhang } = people.zhang;
const { subject: _grace, ...grace } = people.grace;

/** The cards a log-in sees; undefined: it stands for nobody. */
async function cardsSeenBy(subject: string): Promise<readonly string[] | undefined> {
  const token = await night.stack.tokens.issue({ pool: 'customers', subject });
  const answered = await fetch(`${night.stack.url}/cards`, { headers: { authorization: `Bearer ${token}` } });
  if (answered.status === 403) return undefined;
  const { cards } = (await answered.json()) as { cards: { cardToken: string }[] };
  return cards.map(({ cardToken }) => cardToken);
}

/** Says something of a customer and waits until it is taken. */
async function says(person: { customerId: string }, sourceVersion: number, over: object): Promise<void> {
  await night.bank.contact(person, { sourceVersion, ...over });
  await night.stack.settle();
}

beforeEach(async () => {
  await night.bank.card('card-z', zhang.customerId);
  await night.bank.card('card-g', grace.customerId, { lastFour: '2222' });
});

test('I11 a log-in that a newer contact does not name any more loses its access', async () => {
  await says(zhang, 1, { identities: logIns('web', 'app') });
  expect(await cardsSeenBy('web')).toEqual(['card-z']);
  await says(zhang, 2, { identities: logIns('app', 'new') });
  expect(await cardsSeenBy('web')).toBeUndefined();
  expect(await cardsSeenBy('app')).toEqual(['card-z']);
  expect(await cardsSeenBy('new')).toEqual(['card-z']);
  await says(zhang, 1, { identities: logIns('web') });
  expect(await cardsSeenBy('web'), 'an older contact, late').toBeUndefined();
  await says(zhang, 3, { identities: undefined });
  expect(await cardsSeenBy('app'), 'a contact without log-ins').toBeUndefined();
});

test('I8 a log-in moves to another customer by a later event, and an earlier one does not take it back', async () => {
  const at = (minute: number) => `2026-03-01T00:0${minute}:00Z`;
  await says(zhang, 1, { identities: logIns('shared'), occurredAt: at(1) });
  await says(grace, 1, { identities: logIns('shared', 'grace'), occurredAt: at(3) });
  expect(await cardsSeenBy('shared')).toEqual(['card-g']);
  // Said before the move, arriving after it: the rest of it counts.
  await says(zhang, 2, { identities: logIns('shared', 'zhang'), occurredAt: at(2), name: '张伟伟' });
  expect(await cardsSeenBy('shared')).toEqual(['card-g']);
  expect(await cardsSeenBy('zhang')).toEqual(['card-z']);
  // Giving up what is not theirs any more takes nothing from its owner.
  await says(zhang, 3, { identities: logIns('zhang'), occurredAt: at(4) });
  expect(await cardsSeenBy('shared')).toEqual(['card-g']);
  await says(zhang, 4, { identities: logIns('zhang', 'shared'), occurredAt: at(5) });
  expect(await cardsSeenBy('shared')).toEqual(['card-z']);
  await says(grace, 2, { identities: logIns('grace'), occurredAt: at(6) });
  expect(await cardsSeenBy('shared'), 'the former owner gives up what moved away').toEqual(['card-z']);
  expect(await cardsSeenBy('grace')).toEqual(['card-g']);
});

test('the same log-in twice in one contact counts once', async () => {
  await says(zhang, 1, { identities: [...logIns('web', 'web'), ...logIns('app', 'web')] });
  expect(await cardsSeenBy('web')).toEqual(['card-z']);
  expect(await cardsSeenBy('app')).toEqual(['card-z']);
});
