import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Contract, sideOf } from '../../functions/api/contract.ts';
import { routesOf } from '../../functions/api/routes.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { deskRoles } from '../../functions/ticket/desk-roles.ts';
import { holdToContract } from '../support/contract.ts';
import { people } from './bank.ts';
import { type Night, startNight } from './night.ts';

/** Every route × whoever may come: made from the routes themselves, so that a new one is in it the day it appears. */
const routes: readonly Contract[] = Object.values(routesOf).flat();
const nameOf = (route: Contract): string => `${route.method} ${route.path}`;
const cases = routes.map((route) => [nameOf(route), route] as const);
const ofCustomers = cases.filter(([, route]) => sideOf(route) === 'customers');

/** What the parts of paths name, and where the bodies do: one's own, somebody else's, nothing at all. */
type Things = Readonly<Record<string, string>>;
let own: Things;
let foreign: Things;
const missing: Things = {
  cardToken: 'card-of-nobody',
  number: 'FR-00000000',
  version: 'v-of-nobody',
  alertId: 'AAAAAAAAAAAAAAAAAAAAAA',
  verificationId: 'AAAAAAAAAAAAAAAAAAAAAA',
  deviceId: 'AAAAAAAAAAAAAAAAAAAAAA',
  transactionId: 'T-of-nobody',
  entryId: 'AAAAAAAAAAAAAAAAAAAAAA',
  exportId: 'AAAAAAAAAAAAAAAAAAAAAA',
  evidenceId: 'AAAAAAAAAAAAAAAAAAAAAA',
  // Of an approval, which is about the alert.
  kind: 'undo_not_mine',
  subjectId: 'AAAAAAAAAAAAAAAAAAAAAA',
};

const paper = () => ({
  ...{ name: 'receipt.pdf', mediaType: 'application/pdf', bytes: 9 },
  sha256: '0'.repeat(64),
});

const ofVerification = ({ verificationId }: Things) => ({ verificationId });
/** What a browser would post of a passkey. */
const answerOf = (response: object) => ({
  ...{ id: 'AA', rawId: 'AA', type: 'public-key', clientExtensionResults: {} },
  response: { clientDataJSON: 'AA', ...response },
});

