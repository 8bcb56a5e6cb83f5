import * as z from 'zod';
import type { LocalApi, LocalFunction } from '../model.ts';
import { functionArn } from './functions.ts';
import { read, text } from './properties.ts';
import type { Resource } from './scope.ts';

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

const apiSchema = z.object({
  Name: text.default(''),
  CorsConfiguration: z
    .object({
      AllowOrigins: z.array(text).default([]),
      AllowMethods: z.array(text).default([]),
      AllowHeaders: z.array(text).default([]),
    })
    .optional(),
});

function apiSettings({ Name: name, CorsConfiguration: cors }: z.output<typeof apiSchema>) {
  return {
    name,
    cors: cors && {
      allowOrigins: cors.AllowOrigins,
      allowMethods: cors.AllowMethods,
      allowHeaders: cors.AllowHeaders,
    },
  };
}

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
      ...apiSettings(read(resource, apiSchema)),
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
