import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { edgeOf, ruleSetEdges, ruleSetStates } from '../../functions/screening/rule-set-states.ts';
import { isInShare } from '../../functions/screening/share.ts';
import { li, ruleDesk, strict, wang, zhao } from './rule-desk.ts';

/** Version of the set a new installation starts with. */
const shipped = defaultRuleSet.version;

describe('the life of a rule set, as a table', () => {
  it('every state can be reached from a draft, and left', () => {
    const reached = new Set(['draft']);
    for (let round = 0; round < ruleSetStates.length; round += 1)
      for (const { from, to } of ruleSetEdges) if (reached.has(from)) reached.add(to);
    expect([...reached].sort()).toEqual([...ruleSetStates].sort());
    for (const state of ruleSetStates) expect(ruleSetEdges.some(({ from }) => from === state)).toBe(true);
  });

  it('nothing decides about a customer without two people, but by roll-back to what they approved', () => {
    const deciding = ruleSetEdges.filter(({ to }) => to === 'live' || to === 'share');
    for (const edge of deciding)
      expect([edge, edge.people === 2 || edge.only === 'roll_back']).toEqual([edge, true]);
    expect(edgeOf('draft', 'live')).toBeUndefined();
    expect(edgeOf('draft', 'share')).toBeUndefined();
    expect(edgeOf('retired', 'live')).toBeUndefined();
  });

  it('taking back takes one person', () => {
    for (const to of ['shadow', 'retired'] as const) expect(edgeOf('share', to)?.people).toBe(1);
  });

  it('no edge stands twice', () => {
    const names = ruleSetEdges.map(({ from, to, only = '' }) => `${from} ${to} ${only}`);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('a share of the cards', () => {
  const token = fc.string({ minLength: 1, maxLength: 40 });
  const percent = fc.double({ min: 0, max: 100, noNaN: true });

  it('the same card is always on the same side, and stays in a share that grows', () => {
    fc.assert(
      fc.property(token, percent, percent, (card, a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(isInShare(card, 'v2', a)).toBe(isInShare(card, 'v2', a));
        if (isInShare(card, 'v2', less)) expect(isInShare(card, 'v2', more)).toBe(true);
      }),
    );
  });

  it('of 0 % holds none, of 100 % all, of 5 % about one card in twenty', () => {
    const cards = Array.from({ length: 20_000 }, (_, index) => `card-${index}`);
    const held = (share: number, version = 'v2') => cards.filter((card) => isInShare(card, version, share));
    expect(held(0)).toHaveLength(0);
    expect(held(100)).toHaveLength(cards.length);
    expect(held(5).length).toBeGreaterThan(900);
    expect(held(5).length).toBeLessThan(1_100);
    // Another version draws other cards.
    const both = held(5, 'v3').filter((card) => isInShare(card, 'v2', 5));
    expect(both.length).toBeLessThan(100);
  });
});

describe('a rule set goes live', () => {
  test('draft, shadow, share, live: each step in the journal with who, when and why', async () => {
    const desk = ruleDesk();
    expect(await desk.add(strict('v2'))).toMatchObject({
      outcome: 'added',
      record: { state: 'draft', author: li },
    });
    expect(await desk.move('v2', 'shadow')).toMatchObject({ record: { state: 'shadow' } });
    expect(await desk.propose('v2', 'share', 5)).toMatchObject({ record: { state: 'shadow' } });
    expect(await desk.grant('v2')).toMatchObject({ record: { state: 'share' } });
    expect(await desk.propose('v2', 'live')).toMatchObject({ outcome: 'moved' });
    expect(await desk.grant('v2')).toMatchObject({ record: { state: 'live' } });
    expect(await desk.stateOf(shipped)).toBe('retired');
    expect((await desk.rules.board())?.body).toMatchObject({
      live: 'v2',
      earlier: [shipped],
      shadows: [],
    });
    const journal = await desk.ruleSets.journal({ limit: 10 });
    expect(journal.map(({ type, by }) => `${type} ${by}`)).toEqual([
      'rule_set_live_granted agent:wang',
      'rule_set_live_proposed agent:li',
      'rule_set_share_granted agent:wang',
      'rule_set_share_proposed agent:li',
      'rule_set_to_shadow agent:li',
      'rule_set_added agent:li',
    ]);
    for (const { data, at } of journal) {
      expect(data).toMatchObject({ version: 'v2', reason: 'fraud wave in the north' });
      expect(at).toBe(desk.at());
    }
    expect(await desk.ruleSets.isJournalIntact()).toBe(true);
  });

  test('two people means two: not who wrote it, not who proposed it', async () => {
    const desk = ruleDesk();
    await desk.add(strict('v2'), li);
    await desk.move('v2', 'shadow');
    expect(await desk.move('v2', 'live')).toEqual({ outcome: 'needs_two' });
    await desk.propose('v2', 'live', undefined, wang);
    expect(await desk.grant('v2', wang)).toEqual({ outcome: 'same_person' });
    expect(await desk.grant('v2', li)).toEqual({ outcome: 'same_person' });
    expect(await desk.stateOf('v2')).toBe('shadow');
    expect(await desk.grant('v2', zhao)).toMatchObject({ record: { state: 'live' } });
  });

  test('a proposal is good for a day, and one at a time', async () => {
    const desk = ruleDesk();
    await desk.add(strict('v2'));
    await desk.move('v2', 'shadow');
    expect(await desk.grant('v2')).toEqual({ outcome: 'nothing_waits' });
    await desk.propose('v2', 'live');
    expect(await desk.propose('v2', 'share', 5)).toEqual({ outcome: 'proposal_waits' });
    desk.wait(25 * 3_600);
    expect(await desk.grant('v2')).toEqual({ outcome: 'nothing_waits' });
    expect(await desk.propose('v2', 'share', 5)).toMatchObject({ outcome: 'moved' });
  });

  test('nothing goes live that was not compared in shadow first', async () => {
    const desk = ruleDesk();
    await desk.add(strict('v2'));
    expect(await desk.propose('v2', 'live')).toEqual({ outcome: 'wrong_state' });
    expect(await desk.propose('v2', 'share', 5)).toEqual({ outcome: 'wrong_state' });
    expect(await desk.move('v2', 'live')).toEqual({ outcome: 'wrong_state' });
  });

  test('a share grows by two people, is made smaller and taken back by one; only one set has one', async () => {
    const desk = ruleDesk();
    for (const version of ['v2', 'v3']) {
      await desk.add(strict(version));
      await desk.move(version, 'shadow');
    }
    await desk.propose('v2', 'share', 10);
    await desk.grant('v2');
    expect(await desk.propose('v3', 'share', 5)).toEqual({ outcome: 'share_taken' });
    expect(await desk.propose('v2', 'share', 5)).toEqual({ outcome: 'wrong_state' });
    expect(await desk.move('v2', 'share', 20)).toEqual({ outcome: 'needs_two' });
    expect(await desk.move('v2', 'share', 5)).toMatchObject({ record: { state: 'share' } });
    expect((await desk.rules.board())?.body.share).toEqual({ version: 'v2', percent: 5 });
    await desk.propose('v2', 'share', 50);
    await desk.grant('v2');
    expect((await desk.rules.board())?.body.share).toEqual({ version: 'v2', percent: 50 });
    expect(await desk.move('v2', 'shadow')).toMatchObject({ record: { state: 'shadow' } });
    expect((await desk.rules.board())?.body).toMatchObject({ shadows: ['v3', 'v2'] });
    expect((await desk.rules.board())?.body.share).toBeUndefined();
  });

  test('two in shadow at most', async () => {
    const desk = ruleDesk();
    for (const version of ['v2', 'v3', 'v4']) await desk.add(strict(version));
    await desk.move('v2', 'shadow');
    await desk.move('v3', 'shadow');
    expect(await desk.move('v4', 'shadow')).toEqual({ outcome: 'too_many_shadows' });
    await desk.move('v2', 'retired');
    expect(await desk.move('v4', 'shadow')).toMatchObject({ outcome: 'moved' });
  });

  test('of two who grant at once, one does', async () => {
    const desk = ruleDesk();
    await desk.add(strict('v2'));
    await desk.move('v2', 'shadow');
    await desk.propose('v2', 'live');
    const both = await Promise.all([desk.grant('v2', wang), desk.grant('v2', zhao)]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['moved', 'nothing_waits']);
    const granted = (await desk.ruleSets.journal({ limit: 50 })).filter(({ type }) =>
      type.endsWith('granted'),
    );
    expect(granted).toHaveLength(1);
  });
});

describe('roll-back', () => {
  test('one person, at once, as often as something was live before; down to the rules that came with the code', async () => {
    const desk = ruleDesk();
    await desk.bringLive('v2');
    await desk.bringLive('v3');
    expect(await desk.rollBack('v3', zhao)).toMatchObject({ record: { version: 'v2', state: 'live' } });
    expect(await desk.stateOf('v3')).toBe('retired');
    expect(await desk.rollBack('v2')).toMatchObject({ record: { version: shipped, state: 'live' } });
    expect(await desk.rollBack(shipped)).toEqual({ outcome: 'nothing_before' });
  });

  test('sent twice it rolls back once', async () => {
    const desk = ruleDesk();
    await desk.bringLive('v2');
    await desk.bringLive('v3');
    expect(await desk.rollBack('v3')).toMatchObject({ outcome: 'moved' });
    expect(await desk.rollBack('v3')).toEqual({ outcome: 'live_changed' });
    expect((await desk.rules.board())?.body.live).toBe('v2');
  });
});

describe('contents never change', () => {
  test('a version is added once, whoever comes again with it', async () => {
    const desk = ruleDesk();
    await desk.add(strict('v2'));
    expect(await desk.add(strict('v2', 500), wang)).toEqual({ outcome: 'exists' });
    expect(await desk.rules.body('v2')).toEqual(strict('v2'));
    expect(await desk.add(strict(shipped))).toEqual({ outcome: 'exists' });
  });

  test('a set that is none is refused with its problems, and nothing is written', async () => {
    const desk = ruleDesk();
    const refused = await desk.add({ ...strict('v2'), rules: [] });
    expect(refused).toMatchObject({ outcome: 'invalid', problems: [expect.stringContaining('rules')] });
    expect(desk.db.items('cards')).toEqual([]);
  });

  test('free text is kept without card numbers', async () => {
    const desk = ruleDesk();
    await desk.addEntry({ reason: 'asked for by 4111 1111 1111 1111' });
    expect(JSON.stringify(desk.db.items('cards'))).not.toContain('4111 1111 1111 1111');
  });
});

test('the switch: asks only, and freezes again; told twice it stays as it was', async () => {
  const desk = ruleDesk();
  expect(await desk.switchAlertOnly(shipped, true)).toMatchObject({ outcome: 'switched' });
  expect(await desk.switchAlertOnly(shipped, true)).toMatchObject({ outcome: 'as_it_was' });
  const reader = desk.reader();
  expect([...(await reader.current()).switches.alertOnly]).toEqual([shipped]);
  await desk.switchAlertOnly(shipped, false, li.id);
  desk.wait(31);
  expect([...(await reader.current()).switches.alertOnly]).toEqual([]);
  const types = (await desk.ruleSets.journal({ limit: 9 })).map(({ type, by }) => `${type} ${by}`);
  expect(types).toEqual(['alert_only_off agent:li', 'alert_only_on breaker']);
});
