import { describe, expect, test } from 'vitest';
import { type Kept, readOn, wantedBy } from '../../console/src/customer/reading.ts';
import { createApi } from '../../console/src/shared/api.ts';
import { backOff, LIVE_MS } from '../../console/src/shared/pace.ts';
import { rates } from '../../functions/api/rates.ts';

const bank = { calling: false, calls: [], words: { 'zh-CN': '没有', en: 'No' } };
const message = (seq: number) => ({ seq, from: 'customer', at: '2026-03-10T15:40:00.000Z', words: `${seq}` });

/** An API that answers from a list and remembers what it was asked. */
function scene(answers: readonly object[]) {
  const asked: Record<string, string>[] = [];
  const left = [...answers];
  const api = createApi({
    base: '',
    token: async () => 'token',
    signedOut: () => undefined,
    fetch: async (url) => {
      asked.push(Object.fromEntries(new URL(String(url), 'http://page.example').searchParams));
      return new Response(JSON.stringify({ asOf: '2026-03-10T15:40:00.000Z', ...left.shift() }));
    },
  });
  const kept: Kept = { shown: {} };
  const read = (key: string, ticket?: string) =>
    readOn(api, { key, lists: [], ticket, kept, signal: new AbortController().signal });
  return { asked, read };
}

describe('one reading for a whole page', () => {
  test('asks only for what is new, and keeps what was known where nothing is', async () => {
    const ticket = { number: 'FR-1', version: 1 };
    const { asked, read } = scene([
      { mark: 'first', bank, ticket, messages: [message(3)] },
      { mark: 'second', bank, ticket, messages: [] },
      { mark: 'second' },
      { mark: 'third', bank, ticket: { ...ticket, version: 2 }, messages: [message(9)] },
    ]);
    for (let count = 0; count < 3; count += 1) await read('FR-1', 'FR-1');
    const last = await read('FR-1', 'FR-1');
    expect(asked).toEqual([
      { ticket: 'FR-1', after: '0' },
      { ticket: 'FR-1', after: '3', since: 'first' },
      { ticket: 'FR-1', after: '3', since: 'second' },
      { ticket: 'FR-1', after: '3', since: 'second' },
    ]);
    expect(last).toMatchObject({
      value: { ticket: { version: 2 }, messages: [{ seq: 3 }, { seq: 9 }] },
    });
  });

  test('reads a long conversation to its end at once', async () => {
    const ticket = { number: 'FR-1' };
    const { asked, read } = scene([
      { mark: 'a', bank, ticket, messages: [message(1), message(2)], more: true },
      { mark: 'b', bank, ticket, messages: [message(5)] },
    ]);
    expect(await read('FR-1', 'FR-1')).toMatchObject({
      value: { messages: [{ seq: 1 }, { seq: 2 }, { seq: 5 }] },
    });
    expect(asked.map(({ after }) => after)).toEqual(['0', '2']);
  });

  test('mixes no two tickets', async () => {
    const { asked, read } = scene([
      { mark: 'a', bank, ticket: { number: 'FR-1' }, messages: [message(7)] },
      { mark: 'b', bank, ticket: { number: 'FR-2' }, messages: [message(2)] },
    ]);
    await read('FR-1', 'FR-1');
    expect(await read('FR-2', 'FR-2')).toMatchObject({
      value: { ticket: { number: 'FR-2' }, messages: [{ seq: 2 }] },
    });
    expect(asked[1]).toEqual({ ticket: 'FR-2', after: '0' });
  });
});

describe('how often a page asks', () => {
  test('D3 within two seconds where things move, and leaves two thirds of what a customer may read', () => {
    for (const page of ['home', 'tickets', 'ticket', 'us']) {
      const { everyMs } = wantedBy(page, 'FR-1');
      expect(everyMs).toBeLessThan(2_000);
      expect(60_000 / everyMs).toBeLessThanOrEqual(rates.read.most / 3);
    }
    expect(wantedBy('verify', 'card-1').lists, 'D8 whose ticket a person is asked for at').toEqual([
      'alerts',
    ]);
    for (const page of ['report', 'verify', 'log', 'me'])
      expect(60_000 / wantedBy(page, 'card-1').everyMs).toBeLessThanOrEqual(10);
  });

  test('twice as seldom after each failure, to half a minute at most; never more often than asked', () => {
    const waits = [0, 1, 2, 3, 4, 5, 60].map((failures) => backOff(LIVE_MS, failures));
    expect(waits).toEqual([1_500, 3_000, 6_000, 12_000, 24_000, 30_000, 30_000]);
    expect(backOff(60_000, 3)).toBe(60_000);
  });
});
