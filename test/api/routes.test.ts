import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { type Contract, sideOf } from '../../functions/api/contract.ts';
import { routesOf } from '../../functions/api/routes.ts';
import { ruleRoles } from '../../functions/screening/rule-roles.ts';
import { deskRoles } from '../../functions/ticket/desk-roles.ts';
import { apiSides, deskGroups, ruleGroups, servedBy } from '../../infra/routes.ts';
import { renderOpenApi } from '../../tools/openapi/render.ts';

const contracts: readonly Contract[] = Object.values(routesOf).flat();
const text = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

describe('the routes as written down', () => {
  test('are those the gateway has, each served by the function the gateway sends it to', () => {
    const deployed = Object.values(apiSides).flatMap((side) =>
      side.routes.map((route) => `${servedBy(side, route)}: ${text(route)}`),
    );
    const written = Object.entries(routesOf).flatMap(([name, routes]) =>
      routes.map((route) => `${name}: ${text(route)}`),
    );
    expect(written.sort()).toEqual(deployed.sort());
  });

  test('docs/openapi.json says what they say; otherwise run `npx node tools/write-openapi.ts`', () => {
    const written = readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
    expect(written).toBe(renderOpenApi());
  });

  test.each(contracts.map((route) => [text(route), route] as const))(
    '%s names each part of its path',
    (_, route) => {
      const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(route.parts ?? {})).toEqual(inPath);
    },
  );

  test.each(contracts.map((route) => [text(route), route] as const))(
    '%s refuses fields it does not list',
    (_, route) => {
      if (route.method === 'GET') expect(route.body).toBeUndefined();
      for (const schema of [route.query, route.body].filter((one) => one !== undefined)) {
        const json = z.toJSONSchema(schema, { io: 'input' });
        expect(objectsIn(json).map((one) => one.additionalProperties)).not.toContain(undefined);
      }
    },
  );

  test('the groups of the sign-in are the roles that functions know', () => {
    expect(Object.keys(ruleGroups).sort()).toEqual(Object.keys(ruleRoles).sort());
    expect(Object.keys(deskGroups).sort()).toEqual(Object.keys(deskRoles).sort());
  });

  test('agents have a side of their own', () => {
    expect(
      contracts
        .filter((route) => sideOf(route) === 'agents')
        .map(text)
        .sort(),
    ).toEqual(apiSides.agents.routes.map(text).sort());
  });
});

interface Json {
  readonly type?: unknown;
  readonly additionalProperties?: unknown;
}

/** Every object of a schema, however deep. */
function objectsIn(json: unknown): readonly Json[] {
  if (typeof json !== 'object' || json === null) return [];
  const own = (json as Json).type === 'object' ? [json as Json] : [];
  return [...own, ...Object.values(json).flatMap(objectsIn)];
}
