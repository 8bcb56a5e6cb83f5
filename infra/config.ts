import type { Node } from 'constructs';
import * as z from 'zod/mini';

/**
 * The context keys of a deployment (`-c key=value` or cdk.json), parsed once with the defaults of the
 * stage. docs/deploy.md holds the table for people; a test compares the two.
 */
const name = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9-]{0,18}$/, 'lower case letters, digits and dashes, at most 19'));
const flag = z.pipe(
  z.union([z.boolean(), z.enum(['true', 'false'])]),
  z.transform((v) => v === true || v === 'true'),
);
const count = z.pipe(z.coerce.number(), z.int().check(z.gte(0)));
const list = z.pipe(
  z.string(),
  z.transform((v) =>
    v
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  ),
);
const url = z.string().check(z.regex(/^https?:\/\/\S+$/, 'an http(s) address'));
const uuid = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'an id such as 1a2b3c4d-…'));
const e164 = z.string().check(z.regex(/^\+[1-9]\d{6,14}$/, 'E.164, e.g. +12065550100'));
const domain = z.string().check(z.regex(/^[a-z0-9.-]+$/, 'a domain, e.g. bank.example'));
// CloudFront reads certificates and web ACLs of this one Region.
const atTheEdge = (service: string) =>
  z
    .string()
    .check(z.regex(new RegExp(`^arn:[a-z-]+:${service}:us-east-1:\\d{12}:\\S+$`), 'an ARN of us-east-1'));
const usd = z.string().check(z.regex(/^\d+(\.\d{1,5})?$/, 'an amount in USD, e.g. 0.30'));

export const contextSchema = z.object({
  stage: z._default(name, 'sandbox'),
  nag: z.optional(flag),
  bankAccountId: z.optional(z.string().check(z.regex(/^\d{12}$/, 'twelve digits'))),
  bankBusArn: z.optional(
    z.string().check(z.regex(/^arn:[a-z-]+:events:\S+:event-bus\/\S+$/, 'ARN of an event bus')),
  ),
  customerIssuer: z.optional(url),
  customerAudience: z.optional(list),
  agentIssuer: z.optional(url),
  agentAudience: z.optional(list),
  customerCallbackUrls: z.optional(list),
  agentCallbackUrls: z.optional(list),
  webOrigins: z.optional(list),
  pageDomain: z.optional(domain),
  pageCertificateArn: z.optional(atTheEdge('acm')),
  pageWebAclArn: z.optional(atTheEdge('wafv2')),
  pagePriceClass: z._default(z.enum(['100', '200', 'all']), 'all'),
  pageConnect: z._default(list, []),
  customerPageClient: z.optional(z.string()),
  agentPageClient: z.optional(z.string()),
  passkeyRpId: z.optional(domain),
  passkeyOrigins: z.optional(list),
  emailFrom: z.optional(z.string().check(z.email())),
  alarmEmail: z.optional(z.string().check(z.email())),
  evidenceScan: z.optional(z.enum(['guardduty', 'none'])),
  freezeConcurrency: z.optional(count),
  apiConcurrency: z.optional(count),
  bankNameZh: z._default(z.string(), '示例银行'),
  bankNameEn: z._default(z.string(), 'Example Bank'),
  issuerZone: z._default(
    z.string().check(z.refine(isTimeZone, 'an IANA time zone, e.g. Asia/Shanghai')),
    'Asia/Shanghai',
  ),
  smsNumber: z._default(z.enum(['two-way', 'none']), 'none'),
  smsNumberCountry: z._default(z.string().check(z.length(2)), 'US'),
  smsNumberType: z._default(z.enum(['TOLL_FREE', 'LONG_CODE', 'TEN_DLC', 'SIMULATOR']), 'TOLL_FREE'),
  smsReplies: z.optional(z.enum(['two-way', 'none'])),
  smsOriginationNumber: z.optional(e164),
  smsSenderId: z._default(
    z.string().check(z.regex(/^[A-Za-z0-9]{0,11}$/, 'at most 11 letters and digits')),
    '',
  ),
  smsMaxPriceUsd: z._default(usd, '0.30'),
  smsCountries: z._default(list, ['US', 'CN', 'HK', 'SG', 'GB']),
  smsRoutes: z._default(
    z
      .string()
      .check(
        z.regex(
          /^(\s*[A-Z]{2}( [a-z]+=[^\s;]+)+\s*(;|$))*$/,
          'e.g. GB sender=EXBANK; US number=+12065550100',
        ),
      ),
    '',
  ),
  smsCaps: z._default(
    z.string().check(z.regex(/^([a-z]+(\.[a-z]+){2}=\d{1,7}(,\s*|$))*$/, 'e.g. unasked.system.minute=60')),
    '',
  ),
  freezeBreaker: z._default(
    z.string().check(z.regex(/^([a-zA-Z]+=\d{1,6}(,\s*|$))*$/, 'e.g. leastFreezes=30,timesUsual=6')),
    '',
  ),
  connectInstanceId: z.optional(uuid),
  connectQueueId: z.optional(uuid),
  connectSourceNumber: z.optional(e164),
  smsMonthlySpendUsd: z._default(z.pipe(z.coerce.number(), z.int().check(z.gte(1))), 1),
});

export type StageContext = z.output<typeof contextSchema>;

/** What differs between a laptop, the try-out account and a real deployment. */
export interface StageConfig extends StageContext {
  /** `local` runs on a laptop, `sandbox` in a try-out account; both are destroyed without a trace. */
  readonly kind: 'local' | 'sandbox' | 'real';
  readonly disposable: boolean;
  readonly smsReplies: 'two-way' | 'none';
  readonly passkeyRpId: string;
  readonly passkeyOrigins: string[];
  readonly rentsSmsNumber: boolean;
  /** Who looks for malware in what customers send; `none`: nobody. */
  readonly evidenceScan: 'guardduty' | 'none';
  /** Executions kept free for freezing, and for customers; 0 reserves none. */
  readonly freezeConcurrency: number;
  readonly apiConcurrency: number;
}

