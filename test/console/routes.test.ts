import { expect, test } from 'vitest';
import { routes } from '../../console/src/customer/routes.ts';
import { routesOf } from '../../functions/api/routes.ts';

const contracts = Object.values(routesOf)
  .flat()
  .map(({ method, path }) => `${method} ${path}`);

test('every route the page calls is one of the API, by the same method and path', () => {
  const called = Object.values(routes).map(({ method, path }) => `${method} ${path}`);
  expect(called.filter((route) => !contracts.includes(route))).toEqual([]);
  expect(new Set(called).size).toBe(called.length);
});
