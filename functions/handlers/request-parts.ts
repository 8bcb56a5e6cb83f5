import type { Contract } from '../api/contract.ts';
import { type HttpAnswer, type HttpEvent, refuse } from './http.ts';

/** Most bytes a body may have: a passkey's answer with its attestation has about four thousand. */
const MOST_BODY_BYTES = 16_384;

export type Parsed<Value> = { readonly ok: Value } | { readonly refusal: HttpAnswer };

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly code?: string;
}

/** What is wrong and where, never what was sent (I10). A name nobody listed is somebody's words too. */
const invalid = (where: string, issues: readonly Issue[]): { refusal: HttpAnswer } => ({
  refusal: refuse('invalid-request', {
    errors: issues.slice(0, 20).map(({ path, code = 'custom' }) => ({
      path: [where, ...path.map(String)].join('.'),
      code: code === 'unrecognized_keys' ? 'unknown_field' : code,
    })),
  }),
});

/** The parts of the path; one that does not have the form of what it names, names nothing. */
export function readParts(route: Contract, event: HttpEvent): Parsed<Record<string, string>> {
  const parts: Record<string, string> = {};
  for (const [name, schema] of Object.entries(route.parts ?? {})) {
    const part = schema.safeParse(event.pathParameters?.[name]);
    if (!part.success) return { refusal: refuse('not-found') };
    parts[name] = part.data;
  }
  return { ok: parts };
}

/** A route without a query takes none and ignores what is sent; one with a query refuses what it does not list. */
export function readQuery(route: Contract, event: HttpEvent): Parsed<unknown> {
  if (route.query === undefined) return { ok: undefined };
  const query = route.query.safeParse(event.queryStringParameters ?? {});
  return query.success ? { ok: query.data } : invalid('query', query.error.issues);
}

export function readBody(route: Contract, event: HttpEvent): Parsed<unknown> {
  const text = bodyText(event);
  if (Buffer.byteLength(text) > (route.mostBytes ?? MOST_BODY_BYTES)) return { refusal: refuse('too-large') };
  const json = text === '' ? {} : parseJson(text);
  if (json === undefined) return invalid('body', [{ path: [], code: 'not_json' }]);
  if (route.body === undefined) {
    const isEmpty = typeof json === 'object' && json !== null && Object.keys(json).length === 0;
    return isEmpty ? { ok: undefined } : invalid('body', [{ path: [], code: 'unknown_field' }]);
  }
  const body = route.body.safeParse(json);
  return body.success ? { ok: body.data } : invalid('body', body.error.issues);
}

function bodyText(event: HttpEvent): string {
  const { body = '', isBase64Encoded } = event;
  return isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What has to be the same for a repeat under one `Idempotency-Key`: the route with its parts, and the body. */
export function fingerprintOf(route: Contract, event: HttpEvent): string {
  const text = bodyText(event);
  return text === '' || route.secretBody ? event.rawPath : `${event.rawPath}\n${text}`;
}
