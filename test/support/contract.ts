import { type Contract, commonProblems } from '../../functions/api/contract.ts';
import { problems, problemType } from '../../functions/api/problems.ts';
import { routesOf } from '../../functions/api/routes.ts';
import { problemShape } from '../../functions/api/shapes.ts';

const all: readonly Contract[] = Object.values(routesOf).flat();

const patternOf = ({ path }: Contract): RegExp => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
const literalFirst = (a: Contract, b: Contract): number =>
  a.path.split('{').length - b.path.split('{').length;

/** The contract a request falls under; a literal path before one with parts, as the gateway chooses. */
export function contractOf(method: string, pathWithQuery: string): Contract | undefined {
  const [path = ''] = pathWithQuery.split('?');
  return all.filter((route) => route.method === method && patternOf(route).test(path)).sort(literalFirst)[0];
}

/**
 * Throws unless an answer is one its route promises: the body of a 200 fits the schema, to the field; every other one
 * is a problem of its list. What the gateway itself refuses (401, 403 by scope) has its own form.
 */
export function holdToContract(
  request: { method: string; path: string },
  status: number,
  body: unknown,
): void {
  const route = contractOf(request.method, request.path);
  if (route === undefined) return;
  const name = `${route.method} ${route.path} → ${status}`;
  if (status === 200) {
    const fits = route.answer.safeParse(body);
    if (fits.success) return;
    const wrong = fits.error.issues.map(({ path, code, message }) => `${path.join('.')}: ${code} ${message}`);
    throw new Error(`${name}: ${wrong.join('; ')}`);
  }
  const problem = problemShape.safeParse(body);
  if (!problem.success) {
    if (isOfGateway(status, body)) return;
    throw new Error(`${name} is no problem: ${JSON.stringify(body)}`);
  }
  const listed = [...route.problems, ...commonProblems(route)];
  const known = listed.find((one) => problemType(one) === problem.data.type);
  if (known === undefined) throw new Error(`${name}: ${problem.data.type} is not among the route's problems`);
  if (problems[known].status !== status) throw new Error(`${name}: ${known} has another status`);
}

const isOfGateway = (status: number, body: unknown): boolean =>
  (status === 401 || status === 403) && JSON.stringify(Object.keys(body as object)) === '["message"]';
