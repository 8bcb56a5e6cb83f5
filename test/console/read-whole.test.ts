import { expect, test } from 'vitest';
import { type KnownWhole, readWhole } from '../../console/src/desk/read-whole.ts';
import { createApi } from '../../console/src/shared/api.ts';

const whole = (number: string, words: string) => ({
  ...{ ticket: { number }, otherCards: [], verifications: [], timelineIntact: true },
  timeline: [{ seq: 1, words }],
});
const answerOf = (mark: string, more: object = {}) => ({ asOf: '2026-03-10T15:40:00.000Z', mark, ...more });

/** An API that answers from a list. */
function scene(answers: readonly object[]) {
  const left = [...answers];
  const asked: string[] = [];
  const api = createApi({
    ...{ base: '', token: async () => 'token', signedOut: () => undefined, newKey: () => 'key-0001' },
    wait: async () => undefined,
    fetch: async (url) => {
      asked.push(String(url));
      return new Response(JSON.stringify(left.shift()), { status: 200 });
    },
  });
  const known: KnownWhole = {};
  const read = (number: string) => readWhole(api, { number, known, signal: new AbortController().signal });
  return { asked, read };
}

test('a ticket is read once, and then asked for news of; what is known stands', async () => {
  const { asked, read } = scene([
    answerOf('m1', whole('FR-1', 'a')),
    answerOf('m1'),
    answerOf('m2', whole('FR-1', 'b')),
    answerOf('m2'),
  ]);
  const words = async () => {
    const result = await read('FR-1');
    return result.ok ? result.value.timeline[0]?.words : result.problem.name;
  };
  expect([await words(), await words(), await words(), await words()]).toEqual(['a', 'a', 'b', 'b']);
  expect(asked.map((url) => url.split('?')[1])).toEqual([undefined, 'since=m1', 'since=m1', 'since=m2']);
});

test('another ticket is read as a whole, and a first answer without a ticket is no ticket', async () => {
  const { asked, read } = scene([
    answerOf('m1', whole('FR-1', 'a')),
    answerOf('m9', whole('FR-2', 'z')),
    answerOf('m9'),
  ]);
  await read('FR-1');
  expect(await read('FR-2')).toMatchObject({ ok: true, value: { ticket: { number: 'FR-2' } } });
  expect(await read('FR-3')).toMatchObject({ ok: false });
  expect(asked.some((url) => url.includes('FR-2?since'))).toBe(false);
});
