import { Aws, Duration } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { signInPrefix } from '../names.ts';
import { acknowledge } from './acknowledge.ts';
import { removalPolicy } from './removal.ts';

export interface UserPoolProps {
  readonly config: StageConfig;
  /** Scope name under the resource server `cardguard`, e.g. `customer`. */
  readonly scope: 'customer' | 'agent';
  readonly mfa: cognito.Mfa;
  readonly accessTokenValidity: Duration;
  readonly callbackUrls: readonly string[];
  /** Roles of its people by name, with what they may do; administrators put people into them. */
  readonly groups?: Readonly<Record<string, string>>;
  /** Attributes of their people beside the standard ones; administrators write them, people do not. */
  readonly attributes?: readonly string[];
}

export interface UserPoolSide {
  readonly pool: cognito.UserPool;
  readonly clientId: string;
  readonly issuer: string;
}

/**
 * Sign-in of one kind of person: a pool of its own, so that a customer's token can never pass for an
 * agent's, a public client (code with PKCE) and the one scope its routes ask for. Nobody signs up alone.
 */
export function createUserPool(scope: Construct, id: string, props: UserPoolProps): UserPoolSide {
  const { config } = props;
  const real = config.kind === 'real';
  const pool = new cognito.UserPool(scope, id, {
    selfSignUpEnabled: false,
    signInAliases: { username: true, email: true },
    signInCaseSensitive: false,
    mfa: props.mfa,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: 12,
      requireDigits: true,
      requireLowercase: true,
      requireUppercase: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(1),
    },
    accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
    customAttributes: props.attributes && customAttributes(props.attributes),
    featurePlan: real ? cognito.FeaturePlan.PLUS : cognito.FeaturePlan.ESSENTIALS,
    standardThreatProtectionMode: real ? cognito.StandardThreatProtectionMode.FULL_FUNCTION : undefined,
    deletionProtection: real,
    removalPolicy: removalPolicy(config),
  });
  const permission = new cognito.ResourceServerScope({
    scopeName: props.scope,
    scopeDescription: `What a ${props.scope} may do in cardguard`,
  });
  const server = pool.addResourceServer('Server', { identifier: 'cardguard', scopes: [permission] });
  // Scopes of our own are put only into tokens of the pool's own sign-in pages.
  pool.addDomain('Domain', {
    cognitoDomain: { domainPrefix: signInPrefix(config.stage, props.scope) },
  });
  const client = pool.addClient('Client', {
    generateSecret: false,
    // A client may write every attribute unless told otherwise.
    writeAttributes:
      props.attributes && new cognito.ClientAttributes().withStandardAttributes({ email: true }),
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: props.accessTokenValidity,
    idTokenValidity: props.accessTokenValidity,
    refreshTokenValidity: Duration.hours(12),
    supportedIdentityProviders: [cognito.UserPoolClientIdentityProvider.COGNITO],
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [cognito.OAuthScope.OPENID, cognito.OAuthScope.resourceServer(server, permission)],
      callbackUrls: [...props.callbackUrls],
      logoutUrls: [...props.callbackUrls],
    },
  });
  for (const [groupName, description] of Object.entries(props.groups ?? {})) {
    const groupId = groupName.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const { userPoolId } = pool;
    new cognito.CfnUserPoolGroup(pool, groupId, { userPoolId, groupName, description });
  }
  acknowledgeFindings(pool, props);
  return {
    pool,
    clientId: client.userPoolClientId,
    issuer: `https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}/${pool.userPoolId}`,
  };
}

const customAttributes = (names: readonly string[]) =>
  Object.fromEntries(
    names.map((name) => [name, new cognito.StringAttribute({ mutable: true, maxLen: 64 })] as const),
  );

function acknowledgeFindings(pool: cognito.UserPool, props: UserPoolProps): void {
  if (props.mfa !== cognito.Mfa.REQUIRED) {
    acknowledge(pool, {
      'AwsSolutions-COG2':
        'A customer may freeze a card with a simple sign-in: freezing must never wait (D5). Every step that ' +
        'gives something back (unfreeze, changes) will ask for a second factor in the product itself.',
    });
  }
  if (props.config.kind !== 'real') {
    acknowledge(pool, {
      'AwsSolutions-COG8':
        'A try-out account has no real users; the Plus plan is bought in real stages only.',
    });
  }
}
