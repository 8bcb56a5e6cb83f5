import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { isInShare } from '../../functions/screening/share.ts';
import { readTables } from '../support/tables.ts';
import { people } from './bank.ts';
import { type Night, startNight, type Who } from './night.ts';

/** Rules at work on the local stack, changed by those who work on them. */
let night: Night;
let requests = 0;
beforeAll(async () => {
  night = await startNight();
});
afterAll(() => night.stop());
beforeEach(async () => {
  await night.begin();
  // What a running function has read is half a minute old at most.
  await night.clock.advance(61_000);
});
afterEach(() => expect(night.refusedPermissions()).toEqual([]));

const problem = (name: string) => ({ body: { type: `urn:cardguard:problem:${name}` } });
const post = (who: Who, path: string, body: object, key?: string) => {
  requests += 1;
  return night.post<Record<string, unknown>>(
    who,
    `/agent/rules${path}`,
    key ?? `rules-request-${requests}`,
    body,
  );
};
const get = async <Body>(path: string) => (await night.get<Body>('auditor', `/agent/rules${path}`)).body;
const reason = 'fraud wave at night markets';

/** The shipped rules, and one more: any purchase of 200 yuan and more asks, or as told. */
const withRule = (version: string, over: object = {}) => ({
  ...defaultRuleSet,
  version,
  rules: [
    ...defaultRuleSet.rules,
    {
      ...{ id: 'two-hundred', code: 'two_hundred', weight: 90 },
      when: { feature: 'amount', op: 'gte', value: 200 },
      words: { zh: '金额 {amount}', en: 'The amount is {amount}' },
      ...over,
    },
  ],
});

async function inShadow(version: string, contents: object = withRule(version)): Promise<void> {
  expect((await post('analyst', '/sets', { contents, note: reason })).status).toBe(200);
  expect((await post('analyst', `/sets/${version}/move`, { to: 'shadow', reason })).status).toBe(200);
}

async function grant(version: string, to: 'share' | 'live', percent?: number): Promise<void> {
  expect((await post('analyst', `/sets/${version}/propose`, { to, percent, reason })).status).toBe(200);
  expect((await post('analyst2', `/sets/${version}/approve`, { reason })).status).toBe(200);
}

/** An ordinary purchase of 300 yuan, which the shipped rules clear. */
async function buys(cardToken: string, over: object = {}): Promise<string> {
  const id = await night.bank.authorise({
    ...{ cardToken, cardholderId: people.zhang.customerId, at: night.now(-3), minor: 30_000 },
    over,
  });
  await night.stack.settle();
  return id;
}

const decisionOf = async (transactionId: string) => {
  const { cards } = await readTables(night.stack);
  return cards.find((item) => item.transactionId === transactionId && item.sk.startsWith('TXN#'));
};
const outcomeOf = async (transactionId: string) => (await decisionOf(transactionId))?.outcome;

interface Comparison {
  readonly compared: number;
  readonly cells: Readonly<Record<string, number>>;
  readonly newAlerts: number;
  readonly lostAlerts: number;
  readonly newAlertReasons: Readonly<Record<string, number>>;
  readonly examples: readonly {
    readonly transactionId: string;
    readonly live: { readonly outcome: string };
    readonly other: { readonly outcome: string; readonly reasons: readonly { readonly code: string }[] };
  }[];
}

test('a change of the rules changes decisions within a minute, without a deployment; a roll-back does as well', async () => {
  await night.customer('zhang', 'card-1');
  expect(await outcomeOf(await buys('card-1'))).toBe('clear');
  await inShadow('v2');
  await grant('v2', 'live');
  await night.clock.advance(60_000);
  const frozen = await buys('card-1');
  expect(await decisionOf(frozen)).toMatchObject({ outcome: 'freeze', ruleSetVersion: 'v2' });
  expect((await night.card('zhang', 'card-1')).holds).toEqual(['fraud']);
  // The customer reads the new rule's own words.
  const { body } = await night.get('zhang', '/alerts');
  expect(JSON.stringify(body)).toContain('The amount is 300');
  expect((await post('analyst2', '/roll-back', { live: 'v2', reason })).status).toBe(200);
  await night.clock.advance(60_000);
  await night.customer('grace', 'card-2', { lastFour: '2222' });
  const after = await decisionOf(await buys('card-2'));
  expect(after).toMatchObject({ outcome: 'clear', ruleSetVersion: defaultRuleSet.version });
});

