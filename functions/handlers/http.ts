import middy from '@middy/core';
import httpRouter, { type Method } from '@middy/http-router';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { type ProblemName, problems, problemType } from '../api/problems.ts';
import type { Telemetry } from './telemetry.ts';

export type HttpEvent = APIGatewayProxyEventV2WithJWTAuthorizer;
export type HttpAnswer = APIGatewayProxyStructuredResultV2;

export interface HttpRoute {
  readonly method: Method;
  readonly path: string;
  readonly handle: (event: HttpEvent) => Promise<HttpAnswer>;
}

export const answer = (statusCode: number, body: object): HttpAnswer => ({
  statusCode,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

/** RFC 9457. `type` names the problem for programs, `title` says what to do for people. */
export const problem = (statusCode: number, type: string, title: string): HttpAnswer => ({
  statusCode,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  body: JSON.stringify({ type: `urn:cardguard:problem:${type}`, title, status: statusCode }),
});

/** A problem of the catalogue; `more` are members of its own, of which none may repeat what was sent. */
export function refuse(name: ProblemName, more: object = {}): HttpAnswer {
  const { status, title } = problems[name];
  const plain = problem(status, name, title);
  return { ...plain, body: JSON.stringify({ type: problemType(name), title, status, ...more }) };
}

/** The caller as the gateway verified it: issuer and subject of the token. */
export function callerOf(event: HttpEvent): { issuer: string; subject: string; name: string } {
  const { claims } = event.requestContext.authorizer.jwt;
  const subject = String(claims.sub ?? '');
  return {
    issuer: String(claims.iss ?? ''),
    subject,
    // An access token of Cognito carries `username`; `name` only where the pool adds it.
    name: String(claims.name ?? claims.username ?? subject),
  };
}

/**
 * The groups the sign-in put the caller in: Cognito's own claim, or `groups` or `roles` of another issuer. The gateway
 * hands a list over as text, `[one two]`.
 */
export function groupsOf(event: HttpEvent): readonly string[] {
  const { claims } = event.requestContext.authorizer.jwt;
  return ['cognito:groups', 'groups', 'roles'].flatMap((name) =>
    String(claims[name] ?? '')
      .split(/[[\]\s,]+/)
      .filter((group) => group !== ''),
  );
}

/** A user's id in Amazon Connect. */
const contactCentreUserSchema = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));

/**
 * The caller's own user in the contact centre, as the sign-in names it. Undefined: they have none, or it is no id of one.
 */
export function contactCentreUserOf(event: HttpEvent): string | undefined {
  const { claims } = event.requestContext.authorizer.jwt;
  return contactCentreUserSchema.safeParse(claims.connect_user_id).data;
}

/** A part of the path that has the form of what it names; anything else names nothing and is logged nowhere. */
export function pathPart<Schema extends z.ZodMiniType<string>>(
  event: HttpEvent,
  name: string,
  schema: Schema,
): z.output<Schema> | undefined {
  return schema.safeParse(event.pathParameters?.[name]).data;
}

/** One function behind several routes; a fault becomes a plain 500 that reveals nothing. */
export function httpHandler(telemetry: Telemetry, routes: readonly HttpRoute[]) {
  return middy<HttpEvent, HttpAnswer>()
    .after(telemetry.flush)
    .onError((request) => {
      const status = statusOf(request.error);
      if (status === 500) telemetry.warn('message_failed', request.error);
      telemetry.flush();
      request.response = status === 404 ? refuse('no-such-route') : refuse('internal');
    })
    .handler(
      httpRouter<HttpEvent, HttpAnswer>(
        routes.map(({ method, path, handle }) => ({
          method,
          path,
          handler: (event: HttpEvent) => handle(event),
        })),
      ),
    );
}

const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'statusCode' in error && error.statusCode === 404
    ? 404
    : 500;