export function readConfig(node: Node): StageConfig {
  const given = Object.fromEntries(
    Object.keys(contextSchema.shape)
      .map((key) => [key, node.tryGetContext(key)] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = contextSchema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `  -c ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`These context values do not fit (docs/deploy.md lists them):\n${problems.join('\n')}`);
  }
  return withStageDefaults({ ...parsed.data, ...origins(parsed.data) });
}

function withStageDefaults(context: StageContext): StageConfig {
  const kind = context.stage === 'local' || context.stage === 'sandbox' ? context.stage : 'real';
  const local = kind === 'local';
  requireBoth(context);
  return {
    ...context,
    kind,
    disposable: kind !== 'real',
    ...(local ? localSignIn(context) : {}),
    // A try-out account may run 10 functions at once in all; reserving any of them would be refused.
    freezeConcurrency: context.freezeConcurrency ?? (kind === 'real' ? 50 : 0),
    apiConcurrency: context.apiConcurrency ?? (kind === 'real' ? 50 : 0),
    // A number of the range for fiction: carriers of some countries take texts from no other sender.
    smsOriginationNumber: context.smsOriginationNumber ?? (local ? '+12065550100' : undefined),
    // On a laptop the simulated phone answers, without a number to rent.
    rentsSmsNumber: context.smsNumber === 'two-way' && !local,
    ...evidenceScan(context, kind),
    // Nothing leaves a laptop: its mailboxes are simulated.
    emailFrom: context.emailFrom ?? (local ? 'alerts@bank.example' : undefined),
    ...passkeys(context),
    ...contactCentre(context, local),
    smsReplies: context.smsReplies ?? (local ? 'two-way' : context.smsNumber),
  };
}

/** A laptop signs its own tokens, unless told of somebody else who does. */
const localSignIn = (context: StageContext): Partial<StageContext> => ({
  customerIssuer: context.customerIssuer ?? 'http://127.0.0.1/cardguard/customers',
  customerAudience: context.customerAudience ?? ['cardguard'],
  agentIssuer: context.agentIssuer ?? 'http://127.0.0.1/cardguard/agents',
  agentAudience: context.agentAudience ?? ['cardguard'],
});

/** Where the page stands is who may call the API and where sign-ins return to, unless told otherwise. */
function origins(context: StageContext): Partial<StageContext> {
  const { pageDomain, pageCertificateArn } = context;
  if ((pageDomain === undefined) !== (pageCertificateArn === undefined)) {
    throw new Error('Give both -c pageDomain=… and -c pageCertificateArn=…, or neither.');
  }
  const webOrigins = context.webOrigins ?? (pageDomain === undefined ? undefined : [`https://${pageDomain}`]);
  return {
    webOrigins,
    customerCallbackUrls: context.customerCallbackUrls ?? webOrigins?.map((origin) => `${origin}/`),
    agentCallbackUrls: context.agentCallbackUrls ?? webOrigins?.map((origin) => `${origin}/desk`),
  };
}

/** A try-out account sends itself harmless files, and GuardDuty is billed by the gigabyte. */
const evidenceScan = (
  context: StageContext,
  kind: StageConfig['kind'],
): Pick<StageConfig, 'evidenceScan'> => ({
  evidenceScan: context.evidenceScan ?? (kind === 'sandbox' ? 'none' : 'guardduty'),
});

/** Passkeys belong to the web app's own domain unless told otherwise; on a laptop to `localhost`. */
function passkeys(context: StageContext): Pick<StageConfig, 'passkeyRpId' | 'passkeyOrigins'> {
  const passkeyOrigins = context.passkeyOrigins ?? context.webOrigins ?? ['http://localhost'];
  const passkeyRpId = context.passkeyRpId ?? new URL(passkeyOrigins[0] ?? 'http://localhost').hostname;
  for (const origin of passkeyOrigins) {
    const { hostname } = new URL(origin);
    if (hostname !== passkeyRpId && !hostname.endsWith(`.${passkeyRpId}`)) {
      throw new Error(`-c passkeyOrigins: ${origin} is not of the domain -c passkeyRpId=${passkeyRpId}`);
    }
  }
  return { passkeyRpId, passkeyOrigins };
}

/** A contact centre that is nowhere: its flow is run by the local stack's own caller. */
const LOCAL_CONTACT_CENTRE = {
  connectInstanceId: '10000000-0000-4000-8000-000000000001',
  connectQueueId: '10000000-0000-4000-8000-000000000002',
};

function contactCentre(context: StageContext, local: boolean): Partial<StageContext> {
  if ((context.connectInstanceId === undefined) !== (context.connectQueueId === undefined)) {
    throw new Error('Give both -c connectInstanceId=… and -c connectQueueId=…, or neither for no phone.');
  }
  return local && context.connectInstanceId === undefined ? LOCAL_CONTACT_CENTRE : {};
}

function requireBoth(context: StageContext): void {
  const pairs = [
    ['customerIssuer', 'customerAudience'],
    ['agentIssuer', 'agentAudience'],
  ] as const;
  for (const [issuer, audience] of pairs) {
    if (context.stage !== 'local' && (context[issuer] === undefined) !== (context[audience] === undefined)) {
      throw new Error(`Give both -c ${issuer}=… and -c ${audience}=…, or neither for a Cognito user pool.`);
    }
  }
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