/** A body that fits, for each route that takes one. */
const bodies: Readonly<Record<string, (things: Things) => object>> = {
  'POST /alerts/{alertId}/answer': () => ({ says: 'not_mine' }),
  'POST /reports': ({ cardToken, transactionId }) => ({ cardToken, transactionIds: [transactionId] }),
  'POST /tickets/{number}/person': () => ({ phoneConsent: true }),
  'POST /tickets/{number}/messages': () => ({ text: 'hello' }),
  'POST /tickets/{number}/evidence': paper,
  'POST /agent/tickets/{number}/evidence': paper,
  'POST /preferences': () => ({ texts: true }),
  'POST /bank-check/code': () => ({ code: '000000' }),
  'POST /fake-calls': () => ({}),
  'POST /verifications': ({ cardToken }) => ({ action: 'unfreeze', cardToken }),
  'POST /verifications/{verificationId}/code/check': () => ({ code: '00000000' }),
  'POST /verifications/{verificationId}/totp': () => ({ code: '00000000' }),
  'POST /cards/{cardToken}/unfreeze': ({ verificationId }) => ({ verificationId }),
  'POST /agent/verifications/{verificationId}/vouch': () => ({ reason: 'known by voice for years' }),
  'POST /agent/tickets/{number}/call': () => ({ dial: 'by_hand' }),
  'POST /agent/tickets/{number}/call/end': () => ({ outcome: 'busy', seconds: 3 }),
  'POST /agent/tickets/{number}/heartbeat': () => ({ focusSeconds: 60 }),
  'POST /agent/tickets/{number}/take-over': () => ({ reason: 'she is on leave' }),
  'POST /agent/tickets/{number}/hand-back': () => ({ note: 'the merchant is to be asked' }),
  'POST /agent/tickets/{number}/messages': () => ({ text: 'we look into it' }),
  'POST /agent/tickets/{number}/notes': () => ({ text: 'seen this merchant before' }),
  'POST /agent/tickets/{number}/wait': () => ({ whom: 'customer', text: 'please send the receipt' }),
  'POST /agent/tickets/{number}/triage': () => ({
    ...{ category: 'dispute', priority: 'P2', reason: 'no card was present' },
  }),
  'POST /agent/tickets/{number}/conclude': () => ({ finding: 'fraud', plan: 'a new card in three days' }),
  'POST /agent/tickets/{number}/resolve': () => ({
    ...{ resolution: 'refunded', text: 'the money is back', despiteDisputes: 'he let it go' },
  }),
  'POST /agent/tickets/{number}/reopen': () => ({ reason: 'another charge came in' }),
  'POST /agent/tickets/{number}/disputes': ({ transactionId }) => ({
    ...{ transactionId, to: 'submitted', reference: 'CB-2026-1' },
  }),
  // Into itself: nothing is what it may become part of.
  'POST /agent/tickets/{number}/merge': ({ number }) => ({ into: number, reason: 'the same thief' }),
  'POST /agent/search': () => ({ lastFour: '4417' }),
  'POST /agent/cards/{cardToken}/freeze': () => ({ identifiedBy: 'registered_phone' }),
  'POST /agent/cards/{cardToken}/lost': () => ({ identifiedBy: 'document' }),
  'POST /agent/cards/{cardToken}/report': ({ transactionId }) => ({ transactionIds: [transactionId] }),
  'POST /verifications/{verificationId}/device': () => ({
    response: answerOf({ authenticatorData: 'AA', signature: 'AA' }),
  }),
  'POST /devices/options': ofVerification,
  'POST /devices': (things) => ({
    ...ofVerification(things),
    name: 'Phone',
    response: answerOf({ attestationObject: 'AA' }),
  }),
  'POST /totp/options': ofVerification,
  'POST /totp': (things) => ({ ...ofVerification(things), code: '12345678' }),
  'POST /tickets/{number}/export': ofVerification,
  'POST /cards/{cardToken}/replace': ofVerification,
  'POST /contact/change': (things) => ({ ...ofVerification(things), email: 'a@b.example' }),
  'POST /agent/alerts/{alertId}/undo-not-mine': () => ({ reason: 'said so by mistake, heard twice' }),
  'POST /agent/alerts/{alertId}/undo-not-mine/approve': () => ({}),
  'POST /agent/approvals/{kind}/{subjectId}/decline': () => ({ reason: 'asked for by mistake' }),
  'POST /agent/rules/sets': () => ({
    contents: { ...defaultRuleSet, version: 'of-the-matrix' },
    note: 'tried by the matrix',
  }),
  'POST /agent/rules/sets/{version}/move': () => ({ to: 'shadow', reason: 'to be compared' }),
  'POST /agent/rules/sets/{version}/propose': () => ({ to: 'live', reason: 'compared for a week' }),
  'POST /agent/rules/sets/{version}/approve': () => ({ reason: 'read and understood' }),
  'POST /agent/rules/roll-back': () => ({ live: defaultRuleSet.version, reason: 'too many alerts' }),
  'POST /agent/rules/entries': () => ({
    ...{ kind: 'merchant', value: 'M-matrix', list: 'block', reason: 'skimmer found' },
    until: night.now(3_600),
  }),
  'POST /agent/rules/entries/{entryId}/remove': () => ({ kind: 'merchant', reason: 'skimmer is gone' }),
  'POST /agent/bulk-releases/{version}': () => ({ reason: 'this version is too strict' }),
  'POST /agent/rule-sets/{version}/alert-only': () => ({ on: true, reason: 'this version is too strict' }),
};

/** A query that fits, for each route that must have one. */
const queries: Readonly<Record<string, string>> = {
  'GET /agent/rules/entries': '?kind=merchant',
  'GET /agent/kpis': '?from=2026-03-01&to=2026-03-31',
};

