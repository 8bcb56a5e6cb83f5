import { expect, it } from 'vitest';
import { createSchedules, nextRun } from '../../../infra/local/host/schedules.ts';

it.each([
  ['rate(1 minute)', '2026-03-01T10:00:30Z', '2026-03-01T10:01:30.000Z'],
  ['rate(2 hours)', '2026-03-01T10:00:30Z', '2026-03-01T12:00:30.000Z'],
  ['cron(15 10 * * ? *)', '2026-03-01T10:15:00Z', '2026-03-02T10:15:00.000Z'],
  // EventBridge counts Sunday as 1: 2 is Monday, and 2026-03-02 is one.
  ['cron(0 8 ? * 2 *)', '2026-03-01T10:00:00Z', '2026-03-02T08:00:00.000Z'],
  ['cron(0 8 ? * MON-FRI *)', '2026-03-06T09:00:00Z', '2026-03-09T08:00:00.000Z'],
  ['cron(0/10 * * * ? *)', '2026-03-06T09:01:00Z', '2026-03-06T09:10:00.000Z'],
])('%s after %s is due at %s', (expression, after, expected) => {
  expect(nextRun(expression, new Date(after))?.toISOString()).toBe(expected);
});

it('refuses what is no schedule', () => {
  expect(() => nextRun('every minute', new Date())).toThrow('not a schedule expression: every minute');
});

it('fires each due rule once, however late, and tells when to come back', async () => {
  const delivered: unknown[] = [];
  const rule = { name: 'r', arn: 'arn:rule', busName: 'default' };
  const schedules = createSchedules({
    model: {
      account: '000000000000',
      region: 'us-east-1',
      rules: [
        { ...rule, scheduleExpression: 'rate(1 minute)', targets: [{ id: 't', arn: 'sweep' }] },
        {
          ...rule,
          scheduleExpression: 'rate(1 day)',
          targets: [{ id: 't', arn: 'daily', input: '{"a":1}' }],
        },
      ],
    },
    now: new Date('2026-03-01T00:00:00Z'),
    deliver: async (target, event) => {
      delivered.push([target, event]);
    },
  });
  await schedules.runDue(new Date('2026-03-01T00:00:59Z'));
  expect(delivered).toEqual([]);
  await schedules.runDue(new Date('2026-03-01T00:10:00Z'));
  expect(delivered).toMatchObject([
    ['sweep', { 'detail-type': 'Scheduled Event', time: '2026-03-01T00:10:00Z' }],
  ]);
  expect(schedules.nextDue()?.toISOString()).toBe('2026-03-01T00:11:00.000Z');
  await schedules.runDue(new Date('2026-03-02T00:00:00Z'));
  expect(delivered.at(-1)).toEqual(['daily', { a: 1 }]);
});
