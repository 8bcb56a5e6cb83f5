import { describe, expect, test } from 'vitest';
import { routes } from '../../console/src/customer/routes.ts';
import { createApi } from '../../console/src/shared/api.ts';

interface Sent {
  readonly url: string;
  readonly init: RequestInit | undefined;
}

/** An API that answers from a list; `down` breaks the connection. */
function scene(answers: readonly (Response | 'down')[]) {
  const sent: Sent[] = [];
  const left = [...answers];
  let signedOut = 0;
  const api = createApi({
    base: '/api',
    token: async () => 'token',
    signedOut: () => {
      signedOut += 1;
    },
    newKey: () => `key-${sent.length}`,
    wait: async () => undefined,
    fetch: async (url, init) => {
      sent.push({ url: String(url), init });
      const answer = left.shift();
      if (answer === undefined || answer === 'down') throw new TypeError('no connection');
      return answer;
    },
  });
  return { api, sent, signedOut: () => signedOut };
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const keyOf = ({ init }: Sent) => new Headers(init?.headers).get('idempotency-key');

describe('the client of the API', () => {
  test('fills the path in and leaves no part of it open to what was typed', async () => {
    const { api, sent } = scene([json(200, { transactions: [] })]);
    await api.call(routes.listTransactions, {
      parts: { cardToken: 'a/b?c' },
      query: { limit: 30, after: undefined },
    });
    expect(sent.map(({ url }) => url)).toEqual(['/api/cards/a%2Fb%3Fc/transactions?limit=30']);
  });

  test('sends a change again under the same key when no answer came', async () => {
    const { api, sent } = scene(['down', 'down', json(200, { card: {} })]);
    const result = await api.call(routes.freezeCard, { parts: { cardToken: 'card-1' } });
    expect(result.ok).toBe(true);
    expect(sent.map(keyOf)).toEqual(['key-0', 'key-0', 'key-0']);
  });

  test('reads once: the next reading comes by itself', async () => {
    const { api, sent } = scene(['down']);
    const result = await api.call(routes.readLive, {});
    expect(result).toEqual({ ok: false, problem: { name: 'offline', detail: {} } });
    expect(sent).toHaveLength(1);
  });

  test('tells a problem by its name, with what stands beside it and how long to wait', async () => {
    const body = { type: 'urn:cardguard:problem:too-many-requests', title: 'Wait', status: 429 };
    const { api } = scene([json(429, body, { 'retry-after': '7' })]);
    const result = await api.call(routes.readLive, {});
    expect(result).toEqual({
      ok: false,
      problem: { name: 'too-many-requests', detail: body, retryAfterSeconds: 7 },
    });
  });

  test('takes a 401 for the end of the sign-in, and sends nothing without a token', async () => {
    const { api, sent, signedOut } = scene([json(401, { message: 'Unauthorized' })]);
    expect(await api.call(routes.readLive, {})).toMatchObject({ problem: { name: 'signed-out' } });
    expect(signedOut()).toBe(1);
    const nobody = createApi({ base: '', token: async () => undefined, signedOut: () => undefined });
    expect(await nobody.call(routes.readLive, {})).toMatchObject({ problem: { name: 'signed-out' } });
    expect(sent).toHaveLength(1);
  });
});