/** Routes that end otherwise than well for one's own thing, as the night below leaves it. */
const notDone: Readonly<Record<string, number>> = {
  // It is in the caller's own hands, and back with everybody once it was resolved and reopened.
  'POST /agent/tickets/{number}/take-over': 409,
  'POST /agent/tickets/{number}/hand-back': 409,
  'POST /agent/tickets/{number}/disputes': 409,
  'POST /agent/tickets/{number}/merge': 409,
  'POST /agent/tickets/{number}/evidence': 409,
  // Nobody has proven themselves.
  'POST /devices/options': 404,
  'POST /devices': 404,
  'POST /totp/options': 404,
  'POST /totp': 404,
  'POST /contact/change': 404,
  'POST /tickets/{number}/export': 404,
  'POST /cards/{cardToken}/replace': 404,
  // Nobody asked for it, and who asked may not approve.
  'POST /agent/alerts/{alertId}/undo-not-mine/approve': 403,
  // Who proposed it may not approve, and nothing was live before.
  'POST /agent/rules/sets/{version}/approve': 403,
  'POST /agent/rules/roll-back': 409,
  // No such version holds anybody.
  'GET /agent/bulk-releases/{version}': 404,
  'POST /agent/bulk-releases/{version}': 404,
  'POST /agent/bulk-releases/{version}/approve': 404,
  'POST /agent/rule-sets/{version}/alert-only': 404,
  // It names a verification that is not there.
  'POST /cards/{cardToken}/unfreeze': 404,
};

let night: Night;
let keys = 0;
beforeAll(async () => {
  night = await startNight();
  await night.customer('zhang', 'card-1');
  await night.customer('grace', 'card-2', { lastFour: '2222' });
  own = await thingsOf('zhang', 'card-1');
  foreign = await thingsOf('grace', 'card-2');
});
afterAll(async () => {
  expect(night.refusedPermissions()).toEqual([]);
  await night.stop();
});

/** An alert answered NO, its ticket queued. */
async function thingsOf(person: 'zhang' | 'grace', cardToken: string): Promise<Things> {
  const transactionId = await night.spree(cardToken, person);
  await night.reply(person, '2');
  const { alerts } = (await night.get<{ alerts: { alertId: string }[] }>(person, '/alerts')).body;
  const { number } = (await night.onlyTicket(person)).ticket;
  const alertId = alerts[0]?.alertId ?? '';
  const things = { cardToken, number, alertId, transactionId, version: 'of-the-matrix' };
  return { ...missing, ...things, subjectId: alertId };
}

