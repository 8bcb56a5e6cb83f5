import type { CallIdentity } from './identity.ts';
import type { Json } from './json.ts';
import type { Context } from './policy.ts';
import type { S3Answer, S3Request } from './s3-wire.ts';

/** Wire format the caller speaks; the answer goes out in the same. */
export type Protocol = 'json-1.0' | 'json-1.1' | 'rest-json' | 'rest-xml' | 'query';

/** One AWS request as it came in. `service` is the name in the SigV4 scope (`dynamodb`, `sqs` …). */
export interface AwsCall {
  readonly service: string;
  readonly action: string;
  readonly input: Json;
  readonly identity: CallIdentity;
  readonly protocol: Protocol;
  /** Of a call of S3, which speaks in headers and bytes: the request itself; `input` is empty. */
  readonly s3?: S3Request;
  /** True for the DynamoDB Streams API, which shares DynamoDB's scope. */
  readonly streams: boolean;
  /** Becomes aborted when the caller has gone; long polls end then. */
  readonly gone: AbortSignal;
}

/** One permission a call needs, and the CMK it passes through, if any. */
export interface Need {
  /** IAM action, e.g. `dynamodb:PutItem`. */
  readonly action: string;
  readonly resource: string;
  readonly context?: Context;
  readonly key?: KeyUse;
  /** Shown in messages and logs instead of `resource` (a phone number must never be). */
  readonly shownAs?: string;
}

export interface KeyUse {
  readonly keyArn: string;
  readonly actions: readonly string[];
  /** `dynamodb`, `sqs` …: becomes `kms:ViaService`. */
  readonly via: string;
  readonly encryptionContext: Readonly<Record<string, string>>;
}

/** What a service makes of a call before it does anything. */
export interface Plan {
  readonly needs: readonly Need[];
  /** Short names for people and tests: table, queue, topic, bus, key, secret. */
  readonly resources: readonly string[];
}

export interface Capacity {
  readonly readUnits: number;
  readonly writeUnits: number;
  /** `table` or `table/index` → units. */
  readonly detail: Readonly<Record<string, number>>;
}

export interface Outcome {
  readonly output: Json;
  readonly capacity?: Capacity;
  /** Of a call of S3: what goes out. */
  readonly s3?: S3Answer;
}

export interface Service {
  /** Throws an AwsError for an action the local stack does not know or a resource that is missing. */
  plan(call: AwsCall): Plan;
  handle(call: AwsCall): Outcome | Promise<Outcome>;
}
