import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { holdToContract } from '../support/contract.ts';
import { readTables } from '../support/tables.ts';
import { people, SPREE } from './bank.ts';
import { type Night, startNight } from './night.ts';

let night: Night;
beforeAll(async () => {
  night = await startNight({ environment: { 'watch-freezes': { FREEZE_BREAKER: 'leastFreezes=4' } } });
});
afterAll(() => night.stop());
beforeEach(async () => {
  await night.begin();
  await night.bank.contact(people.zhang);
});
afterEach(() => expect(night.refusedPermissions()).toEqual([])); // no function was refused a permission

const { version } = defaultRuleSet;
const bulk = `/agent/bulk-releases/${version}`;
let requests = 0;

interface Release {
  readonly status: string;
  readonly found: number;
  readonly released: number;
  readonly left: Readonly<Record<string, number>>;
}
interface Answer {
  readonly release?: Release;
  readonly type?: string;
}

/** A call by staff whose sign-in put them into these groups. */
async function staff(
  name: string,
  path: string,
  given: { body?: object; key?: string; groups?: readonly string[] } = {},
): Promise<{ status: number; body: Answer }> {
  const { body, groups = ['rules-supervisor'], key } = given;
  const method = body === undefined ? 'GET' : 'POST';
  const claims = { 'cognito:groups': groups };
  const token = await night.stack.tokens.issue({ pool: 'agents', subject: `staff-${name}`, name, claims });
  requests += 1;
  const isEmpty = body === undefined || Object.keys(body).length === 0;
  const response = await fetch(`${night.stack.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(method === 'POST' ? { 'idempotency-key': key ?? `staff-request-${requests}` } : {}),
      ...(isEmpty ? {} : { 'content-type': 'application/json' }),
    },
    ...(isEmpty ? {} : { body: JSON.stringify(body) }),
  });
  const answered: unknown = await response.json();
  holdToContract({ method, path }, response.status, answered);
  await night.stack.settle();
  return { status: response.status, body: answered as Answer };
}

/** A card that is met for the first time by a purchase the rules freeze on. */
async function suspects(card: string): Promise<void> {
  await night.bank.card(card, people.zhang.customerId);
  await night.stack.settle();
  await night.bank.authorise({
    ...{ cardToken: card, cardholderId: people.zhang.customerId, at: night.now(-3), minor: 888_800 },
    over: SPREE,
  });
  await night.stack.settle();
}
const holdsOf = async (card: string) => (await night.card('zhang', card)).holds;
const frozenCards = ['card-1', 'card-2', 'card-3', 'card-4'];
const reason = { reason: 'The night rule of this version is too strict' };

async function says(card: string, answer: 'mine' | 'not_mine'): Promise<void> {
  const { alerts } = (
    await night.get<{ alerts: { alertId: string; cardToken: string }[] }>('zhang', '/alerts')
  ).body;
  const alertId = alerts.find(({ cardToken }) => cardToken === card)?.alertId;
  await night.post('zhang', `/alerts/${alertId}/answer`, `answer-${card}`, { says: answer });
}

test('H33 a rule set that freezes too many asks only; two supervisors lift what it held, never a NO', async () => {
  for (const card of frozenCards) await suspects(card);
  for (const card of frozenCards) expect(await holdsOf(card)).toEqual(['fraud']);
  const { cards } = await readTables(night.stack);
  const board = cards.find(({ pk, sk }) => pk === 'RULESET#board' && sk === 'STATE');
  expect(board?.alertOnly).toMatchObject([{ version, by: 'breaker', reason: expect.stringContaining('4 ') }]);
  // Functions read the rules again within half a minute.
  await night.stack.advance(31_000);
  await suspects('card-5');
  expect(await holdsOf('card-5')).toEqual([]);
  await says('card-1', 'not_mine');
  await night.post('zhang', '/cards/card-2/freeze', 'own-freeze-1');

  expect(await staff('Li', bulk, { body: reason, groups: ['rules-analyst'] })).toMatchObject({
    status: 403,
    body: { type: 'urn:cardguard:problem:not-permitted' },
  });
  const proposed = await staff('Li', bulk, { body: reason });
  expect(proposed).toMatchObject({ status: 200, body: { release: { status: 'proposed', found: 3 } } });
  expect((await staff('Li', `${bulk}/approve`, { body: {} })).status).toBe(403);
  expect(await holdsOf('card-3')).toEqual(['fraud']);
  const again = { body: {}, key: 'approve-once' };
  const granted = await staff('Wang', `${bulk}/approve`, again);
  expect(granted).toMatchObject({ status: 200, body: { release: { status: 'running' } } });
  expect(await staff('Wang', `${bulk}/approve`, again)).toEqual(granted);
  await night.stack.advance(61_000);

  expect((await staff('Li', bulk)).body.release).toMatchObject({ status: 'done', released: 3, failed: 0 });
  expect(await holdsOf('card-1')).toEqual(['fraud']);
  expect(await holdsOf('card-2')).toEqual(['customer']);
  expect(await holdsOf('card-3')).toEqual([]);
  expect(await holdsOf('card-4')).toEqual([]);
  const tables = await readTables(night.stack);
  const tickets = tables.cases.filter(({ pk, sk }) => pk.startsWith('TICKET#') && sk === 'META');
  const statusOf = (card: string) => tickets.find(({ cardToken }) => cardToken === card)?.status;
  expect(['card-1', 'card-3', 'card-4'].map(statusOf)).toEqual(['queued', 'resolved', 'resolved']);
  const lifted = tables.cases.filter(({ type }) => type === 'released_in_bulk');
  expect(lifted.map(({ by }) => by)).toEqual(Array(3).fill('agent:staff-Li+agent:staff-Wang'));
  // Nobody said that these purchases were their own: rules and profile learn nothing of it.
  const labels = tables.cards.filter(({ sk }) => sk.startsWith('LABEL#'));
  expect(labels.filter(({ counted, atMerchant }) => counted === true && atMerchant === undefined)).toEqual(
    [],
  );
});

test('H33 a person switches a version to asking only, and back', async () => {
  const path = `/agent/rule-sets/${version}/alert-only`;
  const on = { on: true, reason: 'to be looked at first' };
  expect((await staff('Li', path, { body: on, groups: [] })).status).toBe(403);
  expect(await staff('Li', path, { body: on })).toMatchObject({ status: 200, body: { outcome: 'switched' } });
  await night.stack.advance(31_000);
  await suspects('card-1');
  expect(await holdsOf('card-1')).toEqual([]);
  const off = { on: false, reason: 'looked at, it is sound' };
  expect(await staff('Wang', path, { body: off })).toMatchObject({ status: 200, body: { alertOnly: [] } });
  await night.stack.advance(31_000);
  await suspects('card-2');
  expect(await holdsOf('card-2')).toEqual(['fraud']);
});
