import { join } from 'node:path';
import { readAssembly } from './assembly.ts';
import type { LocalModel } from './model.ts';
import { readKeys, readRoles } from './template/access.ts';
import { readApis } from './template/apis.ts';
import { readContactFlows } from './template/contact-flows.ts';
import { readSecrets, readTables } from './template/data.ts';
import { readFunctions, readMappings } from './template/functions.ts';
import { ACCOUNT, REGION } from './template/identities.ts';
import { isLeftOut, KNOWN } from './template/left-out.ts';
import {
  readBuses,
  readLogSubscriptions,
  readQueues,
  readRules,
  readSubscriptions,
  readTopics,
} from './template/messaging.ts';
import { type Resource, resolveAssembly } from './template/scope.ts';
import { readBuckets, readScans } from './template/storage.ts';

/**
 * What the local stack runs, read from a synthesised app. `endpoint` is where it will answer: queue URLs
 * and the API's address are values in the functions' environment, so the port is chosen before.
 * Throws for a resource type it neither runs nor leaves out on purpose.
 */
export function readModel(assemblyDirectory: string, { endpoint }: { endpoint: string }): LocalModel {
  const stacks = readAssembly(assemblyDirectory);
  const { resources, outputs } = resolveAssembly(stacks, endpoint);
  const unknown = resources.filter(({ type }) => !KNOWN.has(type) && !isLeftOut(type));
  if (unknown.length > 0) throw new Error(unknownTypes(unknown));
  const assets = new Map(stacks.flatMap((stack) => [...stack.assets]));
  const functions = readFunctions(resources, assets, join(assemblyDirectory, 'inline'));
  const roles = readRoles(resources);
  for (const { name, roleArn } of functions) {
    if (!roles.some(({ arn }) => arn === roleArn))
      throw new Error(`function ${name}: no stack has role ${roleArn}`);
  }
  return {
    account: ACCOUNT,
    region: REGION,
    functions,
    roles,
    tables: readTables(resources),
    queues: readQueues(resources),
    topics: readTopics(resources),
    subscriptions: readSubscriptions(resources),
    logSubscriptions: readLogSubscriptions(resources),
    buses: readBuses(resources),
    rules: readRules(resources),
    mappings: readMappings(resources, functions),
    keys: readKeys(resources),
    secrets: readSecrets(resources),
    buckets: readBuckets(resources),
    scans: readScans(resources),
    apis: readApis(resources, functions),
    contactFlows: readContactFlows(resources),
    parameters: Object.fromEntries(
      resources
        .filter(({ type }) => type === 'AWS::SSM::Parameter')
        .map(({ identity }) => [identity.ref, identity.attributes.Value ?? '']),
    ),
    outputs,
    leftOut: [...new Set(resources.map(({ type }) => type).filter(isLeftOut))].sort(),
  };
}

function unknownTypes(resources: readonly Resource[]): string {
  const lines = resources.map(({ stack, type, logicalId }) => `  ${stack}: ${type} "${logicalId}"`);
  return (
    `The local stack does not know what to do with:\n${lines.join('\n')}\n` +
    'Teach infra/local/template.ts to read it, or name it with a reason in infra/local/template/left-out.ts.'
  );
}
