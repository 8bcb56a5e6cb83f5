import type { AnswerOf, BodyOf, Contract, PartsOf, QueryOf } from '../api/contract.ts';
import { type Rate, rates } from '../api/rates.ts';
import type { Write } from '../platform/database.ts';
import type { Limits } from '../platform/limits.ts';
import type { RequestId, RequestKnown, Requests } from '../platform/requests.ts';
import { answer, type HttpAnswer, type HttpEvent, type HttpRoute, refuse } from './http.ts';
import { fingerprintOf, type Parsed, readBody, readParts, readQuery } from './request-parts.ts';
import type { Telemetry } from './telemetry.ts';

/** One request, parsed by its contract. `who`: the customer or agent it comes from. */
export interface Call<C extends Contract, Who> {
  readonly who: Who;
  readonly parts: PartsOf<C>;
  readonly query: QueryOf<C>;
  readonly body: BodyOf<C>;
  /** The `Idempotency-Key`; empty on a GET. */
  readonly key: string;
  /** A 200 with this body. */
  readonly answer: (body: AnswerOf<C>) => HttpAnswer;
  /**
   * The write that keeps an answer for repeats under the same `Idempotency-Key`. It belongs into the commit of what
   * the request did; refused with `RequestKnown`, the handler answers `repeated`.
   */
  readonly remember: (answer: HttpAnswer) => Write<RequestKnown>;
}

/** `repeated`: another delivery of this very request was faster, and its answer is remembered. */
export type Handle<C extends Contract, Who> = (call: Call<C, Who>) => Promise<HttpAnswer | 'repeated'>;

export interface ServeDeps<Who> {
  readonly telemetry: Telemetry;
  readonly requests: Requests;
  /** Absent: this side is not counted. */
  readonly limits?: Limits;
  /** Who calls, and the id requests are remembered and counted by; or why nobody does. */
  readonly identify: (event: HttpEvent) => Promise<Parsed<{ readonly id: string; readonly who: Who }>>;
}

/**
 * Binds handlers to contracts. In this order: who is it (403), what does the path name (404), is there a key (400), is
 * the body right (413, 400), was it answered already, was it asked too often (429); then the handler.
 */
export function createServe<Who>(deps: ServeDeps<Who>) {
  return <C extends Contract>(route: C, handle: Handle<C, Who>): HttpRoute => ({
    method: route.method,
    path: route.path,
    handle: (event) => serveOne(deps, route, handle, event),
  });
}

async function serveOne<C extends Contract, Who>(
  deps: ServeDeps<Who>,
  route: C,
  handle: Handle<C, Who>,
  event: HttpEvent,
): Promise<HttpAnswer> {
  const caller = await deps.identify(event);
  if ('refusal' in caller) return caller.refusal;
  const { id, who } = caller.ok;
  const parts = readParts(route, event);
  if ('refusal' in parts) return parts.refusal;
  const query = readQuery(route, event);
  if ('refusal' in query) return query.refusal;
  const isPost = route.method === 'POST';
  const key = event.headers['idempotency-key'] ?? '';
  if (isPost && (key.length < 8 || key.length > 128)) return refuse('idempotency-key');
  const body = isPost ? readBody(route, event) : { ok: undefined };
  if ('refusal' in body) return body.refusal;
  const request: RequestId = { caller: id, key, request: fingerprintOf(route, event) };
  const earlier = isPost ? await earlierAnswer(deps.requests, request) : undefined;
  if (earlier !== undefined) return earlier;
  const tooMany = await overLimit(deps, route, id);
  if (tooMany !== undefined) return tooMany;
  const handled = await handle({
    who,
    parts: parts.ok as PartsOf<C>,
    query: query.ok as QueryOf<C>,
    body: body.ok as BodyOf<C>,
    key,
    answer: (of) => answer(200, of as object),
    remember: (given) =>
      deps.requests.remember(request, { status: given.statusCode ?? 200, body: given.body ?? '' }),
  });
  return handled === 'repeated' ? mustBeAnswered(deps.requests, request) : handled;
}

/** The answer this request had before, or what is wrong with its key; undefined: it is new. */
async function earlierAnswer(requests: Requests, request: RequestId): Promise<HttpAnswer | undefined> {
  const seen = await requests.seen(request);
  if (seen.kind === 'repeated') return { ...answer(seen.answer.status, {}), body: seen.answer.body };
  return seen.kind === 'mismatch' ? refuse('idempotency-key-reused') : undefined;
}

/** Two deliveries at the same time: the slower one gives the answer of the faster. */
async function mustBeAnswered(requests: Requests, request: RequestId): Promise<HttpAnswer> {
  const earlier = await earlierAnswer(requests, request);
  if (earlier === undefined) throw new Error('a request is known and has no answer');
  return earlier;
}

async function overLimit<Who>(
  deps: ServeDeps<Who>,
  route: Contract,
  id: string,
): Promise<HttpAnswer | undefined> {
  if (deps.limits === undefined) return undefined;
  const { most, seconds, failsOpen }: Rate = rates[route.rate];
  try {
    const taken = await deps.limits({ key: `${id}#${route.rate}`, most, seconds });
    if (taken.outcome === 'taken') return undefined;
    deps.telemetry.log('request_limited', { rate: route.rate });
    const refusal = refuse('too-many-requests');
    return { ...refusal, headers: { ...refusal.headers, 'retry-after': `${taken.retryAfterSeconds}` } };
  } catch (error) {
    // Freezing waits for nothing (D5), so not for a counter either.
    if (failsOpen !== true) throw error;
    deps.telemetry.warn('limit_unreachable', error);
    return undefined;
  }
}
