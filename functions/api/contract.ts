import type * as z from 'zod/mini';
import type { DeskAction } from '../ticket/desk-roles.ts';
import type { ProblemName } from './problems.ts';
import type { RateClass } from './rates.ts';

/**
 * What one route takes and gives. The handlers parse by it, `docs/openapi.json` is written from it, and the tests hold
 * every answer of the local stack against it.
 */
export interface Contract {
  readonly method: 'GET' | 'POST';
  /** As the gateway has it, e.g. `/cards/{cardToken}/freeze`. */
  readonly path: string;
  readonly summary: string;
  /** The `{parts}` of the path. One that does not fit names nothing: 404. */
  readonly parts?: Readonly<Record<string, z.ZodMiniType<string>>>;
  /** Strict: a name that is not listed is refused. */
  readonly query?: z.ZodMiniObject;
  /** Strict; a POST without one takes no body. */
  readonly body?: z.ZodMiniObject;
  /**
   * The body is a secret: repeats under one `Idempotency-Key` are told by the address alone, so that no digest of it is
   * kept, which eight digits could be found from.
   */
  readonly secretBody?: true;
  /** Most bytes its body may have, where it is not 16 KB. */
  readonly mostBytes?: number;
  /** The body of a 200. */
  readonly answer: z.ZodMiniType;
  /** Beside those that every route of its kind has (`commonProblems`). */
  readonly problems: readonly ProblemName[];
  /** What a member of staff must be allowed to do, by the groups of their sign-in (`functions/ticket/desk-roles.ts`). */
  readonly desk?: DeskAction;
  /** Counts per customer; agents are not counted. */
  readonly rate: RateClass;
}

/** Keeps the schemas' own types, by which the handler's call is typed; what only describes stays general. */
export const contract = <const C extends Contract>(
  route: C,
): Omit<C, Descriptive> & Pick<Contract, Descriptive> => route;
type Descriptive = 'path' | 'summary' | 'problems' | 'rate';

export type PartsOf<C extends Contract> = C extends {
  parts: infer Parts extends Record<string, z.ZodMiniType>;
}
  ? { readonly [Name in keyof Parts]: z.output<Parts[Name]> }
  : Readonly<Record<never, never>>;
export type QueryOf<C extends Contract> = C extends { query: infer Query extends z.ZodMiniType }
  ? z.output<Query>
  : undefined;
export type BodyOf<C extends Contract> = C extends { body: infer Body extends z.ZodMiniType }
  ? z.output<Body>
  : undefined;
export type AnswerOf<C extends Contract> = Readonlied<z.input<C['answer']>>;

/** A view may be made of what nobody may change. */
type Readonlied<T> = T extends readonly (infer One)[]
  ? readonly Readonlied<One>[]
  : T extends object
    ? { readonly [Name in keyof T]: Readonlied<T[Name]> }
    : T;

/** The side a path is on: agents have their own log-ins and scope. */
export const sideOf = ({ path }: Contract): 'customers' | 'agents' =>
  path.startsWith('/agent/') ? 'agents' : 'customers';

/** Problems that follow from the kind of route. */
export function commonProblems(route: Contract): readonly ProblemName[] {
  return [
    ...(route.method === 'POST' || route.query !== undefined ? (['invalid-request'] as const) : []),
    ...(route.method === 'POST' ? (['idempotency-key', 'too-large', 'idempotency-key-reused'] as const) : []),
    ...(route.desk === undefined ? [] : (['not-permitted'] as const)),
    ...(sideOf(route) === 'customers' ? (['unknown-customer', 'too-many-requests'] as const) : []),
    ...(route.parts === undefined ? [] : (['not-found'] as const)),
    'internal',
  ];
}
