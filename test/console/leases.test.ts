import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ABSENT_MS, HEARTBEAT_MS, startLeases } from '../../console/src/desk/leases.ts';
import { createApi } from '../../console/src/shared/api.ts';
import { LEASE_MINUTES } from '../../functions/ticket/lease.ts';

/** The desk's API as the page calls it: two tickets in work, one that waits and has no lease. */
function desk() {
  const beats: { path: string; body: unknown }[] = [];
  const tickets = [
    { number: 'FR-7K3M9QXZ', leaseUntil: '2026-11-29T16:00:00.000Z' },
    { number: 'FR-JCXHFS5N', leaseUntil: '2026-11-29T16:05:00.000Z' },
    { number: 'FR-22222222' },
  ];
  const api = createApi({
    base: '',
    token: async () => 'token',
    signedOut: () => undefined,
    newKey: () => 'key',
    fetch: async (url, init) => {
      if (init?.method !== 'POST') return Response.json({ asOf: '2026-11-29T15:40:00.000Z', tickets });
      beats.push({ path: String(url), body: JSON.parse(String(init.body)) });
      return Response.json({});
    },
  });
  return { api, beats };
}

beforeEach(() => {
  vi.useFakeTimers();
  // In nobody's sight from beginning to end.
  vi.stubGlobal('document', { hidden: true });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const path = (number: string) => `/agent/tickets/${number}/heartbeat`;

test('every ticket in hand is kept while the page is hidden, and looking at none is counted', async () => {
  const { api, beats } = desk();
  const stop = startLeases(api, new EventTarget());
  await vi.advanceTimersByTimeAsync(LEASE_MINUTES * 60_000);
  stop();
  const rounds = (LEASE_MINUTES * 60_000) / HEARTBEAT_MS + 1;
  expect(rounds).toBeGreaterThan(3);
  expect(beats).toHaveLength(2 * rounds);
  expect(beats.slice(0, 2)).toEqual([
    { path: path('FR-7K3M9QXZ'), body: {} },
    { path: path('FR-JCXHFS5N'), body: {} },
  ]);
});

test('a page that is left keeps nothing more', async () => {
  const { api, beats } = desk();
  startLeases(api, new EventTarget())();
  await vi.advanceTimersByTimeAsync(0);
  const begun = beats.length;
  await vi.advanceTimersByTimeAsync(3 * HEARTBEAT_MS);
  expect(beats).toHaveLength(begun);
});

test('whoever went home and left the desk open loses the tickets; a key or a movement keeps them', async () => {
  const { api, beats } = desk();
  const page = new EventTarget();
  const stop = startLeases(api, page);
  await vi.advanceTimersByTimeAsync(ABSENT_MS + HEARTBEAT_MS);
  const last = beats.length;
  await vi.advanceTimersByTimeAsync(3 * HEARTBEAT_MS);
  expect(beats).toHaveLength(last);
  page.dispatchEvent(new Event('keydown'));
  await vi.advanceTimersByTimeAsync(HEARTBEAT_MS);
  expect(beats.length).toBeGreaterThan(last);
  stop();
});
