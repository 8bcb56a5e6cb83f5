import type { Both } from './language.ts';

/** One kind of person's sign-in: code with PKCE at an OpenID provider. */
export interface SignInClient {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
}

/** `config.json` beside the page: written by the deployment, or answered by the local stack. */
export interface PageConfig {
  /** Put before every path of the API; empty: the page's own origin. */
  readonly api: string;
  readonly bank: Both;
  /** IANA zone in which people read times. */
  readonly zone: string;
  /** The local stack: choose who you are, and play phone and bank beside the page. */
  readonly local: boolean;
  readonly customers?: SignInClient;
  readonly agents?: SignInClient;
}

export async function loadConfig(): Promise<PageConfig> {
  const response = await fetch('/config.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return response.json();
}