test('in shadow it changes no decision, and the comparison says what it would have done', async () => {
  await night.customer('zhang', 'card-1');
  await inShadow('v2');
  await night.clock.advance(60_000);
  const ids = [
    await buys('card-1'),
    await buys('card-1', { merchant: { id: 'M-2', name: 'B', mcc: '5411', country: 'CN' } }),
  ];
  expect(await Promise.all(ids.map(outcomeOf))).toEqual(['clear', 'clear']);
  expect(night.texts('zhang')).toEqual([]);
  const compared = await get<Comparison>('/sets/v2/comparison?cell=clear_freeze');
  expect(compared).toMatchObject({ live: defaultRuleSet.version, compared: 2, newAlerts: 2, lostAlerts: 0 });
  expect(compared.cells).toMatchObject({ clear_freeze: 2, clear_clear: 0 });
  expect(compared.newAlertReasons).toEqual({ two_hundred: 2 });
  expect(compared.examples.map(({ transactionId }) => transactionId).sort()).toEqual([...ids].sort());
  expect(compared.examples[0]).toMatchObject({
    live: { outcome: 'clear' },
    other: { outcome: 'freeze', reasons: [{ code: 'two_hundred', values: { amount: 300 } }] },
  });
});

test('where both agree no transaction costs a further write; they are counted all the same', async () => {
  await night.customer('zhang', 'card-1');
  await inShadow('v2', { ...defaultRuleSet, version: 'v2' });
  await night.clock.advance(60_000);
  await buys('card-1');
  const mark = night.stack.front.calls.mark();
  for (let count = 0; count < 3; count += 1) await buys('card-1');
  const writes = night.stack.front.calls
    .since(mark)
    .filter(
      ({ functionName, action }) =>
        functionName?.endsWith('screen-transactions') && /Put|Update|Transact/.test(action),
    );
  expect(writes.map(({ action }) => action)).toEqual(Array.from({ length: 6 }, () => 'PutItem'));
  await night.clock.advance(31_000);
  await buys('card-1');
  const { compared, cells } = await get<Comparison>('/sets/v2/comparison');
  expect({ compared, clear_clear: cells.clear_clear }).toEqual({ compared: 5, clear_clear: 5 });
});

test('a share decides about its cards and no others, and is compared on all', async () => {
  const cards = Array.from({ length: 40 }, (_, index) => `card-share-${index}`);
  const inside = cards.find((card) => isInShare(card, 'v2', 50)) ?? '';
  const outside = cards.find((card) => !isInShare(card, 'v2', 50)) ?? '';
  await night.customer('zhang', inside);
  await night.customer('zhang', outside, { lastFour: '2222' });
  await inShadow('v2');
  await grant('v2', 'share', 50);
  await night.clock.advance(60_000);
  expect(await decisionOf(await buys(inside))).toMatchObject({ outcome: 'freeze', ruleSetVersion: 'v2' });
  expect(await decisionOf(await buys(outside))).toMatchObject({
    outcome: 'clear',
    ruleSetVersion: defaultRuleSet.version,
  });
  const { cells } = await get<Comparison>('/sets/v2/comparison');
  expect(cells.clear_freeze).toBe(2);
});

