import { expect, test } from 'vitest';
import { routes as customers } from '../../console/src/customer/routes.ts';
import { routes as staff } from '../../console/src/desk/routes.ts';
import { routesOf } from '../../functions/api/routes.ts';

const contracts = Object.values(routesOf)
  .flat()
  .map(({ method, path }) => `${method} ${path}`);

test.each([
  ['customers', customers],
  ['staff', staff],
])('every route the page of %s calls is one of the API, by the same method and path', (_side, routes) => {
  const called = Object.values(routes).map(({ method, path }) => `${method} ${path}`);
  expect(called.filter((route) => !contracts.includes(route))).toEqual([]);
  expect(new Set(called).size).toBe(called.length);
});
