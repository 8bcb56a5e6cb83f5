import { expect, test } from 'vitest';
import { mergePhones } from '../../functions/alert/merge-phones.ts';
import { hasOptedOut, newPhone, type Phone } from '../../functions/alert/phone.ts';

const consent = (at: string) => ({ at, source: 'sms' as const });
const phone = (digest: string, over: Partial<Phone> = {}): Phone => ({ ...newPhone(digest), ...over });

test.each<[string, Partial<Phone>, Partial<Phone>, boolean]>([
  ['out before, nothing since', { optedOut: consent('2026-01-01') }, {}, true],
  ['out before, back since', { optedOut: consent('2026-01-01') }, { optedIn: consent('2026-01-02') }, false],
  ['back before, out since', { optedIn: consent('2026-01-01') }, { optedOut: consent('2026-01-02') }, true],
  ['out long ago, without a source', { optedOutAt: '2026-01-01' }, {}, true],
  ['never', {}, {}, false],
])('I5 the last word on texts holds: %s', (_name, before, since, out) => {
  const older = phone('1.a', before);
  const newer = phone('2.a', since);
  for (const order of [
    [newer, older],
    [older, newer],
  ])
    expect(hasOptedOut(mergePhones('2.a', order))).toBe(out);
});

test('alerts keep their tags unless another has it; customers and counts are of both', () => {
  const newer = phone('2.a', { alerts: [{ alertId: 'A', at: 'x', tag: '3' }], customers: ['C1'], seq: 2 });
  const older = phone('1.a', {
    alerts: [
      { alertId: 'A', at: 'x', tag: '9' },
      { alertId: 'B', at: 'x', tag: '3' },
      { alertId: 'C', at: 'x', tag: '5' },
    ],
    customers: ['C2', 'C1'],
    seq: 7,
    movedFrom: ['0.a'],
  });
  const merged = mergePhones('2.a', [newer, older]);
  expect(merged).toMatchObject({ digest: '2.a', customers: ['C1', 'C2'], seq: 7, movedFrom: ['0.a', '1.a'] });
  expect(merged.alerts.map(({ alertId, tag }) => `${alertId}${tag}`)).toEqual(['A3', 'B4', 'C5']);
});
