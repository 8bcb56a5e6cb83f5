import type { PolicyStatement } from '../model.ts';
import { isRecord } from './json.ts';
import { type Context, compileCondition, substitute } from './policy-conditions.ts';
import { wildcard } from './wildcard.ts';

export type { Context } from './policy-conditions.ts';

/** Who a resource policy is asked about: a caller by ARN, or an AWS service acting for a resource. */
export type Principal =
  | { readonly kind: 'caller'; readonly arns: readonly string[]; readonly account: string }
  | { readonly kind: 'service'; readonly name: string };

/** How far a Principal element names the caller: outright, or only by its account (then IAM decides). */
type Named = 'direct' | 'account' | 'no';

export interface CompiledStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly acts: (action: string) => boolean;
  readonly covers: (resource: string, context: Context) => boolean;
  readonly holds: (context: Context) => boolean;
  readonly names: (principal: Principal) => Named;
}

const listed = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [String(value)]);

/** Throws for an operator or element that this evaluator does not know: never guesses. */
export function compileStatement(statement: PolicyStatement, where: string): CompiledStatement {
  try {
    return {
      effect: statement.Effect,
      acts: compileActions(statement),
      covers: compileResources(statement),
      holds: compileConditions(statement),
      names: compilePrincipal(statement),
    };
  } catch (error) {
    throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function compileActions({ Action, NotAction }: PolicyStatement): CompiledStatement['acts'] {
  const patterns = listed(Action ?? NotAction).map((pattern) => wildcard(pattern.toLowerCase()));
  const wanted = Action !== undefined;
  // A call's action is looked up over and over: remember each answer.
  const known = new Map<string, boolean>();
  return (action) => {
    let answer = known.get(action);
    if (answer === undefined) {
      answer = patterns.some((matches) => matches(action.toLowerCase())) === wanted;
      known.set(action, answer);
    }
    return answer;
  };
}

function compileResources({ Resource, NotResource }: PolicyStatement): CompiledStatement['covers'] {
  if (Resource === undefined && NotResource === undefined) return () => true;
  const patterns = listed(Resource ?? NotResource);
  const wanted = Resource !== undefined;
  return (resource, context) =>
    patterns.some((pattern) => {
      const text = substitute(pattern, context);
      return text !== undefined && wildcard(text)(resource);
    }) === wanted;
}

function compileConditions({ Condition }: PolicyStatement): CompiledStatement['holds'] {
  const tests = Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => compileCondition(operator, key, listed(wanted))),
  );
  return (context) => tests.every((test) => test(context));
}

function compilePrincipal(statement: PolicyStatement): CompiledStatement['names'] {
  if ('NotPrincipal' in statement)
    throw new Error('policy element NotPrincipal is not known to the local stack');
  const { Principal: given } = statement;
  if (given === undefined) return () => 'direct';
  if (given === '*') return () => 'direct';
  if (!isRecord(given)) throw new Error(`policy principal ${JSON.stringify(given)} is not known`);
  const aws = given.AWS === undefined ? [] : listed(given.AWS);
  const services = given.Service === undefined ? [] : listed(given.Service);
  return (principal) => {
    if (principal.kind === 'service') {
      return services.some((name) => wildcard(name)(principal.name)) || aws.includes('*') ? 'direct' : 'no';
    }
    if (aws.some((arn) => arn === '*' || principal.arns.includes(arn))) return 'direct';
    const byAccount = aws.some(
      (arn) =>
        arn === principal.account || /^arn:[^:]+:iam::(\d+):root$/.exec(arn)?.[1] === principal.account,
    );
    return byAccount ? 'account' : 'no';
  };
}

export interface Question {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
  readonly principal: Principal;
}

/** What one policy says: `allow` names the caller outright, `delegate` leaves it to the account's IAM. */
export type Verdict = 'deny' | 'allow' | 'delegate' | 'silent';

export function judge(statements: readonly CompiledStatement[], question: Question): Verdict {
  const { action, resource, context, principal } = question;
  let verdict: Verdict = 'silent';
  for (const statement of statements) {
    if (!statement.acts(action) || !statement.covers(resource, context)) continue;
    const named = statement.names(principal);
    if (named === 'no' || !statement.holds(context)) continue;
    if (statement.effect === 'Deny') return 'deny';
    if (named === 'direct') verdict = 'allow';
    else if (verdict === 'silent') verdict = 'delegate';
  }
  return verdict;
}
