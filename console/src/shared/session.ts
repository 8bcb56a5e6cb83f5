import type { PageConfig, SignInClient } from './config.ts';
import { keep, keyOf, leave, type Side, stored, type Tokens } from './session-tokens.ts';

/** Who is signed in: a token for the API, and a way out. */
export interface Session {
  /** For the page only; the API goes by the token. */
  readonly name: string;
  readonly subject: string;
  /** Groups the token names: which parts of the desk to offer. What is allowed is the API's to say. */
  readonly groups: readonly string[];
  token(): Promise<string | undefined>;
  signOut(): void;
}

const EARLY_MS = 60_000;

/** The claims of a token of ours; nothing is decided by them here. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const part = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? Object.fromEntries(Object.entries(claims)) : {};
  } catch {
    return {};
  }
}

function sessionOf(stored: Tokens, renew: () => Promise<Tokens | undefined>, signOut: () => void): Session {
  let tokens: Tokens = stored;
  let renewing: Promise<Tokens | undefined> | undefined;
  const claims = claimsOf(stored.accessToken);
  const groups = claims['cognito:groups'];
  return {
    name: stored.name,
    subject: String(claims.sub ?? ''),
    groups: Array.isArray(groups) ? groups.map(String) : [],
    async token() {
      const ends = Number(claimsOf(tokens.accessToken).exp ?? 0) * 1000;
      if (Date.now() < ends - EARLY_MS) return tokens.accessToken;
      renewing ??= renew().finally(() => {
        renewing = undefined;
      });
      const renewed = await renewing;
      if (renewed !== undefined) tokens = renewed;
      return renewed?.accessToken ?? (Date.now() < ends ? tokens.accessToken : undefined);
    },
    signOut,
  };
}

/** The local stack hands out a token for whomever one says one is. */
export async function signInLocally(side: Side, subject: string): Promise<Session | undefined> {
  const response = await fetch('/local/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ side, subject }),
  });
  if (!response.ok) return undefined;
  const tokens: Tokens = await response.json();
  keep(side, tokens);
  return localSession(side, tokens);
}

const localSession = (side: Side, tokens: Tokens): Session => {
  const subject = String(claimsOf(tokens.accessToken).sub ?? '');
  return sessionOf(
    tokens,
    async () => (await signInLocally(side, subject)) && stored(side),
    () => leave(side),
  );
};

/** A session kept from before, or one that the provider's redirect just brought. */
export async function resumeSession(config: PageConfig, side: Side): Promise<Session | undefined> {
  const client = config[side];
  if (client !== undefined) await takeRedirect(client, side);
  const tokens = stored(side);
  if (tokens === undefined) return undefined;
  if (client === undefined) return localSession(side, tokens);
  return sessionOf(
    tokens,
    () => refresh(client, side),
    () => void signOutAt(client, side),
  );
}

interface Provider {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly end_session_endpoint?: string;
}

async function discover({ issuer }: SignInClient): Promise<Provider> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (!response.ok) throw new Error(`the sign-in at ${issuer} does not answer: ${response.status}`);
  return response.json();
}

const random = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));
const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const home = (): string => `${location.origin}${location.pathname}`;

/** Code with PKCE (RFC 7636): goes to the provider and comes back to this page, where it was. */
export async function goToSignIn(client: SignInClient, side: Side): Promise<void> {
  const { authorization_endpoint } = await discover(client);
  const [verifier, state] = [random(), random()];
  sessionStorage.setItem(`${keyOf(side)}.asked`, JSON.stringify({ verifier, state, hash: location.hash }));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: home(),
    scope: client.scope,
    state,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  });
  location.assign(`${authorization_endpoint}?${query}`);
}

async function takeRedirect(client: SignInClient, side: Side): Promise<void> {
  const query = new URLSearchParams(location.search);
  const text = sessionStorage.getItem(`${keyOf(side)}.asked`);
  const code = query.get('code');
  if (code === null || text === null) return;
  const asked: { verifier: string; state: string; hash: string } = JSON.parse(text);
  sessionStorage.removeItem(`${keyOf(side)}.asked`);
  history.replaceState(null, '', `${location.pathname}${asked.hash}`);
  // Somebody else's redirect: not ours to take.
  if (query.get('state') !== asked.state) return;
  await exchange(client, side, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: home(),
    code_verifier: asked.verifier,
  });
}

async function refresh(client: SignInClient, side: Side): Promise<Tokens | undefined> {
  const refreshToken = stored(side)?.refreshToken;
  if (refreshToken === undefined) return undefined;
  return exchange(client, side, { grant_type: 'refresh_token', refresh_token: refreshToken });
}

async function exchange(
  client: SignInClient,
  side: Side,
  grant: Readonly<Record<string, string>>,
): Promise<Tokens | undefined> {
  const { token_endpoint } = await discover(client);
  const response = await fetch(token_endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_id: client.clientId, ...grant }),
  });
  if (!response.ok) return undefined;
  const answer: { access_token: string; refresh_token?: string; id_token?: string } = await response.json();
  const claims = claimsOf(answer.id_token ?? answer.access_token);
  const before = stored(side);
  const tokens = {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? before?.refreshToken,
    name: String(claims.name ?? claims.email ?? before?.name ?? claims.sub ?? ''),
  };
  keep(side, tokens);
  return tokens;
}

async function signOutAt(client: SignInClient, side: Side): Promise<void> {
  leave(side);
  const { end_session_endpoint } = await discover(client);
  if (end_session_endpoint === undefined) return;
  const query = new URLSearchParams({ client_id: client.clientId, logout_uri: home() });
  location.assign(`${end_session_endpoint}?${query}`);
}
