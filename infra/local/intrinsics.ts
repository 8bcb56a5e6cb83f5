/**
 * CloudFormation's intrinsic functions, as far as CDK writes them. What is not known here is an error with
 * the path that led to it: a guess would run something else than what is deployed.
 */
export interface Scope {
  /** Value of `Ref` to a parameter, pseudo parameter or resource; `undefined` stands for AWS::NoValue. */
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, top: string, second: string): unknown;
  importValue(name: string): unknown;
  /** Value behind `{{resolve:<service>:<reference>}}`. */
  dynamic(service: string, reference: string): string;
}

const DYNAMIC = /\{\{resolve:([a-z-]+):([^}]+)\}\}/g;

/** Resolves a template value: intrinsics become what they stand for, everything else is copied. */
export function resolveValue(value: unknown, scope: Scope, path = '$'): unknown {
  if (typeof value === 'string') {
    return value.replace(DYNAMIC, (_all, service: string, reference: string) =>
      scope.dynamic(service, reference),
    );
  }
  if (Array.isArray(value)) {
    return value
      .map((item, index) => resolveValue(item, scope, `${path}[${index}]`))
      .filter((item) => item !== undefined);
  }
  if (!isRecord(value)) return value;
  const [key, ...others] = Object.keys(value);
  if (key !== undefined && others.length === 0 && isIntrinsic(key)) {
    return applyIntrinsic(key, value[key], scope, `${path}.${key}`);
  }
  const copy: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) {
    const resolved = resolveValue(item, scope, `${path}.${name}`);
    if (resolved !== undefined) copy[name] = resolved;
  }
  return copy;
}

function isIntrinsic(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

function applyIntrinsic(name: string, argument: unknown, scope: Scope, path: string): unknown {
  switch (name) {
    case 'Ref':
      return scope.ref(text(argument, path));
    case 'Fn::GetAtt':
      return getAttribute(argument, scope, path);
    case 'Fn::Join': {
      const [separator, parts] = list(resolveValue(argument, scope, path), path, 2);
      const items = list(parts, path).map((part, index) => text(part, `${path}[1][${index}]`));
      return items.join(text(separator, path));
    }
    case 'Fn::Split': {
      const [separator, source] = list(resolveValue(argument, scope, path), path, 2);
      return text(source, path).split(text(separator, path));
    }
    case 'Fn::Select': {
      const [index, items] = list(resolveValue(argument, scope, path), path, 2);
      const chosen = list(items, path)[Number(index)];
      if (chosen === undefined) throw new Error(`${path}: nothing at index ${String(index)}`);
      return chosen;
    }
    case 'Fn::Sub':
      return substitute(argument, scope, path);
    case 'Fn::If': {
      const [condition, whenTrue, whenFalse] = list(argument, path, 3);
      return resolveValue(scope.condition(text(condition, path)) ? whenTrue : whenFalse, scope, path);
    }
    case 'Fn::FindInMap': {
      const [map, top, second] = list(resolveValue(argument, scope, path), path, 3);
      return scope.mapping(text(map, path), text(top, path), text(second, path));
    }
    case 'Fn::ImportValue':
      return scope.importValue(text(resolveValue(argument, scope, path), path));
    case 'Fn::Base64':
      return Buffer.from(text(resolveValue(argument, scope, path), path)).toString('base64');
    case 'Fn::GetAZs':
      return ['a', 'b', 'c'].map((zone) => `${text(scope.ref('AWS::Region'), path)}${zone}`);
    default:
      throw new Error(`${path}: the local stack does not know ${name}`);
  }
}

function getAttribute(argument: unknown, scope: Scope, path: string): unknown {
  const parts = typeof argument === 'string' ? argument.split('.') : list(argument, path).map(String);
  const [logicalId, ...attribute] = parts;
  if (logicalId === undefined || attribute.length === 0) throw new Error(`${path}: not a GetAtt`);
  return scope.attribute(logicalId, attribute.join('.'));
}

function substitute(argument: unknown, scope: Scope, path: string): string {
  const [template, variables] = typeof argument === 'string' ? [argument, {}] : list(argument, path, 2);
  const known = resolveValue(variables, scope, path);
  return text(template, path).replace(/\$\{([^}]+)\}/g, (_all, expression: string) => {
    if (expression.startsWith('!')) return `\${${expression.slice(1)}}`;
    if (isRecord(known) && expression in known) return text(known[expression], path);
    if (!expression.includes('.')) return text(scope.ref(expression), path);
    return text(getAttribute(expression, scope, path), path);
  });
}

/** Evaluates one entry of the template's `Conditions`. */
export function evaluateCondition(value: unknown, scope: Scope, path: string): boolean {
  if (!isRecord(value)) throw new Error(`${path}: not a condition`);
  const [[name, argument] = ['', undefined]] = Object.entries(value);
  const all = () => list(argument, path).map((item) => evaluateCondition(item, scope, `${path}.${name}`));
  switch (name) {
    case 'Condition':
      return scope.condition(text(argument, path));
    case 'Fn::Equals': {
      const [left, right] = list(resolveValue(argument, scope, path), path, 2);
      return JSON.stringify(left) === JSON.stringify(right);
    }
    case 'Fn::And':
      return all().every(Boolean);
    case 'Fn::Or':
      return all().some(Boolean);
    case 'Fn::Not':
      return !all()[0];
    default:
      throw new Error(`${path}: the local stack does not know the condition ${name}`);
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown, path: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${path}: expected text, found ${JSON.stringify(value)}`);
}

function list(value: unknown, path: string, length?: number): unknown[] {
  if (Array.isArray(value) && (length === undefined || value.length === length)) return value;
  throw new Error(`${path}: expected a list${length === undefined ? '' : ` of ${length}`}`);
}
