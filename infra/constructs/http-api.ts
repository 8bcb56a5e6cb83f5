import { CfnOutput } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { type FunctionName, guardFunctions } from '../functions.ts';
import { type ApiSide, type ApiSideName, apiSides, servedBy } from '../routes.ts';
import { removalPolicy } from './removal.ts';

export interface TokenSource {
  readonly issuer: string;
  readonly audience: readonly string[];
}

export interface HttpApiProps {
  readonly config: StageConfig;
  readonly apiName: string;
  readonly targetOf: (name: FunctionName) => lambda.IFunction;
  readonly tokens: Readonly<Record<ApiSideName, TokenSource>>;
}

/** The HTTP API (payload 2.0): no route without an authorizer and a scope. */
export function createHttpApi(scope: Construct, id: string, props: HttpApiProps): apigateway.HttpApi {
  const { config } = props;
  const api = new apigateway.HttpApi(scope, id, {
    apiName: props.apiName,
    description: 'cardguard: customers and agents',
    createDefaultStage: false,
    corsPreflight: config.webOrigins && {
      allowOrigins: [...config.webOrigins],
      allowMethods: [apigateway.CorsHttpMethod.GET, apigateway.CorsHttpMethod.POST],
      allowHeaders: ['authorization', 'content-type', 'idempotency-key'],
    },
  });
  for (const name of Object.keys(apiSides) as ApiSideName[]) addSide(api, name, props);
  addStage(scope, id, api, config);
  new CfnOutput(scope, 'ApiUrl', { value: api.apiEndpoint });
  return api;
}

function addSide(api: apigateway.HttpApi, name: ApiSideName, props: HttpApiProps): void {
  const side: ApiSide = apiSides[name];
  const title = name === 'customers' ? 'Customers' : 'Agents';
  const token = props.tokens[name];
  const authorizer = new HttpJwtAuthorizer(`${title}Authorizer`, token.issuer, {
    jwtAudience: [...token.audience],
  });
  const integrations = new Map<FunctionName, HttpLambdaIntegration>();
  const integrationOf = (target: FunctionName): HttpLambdaIntegration => {
    const id = target === side.function ? title : guardFunctions[target].id;
    const integration =
      integrations.get(target) ??
      new HttpLambdaIntegration(`${id}Integration`, props.targetOf(target), {
        payloadFormatVersion: apigateway.PayloadFormatVersion.VERSION_2_0,
        // One permission per function, not per route: a stack has 500 resources at most.
        scopePermissionToRoute: false,
      });
    integrations.set(target, integration);
    return integration;
  };
  for (const route of side.routes) {
    api.addRoutes({
      path: route.path,
      methods: [apigateway.HttpMethod[route.method]],
      integration: integrationOf(servedBy(side, route)),
      authorizer,
      authorizationScopes: [side.scope],
    });
  }
}

function addStage(scope: Construct, id: string, api: apigateway.HttpApi, config: StageConfig): void {
  const accessLogs = new logs.LogGroup(scope, `${id}AccessLogs`, {
    retention: config.disposable ? logs.RetentionDays.ONE_WEEK : logs.RetentionDays.SIX_MONTHS,
    removalPolicy: removalPolicy(config),
  });
  new apigateway.HttpStage(scope, `${id}Stage`, {
    httpApi: api,
    stageName: '$default',
    autoDeploy: true,
    // Above any honest load of one bank's app. Nothing limits a single customer yet.
    throttle: { rateLimit: 500, burstLimit: 1000 },
    detailedMetricsEnabled: true,
    accessLogSettings: {
      destination: new apigateway.LogGroupLogDestination(accessLogs),
      format: accessLogFormat,
    },
  });
}

/** The route, never the path: a path holds card tokens and ticket numbers. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    requestTime: '$context.requestTime',
    routeKey: '$context.routeKey',
    status: '$context.status',
    ip: '$context.identity.sourceIp',
    latencyMs: '$context.responseLatency',
    integrationLatencyMs: '$context.integrationLatency',
    error: '$context.error.message',
    authorizerError: '$context.authorizer.error',
  }),
);
