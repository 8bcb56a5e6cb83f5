import { setTimeout as pause } from 'node:timers/promises';
import type { LocalStack } from '../../../infra/local/stack.ts';

/** A client asks again so often, under the same key, and so long after it was answered 5xx. */
const CLIENT_TRIES = 8;
const CLIENT_WAITS_MS = 30;

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}
export type Caller = { readonly customer: string } | { readonly agent: string };

/** Requests to the routes of the stack, made as a careful client makes them. */
export function createRequests(stack: LocalStack) {
  let keys = 0;
  const bearer = async (caller: Caller): Promise<string> => {
    const token = await ('customer' in caller
      ? stack.tokens.issue({ pool: 'customers', subject: caller.customer, scopes: ['cardguard/customer'] })
      : stack.tokens.issue({
          pool: 'agents',
          ...{ subject: caller.agent, name: caller.agent, scopes: ['cardguard/agent'] },
          claims: { 'cognito:groups': ['desk-agent'] },
        }));
    return `Bearer ${token}`;
  };

  async function call(caller: Caller, method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
    keys += 1;
    const key = { 'idempotency-key': `schedules-${keys}` };
    const headers = { authorization: await bearer(caller), ...(method === 'POST' ? key : {}) };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(`${stack.url}${path}`, { method, headers, ...sent });
      const answered: unknown = await response.json();
      if (response.status < 500 || tries === CLIENT_TRIES)
        return { status: response.status, body: recordOf(answered) };
      await pause(CLIENT_WAITS_MS);
    }
  }
  return {
    get: (caller: Caller, path: string) => call(caller, 'GET', path),
    post: (caller: Caller, path: string, body?: object) => call(caller, 'POST', path, body),
  };
}
export type Requests = ReturnType<typeof createRequests>;

export const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
export const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.map(recordOf) : [];
