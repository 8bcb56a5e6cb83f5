import { generateKeyPair, SignJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { createHttpApi, type HttpApi } from '../../../infra/local/host/http-api.ts';
import type { HttpRequest } from '../../../infra/local/host/http-event.ts';
import { createTokens, type Tokens } from '../../../infra/local/host/tokens.ts';
import type { LocalApi } from '../../../infra/local/model.ts';
import { temporaryFolder } from './assemblies.ts';

const NOW = new Date('2026-03-12T19:03:58Z');
const authorizer = (side: string) => ({
  issuer: `http://127.0.0.1/cardguard/${side}`,
  audience: ['cardguard'],
});
const customer = {
  functionArn: 'customer-api',
  scopes: ['cardguard/customer'],
  authorizer: authorizer('customers'),
};
const agent = { functionArn: 'agent-api', scopes: ['cardguard/agent'], authorizer: authorizer('agents') };
const api: LocalApi = {
  id: 'api1',
  name: 'cardguard',
  cors: { allowOrigins: ['https://bank.example'], allowMethods: ['GET'], allowHeaders: ['authorization'] },
  routes: [
    { ...customer, routeKey: 'GET /cards' },
    { ...customer, routeKey: 'GET /cards/{cardToken}/transactions' },
    { ...customer, routeKey: 'POST /cards/{cardToken}/freeze' },
    { ...agent, routeKey: 'GET /agent/tickets/{number}' },
    { ...agent, routeKey: 'GET /agent/tickets/latest' },
    { functionArn: 'open', scopes: [], routeKey: 'GET /health' },
  ],
};

let now: Date;
let tokens: Tokens;
let handle: HttpApi;
let invoked: { functionArn: string; event: Record<string, unknown> }[];
let result: unknown;

beforeEach(() => {
  now = NOW;
  invoked = [];
  result = { statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: '{"ok":true}' };
  tokens = createTokens({ apis: [api], now: () => now });
  handle = createHttpApi({
    model: { apis: [api], account: '000000000000' },
    tokens,
    now: () => now,
    invoke: async (functionArn, event) => {
      invoked.push({ functionArn, event: event as Record<string, unknown> });
      if (result instanceof Error) throw result;
      return result;
    },
  });
});

const request = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url,
  headers: {},
  body: Buffer.alloc(0),
  sourceIp: '127.0.0.1',
  ...more,
});
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const asCustomer = () => tokens.issue({ pool: 'customers', subject: 'ada' });

describe('authorisation', () => {
  it.each([
    ['no token', async () => ({})],
    ['no JWT', async () => bearer('abc')],
    [
      'another pool',
      async () =>
        bearer(await tokens.issue({ pool: 'agents', subject: 'eve', scopes: ['cardguard/customer'] })),
    ],
    [
      'another audience',
      async () => bearer(await tokens.issue({ pool: 'customers', subject: 'ada', claims: { aud: 'else' } })),
    ],
    [
      'an expired token',
      async () => bearer(await tokens.issue({ pool: 'customers', subject: 'ada', expiresInSeconds: -1 })),
    ],
    [
      'no expiry',
      async () =>
        bearer(await tokens.issue({ pool: 'customers', subject: 'ada', claims: { exp: undefined } })),
    ],
    [
      'another key',
      async () => {
        const { privateKey } = await generateKeyPair('RS256');
        const token = await new SignJWT({
          aud: 'cardguard',
          scope: 'cardguard/customer',
          exp: NOW.getTime() / 1000 + 60,
        })
          .setProtectedHeader({ alg: 'RS256' })
          .setIssuer('http://127.0.0.1/cardguard/customers')
          .sign(privateKey);
        return bearer(token);
      },
    ],
  ])('refuses %s with 401', async (_name, more) => {
    const response = await handle(request('/cards', await more()));
    expect(response).toMatchObject({ status: 401, body: '{"message":"Unauthorized"}' });
    expect(invoked).toEqual([]);
  });

  it('refuses a token without the scope with 403', async () => {
    const token = await tokens.issue({ pool: 'customers', subject: 'ada', scopes: ['openid'] });
    expect(await handle(request('/cards', bearer(token)))).toMatchObject({
      status: 403,
      body: '{"message":"Forbidden"}',
    });
  });

  it('takes client_id where there is no audience', async () => {
    const token = await tokens.issue({ pool: 'customers', subject: 'ada', claims: { aud: undefined } });
    expect(await handle(request('/cards', bearer(token)))).toMatchObject({ status: 200 });
  });

  it('goes by the local clock', async () => {
    const token = await asCustomer();
    now = new Date(NOW.getTime() + 3_601_000);
    expect(await handle(request('/cards', bearer(token)))).toMatchObject({ status: 401 });
  });
});

