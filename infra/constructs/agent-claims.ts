import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import * as z from 'zod/mini';
import type { StageConfig } from '../config.ts';
import { namesFor } from '../names.ts';
import { createGuardFunction } from './guard-function.ts';

/** Attribute of an agent: the id of their user in Amazon Connect. Cognito puts `custom:` before it. */
export const CONNECT_USER_ATTRIBUTE = 'connect_user_id';

/**
 * Copies one attribute into the access token, which has none by itself (Cognito developer guide, "Pre token generation
 * Lambda trigger", V2_0). Inline, and nothing that can fail: without an answer nobody signs in.
 */
const code = `exports.handler = async (event) => {
  const user = event.request?.userAttributes?.['custom:${CONNECT_USER_ATTRIBUTE}'];
  if (user) {
    const accessTokenGeneration = { claimsToAddOrOverride: { ${CONNECT_USER_ATTRIBUTE}: user } };
    event.response = { claimsAndScopeOverrideDetails: { accessTokenGeneration } };
  }
  return event;
};
`;

/** Lets the agents' own pool say which user of the contact centre an agent is. */
export function addContactCentreClaim(scope: Construct, config: StageConfig, pool: cognito.UserPool): void {
  const { function: trigger } = createGuardFunction(scope, {
    config,
    functionName: namesFor(config.stage).function('agent-claims'),
    spec: {
      id: 'AgentClaims',
      purpose: 'Says in the token of an agent which user of the contact centre they are',
      environment: z.object({}),
      memoryMb: 128,
      timeoutSeconds: 5,
    },
    code: lambda.Code.fromInline(code),
    variables: {},
    statements: [],
  });
  pool.addTrigger(cognito.UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, trigger, cognito.LambdaVersion.V2_0);
}
