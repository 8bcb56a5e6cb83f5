import type { LocalFlowAction } from './template/contact-flows.ts';

/**
 * What the local stack runs, read from the synthesised templates with every intrinsic resolved.
 * The template is the only source: nothing here is written a second time for the laptop.
 */
export interface LocalModel {
  readonly account: string;
  readonly region: string;
  readonly functions: readonly LocalFunction[];
  readonly roles: readonly LocalRole[];
  readonly tables: readonly LocalTable[];
  readonly queues: readonly LocalQueue[];
  readonly topics: readonly LocalTopic[];
  readonly subscriptions: readonly LocalSubscription[];
  /** Functions that are called with what is written to a log group. */
  readonly logSubscriptions?: readonly LocalLogSubscription[];
  readonly buses: readonly LocalBus[];
  readonly rules: readonly LocalRule[];
  readonly mappings: readonly LocalMapping[];
  readonly keys: readonly LocalKey[];
  readonly secrets: readonly LocalSecret[];
  readonly buckets?: readonly LocalBucket[];
  /** Buckets that are scanned for malware. */
  readonly scans?: readonly LocalScan[];
  readonly apis: readonly LocalApi[];
  /** Flows of the contact centre. */
  readonly contactFlows?: readonly LocalContactFlow[];
  /** SSM parameters by name. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Stack outputs, `<stack>.<output key>` → value. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Types with nothing to run on a laptop (alarms, dashboards …) that were met and left out. */
  readonly leftOut: readonly string[];
}

export interface LocalContactFlow {
  readonly arn: string;
  readonly instanceArn: string;
  readonly name: string;
  readonly type: 'CONTACT_FLOW' | 'AGENT_WHISPER' | 'CUSTOMER_QUEUE';
  /** Where it begins. */
  readonly start: string;
  readonly actions: ReadonlyMap<string, LocalFlowAction>;
}

export interface LocalFunction {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** Folder of the bundled code. */
  readonly codeDir: string;
  /** `index.handler` style. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes?: number;
  readonly reservedConcurrency?: number;
  /** What an asynchronous call (a schedule, a bus rule) does when the function fails. */
  readonly asynchronous?: { readonly retryAttempts: number; readonly onFailureArn?: string };
}

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface LocalRole {
  readonly arn: string;
  readonly name: string;
  /** Logical id, as a person finds it in the template. */
  readonly logicalId: string;
  /** Inline and attached customer policies, resolved. AWS managed policies by ARN in `managed`. */
  readonly statements: readonly PolicyStatement[];
  readonly managed: readonly string[];
}

export interface LocalTable {
  readonly name: string;
  readonly arn: string;
  readonly streamArn?: string;
  readonly kmsKeyArn?: string;
  /** Attribute with the expiry in epoch seconds; the emulator never deletes by it. */
  readonly timeToLiveAttribute?: string;
  /** Input of the DynamoDB CreateTable call, built from the template's own properties. */
  readonly create: Readonly<Record<string, unknown>>;
}

export interface LocalQueue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly kmsKeyArn?: string;
  /** SQS attribute map (VisibilityTimeout, MessageRetentionPeriod, RedrivePolicy, FifoQueue …). */
  readonly attributes: Readonly<Record<string, string>>;
  readonly policy: readonly PolicyStatement[];
}

export interface LocalTopic {
  readonly name: string;
  readonly arn: string;
  readonly kmsKeyArn?: string;
  readonly policy: readonly PolicyStatement[];
}

export interface LocalSubscription {
  readonly topicArn: string;
  readonly protocol: 'sqs' | 'lambda';
  readonly endpoint: string;
  readonly rawDelivery: boolean;
  readonly filterPolicy?: unknown;
  readonly deadLetterArn?: string;
}

export interface LocalLogSubscription {
  readonly name: string;
  readonly logGroupName: string;
  readonly functionArn: string;
}

export interface LocalBus {
  readonly name: string;
  readonly arn: string;
  readonly policy: readonly PolicyStatement[];
}

export interface LocalRule {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  readonly eventPattern?: Readonly<Record<string, unknown>>;
  /** `rate(1 minute)` or `cron(…)`. */
  readonly scheduleExpression?: string;
  readonly targets: readonly {
    readonly id: string;
    readonly arn: string;
    readonly input?: string;
    readonly inputPath?: string;
    readonly deadLetterArn?: string;
  }[];
}

export interface LocalMapping {
  readonly functionArn: string;
  readonly sourceArn: string;
  readonly batchSize: number;
  readonly maximumBatchingWindowSeconds: number;
  /** JSON patterns; a record passes when any of them matches. Empty: everything passes. */
  readonly filters: readonly Readonly<Record<string, unknown>>[];
  readonly reportBatchItemFailures: boolean;
  readonly bisectOnError: boolean;
  /** -1: for ever. */
  readonly maximumRetryAttempts: number;
  /** -1: for ever. */
  readonly maximumRecordAgeSeconds?: number;
  readonly parallelizationFactor: number;
  readonly maximumConcurrency?: number;
  readonly startingPosition?: 'LATEST' | 'TRIM_HORIZON';
  /** Queue that receives what could not be processed (streams). */
  readonly onFailureArn?: string;
}

export interface LocalKey {
  readonly arn: string;
  readonly keyId: string;
  readonly policy: readonly PolicyStatement[];
}

export interface LocalSecret {
  readonly arn: string;
  readonly name: string;
  readonly kmsKeyArn?: string;
  /** From `GenerateSecretString` (template + generated key) or `SecretString`. */
  readonly initialValue: string;
}

export interface LocalBucket {
  readonly name: string;
  readonly arn: string;
  readonly kmsKeyArn?: string;
  readonly versioned: boolean;
  /** Puts its events on the account's default bus. */
  readonly tellsDefaultBus: boolean;
  readonly cors: readonly {
    readonly methods: readonly string[];
    readonly origins: readonly string[];
    readonly headers: readonly string[];
    readonly exposed: readonly string[];
    readonly maxAgeSeconds?: number;
  }[];
  readonly policy: readonly PolicyStatement[];
}

export interface LocalScan {
  readonly bucketName: string;
  readonly prefixes: readonly string[];
  readonly planArn: string;
}

export interface LocalApi {
  readonly id: string;
  readonly name: string;
  readonly cors?: {
    readonly allowOrigins: readonly string[];
    readonly allowMethods: readonly string[];
    readonly allowHeaders: readonly string[];
  };
  readonly routes: readonly {
    /** `GET /cards/{token}` */
    readonly routeKey: string;
    readonly functionArn: string;
    readonly scopes: readonly string[];
    readonly authorizer?: { readonly issuer: string; readonly audience: readonly string[] };
  }[];
}
