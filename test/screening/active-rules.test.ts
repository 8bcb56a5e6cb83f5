import { describe, expect, test, vi } from 'vitest';
import { write } from '../../functions/platform/database.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import type { RuleStore } from '../../functions/screening/rule-store.ts';
import { rulesFor } from '../../functions/screening/rules-in-force.ts';
import { ruleDesk, strict } from './rule-desk.ts';

/** Version of the set a new installation starts with. */
const shipped = defaultRuleSet.version;

const liveOf = async (reader: { current: ReturnType<ReturnType<typeof ruleDesk>['reader']>['current'] }) =>
  (await reader.current()).live.version;

/** A store that can be told to fail. */
function failing() {
  const fails = { board: false, body: false, entries: false };
  const down = () => Promise.reject(new Error('table is down'));
  const desk = ruleDesk({
    store: (real): RuleStore => ({
      ...real,
      board: (options) => (fails.board ? down() : real.board(options)),
      body: (version) => (fails.body ? down() : real.body(version)),
      manyEntries: (kinds) => (fails.entries ? down() : real.manyEntries(kinds)),
    }),
  });
  return { desk, fails };
}

describe('what is in force', () => {
  test('an empty table: the rules that came with the code, by one read in half a minute', async () => {
    const desk = ruleDesk();
    const reads = vi.spyOn(desk.db, 'get');
    const reader = desk.reader();
    expect(await Promise.all([liveOf(reader), liveOf(reader)])).toEqual([
      defaultRuleSet.version,
      defaultRuleSet.version,
    ]);
    desk.wait(29);
    await reader.current();
    expect(reads).toHaveBeenCalledTimes(1);
    desk.wait(2);
    await reader.current();
    expect(reads).toHaveBeenCalledTimes(2);
    expect(reads.mock.calls[0]?.[2]).toEqual({ consistent: false });
    expect(reader.troubles).toEqual([]);
  });

  test('a change reaches a function that runs within a minute, and one that starts at once', async () => {
    const desk = ruleDesk();
    const running = desk.reader();
    await running.current();
    await desk.bringLive('v2');
    expect(await liveOf(running)).toBe(shipped);
    expect(await liveOf(desk.reader())).toBe('v2');
    desk.wait(31);
    expect(await liveOf(running)).toBe('v2');
    await desk.rollBack('v2');
    desk.wait(31);
    expect(await liveOf(running)).toBe(shipped);
  });

  test('a set in shadow decides nothing, one with a share only about its cards', async () => {
    const desk = ruleDesk();
    await desk.add(strict('v2'));
    await desk.move('v2', 'shadow');
    const before = await desk.reader().current();
    expect(before).toMatchObject({ live: { version: shipped }, share: undefined });
    expect(before.shadows.map(({ version }) => version)).toEqual(['v2']);
    await desk.propose('v2', 'share', 30);
    await desk.grant('v2');
    const after = await desk.reader().current();
    const deciding = Array.from({ length: 1_000 }, (_, index) => rulesFor(after, `card-${index}`).version);
    const shared = deciding.filter((version) => version === 'v2').length;
    expect(shared).toBeGreaterThan(240);
    expect(shared).toBeLessThan(360);
    expect(new Set(deciding)).toEqual(new Set([shipped, 'v2']));
  });

  test('contents are read once', async () => {
    const desk = ruleDesk();
    await desk.bringLive('v2');
    const body = vi.spyOn(desk.rules, 'body');
    const reader = desk.reader();
    for (let round = 0; round < 3; round += 1) {
      await reader.current();
      desk.wait(31);
    }
    expect(body).toHaveBeenCalledTimes(1);
  });

  test('entries are read again only when they changed', async () => {
    const desk = ruleDesk();
    await desk.addEntry({ value: 'M-1' });
    const many = vi.spyOn(desk.rules, 'manyEntries');
    const reader = desk.reader();
    expect((await reader.current()).entries.size).toBe(1);
    desk.wait(31);
    await reader.current();
    expect(many.mock.calls).toEqual([[['merchant']]]);
    await desk.addEntry({ kind: 'country', value: 'NG' });
    desk.wait(31);
    expect((await reader.current()).entries.size).toBe(2);
    expect(many.mock.calls.at(-1)).toEqual([['country']]);
  });
});

