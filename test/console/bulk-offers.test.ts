import { describe, expect, test } from 'vitest';
import { bulkOffer, handled, type Release } from '../../console/src/desk/bulk-offers.ts';
import { bulkStates, bulkWords, leftWords } from '../../console/src/desk/bulk-words.ts';
import {
  afterPage,
  type BulkRelease,
  bulkReleaseView,
  grantRelease,
  leftReasons,
  proposedRelease,
} from '../../functions/alert/bulk-release.ts';
import { ruleSetStates } from '../../functions/screening/rule-set-states.ts';

const AT = '2026-11-29T15:40:00.000Z';
const [he, wu] = [
  { id: 'supervisor-he', name: 'He Ping' },
  { id: 'supervisor-wu', name: 'Wu Lan' },
];
const asked = proposedRelease({
  ruleSetVersion: 'bad-1',
  reason: 'froze hundreds',
  by: he,
  found: 10,
  at: AT,
});
const granted = grantRelease(asked, wu, AT);
if (granted.outcome !== 'granted') throw new Error('not granted');
/** As the API tells it. */
const told = (release: BulkRelease): Release => bulkReleaseView(release);
const nothing = { answered: 0, fraud: 0, other_hold: 0, closed: 0 };

describe('the release in bulk, as supervisors are offered it', () => {
  test.each(ruleSetStates)('of a version that is %s', (state) => {
    expect(bulkOffer(state, undefined, AT)).toBe(state === 'draft' ? 'nothing' : 'propose');
  });

  test('waits for the other supervisor for its hour, and may be put anew after it', () => {
    const { until } = asked;
    expect(bulkOffer('retired', told(asked), until)).toBe('approve');
    const late = new Date(Date.parse(until) + 1).toISOString();
    expect(bulkOffer('retired', told(asked), late)).toBe('propose');
  });

  test('is watched while it runs, and may be put anew once it is done', () => {
    const { release } = granted;
    expect(bulkOffer('retired', told(release), AT)).toBe('runs');
    const page = { released: 6, failed: 0, left: { ...nothing, answered: 2 }, next: 'more' };
    const under = afterPage(release, page, 1, AT);
    expect(handled(told(under))).toBe(8);
    const empty = { released: 0, failed: 0, left: nothing, next: undefined };
    const done = afterPage({ ...release, releasedInPass: 0 }, empty, 1, AT);
    expect(done.status).toBe('done');
    expect(bulkOffer('retired', told(done), AT)).toBe('propose');
  });

  test('has words in both languages for every state and every reason to leave a card', () => {
    expect(Object.keys(leftWords).sort()).toEqual([...leftReasons].sort());
    for (const word of [
      ...Object.values(bulkWords),
      ...Object.values(bulkStates),
      ...Object.values(leftWords),
    ])
      expect(word['zh-CN']).toMatch(/^[\p{Script=Han}，；。、]+$/u);
  });
});
