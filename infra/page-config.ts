import { Aws } from 'aws-cdk-lib';
import type { StageConfig } from './config.ts';
import { signInOrigin } from './names.ts';
import type { SharedParameter } from './parameters.ts';
import { apiSides } from './routes.ts';

export type ReadParameter = (parameter: SharedParameter) => string;

type Side = 'customers' | 'agents';

/** `config.json` beside the page: what differs between stages, so that one build serves them all. */
export function pageConfig(config: StageConfig, read: ReadParameter) {
  return {
    api: read('api-url'),
    bank: { 'zh-CN': config.bankNameZh, en: config.bankNameEn },
    zone: config.issuerZone,
    local: false,
    customers: signInOf('customers', config, read),
    agents: signInOf('agents', config, read),
  };
}

function signInOf(side: Side, config: StageConfig, read: ReadParameter) {
  const scope = `openid ${apiSides[side].scope}`;
  const own = ownSignIn(side, config);
  if (own !== undefined) return { ...own, scope };
  return { issuer: read(`${side}-issuer`), clientId: read(`${side}-client-id`), scope };
}

/** The bank's own sign-in, where it has one; its client for the page, else the first audience. */
function ownSignIn(side: Side, config: StageConfig) {
  const [issuer, audience, client] =
    side === 'customers'
      ? [config.customerIssuer, config.customerAudience, config.customerPageClient]
      : [config.agentIssuer, config.agentAudience, config.agentPageClient];
  return issuer === undefined ? undefined : { issuer, clientId: client ?? audience?.[0] ?? '' };
}

/** Where the page may talk to beside its own origin: the API, the sign-ins, where papers are sent to, and nothing else. */
export function pageConnections(config: StageConfig, read: ReadParameter): string[] {
  const cognito = `https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}`;
  const signIns = [
    ...(config.customerIssuer === undefined
      ? [cognito, signInOrigin(config.stage, 'customer')]
      : [new URL(config.customerIssuer).origin]),
    ...(config.agentIssuer === undefined
      ? [cognito, signInOrigin(config.stage, 'agent')]
      : [new URL(config.agentIssuer).origin]),
  ];
  const evidence = `https://${read('evidence-domain')}`;
  return [...new Set([read('api-url'), evidence, ...signIns, ...config.pageConnect])];
}
