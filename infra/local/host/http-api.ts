import type { JWTPayload } from 'jose';
import * as z from 'zod';
import type { LocalApi, LocalModel } from '../model.ts';
import { type Authorization, eventOf, type HttpRequest } from './http-event.ts';
import { createRouter, type RouteMatch } from './http-routes.ts';
import type { Tokens } from './tokens.ts';

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}

/** Answers the model's routes; undefined for a path that no route has, which the caller may serve itself. */
export type HttpApi = (request: HttpRequest) => Promise<HttpResponse | undefined>;

export function createHttpApi(options: {
  model: Pick<LocalModel, 'apis' | 'account'>;
  tokens: Tokens;
  invoke: (functionArn: string, event: unknown) => Promise<unknown>;
  now: () => Date;
}): HttpApi {
  const { tokens, model } = options;
  const route = createRouter(model.apis);

  return async (request) => {
    const [path = '/'] = request.url.split('?');
    if (request.method === 'GET' && path === '/.well-known/jwks.json')
      return answer(200, await tokens.jwks());
    const found = route(request.method, path);
    if (found === undefined) return preflight(request, model.apis);
    const authorized = await authorize(request, found, tokens);
    if ('refusal' in authorized) return authorized.refusal;
    const event = eventOf({
      request,
      found,
      authorization: authorized.by,
      account: model.account,
      now: options.now(),
    });
    try {
      return withCors(responseOf(await options.invoke(found.route.functionArn, event)), request, found.api);
    } catch {
      return answer(500, { message: 'Internal Server Error' });
    }
  };
}

async function authorize(
  { headers }: HttpRequest,
  { route }: RouteMatch,
  tokens: Tokens,
): Promise<{ refusal: HttpResponse } | { by: Authorization }> {
  if (route.authorizer === undefined) return { by: undefined };
  const token = headers.authorization?.replace(/^Bearer /i, '');
  const claims = token && (await tokens.verify(token, route.authorizer));
  if (!claims) return { refusal: answer(401, { message: 'Unauthorized' }, { 'www-authenticate': 'Bearer' }) };
  const granted = scopesOf(claims);
  if (route.scopes.length > 0 && !route.scopes.some((scope) => granted.includes(scope))) {
    const challenge = `Bearer scope="${route.scopes.join(' ')}" error="insufficient_scope"`;
    return { refusal: answer(403, { message: 'Forbidden' }, { 'www-authenticate': challenge }) };
  }
  return { by: { claims, scopes: route.scopes } };
}

function scopesOf({ scope, scp }: JWTPayload): string[] {
  const value = scope ?? scp;
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' ? value.split(' ') : [];
}

const proxyResultSchema = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  cookies: z.array(z.string()).optional(),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/** A result without a status code is the JSON body of a 200, as the gateway infers it. */
function responseOf(result: unknown): HttpResponse {
  const parsed = proxyResultSchema.safeParse(result);
  if (!parsed.success) return answer(200, result ?? null);
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  return {
    status: statusCode,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      ...Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
      ),
      ...(cookies === undefined ? {} : { 'set-cookie': cookies }),
    },
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

function preflight(request: HttpRequest, apis: readonly LocalApi[]): HttpResponse | undefined {
  const { origin } = request.headers;
  if (request.method !== 'OPTIONS' || origin === undefined) return undefined;
  const api = apis.find(({ cors }) => cors !== undefined && allows(cors.allowOrigins, origin));
  if (api?.cors === undefined) return undefined;
  return {
    status: 204,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': api.cors.allowMethods.join(','),
      'access-control-allow-headers': api.cors.allowHeaders.join(','),
    },
    body: '',
  };
}

function withCors(
  response: HttpResponse,
  { headers: { origin } }: HttpRequest,
  { cors }: LocalApi,
): HttpResponse {
  if (origin === undefined || cors === undefined || !allows(cors.allowOrigins, origin)) return response;
  return { ...response, headers: { ...response.headers, 'access-control-allow-origin': origin } };
}

function allows(origins: readonly string[], origin: string): boolean {
  return origins.includes('*') || origins.includes(origin);
}
