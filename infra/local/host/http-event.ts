import { randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { RouteMatch } from './http-routes.ts';

export interface HttpRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  /** Lower-cased names; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** Claims of the token and the scopes its route asks for; undefined where a route is open to all. */
export type Authorization = { readonly claims: JWTPayload; readonly scopes: readonly string[] } | undefined;

/** The event of payload format 2.0. */
export function eventOf(input: {
  request: HttpRequest;
  found: RouteMatch;
  authorization: Authorization;
  account: string;
  now: Date;
}): Record<string, unknown> {
  const { request, found, authorization, now } = input;
  const [path = '/', query = ''] = request.url.split('?');
  const { cookie, ...headers } = request.headers;
  const parameters = new URLSearchParams(query);
  const names = [...new Set(parameters.keys())];
  const text = isText(headers['content-type']);
  return {
    version: '2.0',
    routeKey: found.route.routeKey,
    rawPath: path,
    rawQueryString: query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(names.length === 0
      ? {}
      : {
          queryStringParameters: Object.fromEntries(
            names.map((name) => [name, parameters.getAll(name).join(',')]),
          ),
        }),
    requestContext: {
      accountId: input.account,
      apiId: found.api.id,
      ...(authorization === undefined
        ? {}
        : {
            authorizer: {
              jwt: {
                claims: stringClaims(authorization.claims),
                scopes: authorization.scopes.length === 0 ? null : authorization.scopes,
              },
            },
          }),
      domainName: headers.host ?? 'localhost',
      domainPrefix: found.api.id,
      http: {
        method: request.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: found.route.routeKey,
      stage: '$default',
      time: gatewayTime(now),
      timeEpoch: now.getTime(),
    },
    ...(Object.keys(found.pathParameters).length === 0 ? {} : { pathParameters: found.pathParameters }),
    ...(request.body.length === 0 ? {} : { body: request.body.toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !text,
  };
}

/** The gateway hands every claim over as text. */
function stringClaims(claims: JWTPayload): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => {
      if (Array.isArray(value)) return [name, `[${value.join(' ')}]`];
      return [name, typeof value === 'object' ? JSON.stringify(value) : String(value)];
    }),
  );
}

function isText(contentType: string | undefined): boolean {
  return contentType === undefined || /^text\/|json|xml|javascript|x-www-form-urlencoded/.test(contentType);
}

/** `12/Mar/2026:19:03:58 +0000` */
function gatewayTime(now: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(now.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
