import type { Resource, Template } from './synth.ts';

/** Reading a synthesised template: intrinsics as text, resources by type. */

export type Named = readonly [logicalId: string, resource: Resource];

export function resourcesOf(template: Template, type: string): Named[] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** `{Ref: X}` → `<X>`, `{GetAtt: [X, Arn]}` → `<X.Arn>`, joins joined: a text a person can compare. */
export function readable(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  const [[operator, operand]] = Object.entries(value) as [[string, unknown]];
  if (operator === 'Ref') return `<${String(operand)}>`;
  if (operator === 'Fn::GetAtt') return `<${(operand as string[]).join('.')}>`;
  if (operator === 'Fn::Join') {
    const [separator, parts] = operand as [string, unknown[]];
    return parts.map(readable).join(separator);
  }
  return JSON.stringify(value);
}

export function arrayOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What a role may do, over all its inline policies. */
export function roleStatements(template: Template, roleId: string): Statement[] {
  return resourcesOf(template, 'AWS::IAM::Policy')
    .filter(([, policy]) => arrayOf(policy.Properties.Roles).map(readable).includes(`<${roleId}>`))
    .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement as Statement[]);
}

/** Statements of every policy attached to resources of a type, e.g. all queue policies of one queue. */
export function resourcePolicy(template: Template, type: string, list: string, id: string): Statement[] {
  return resourcesOf(template, type)
    .filter(([, policy]) => arrayOf(policy.Properties[list]).map(readable).includes(`<${id}>`))
    .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement as Statement[]);
}
