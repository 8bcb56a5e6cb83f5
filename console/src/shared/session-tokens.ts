import { forgetDrafts } from './drafts.ts';

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly name: string;
}

export type Side = 'customers' | 'agents';
/** Per tab and side: two tabs may be two people on the local stack, and a closed tab is signed out. */
export const keyOf = (side: Side) => `cardguard.session.${side}`;

export function stored(side: Side): Tokens | undefined {
  const text = sessionStorage.getItem(keyOf(side));
  return text === null ? undefined : JSON.parse(text);
}
export const keep = (side: Side, tokens: Tokens): void =>
  sessionStorage.setItem(keyOf(side), JSON.stringify(tokens));

/** The sign-in ran out: what its person typed waits for them. */
export const forget = (side: Side): void => sessionStorage.removeItem(keyOf(side));

/** They signed out: nothing they typed stays behind. */
export function leave(side: Side): void {
  forget(side);
  forgetDrafts(sessionStorage);
}
