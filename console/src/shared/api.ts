import type { ProblemName } from '../../../functions/api/problems.ts';
import type { Answer, Body, Parts, Route } from './route.ts';

/** `offline`: no answer came. `signed-out`: the log-in is over. The rest are the API's own problems. */
export type Refusal = ProblemName | 'offline' | 'signed-out';

export interface Problem {
  readonly name: Refusal;
  /** What the API says of it beside its name, e.g. who won a claim. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

export type Input<R> = {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly signal?: AbortSignal;
  /** The same key for the same wish, so that a second press does nothing twice. Unset: a new one. */
  readonly idempotencyKey?: string;
} & (keyof Parts<R> extends never ? { readonly parts?: undefined } : { readonly parts: Parts<R> }) &
  (Body<R> extends undefined ? { readonly body?: undefined } : { readonly body: Body<R> });

export interface Api {
  call<R extends Route<unknown>>(route: R, input: Input<R>): Promise<Result<Answer<R>>>;
}

export interface ApiDeps {
  readonly base: string;
  /** The access token now; undefined: signed out. */
  readonly token: () => Promise<string | undefined>;
  readonly signedOut: () => void;
  readonly fetch?: typeof fetch;
  readonly newKey?: () => string;
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** A POST that got no answer is sent again under its key: the first may have been carried out. */
const TRIES = 3;
const FIRST_WAIT_MS = 400;

/** Calls the API by its contracts' types; every way it may end is a value, nothing is thrown. */
export function createApi(deps: ApiDeps): Api {
  const { fetch: send = (...args) => fetch(...args), newKey = () => crypto.randomUUID() } = deps;
  const wait = deps.wait ?? ((milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)));

  /** A reading is tried once; a change again under its key, as long as no answer came. */
  async function sendOf(url: string, init: RequestInit): Promise<Response | undefined> {
    const tries = init.method === 'POST' ? TRIES : 1;
    for (let count = 0; count < tries; count += 1) {
      if (count > 0) await wait(FIRST_WAIT_MS * 2 ** (count - 1));
      try {
        return await send(url, init);
      } catch {
        if (init.signal?.aborted === true) return undefined;
      }
    }
    return undefined;
  }

  const signedOut = (): { ok: false; problem: Problem } => {
    deps.signedOut();
    return refused('signed-out');
  };

  return {
    async call(route, input) {
      const token = await deps.token();
      if (token === undefined) return signedOut();
      const isChange = route.method === 'POST';
      const response = await sendOf(addressOf(deps.base, route.path, input), {
        method: route.method,
        signal: input.signal,
        headers: {
          authorization: `Bearer ${token}`,
          ...(isChange ? { 'idempotency-key': input.idempotencyKey ?? newKey() } : {}),
          ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: input.body === undefined ? undefined : JSON.stringify(input.body),
      });
      if (response === undefined) return refused('offline');
      return response.status === 401 ? signedOut() : read(response);
    },
  };
}

function addressOf(
  base: string,
  path: string,
  input: { readonly parts?: Readonly<Record<string, string>>; readonly query?: Input<Route<never>>['query'] },
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(input.parts?.[name] ?? ''),
  );
  const query = new URLSearchParams(
    Object.entries(input.query ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    ),
  ).toString();
  return `${base}${filled}${query === '' ? '' : `?${query}`}`;
}

const refused = (name: Refusal): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { name, detail: {} },
});

const PREFIX = 'urn:cardguard:problem:';

/** The answer's shape is the contract's: the API's tests hold every answer to it, and a page may be older than its API. */
async function read<T>(response: Response): Promise<Result<T>> {
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    return refused(response.ok ? 'offline' : 'internal');
  }
  if (response.ok) return { ok: true, value: body as T };
  const detail = typeof body === 'object' && body !== null ? Object.fromEntries(Object.entries(body)) : {};
  const type = typeof detail.type === 'string' ? detail.type : '';
  // One newer than this page is shown by its title.
  const name = (type.startsWith(PREFIX) ? type.slice(PREFIX.length) : 'internal') as Refusal;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return { ok: false, problem: { name, detail, ...(seconds > 0 ? { retryAfterSeconds: seconds } : {}) } };
}
