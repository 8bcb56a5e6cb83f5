import { createHash } from 'node:crypto';
import type { AssemblyStack } from '../assembly.ts';
import { evaluateCondition, isRecord, resolveValue, type Scope } from '../intrinsics.ts';
import { ACCOUNT, hasOwnIdentity, type Identity, identify, PARTITION, REGION } from './identities.ts';

/** A resource with everything resolved. */
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly identity: Identity;
}

/** All stacks of an assembly with their intrinsics, conditions and parameters resolved against each other. */
export interface ResolvedAssembly {
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, string>>;
}

interface StackScope extends Scope {
  identity(logicalId: string): Identity;
}

export function resolveAssembly(stacks: readonly AssemblyStack[], endpoint: string): ResolvedAssembly {
  const scopes = new Map<AssemblyStack, StackScope>();
  const shared = createShared(stacks, (stack) => requireScope(scopes, stack));
  for (const stack of stacks) scopes.set(stack, createScope(stack, endpoint, shared));
  const resources: Resource[] = [];
  const outputs: Record<string, string> = {};
  for (const [stack, scope] of scopes) {
    for (const [logicalId, resource] of Object.entries(stack.template.Resources)) {
      if (resource.Condition !== undefined && !scope.condition(resource.Condition)) continue;
      const path = `${stack.name}/${logicalId}`;
      const properties = resolveValue(resource.Properties ?? {}, scope, path);
      resources.push({
        stack: stack.name,
        logicalId,
        type: resource.Type,
        properties: isRecord(properties) ? properties : {},
        identity: scope.identity(logicalId),
      });
    }
    for (const [name, output] of Object.entries(stack.template.Outputs)) {
      if (output.Condition !== undefined && !scope.condition(output.Condition)) continue;
      outputs[`${stack.name}.${name}`] = String(
        resolveValue(output.Value, scope, `${stack.name}/Outputs/${name}`),
      );
    }
  }
  return { resources, outputs };
}

function requireScope(scopes: ReadonlyMap<AssemblyStack, StackScope>, stack: AssemblyStack): StackScope {
  const scope = scopes.get(stack);
  if (scope === undefined) throw new Error(`stack ${stack.name} was not read`);
  return scope;
}

/** What one stack reads of another: SSM parameters, secrets and exports. */
interface Shared {
  parameter(name: string): string;
  secret(reference: string): string;
  exported(name: string): unknown;
}

function createShared(
  stacks: readonly AssemblyStack[],
  scopeOf: (stack: AssemblyStack) => StackScope,
): Shared {
  function* ofType(type: string) {
    for (const stack of stacks) {
      for (const [logicalId, resource] of Object.entries(stack.template.Resources)) {
        if (resource.Type === type)
          yield { scope: scopeOf(stack), logicalId, properties: resource.Properties ?? {} };
      }
    }
  }
  return {
    parameter(name) {
      for (const { scope, logicalId } of ofType('AWS::SSM::Parameter')) {
        const identity = scope.identity(logicalId);
        if (identity.ref === name) return identity.attributes.Value ?? '';
      }
      throw new Error(`SSM parameter ${name} is read by a stack, and no stack writes it`);
    },
    secret(reference) {
      const [, id = reference, key] = /^(.+?):SecretString(?::([^:]*))?/.exec(reference) ?? [];
      for (const { scope, logicalId, properties } of ofType('AWS::SecretsManager::Secret')) {
        const { ref } = scope.identity(logicalId);
        if (ref !== id && !ref.includes(`:secret:${id}-`)) continue;
        const value = secretValue(resolveValue(properties, scope, logicalId), `${logicalId}`);
        if (key === undefined || key === '') return value;
        const fields: unknown = JSON.parse(value);
        return isRecord(fields) ? String(fields[key]) : value;
      }
      throw new Error(`secret ${id} is read by a stack, and no stack makes it`);
    },
    exported(name) {
      for (const stack of stacks) {
        for (const [key, output] of Object.entries(stack.template.Outputs)) {
          if (output.Export === undefined) continue;
          const scope = scopeOf(stack);
          if (resolveValue(output.Export.Name, scope) === name) return resolveValue(output.Value, scope, key);
        }
      }
      throw new Error(`export ${name} is read by a stack, and no stack has it`);
    },
  };
}

