import * as z from 'zod';
import type { LocalKey, LocalRole, PolicyStatement } from '../model.ts';
import { policyDocument, read, text } from './properties.ts';
import type { Resource } from './scope.ts';

const roleSchema = z.object({
  Policies: z.array(z.object({ PolicyDocument: policyDocument })).default([]),
  ManagedPolicyArns: z.array(text).default([]),
});
const attachedSchema = z.object({ PolicyDocument: policyDocument, Roles: z.array(text).default([]) });
const keySchema = z.object({ KeyPolicy: policyDocument });

/** Roles with all their statements: inline ones and those of policies that name them. */
export function readRoles(resources: readonly Resource[]): LocalRole[] {
  const attached = resources
    .filter(({ type }) => type === 'AWS::IAM::Policy' || type === 'AWS::IAM::ManagedPolicy')
    .map((resource) => read(resource, attachedSchema));
  return resources
    .filter(({ type }) => type === 'AWS::IAM::Role')
    .map((resource) => {
      const role = read(resource, roleSchema);
      const name = resource.identity.ref;
      const statements: PolicyStatement[] = [
        ...role.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
        ...attached
          .filter(({ Roles }) => Roles.includes(name))
          .flatMap((policy) => policy.PolicyDocument.Statement),
      ];
      return {
        arn: resource.identity.attributes.Arn ?? '',
        name,
        logicalId: resource.logicalId,
        statements,
        managed: role.ManagedPolicyArns,
      };
    });
}

export function readKeys(resources: readonly Resource[]): LocalKey[] {
  return resources
    .filter(({ type }) => type === 'AWS::KMS::Key')
    .map((resource) => ({
      arn: resource.identity.attributes.Arn ?? '',
      keyId: resource.identity.ref,
      policy: read(resource, keySchema).KeyPolicy.Statement,
    }));
}

/** A key property may hold a key id, an ARN or an alias; the model always says the ARN. */
export function keyArn(value: string | undefined, resources: readonly Resource[]): string | undefined {
  if (value === undefined || value.startsWith('alias/aws/')) return undefined;
  const key = resources.find(
    ({ type, identity }) =>
      type === 'AWS::KMS::Key' && (identity.ref === value || identity.attributes.Arn === value),
  );
  if (key === undefined) throw new Error(`key ${value} is used by a resource, and no stack makes it`);
  return key.identity.attributes.Arn;
}
