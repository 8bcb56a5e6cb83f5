import type { LocalApi } from '../model.ts';

export type LocalRoute = LocalApi['routes'][number];

export interface RouteMatch {
  readonly api: LocalApi;
  readonly route: LocalRoute;
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface CompiledRoute {
  readonly api: LocalApi;
  readonly route: LocalRoute;
  readonly method: string;
  readonly segments: readonly string[];
}

/** Finds the route of a request: the most specific one wins, as with the gateway. */
export function createRouter(
  apis: readonly LocalApi[],
): (method: string, path: string) => RouteMatch | undefined {
  const compiled: CompiledRoute[] = apis.flatMap((api) =>
    api.routes.map((route) => {
      const [method = 'ANY', path = ''] = route.routeKey === '$default' ? [] : route.routeKey.split(' ');
      const segments = route.routeKey === '$default' ? ['{proxy+}'] : segmentsOf(path);
      return { api, route, method, segments };
    }),
  );
  compiled.sort((a, b) => specificity(b).localeCompare(specificity(a)));
  return (method, path) => {
    for (const candidate of compiled) {
      if (candidate.method !== 'ANY' && candidate.method !== method) continue;
      const pathParameters = matchSegments(candidate.segments, segmentsOf(path));
      if (pathParameters === undefined) continue;
      return { api: candidate.api, route: candidate.route, pathParameters };
    }
    return undefined;
  };
}

function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}

/** Sorts literal before `{one}` before `{all+}`, segment by segment, and a named method before ANY. */
function specificity({ segments, method }: CompiledRoute): string {
  const ranks = segments.map((segment) => {
    if (!segment.startsWith('{')) return '3';
    return segment.endsWith('+}') ? '1' : '2';
  });
  return `${ranks.join('')}${method === 'ANY' ? '0' : '1'}`;
}

function matchSegments(
  pattern: readonly string[],
  actual: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const greedy = /^\{(.+)\+\}$/.exec(expected)?.[1];
    if (greedy !== undefined) {
      parameters[greedy] = actual.slice(index).map(decode).join('/');
      return parameters;
    }
    const value = actual[index];
    if (value === undefined) return undefined;
    const name = /^\{(.+)\}$/.exec(expected)?.[1];
    if (name === undefined && value !== expected) return undefined;
    if (name !== undefined && value === '') return undefined;
    if (name !== undefined) parameters[name] = decode(value);
  }
  return pattern.length === actual.length ? parameters : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