async function ask(route: Contract, things: Things, token?: string) {
  keys += 1;
  const query = queries[nameOf(route)] ?? '';
  const path =
    route.path.replace(/\{(\w+)\}/g, (_, part: string) => {
      const named = things[part];
      if (named === undefined) throw new Error(`say in this test what {${part}} may name`);
      return encodeURIComponent(named);
    }) + query;
  const body = bodies[nameOf(route)]?.(things);
  if (route.body !== undefined && body === undefined)
    throw new Error(`give a body for ${nameOf(route)} in this test`);
  const response = await fetch(`${night.stack.url}${path}`, {
    method: route.method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(route.method === 'POST'
        ? { 'idempotency-key': `matrix-${keys}`, 'content-type': 'application/json' }
        : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answered: unknown = await response.json();
  holdToContract({ method: route.method, path }, response.status, answered);
  return { status: response.status, body: answered };
}

type Pool = 'customers' | 'agents';
const otherSide = (route: Contract): Pool => (sideOf(route) === 'customers' ? 'agents' : 'customers');
/** Roles a token of staff carries; some routes ask for one. */
const roles = { 'cognito:groups': ['rules-analyst', 'rules-supervisor', 'desk-supervisor'] };
const token = (
  pool: Pool,
  subject: string,
  scopes?: readonly string[],
  claims: object = roles,
): Promise<string> =>
  night.stack.tokens.issue({ pool, subject, scopes, name: subject, claims: { ...claims } });
const ownToken = (route: Contract): Promise<string> =>
  sideOf(route) === 'customers' ? token('customers', people.zhang.subject) : token('agents', 'agent-li');

describe('I11 who may not come in at all', () => {
  test.each(cases)('%s without a token: 401', async (_name, route) => {
    expect((await ask(route, own)).status).toBe(401);
  });

  test.each(cases)('%s with a token of the other side: 401', async (_name, route) => {
    const pool = otherSide(route);
    const subject = pool === 'customers' ? people.zhang.subject : 'agent-li';
    expect((await ask(route, own, await token(pool, subject))).status).toBe(401);
  });

  test.each(cases)('%s without the scope: 403', async (_name, route) => {
    const side = sideOf(route);
    const subject = side === 'customers' ? people.zhang.subject : 'agent-li';
    expect((await ask(route, own, await token(side, subject, ['openid']))).status).toBe(403);
  });

  test.each(ofCustomers)('%s with a log-in that is no customer of ours: 403', async (_name, route) => {
    const answered = await ask(route, own, await token('customers', 'nobody'));
    expect(answered).toMatchObject({ status: 403, body: { type: 'urn:cardguard:problem:unknown-customer' } });
  });
});

describe('who has no role with the rules', () => {
  const ofRules = cases.filter(([, { path }]) => /^\/agent\/(rules|rule-sets|bulk-releases)\b/.test(path));
  const changing = ofRules.filter(([, { method }]) => method === 'POST');
  const refused = { status: 403, body: { type: 'urn:cardguard:problem:not-permitted' } };

  test.each(ofRules)('%s by an agent without one: 403', async (_name, route) => {
    expect(await ask(route, own, await token('agents', 'agent-li', undefined, {}))).toMatchObject(refused);
  });

  test.each(changing)('%s by an auditor, who reads only: 403', async (_name, route) => {
    const claims = { 'cognito:groups': ['rules-auditor', 'somebody-else'] };
    expect(await ask(route, own, await token('agents', 'auditor-hu', undefined, claims))).toMatchObject(
      refused,
    );
  });
});

describe('roles at the desk', () => {
  const ofDesk = cases.filter(([, { desk }]) => desk !== undefined);
  const perRole = Object.entries(deskRoles).flatMap(([role, actions]) =>
    ofDesk.map(([name, route]) => {
      const may = (actions as readonly string[]).includes(route.desk ?? '');
      return [role, name, may, route] as const;
    }),
  );
  const asRole = (role: string) => token('agents', `of-${role}`, undefined, { 'cognito:groups': [role] });

  test('every route of agents asks for a role', () => {
    const ownRoles = /^\/agent\/(rules|rule-sets|bulk-releases)\b/;
    const without = routes.filter((route) => sideOf(route) === 'agents' && route.desk === undefined);
    expect(without.map(({ path }) => path).filter((path) => !ownRoles.test(path))).toEqual([]);
  });

  test.each(perRole.filter(([, , may]) => !may))(
    '%s: %s is not permitted',
    async (role, _name, _may, route) => {
      const answered = await ask(route, own, await asRole(role));
      expect(answered).toMatchObject({ status: 403, body: { type: 'urn:cardguard:problem:not-permitted' } });
    },
  );

  // Of nothing, so that nothing moves.
  test.each(perRole.filter(([, , may, { parts }]) => may && parts !== undefined))(
    '%s: %s is permitted',
    async (role, _name, _may, route) => {
      expect((await ask(route, missing, await asRole(role))).status).toBe(404);
    },
  );

  test('who has no role at the desk may do nothing there', async () => {
    const bearer = await token('agents', 'somebody', undefined, { 'cognito:groups': ['of-the-canteen'] });
    for (const [, route] of ofDesk) expect((await ask(route, own, bearer)).status).toBe(403);
  });
});

describe('I11 what is not there, and what is somebody else’s', () => {
  const naming = cases.filter(([name, { parts }]) => parts !== undefined || name === 'POST /reports');

  test.each(naming)('%s of nothing: 404', async (_name, route) => {
    const answered = await ask(route, missing, await ownToken(route));
    expect(answered).toMatchObject({ status: 404, body: { type: 'urn:cardguard:problem:not-found' } });
  });

  test.each(naming.filter(([, route]) => sideOf(route) === 'customers'))(
    '%s of somebody else reads like nothing, to the byte',
    async (_name, route) => {
      const bearer = await ownToken(route);
      expect(await ask(route, foreign, bearer)).toEqual(await ask(route, missing, bearer));
    },
  );

  test('and nothing of theirs has moved', async () => {
    const { timeline } = await night.ticket(foreign.number ?? '');
    expect(timeline.filter(({ type }) => /message|person|report|call/.test(type))).toEqual([]);
    expect((await night.card('grace', 'card-2')).holds).toEqual(['fraud']);
  });
});

/** What the owner of the account may do with a card that somebody else carries: block it, and nothing else (D5). */
describe('I11 the account owner of a supplementary card', () => {
  const withCard = cases.filter(
    ([name, route]) =>
      sideOf(route) === 'customers' &&
      ('cardToken' in (route.parts ?? {}) || name === 'POST /reports' || name === 'POST /verifications'),
  );
  const may: Readonly<Record<string, number>> = {
    'POST /cards/{cardToken}/freeze': 200,
    'POST /cards/{cardToken}/lost': 200,
    // Lifts the owner's own hold, once that is proven.
    'POST /verifications': 200,
  };
  beforeAll(async () => {
    const { customerId } = people.zhang;
    await night.bank.card('card-3', customerId, {
      ...{ lastFour: '3333', accountOwnerId: people.grace.customerId },
    });
    await night.stack.settle();
  });
  // Grace asks: what 张伟 may ask for in an hour is spent on what is his own.
  const askAsOwner = async (route: Contract) =>
    ask(route, { ...foreign, cardToken: 'card-3' }, await token('customers', people.grace.subject));

  test.each(withCard)('%s', async (name, route) => {
    const { status } = await askAsOwner(route);
    if (may[name] === undefined) expect([403, 404]).toContain(status);
    else expect(status).toBe(may[name]);
  });

  test('what only the cardholder may know stays theirs', async () => {
    const listed = cases.find(([name]) => name === 'GET /cards/{cardToken}/transactions')?.[1];
    if (listed === undefined) throw new Error('the list of transactions has another path now');
    expect(await askAsOwner(listed)).toMatchObject({
      ...{ status: 403, body: { type: 'urn:cardguard:problem:cardholder-only' } },
    });
    expect((await night.card('zhang', 'card-3')).holds).toEqual(expect.arrayContaining(['customer']));
  });
});

describe('one’s own', () => {
  // In the order of the table: a ticket is claimed before its customer is called.
  const withThing = cases.filter(
    ([, { parts = {} }]) =>
      !['verificationId', 'deviceId', 'entryId', 'exportId', 'evidenceId'].some((part) => part in parts),
  );
  test.each(withThing)('%s', async (name, route) => {
    const { status } = await ask(route, own, await ownToken(route));
    expect(status).toBe(notDone[name] ?? 200);
    await night.stack.settle();
  });

  test.each(cases.filter(([, { method }]) => method === 'POST'))(
    '%s without an Idempotency-Key: 400',
    async (_name, route) => {
      const path = route.path.replace(/\{(\w+)\}/g, (_, part: string) => own[part] ?? '');
      const response = await fetch(`${night.stack.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await ownToken(route)}` },
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ type: 'urn:cardguard:problem:idempotency-key' });
    },
  );
});

describe('roles at the desk, where nothing is named', () => {
  const whole = cases.filter(([, { desk, parts }]) => desk !== undefined && parts === undefined);
  const permitted = Object.entries(deskRoles).flatMap(([role, actions]) =>
    whole
      .filter(([, { desk }]) => (actions as readonly string[]).includes(desk ?? ''))
      .map(([name, route]) => [role, name, route] as const),
  );

  // Last: the next ticket is taken by whoever asks for it.
  test.each(permitted)('%s: %s is permitted', async (role, _name, route) => {
    const bearer = await token('agents', `whole-${role}`, undefined, { 'cognito:groups': [role] });
    const { status } = await ask(route, own, bearer);
    expect([200, 409]).toContain(status);
  });
});
