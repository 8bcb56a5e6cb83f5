import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  judgeAnswers,
  type StatusAnswer,
  statusChannels,
  type VersionFrom,
} from '../../functions/ticket/consistency.ts';
import { createDayOf } from '../../functions/ticket/issuer-day.ts';
import { kpisOf } from '../../functions/ticket/kpis.ts';
import { measuresOf } from '../../functions/ticket/ticket-measures.ts';
import { minute, played } from './clock-acts.ts';

const history: readonly VersionFrom[] = [
  { version: 1, status: 'awaiting_reply', at: minute(0) },
  { version: 2, status: 'queued', at: minute(10) },
  { version: 3, status: 'in_progress', at: minute(20) },
];
const statusOf = (version: number) => history[version - 1]?.status ?? 'closed';
const said = (channel: StatusAnswer['channel'], minutes: number, version: number): StatusAnswer => ({
  ...{ channel, at: minute(minutes), version, status: statusOf(version) },
});

test('K6 the version of that moment is current, an older one stale, and late by as long as it was over', () => {
  expect(judgeAnswers([said('app', 12, 2), said('phone', 23, 2), said('email', 21, 3)], history)).toEqual([
    { channel: 'app', verdict: 'current', lagSeconds: 0 },
    { channel: 'email', verdict: 'current', lagSeconds: 60 },
    { channel: 'phone', verdict: 'stale', lagSeconds: 180 },
  ]);
});

test('K6 a contradiction: a status the version never had, a version not there yet, an older one after a newer', () => {
  const verdicts = (...answers: readonly StatusAnswer[]) =>
    judgeAnswers(answers, history).map(({ verdict }) => verdict);
  expect(verdicts({ ...said('app', 12, 2), status: 'resolved' })).toEqual(['contradiction']);
  expect(verdicts(said('app', 12, 3))).toEqual(['contradiction']);
  expect(verdicts(said('app', 12, 7))).toEqual(['contradiction']);
  expect(verdicts(said('sms', 21, 3), said('sms', 22, 2))).toEqual(['current', 'contradiction']);
  // Another channel may still be behind.
  expect(verdicts(said('sms', 21, 3), said('phone', 22, 2))).toEqual(['current', 'stale']);
  // Clocks differ by seconds: told by one function, written by another.
  expect(verdicts({ ...said('app', 20, 3), at: '2026-03-10T15:59:58.000Z' })).toHaveLength(1);
});

test('K6 whoever reads the truth is never behind and never contradicts, in whatever order answers are known', () => {
  const answer = fc.record({
    channel: fc.constantFrom(...statusChannels),
    minutes: fc.integer({ max: 60, min: 0 }),
  });
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 30 }), (asked) => {
      const answers = asked.map(({ channel, minutes }) =>
        said(channel, minutes, minutes < 10 ? 1 : minutes < 20 ? 2 : 3),
      );
      const judged = judgeAnswers(answers, history);
      expect(judged.every(({ verdict }) => verdict === 'current')).toBe(true);
      expect(judged.filter(({ channel }) => channel !== 'email').every((one) => one.lagSeconds === 0)).toBe(
        true,
      );
    }),
  );
});

test('K6 figures: share of all, by channel, with how late they were', () => {
  const shown = history.map(({ at, ...what }) => ({ type: 'changed', at, data: { shown: what } }));
  const answers = [said('app', 12, 2), said('app', 22, 3), said('phone', 23, 2), said('sms', 24, 9)];
  const { consistency } = kpisOf([
    measuresOf(
      played(),
      { events: shown, answers, focusSeconds: 0 },
      { at: minute(30), dayOf: createDayOf('UTC') },
    ),
  ]);
  expect(consistency).toEqual({
    ...{ n: 4, share: 0.5, stale: 1, contradictions: 1 },
    lag: { n: 3, p50Seconds: 0, p95Seconds: 180 },
    byChannel: [
      {
        ...{ channel: 'app', n: 2, share: 1, stale: 0, contradictions: 0 },
        lag: { n: 2, p50Seconds: 0, p95Seconds: 0 },
      },
      { channel: 'sms', n: 1, share: 0, stale: 0, contradictions: 1, lag: { n: 0 } },
      {
        ...{ channel: 'phone', n: 1, share: 0, stale: 1, contradictions: 0 },
        lag: { n: 1, p50Seconds: 180, p95Seconds: 180 },
      },
    ],
  });
  expect(kpisOf([]).consistency).toEqual({
    ...{ n: 0, share: undefined, stale: 0, contradictions: 0, lag: { n: 0 }, byChannel: [] },
  });
});