/**
 * The first value of a secret. A generated one is derived from the logical id instead of being random: a
 * restart with a kept state directory must still read what it wrote. It guards nothing but local test data.
 */
export function secretValue(properties: unknown, seed: string): string {
  const { SecretString, GenerateSecretString } = isRecord(properties) ? properties : {};
  if (typeof SecretString === 'string') return SecretString;
  const options = isRecord(GenerateSecretString) ? GenerateSecretString : {};
  const length = typeof options.PasswordLength === 'number' ? options.PasswordLength : 32;
  let generated = '';
  for (let block = 0; generated.length < length; block += 1) {
    generated += createHash('sha256').update(`local ${seed} ${block}`).digest('hex');
  }
  generated = generated.slice(0, length);
  if (typeof options.GenerateStringKey !== 'string') return generated;
  const template: unknown = JSON.parse(String(options.SecretStringTemplate ?? '{}'));
  return JSON.stringify({ ...(isRecord(template) ? template : {}), [options.GenerateStringKey]: generated });
}

const PSEUDO: Readonly<Record<string, string | undefined>> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Region': REGION,
  'AWS::Partition': PARTITION,
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::NoValue': undefined,
};

function createScope(stack: AssemblyStack, endpoint: string, shared: Shared): StackScope {
  const { template, name } = stack;
  const identities = new Map<string, Identity>();
  const conditions = new Map<string, boolean>();
  const scope: StackScope = {
    identity(logicalId) {
      const known = identities.get(logicalId);
      if (known !== undefined) return known;
      const resource = template.Resources[logicalId];
      if (resource === undefined) throw new Error(`${name}: no resource or parameter "${logicalId}"`);
      const property = (key: string): string | undefined => {
        const value = resolveValue(resource.Properties?.[key], scope, `${name}/${logicalId}/${key}`);
        return value === undefined ? undefined : String(value);
      };
      const identity = identify({ type: resource.Type, stack: name, logicalId, property, endpoint });
      identities.set(logicalId, identity);
      return identity;
    },
    ref(target) {
      if (target in PSEUDO) return PSEUDO[target];
      if (target === 'AWS::StackName') return name;
      if (target === 'AWS::StackId')
        return `arn:${PARTITION}:cloudformation:${REGION}:${ACCOUNT}:stack/${name}/local`;
      const parameter = template.Parameters[target];
      if (parameter === undefined) return scope.identity(target).ref;
      const value = String(parameter.Default ?? '');
      return parameter.Type.startsWith('AWS::SSM::Parameter::Value') ? shared.parameter(value) : value;
    },
    attribute(logicalId, attribute) {
      const value = scope.identity(logicalId).attributes[attribute];
      if (value !== undefined) return value;
      const type = template.Resources[logicalId]?.Type ?? '';
      if (!hasOwnIdentity(type)) return `${name}-${logicalId}-${attribute}`;
      throw new Error(`${name}: ${type} "${logicalId}" has no local attribute ${attribute}`);
    },
    condition(condition) {
      const known = conditions.get(condition);
      if (known !== undefined) return known;
      const definition = template.Conditions[condition];
      if (definition === undefined) throw new Error(`${name}: no condition "${condition}"`);
      const value = evaluateCondition(definition, scope, `${name}/Conditions/${condition}`);
      conditions.set(condition, value);
      return value;
    },
    mapping(map, top, second) {
      const tops = template.Mappings[map];
      const seconds = isRecord(tops) ? tops[top] : undefined;
      if (isRecord(seconds) && second in seconds) return seconds[second];
      throw new Error(`${name}: mapping ${map} has no ${top}.${second}`);
    },
    importValue: shared.exported,
    dynamic(service, reference) {
      if (service === 'ssm') return shared.parameter(reference.replace(/:\d+$/, ''));
      if (service === 'secretsmanager') return shared.secret(reference);
      throw new Error(`${name}: the local stack does not resolve {{resolve:${service}:…}}`);
    },
  };
  return scope;
}
