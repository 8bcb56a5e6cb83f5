import * as z from 'zod';
import type { LocalApi, LocalFunction, LocalMapping } from '../model.ts';
import { flag, number, read, text } from './properties.ts';
import type { Resource } from './scope.ts';

const functionSchema = z.object({
  Code: z.object({ S3Key: text.optional() }),
  Handler: text,
  Role: text,
  Timeout: number.default(3),
  MemorySize: number.default(128),
  ReservedConcurrentExecutions: number.optional(),
  Environment: z.object({ Variables: z.record(text, text) }).default({ Variables: {} }),
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
): LocalFunction[] {
  const providers = new Set(resources.map(({ properties }) => properties.ServiceToken));
  return resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .filter(({ identity }) => !providers.has(identity.attributes.Arn))
    .map((resource) => {
      const properties = read(resource, functionSchema);
      const codeDir = assets.get(properties.Code.S3Key ?? '');
      if (codeDir === undefined) {
        throw new Error(
          `${resource.stack}: function "${resource.logicalId}" has no code asset on this machine`,
        );
      }
      return {
        name: resource.identity.ref,
        arn: resource.identity.attributes.Arn ?? '',
        roleArn: properties.Role,
        codeDir,
        handler: properties.Handler,
        environment: properties.Environment.Variables,
        timeoutSeconds: properties.Timeout,
        memoryMegabytes: properties.MemorySize,
        reservedConcurrency: properties.ReservedConcurrentExecutions,
      };
    });
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
  DestinationConfig: z
    .object({ OnFailure: z.object({ Destination: text.optional() }).default({}) })
    .default({ OnFailure: {} }),
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
        onFailureArn: mapping.DestinationConfig.OnFailure.Destination,
      };
    });
}

const routeSchema = z.object({
  ApiId: text,
  RouteKey: text,
  Target: text,
  AuthorizationType: z.enum(['NONE', 'JWT']).default('NONE'),
  AuthorizationScopes: z.array(text).default([]),
  AuthorizerId: text.optional(),
});
const integrationSchema = z.object({
  IntegrationUri: text,
  IntegrationType: z.literal('AWS_PROXY'),
  PayloadFormatVersion: z.literal('2.0', 'only payload format 2.0 runs locally'),
});
const authorizerSchema = z.object({
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.array(text).default(['$request.header.Authorization']),
  JwtConfiguration: z.object({ Issuer: text, Audience: z.array(text).default([]) }),
});

export function readApis(resources: readonly Resource[], functions: readonly LocalFunction[]): LocalApi[] {
  const byRef = (type: string, ref: string | undefined) => {
    const found = resources.find((item) => item.type === type && item.identity.ref === ref);
    if (found === undefined) throw new Error(`a route names ${type} ${ref}, and no stack has it`);
    return found;
  };
  const routes = resources
    .filter(({ type }) => type === 'AWS::ApiGatewayV2::Route')
    .map((resource) => read(resource, routeSchema));
  return resources
    .filter(({ type }) => type === 'AWS::ApiGatewayV2::Api')
    .map((resource) => ({
      id: resource.identity.ref,
      name: read(resource, z.object({ Name: text.default('') })).Name,
      routes: routes
        .filter(({ ApiId }) => ApiId === resource.identity.ref)
        .map((route) => {
          const target = byRef('AWS::ApiGatewayV2::Integration', route.Target.replace(/^integrations\//, ''));
          const jwt = route.AuthorizationType === 'JWT';
          const authorizer = jwt ? byRef('AWS::ApiGatewayV2::Authorizer', route.AuthorizerId) : undefined;
          const configuration = authorizer && read(authorizer, authorizerSchema).JwtConfiguration;
          return {
            routeKey: route.RouteKey,
            functionArn: functionArn(read(target, integrationSchema).IntegrationUri, functions),
            scopes: route.AuthorizationScopes,
            authorizer: configuration && { issuer: configuration.Issuer, audience: configuration.Audience },
          };
        }),
    }));
}
