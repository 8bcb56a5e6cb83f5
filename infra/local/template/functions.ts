import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { LocalFunction, LocalMapping } from '../model.ts';
import { flag, number, read, text } from './properties.ts';
import type { Resource } from './scope.ts';

const functionSchema = z.object({
  Code: z.object({ S3Key: text.optional(), ZipFile: text.optional() }),
  Handler: text,
  Role: text,
  Timeout: number.default(3),
  MemorySize: number.default(128),
  ReservedConcurrentExecutions: number.optional(),
  Environment: z.object({ Variables: z.record(text, text) }).default({ Variables: {} }),
  DeadLetterConfig: z.object({ TargetArn: text.optional() }).optional(),
});
const onFailureSchema = z.object({
  OnFailure: z.object({ Destination: text.optional() }).optional(),
});
const asynchronousSchema = z.object({
  FunctionName: text,
  MaximumRetryAttempts: number.default(2),
  DestinationConfig: onFailureSchema.optional(),
});

/** The function an ARN runs: an alias or version qualifier is cut off. A bare name becomes an ARN. */
export function functionArn(nameOrArn: string, functions: readonly LocalFunction[]): string {
  const [, invoked = nameOrArn] = /\/functions\/(arn:.+)\/invocations$/.exec(nameOrArn) ?? [];
  const found = functions.find(
    (item) => item.arn === invoked || item.name === invoked || invoked.startsWith(`${item.arn}:`),
  );
  if (found === undefined) throw new Error(`${nameOrArn} is called, and no stack has that function`);
  return found.arn;
}

/** Functions of the product; those that only serve custom resources have nothing to do locally. */
export function readFunctions(
  resources: readonly Resource[],
  assets: ReadonlyMap<string, string>,
  /** Folder that receives code written in the template itself. */
  inlineRoot: string,
): LocalFunction[] {
  const providers = new Set(resources.map(({ properties }) => properties.ServiceToken));
  const asynchronous = resources
    .filter(({ type }) => type === 'AWS::Lambda::EventInvokeConfig')
    .map((resource) => read(resource, asynchronousSchema));
  return resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .filter(({ identity }) => !providers.has(identity.attributes.Arn))
    .map((resource) => {
      const properties = read(resource, functionSchema);
      const { ref } = resource.identity;
      const configured = asynchronous.find(({ FunctionName }) => FunctionName === ref);
      const { S3Key, ZipFile } = properties.Code;
      const codeDir =
        ZipFile === undefined ? assets.get(S3Key ?? '') : writeInlineCode(join(inlineRoot, ref), ZipFile);
      if (codeDir === undefined) {
        throw new Error(
          `${resource.stack}: function "${resource.logicalId}" has no code asset on this machine`,
        );
      }
      return {
        name: ref,
        arn: resource.identity.attributes.Arn ?? '',
        roleArn: properties.Role,
        codeDir,
        handler: properties.Handler,
        environment: properties.Environment.Variables,
        timeoutSeconds: properties.Timeout,
        memoryMegabytes: properties.MemorySize,
        reservedConcurrency: properties.ReservedConcurrentExecutions,
        asynchronous: {
          retryAttempts: configured?.MaximumRetryAttempts ?? 2,
          onFailureArn:
            configured?.DestinationConfig?.OnFailure?.Destination ?? properties.DeadLetterConfig?.TargetArn,
        },
      };
    });
}

function writeInlineCode(directory: string, code: string): string {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{"type":"commonjs"}\n');
  writeFileSync(join(directory, 'index.js'), code);
  return directory;
}

const mappingSchema = z.object({
  FunctionName: text,
  EventSourceArn: text,
  Enabled: flag.default(true),
  BatchSize: number.optional(),
  MaximumBatchingWindowInSeconds: number.default(0),
  FilterCriteria: z
    .object({ Filters: z.array(z.object({ Pattern: text })).default([]) })
    .default({ Filters: [] }),
  FunctionResponseTypes: z.array(text).default([]),
  BisectBatchOnFunctionError: flag.default(false),
  MaximumRetryAttempts: number.default(-1),
  MaximumRecordAgeInSeconds: number.default(-1),
  ParallelizationFactor: number.default(1),
  ScalingConfig: z.object({ MaximumConcurrency: number.optional() }).default({}),
  StartingPosition: z.enum(['LATEST', 'TRIM_HORIZON']).optional(),
  DestinationConfig: onFailureSchema.optional(),
});
const patternSchema = z.record(text, z.unknown());

export function readMappings(
  resources: readonly Resource[],
  functions: readonly LocalFunction[],
): LocalMapping[] {
  return resources
    .filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping')
    .flatMap((resource) => {
      const mapping = read(resource, mappingSchema);
      if (!mapping.Enabled) return [];
      const isStream = mapping.EventSourceArn.includes(':dynamodb:');
      return {
        functionArn: functionArn(mapping.FunctionName, functions),
        sourceArn: mapping.EventSourceArn,
        batchSize: mapping.BatchSize ?? (isStream ? 100 : 10),
        maximumBatchingWindowSeconds: mapping.MaximumBatchingWindowInSeconds,
        filters: mapping.FilterCriteria.Filters.map(({ Pattern }) =>
          patternSchema.parse(JSON.parse(Pattern)),
        ),
        reportBatchItemFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
        bisectOnError: mapping.BisectBatchOnFunctionError,
        maximumRetryAttempts: mapping.MaximumRetryAttempts,
        maximumRecordAgeSeconds: mapping.MaximumRecordAgeInSeconds,
        parallelizationFactor: mapping.ParallelizationFactor,
        maximumConcurrency: mapping.ScalingConfig.MaximumConcurrency,
        startingPosition: mapping.StartingPosition,
        onFailureArn: mapping.DestinationConfig?.OnFailure?.Destination,
      };
    });
}
