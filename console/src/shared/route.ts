import type * as z from 'zod/mini';
import type { AnswerOf, BodyOf, Contract, PartsOf } from '../../../functions/api/contract.ts';

declare const contractOf: unique symbol;

/**
 * A route as the page calls it: the address here, the types from the API's own contract. Types only: a contract's
 * values would bring the whole of the rooms into the page. `test/console/routes.test.ts` holds the addresses equal.
 */
export interface Route<C> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly [contractOf]?: C;
}

export const get = <C>(path: string): Route<C> => ({ method: 'GET', path });
export const post = <C>(path: string): Route<C> => ({ method: 'POST', path });

type Typed<C> = C extends Contract ? C : never;
export type Answer<R> = R extends Route<infer C> ? AnswerOf<Typed<C>> : never;
export type Body<R> = R extends Route<infer C> ? Unbranded<BodyOf<Typed<C>>> : never;
export type Parts<R> = R extends Route<infer C> ? Unbranded<PartsOf<Typed<C>>> : never;

/** Brands are the API's to give: what the page sends is checked there. */
type Unbranded<T> = T extends z.core.$brand
  ? string
  : T extends readonly (infer One)[]
    ? readonly Unbranded<One>[]
    : T extends object
      ? { readonly [Name in keyof T]: Unbranded<T[Name]> }
      : T;
