import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { draftKey, forgetDrafts } from '../../console/src/shared/drafts.ts';
import { forget, keep, leave, stored } from '../../console/src/shared/session-tokens.ts';

const tab = new Map<string, string>();
/** One tab's storage, as browsers have it. */
const storage: Storage = {
  get length() {
    return tab.size;
  },
  key: (index) => [...tab.keys()][index] ?? null,
  getItem: (key) => tab.get(key) ?? null,
  setItem: (key, value) => void tab.set(key, value),
  removeItem: (key) => void tab.delete(key),
  clear: () => tab.clear(),
};

beforeEach(() => {
  vi.stubGlobal('sessionStorage', storage);
});
afterEach(() => {
  vi.unstubAllGlobals();
  tab.clear();
});

const ofLin = draftKey('agent-lin', 'desk.FR-7K3M9QXZ.conclude');

test('one agent’s draft is not the next one’s', () => {
  expect(draftKey('agent-mo', 'desk.FR-7K3M9QXZ.conclude')).not.toBe(ofLin);
  expect(draftKey('agent', 'lin/desk')).not.toBe(draftKey('agent/lin', 'desk'));
});

test.each(['agents', 'customers'] as const)('who signs out leaves no draft behind: %s', (side) => {
  keep(side, { accessToken: 'a.b.c', name: 'Lin Yue' });
  tab.set(ofLin, 'their conclusion');
  tab.set('cardguard.elsewhere', 'x');
  leave(side);
  expect([...tab.keys()]).toEqual(['cardguard.elsewhere']);
});

test('a sign-in that ran out keeps what its person typed', () => {
  keep('agents', { accessToken: 'a.b.c', name: 'Lin Yue' });
  tab.set(ofLin, 'their conclusion');
  forget('agents');
  expect(stored('agents')).toBeUndefined();
  forgetDrafts(storage, 'agent-lin');
  expect(tab.get(ofLin)).toBe('their conclusion');
});

test('whoever comes next keeps their own drafts alone', () => {
  const own = draftKey('agent-mo', 'rules.2026-11');
  const others = [ofLin, draftKey('agent-mo.2', 'x'), draftKey('agent', 'mo/x')];
  for (const key of [...others, own, 'cardguard.elsewhere']) tab.set(key, 'x');
  forgetDrafts(storage, 'agent-mo');
  expect([...tab.keys()]).toEqual([own, 'cardguard.elsewhere']);
});
