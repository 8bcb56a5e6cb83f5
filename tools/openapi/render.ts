import * as z from 'zod/mini';
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi';
import { type Contract, commonProblems, sideOf } from '../../functions/api/contract.ts';
import { type ProblemName, problems, problemType } from '../../functions/api/problems.ts';
import { rates } from '../../functions/api/rates.ts';
import { routesOf } from '../../functions/api/routes.ts';
import { problemShape } from '../../functions/api/shapes.ts';

/** docs/openapi.json: the routes of all functions as OpenAPI 3.1, from the schemas the handlers parse by. */
export function renderOpenApi(): string {
  const document = createDocument({
    openapi: '3.1.0',
    info: {
      title: 'cardguard',
      version: '1.0.0',
      description:
        'Written by `npx node tools/write-openapi.ts` from functions/api: change those, not this file. The gateway itself answers 401 (no token, or one of the other side) and 403 (a token without the scope) as plain JSON; everything else that goes wrong is application/problem+json (RFC 9457).',
    },
    paths: pathsOf(Object.values(routesOf).flat()),
    components: {
      securitySchemes: {
        customers: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT, scope cardguard/customer' },
        agents: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT, scope cardguard/agent' },
      },
    },
  });
  return `${JSON.stringify(document, null, 2)}\n`;
}

type Paths = Record<string, Record<string, ZodOpenApiOperationObject>>;

function pathsOf(routes: readonly Contract[]): Paths {
  const paths: Paths = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return paths;
}

const keyHeader = z.string().check(z.minLength(8), z.maxLength(128));

function operationOf(route: Contract): ZodOpenApiOperationObject {
  const { parts, query, body } = route;
  const isPost = route.method === 'POST';
  const { most, seconds } = rates[route.rate];
  return {
    summary: route.summary,
    ...(sideOf(route) === 'customers'
      ? { description: `At most ${most} in ${seconds} s per customer.` }
      : {}),
    tags: [sideOf(route)],
    security: [{ [sideOf(route)]: [] }],
    requestParams: {
      ...(parts === undefined ? {} : { path: z.object(parts) }),
      ...(query === undefined ? {} : { query }),
      ...(isPost ? { header: z.object({ 'Idempotency-Key': keyHeader }) } : {}),
    },
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      '200': { description: 'Done', content: { 'application/json': { schema: route.answer } } },
      ...problemResponses([...route.problems, ...commonProblems(route)]),
    },
  };
}

/** One response per status: the problems that share it are named together. */
function problemResponses(names: readonly ProblemName[]) {
  const byStatus = Map.groupBy(new Set(names), (name) => problems[name].status);
  return Object.fromEntries(
    [...byStatus].map(([status, alike]) => [
      String(status),
      {
        description: alike.map((name) => `\`${problemType(name)}\` ${problems[name].title}`).join('\n\n'),
        content: { 'application/problem+json': { schema: problemShape } },
      },
    ]),
  );
}