describe('two people', () => {
  test('who wrote or proposed a set does not approve it, whatever their role', async () => {
    await inShadow('v2');
    expect(await post('analyst', '/sets/v2/move', { to: 'share', percent: 5, reason })).toMatchObject({
      status: 409,
      ...problem('needs-two'),
    });
    expect(await post('analyst2', '/sets/v2/approve', { reason })).toMatchObject({
      status: 409,
      ...problem('nothing-to-approve'),
    });
    await post('analyst', '/sets/v2/propose', { to: 'live', reason });
    const own = await post('analyst', '/sets/v2/approve', { reason });
    expect(own).toMatchObject({ status: 403, ...problem('same-person') });
    expect(await get('')).toMatchObject({ live: defaultRuleSet.version, shadows: ['v2'] });
  });

  test('every step stands in the journal, which nobody can change unseen', async () => {
    await inShadow('v2');
    await grant('v2', 'live');
    const journal = await get<{ entries: { type: string; by: string; data: object }[]; intact: boolean }>(
      '/journal',
    );
    expect(journal.entries.map(({ type, by }) => `${type} ${by}`)).toEqual([
      'rule_set_live_granted agent:analyst-sun',
      'rule_set_live_proposed agent:analyst-li',
      'rule_set_to_shadow agent:analyst-li',
      'rule_set_added agent:analyst-li',
    ]);
    expect(journal.entries[0]?.data).toMatchObject({
      version: 'v2',
      replaces: defaultRuleSet.version,
      reason,
    });
    expect(journal.intact).toBe(true);
  });

  test('the same request again has the same answer, and is one change', async () => {
    const contents = withRule('v2');
    const first = await post('analyst', '/sets', { contents, note: reason }, 'add-v2-once');
    expect(await post('analyst', '/sets', { contents, note: reason }, 'add-v2-once')).toEqual(first);
    expect(await post('analyst', '/sets', { contents, note: reason })).toMatchObject({
      status: 409,
      ...problem('rule-set-exists'),
    });
  });
});

test('a bad set is refused with each problem, its place and remedy; what is live stays', async () => {
  const bad = withRule('v2', { when: { feature: 'amuont', op: 'gte', value: 200 } });
  const refused = await post('analyst', '/sets', { contents: bad, note: reason });
  expect(refused).toMatchObject({ status: 422, ...problem('rule-set-invalid') });
  expect(refused.body.problems).toEqual([
    `rules[${defaultRuleSet.rules.length}] (two-hundred).when.feature: there is no feature amuont; did you mean amount?`,
  ]);
  expect(await get('')).toMatchObject({ live: defaultRuleSet.version, shadows: [] });
});

describe('entries', () => {
  const block = { kind: 'merchant', value: 'M-9', list: 'block', reason: 'skimmer found' } as const;
  const merchant = { id: 'M-9', name: 'Kiosk', mcc: '5411', country: 'CN' };

  test('a block freezes from the next half minute on, until its day; taken off, it is over', async () => {
    await night.customer('zhang', 'card-1');
    const added = await post('analyst', '/entries', { ...block, until: night.now(86_400) });
    expect(added).toMatchObject({
      status: 200,
      body: { entry: { outcome: 'freeze', author: { name: 'Li Wei' } } },
    });
    await night.clock.advance(60_000);
    const blocked = await buys('card-1', { merchant });
    expect(await outcomeOf(blocked)).toBe('freeze');
    const alerts = (
      await night.get<{ alerts: { transactions: { reasons: { code: string; en: string }[] }[] }[] }>(
        'zhang',
        '/alerts',
      )
    ).body;
    expect(JSON.stringify(alerts)).toContain('The bank blocks this merchant');
    const { entryId } = (added.body as unknown as { entry: { entryId: string } }).entry;
    const off = await post('analyst', `/entries/${entryId}/remove`, {
      kind: 'merchant',
      reason: 'it is gone',
    });
    expect(off.status).toBe(200);
    await night.clock.advance(60_000);
    await night.customer('grace', 'card-2', { lastFour: '2222' });
    expect(await outcomeOf(await buys('card-2', { merchant }))).toBe('clear');
  });

  test('an allow entry lets through what the rules would only ask about, and the decision says so', async () => {
    await night.customer('zhang', 'card-1');
    await inShadow('v2', withRule('v2', { weight: 60 }));
    await grant('v2', 'live');
    await post('analyst', '/entries', { ...block, list: 'allow', until: night.now(86_400) });
    await night.clock.advance(60_000);
    const allowed = await decisionOf(await buys('card-1', { merchant }));
    expect(allowed).toMatchObject({ outcome: 'clear', allowed: expect.any(String) });
    expect(await outcomeOf(await buys('card-1'))).toBe('alert');
  });
});
