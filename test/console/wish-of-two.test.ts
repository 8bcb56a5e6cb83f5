import { expect, test } from 'vitest';
import { wishOf } from '../../console/src/desk/wish-of-two.ts';

const NOW = Date.parse('2026-11-29T16:00:00Z');
const entry = (type: string, data: object = {}, words?: string) => ({
  ...{ seq: 1, hash: '0'.repeat(64), at: '2026-11-29T15:50:00Z', by: 'agent:agent-lin', type, words },
  data: { subjectId: 'v-1', until: '2026-11-29T16:20:00Z', proposedByName: 'Lin Yue', ...data },
});
const asked = entry('vouch_proposed');
const declined = entry('vouch_declined', { declinedByName: 'Su Wen' }, 'No passport seen');

test.each([
  ['nobody asked', [entry('ticket_claimed')], undefined],
  ['asked', [asked], { state: 'waits', by: 'Lin Yue' }],
  ['asked of something else', [entry('vouch_proposed', { subjectId: 'v-2' })], undefined],
  ['ran out', [entry('vouch_proposed', { until: '2026-11-29T15:59:59Z' })], undefined],
  ['declined', [asked, declined], { state: 'declined', by: 'Su Wen', why: 'No passport seen' }],
  ['asked anew after a no', [asked, declined, asked], { state: 'waits', by: 'Lin Yue' }],
  ['taken back', [asked, entry('vouch_withdrawn', { declinedByName: 'Lin Yue' })], undefined],
])('%s', (_, timeline, wish) => {
  expect(wishOf(timeline, 'v-1', NOW)).toEqual(wish);
});