it('hands over the event of payload format 2.0', async () => {
  const token = await tokens.issue({ pool: 'customers', subject: 'ada', name: 'Ada' });
  await handle(
    request('/cards/tok%2F1/freeze?a=1&b=2&a=3', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        cookie: 'a=1; b=2',
        host: '127.0.0.1:4000',
        'user-agent': 'test',
      },
      body: Buffer.from('{"reason":"lost"}'),
    }),
  );
  const [{ functionArn, event } = { functionArn: '', event: {} }] = invoked;
  expect(functionArn).toBe('customer-api');
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'POST /cards/{cardToken}/freeze',
    rawPath: '/cards/tok%2F1/freeze',
    rawQueryString: 'a=1&b=2&a=3',
    cookies: ['a=1', 'b=2'],
    queryStringParameters: { a: '1,3', b: '2' },
    pathParameters: { cardToken: 'tok/1' },
    body: '{"reason":"lost"}',
    isBase64Encoded: false,
    requestContext: {
      accountId: '000000000000',
      apiId: 'api1',
      domainName: '127.0.0.1:4000',
      http: {
        method: 'POST',
        path: '/cards/tok%2F1/freeze',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test',
      },
      routeKey: 'POST /cards/{cardToken}/freeze',
      stage: '$default',
      time: '12/Mar/2026:19:03:58 +0000',
      timeEpoch: NOW.getTime(),
      authorizer: {
        jwt: {
          claims: { sub: 'ada', name: 'Ada', exp: String(NOW.getTime() / 1000 + 3600), aud: 'cardguard' },
          scopes: ['cardguard/customer'],
        },
      },
    },
  });
  expect(event.headers).not.toHaveProperty('cookie');
});

it('hands over a body that is no text as base64', async () => {
  const headers = { ...bearer(await asCustomer()).headers, 'content-type': 'image/png' };
  await handle(request('/cards/t/freeze', { method: 'POST', headers, body: Buffer.from([0, 255]) }));
  expect(invoked[0]?.event).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
});

it('prefers the literal route, and leaves other paths to its caller', async () => {
  const headers = bearer(await tokens.issue({ pool: 'agents', subject: 'eve' }));
  await handle(request('/agent/tickets/latest', headers));
  await handle(request('/agent/tickets/T-1', headers));
  expect(invoked.map(({ event }) => event.routeKey)).toEqual([
    'GET /agent/tickets/latest',
    'GET /agent/tickets/{number}',
  ]);
  expect(await handle(request('/elsewhere'))).toBeUndefined();
  expect(await handle(request('/cards', { method: 'DELETE' }))).toBeUndefined();
});

it('answers what the function answers, and 500 when it fails', async () => {
  expect(await handle(request('/health'))).toEqual({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"ok":true}',
  });
  result = { plain: 1 };
  expect(await handle(request('/health'))).toMatchObject({ status: 200, body: '{"plain":1}' });
  result = new Error('broken');
  expect(await handle(request('/health'))).toMatchObject({
    status: 500,
    body: '{"message":"Internal Server Error"}',
  });
});

it('answers a preflight of an allowed origin only', async () => {
  const preflight = (origin: string) => handle(request('/cards', { method: 'OPTIONS', headers: { origin } }));
  expect(await preflight('https://bank.example')).toMatchObject({
    status: 204,
    headers: {
      'access-control-allow-origin': 'https://bank.example',
      'access-control-allow-headers': 'authorization',
    },
  });
  expect(await preflight('https://evil.example')).toBeUndefined();
});

it('serves its key, and keeps it in the state directory', async () => {
  expect(JSON.parse(String((await handle(request('/.well-known/jwks.json')))?.body))).toMatchObject({
    keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig' }],
  });
  const keyFile = `${temporaryFolder()}/token-key.pem`;
  const first = createTokens({ apis: [api], now: () => now, keyFile });
  const token = await first.issue({ pool: 'agents', subject: 'eve' });
  const second = createTokens({ apis: [api], now: () => now, keyFile });
  expect(await second.verify(token, authorizer('agents'))).toMatchObject({ sub: 'eve' });
});
