import * as z from 'zod';
import type { PolicyStatement } from '../model.ts';
import type { Resource } from './scope.ts';

/** Numbers and booleans arrive as text when they come through a parameter. */
export const number = z.coerce.number();
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]);
export const text = z.string();
export const json = z.union([z.string().transform((value): unknown => JSON.parse(value)), z.unknown()]);

const oneOrMany = z.union([z.string(), z.array(z.string()).readonly()]);
const statementSchema: z.ZodType<PolicyStatement> = z.object({
  Sid: text.optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.unknown().optional(),
  NotPrincipal: z.never('NotPrincipal is not evaluated locally').optional(),
  Action: oneOrMany.optional(),
  NotAction: oneOrMany.optional(),
  Resource: oneOrMany.optional(),
  NotResource: oneOrMany.optional(),
  Condition: z.record(text, z.record(text, z.unknown())).optional(),
});

export const policyDocument = z.object({
  Statement: z.union([
    z.array(statementSchema),
    statementSchema.transform((statement): PolicyStatement[] => [statement]),
  ]),
});

/** Parses a resource's properties; the error names the resource and the property. */
export function read<Schema extends z.ZodType>(resource: Resource, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(resource.properties);
  if (parsed.success) return parsed.data;
  throw new Error(
    `${resource.stack}: ${resource.type} "${resource.logicalId}" is not what the local stack can read:\n` +
      z.prettifyError(parsed.error),
  );
}