describe('when rules cannot be read', () => {
  test('a table that does not answer: the last rules known to be good, told, asked again soon', async () => {
    const { desk, fails } = failing();
    await desk.bringLive('v2');
    const reader = desk.reader();
    await reader.current();
    fails.board = true;
    desk.wait(31);
    expect(await liveOf(reader)).toBe('v2');
    expect(reader.troubles).toEqual([['unreadable', 'board']]);
    await desk.bringLive('v3').catch(() => undefined);
    fails.board = false;
    await desk.bringLive('v4');
    desk.wait(6);
    expect(await liveOf(reader)).toBe('v4');
  });

  test('a function that starts meanwhile judges by the rules that came with the code', async () => {
    const { desk, fails } = failing();
    await desk.bringLive('v2');
    fails.board = true;
    const reader = desk.reader();
    expect(await liveOf(reader)).toBe(shipped);
    expect(reader.troubles).toEqual([['unreadable', 'board']]);
  });

  test('a live set this code cannot use: what was live stays, in a running function and in one that starts', async () => {
    const desk = ruleDesk();
    await desk.bringLive('v2');
    const running = desk.reader();
    await running.current();
    await desk.bringLive('v3');
    await spoil(desk, 'v3');
    desk.wait(31);
    expect(await liveOf(running)).toBe('v2');
    const started = desk.reader();
    expect(await liveOf(started)).toBe('v2');
    expect(running.troubles).toEqual([['refused', 'v3']]);
    expect(started.troubles).toEqual([['refused', 'v3']]);
  });

  test('a spoilt set in shadow harms nobody', async () => {
    const desk = ruleDesk();
    await desk.add(strict('v2'));
    await desk.move('v2', 'shadow');
    await spoil(desk, 'v2');
    const reader = desk.reader();
    expect(await reader.current()).toMatchObject({ live: { version: shipped }, shadows: [] });
    expect(reader.troubles).toEqual([['refused', 'v2']]);
  });

  test('entries that cannot be read: the ones known hold on', async () => {
    const { desk, fails } = failing();
    await desk.addEntry({ value: 'M-1' });
    const reader = desk.reader();
    await reader.current();
    await desk.addEntry({ value: 'M-2' });
    fails.entries = true;
    desk.wait(31);
    expect((await reader.current()).entries.size).toBe(1);
    expect(reader.troubles).toEqual([['unreadable', 'entries']]);
    fails.entries = false;
    desk.wait(6);
    expect((await reader.current()).entries.size).toBe(2);
  });

  test('a set is checked once more when it is to go live', async () => {
    const desk = ruleDesk();
    await desk.add(strict('v2'));
    await desk.move('v2', 'shadow');
    await desk.propose('v2', 'live');
    await spoil(desk, 'v2');
    expect(await desk.grant('v2')).toEqual({ outcome: 'not_usable' });
    expect(await desk.stateOf('v2')).toBe('shadow');
  });
});

/** Somebody wrote nonsense by hand in the place of a stored set. */
async function spoil(desk: ReturnType<typeof ruleDesk>, version: string): Promise<void> {
  const item = desk.db.items('cards').find(({ pk }) => pk === `RULESET#v#${version}`);
  if (item === undefined) throw new Error(`no contents of ${version}`);
  const json = JSON.stringify({ ...strict(version), rules: [{ feature: 'moonPhase' }] });
  await desk.db.commit([write({ table: 'cards', spec: { kind: 'put', item: { ...item, json } } })]);
}
