import { type EntryKind, entryKinds } from '../../functions/screening/entries.ts';
import { createRuleSetStore } from '../../functions/screening/rule-set-store.ts';
import { createRuleStore } from '../../functions/screening/rule-store.ts';
import { createShadowStore } from '../../functions/screening/shadow-store.ts';
import { PlainError } from '../stage/plain-error.ts';
import type { Target } from '../stage/target.ts';

/** What was asked for at the terminal. */
export interface Wish {
  readonly command: string;
  /** Who asks, by their own word. */
  readonly by: string;
  readonly version?: string;
  readonly file?: string;
  readonly reason?: string;
  readonly to?: string;
  readonly percent?: string;
  readonly cell?: string;
  readonly kind?: string;
  readonly value?: string;
  readonly days?: string;
  readonly outcome?: string;
  readonly entry?: string;
  readonly limit?: string;
}

/** The option, or the sentence that asks for it. */
export function must(wish: Wish, name: Exclude<keyof Wish, 'command' | 'by'>): string {
  const given = wish[name];
  if (given === undefined || given === '') throw new PlainError(`${wish.command} needs --${name}.`);
  return given;
}

export function numberOf(wish: Wish, name: 'percent' | 'days'): number {
  const given = Number(must(wish, name));
  if (!(given > 0)) throw new PlainError(`--${name} ${wish[name]}: a number above 0`);
  return given;
}

export function kindOf(wish: Wish): EntryKind {
  const given = must(wish, 'kind');
  const kind = entryKinds.find((one) => one === given);
  if (kind === undefined) throw new PlainError(`--kind ${given}: one of ${entryKinds.join(', ')}`);
  return kind;
}

export const storesOf = ({ db, cardsTable }: Target) => ({
  rules: createRuleStore({ db, cardsTable }),
  ruleSets: createRuleSetStore({ db, cardsTable }),
  shadows: createShadowStore({ db, cardsTable }),
});
