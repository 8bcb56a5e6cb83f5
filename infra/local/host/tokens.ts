import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  errors,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importPKCS8,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { LocalApi } from '../model.ts';

const ALGORITHM = 'RS256';
const TOKEN_SECONDS = 3600;

export type Pool = 'customers' | 'agents';

export interface TokenRequest {
  readonly pool: Pool;
  readonly subject: string;
  /** Unset: the pool's own scope, `cardguard/customer` or `cardguard/agent`. */
  readonly scopes?: readonly string[];
  readonly name?: string;
  readonly expiresInSeconds?: number;
  /** Claims that replace the usual ones, to try out what must be refused. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

export interface Tokens {
  issue(request: TokenRequest): Promise<string>;
  /** The claims, or undefined when the token is none, expired, or of another issuer or audience. */
  verify(
    token: string,
    authorizer: { issuer: string; audience: readonly string[] },
  ): Promise<JWTPayload | undefined>;
  jwks(): Promise<{ keys: JWK[] }>;
}

/** Issues and checks access tokens in the place of the two user pools, with a key made on this machine. */
export function createTokens(options: {
  apis: readonly LocalApi[];
  now: () => Date;
  /** Keeps the key over restarts, so that a page stays signed in. */
  keyFile?: string;
}): Tokens {
  let pair: Promise<KeyPair> | undefined;
  const keys = () => {
    pair ??= options.keyFile === undefined ? sharedPair() : storedPair(options.keyFile);
    return pair;
  };

  function authorizerOf(pool: Pool) {
    const scope = scopeOf(pool);
    const routes = options.apis.flatMap((api) => api.routes);
    const authorizer = routes.find((route) => route.scopes.includes(scope))?.authorizer;
    if (authorizer === undefined)
      throw new Error(`no route asks for the scope ${scope}: there is no pool ${pool}`);
    return authorizer;
  }

  return {
    async issue({ pool, subject, scopes = [scopeOf(pool)], name, expiresInSeconds = TOKEN_SECONDS, claims }) {
      const { privateKey, keyId } = await keys();
      const { issuer, audience } = authorizerOf(pool);
      const issuedAt = Math.floor(options.now().getTime() / 1000);
      const payload: JWTPayload = {
        iss: issuer,
        sub: subject,
        aud: audience[0],
        client_id: audience[0],
        token_use: 'access',
        scope: scopes.join(' '),
        iat: issuedAt,
        exp: issuedAt + expiresInSeconds,
        jti: crypto.randomUUID(),
        ...(name === undefined ? {} : { name }),
        // What an administrator would have put a member of staff into; other groups come as claims.
        ...(pool === 'agents' ? { 'cognito:groups': ['desk-agent'] } : {}),
        ...claims,
      };
      return new SignJWT(payload)
        .setProtectedHeader({ alg: ALGORITHM, kid: keyId, typ: 'JWT' })
        .sign(privateKey);
    },
    async verify(token, { issuer, audience }) {
      const { publicKey } = await keys();
      try {
        const { payload } = await jwtVerify(token, publicKey, {
          algorithms: [ALGORITHM],
          issuer,
          currentDate: options.now(),
          requiredClaims: ['exp', 'iss'],
        });
        // As the gateway does: `client_id` counts only where there is no `aud`.
        const audiences = [payload.aud ?? payload.client_id].flat();
        return audiences.some((one) => typeof one === 'string' && audience.includes(one))
          ? payload
          : undefined;
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
        throw error;
      }
    },
    async jwks() {
      return { keys: [(await keys()).jwk] };
    },
  };
}

/** `customers` → `cardguard/customer` */
function scopeOf(pool: Pool): string {
  return `cardguard/${pool.slice(0, -1)}`;
}

interface KeyPair {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly keyId: string;
  readonly jwk: JWK;
}

let shared: Promise<KeyPair> | undefined;

/** One key for all stacks of a process: making one takes a fifth of a second. */
function sharedPair(): Promise<KeyPair> {
  shared ??= newPair();
  return shared;
}

async function newPair(): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, {
    modulusLength: 2048,
    extractable: true,
  });
  return describePair(privateKey, publicKey);
}

async function storedPair(file: string): Promise<KeyPair> {
  if (existsSync(file)) {
    const privateKey = await importPKCS8(readFileSync(file, 'utf8'), ALGORITHM, { extractable: true });
    const { kty, n, e } = await exportJWK(privateKey);
    const publicKey = await crypto.subtle.importKey(
      'jwk',
      { kty, n, e },
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
      true,
      ['verify'],
    );
    return describePair(privateKey, publicKey);
  }
  const pair = await newPair();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await exportPKCS8(pair.privateKey), { mode: 0o600 });
  return pair;
}

async function describePair(privateKey: CryptoKey, publicKey: CryptoKey): Promise<KeyPair> {
  const jwk = await exportJWK(publicKey);
  const keyId = await calculateJwkThumbprint(jwk);
  return { privateKey, publicKey, keyId, jwk: { ...jwk, kid: keyId, alg: ALGORITHM, use: 'sig' } };
}
