import type { AwsCall } from './aws-call.ts';
import { AwsError } from './aws-error.ts';
import type { CallIdentity } from './identity.ts';
import { listOf } from './json.ts';

/**
 * Ways a call fails on purpose, in tests:
 * - refuse-before: the service's own 5xx, nothing done;
 * - kill-after: done, then the caller is ended (`onKill`) and never answered;
 * - lose-answer: done, then the connection breaks, so that the SDK tries again;
 * - hang: never answered, nothing done;
 * - throttle: the service's own throttling error, nothing done;
 * - conflict: DynamoDB's transaction conflict, nothing done.
 */
export type FaultKind = 'refuse-before' | 'kill-after' | 'lose-answer' | 'hang' | 'throttle' | 'conflict';

/** What a fault may look at to pick its calls. */
export interface FaultableCall extends Pick<AwsCall, 'service' | 'action' | 'input' | 's3' | 'identity'> {
  readonly resource: string;
  readonly resources: readonly string[];
  readonly functionName?: string;
  readonly roleArn?: string;
  readonly attempt: number;
}

export interface FaultHandle {
  /** Calls it struck so far. */
  readonly hits: number;
  remove(): void;
}

export interface Faults {
  /** `times`: how many calls it strikes, 1 unless told. Faults are tried in the order they were added. */
  add(fault: { match: (call: FaultableCall) => boolean; times?: number; kind: FaultKind }): FaultHandle;
  clear(): void;
  /** What `kill-after` does to the caller; the host ends the worker here. */
  onKill(fn: (identity: CallIdentity) => void): void;
}

export interface FaultPicker extends Faults {
  pick(call: FaultableCall): FaultKind | undefined;
  kill(identity: CallIdentity): void;
}

export function createFaults(): FaultPicker {
  type Fault = {
    match: (call: FaultableCall) => boolean;
    kind: FaultKind;
    times: number;
    hits: number;
  };
  const faults = new Set<Fault>();
  let onKill: (identity: CallIdentity) => void = () => undefined;
  return {
    add({ match, times = 1, kind }) {
      const fault: Fault = { match, kind, times, hits: 0 };
      faults.add(fault);
      return {
        get hits() {
          return fault.hits;
        },
        remove: () => void faults.delete(fault),
      };
    },
    clear: () => faults.clear(),
    onKill(fn) {
      onKill = fn;
    },
    kill: (identity) => onKill(identity),
    pick(call) {
      for (const fault of faults) {
        if (fault.hits >= fault.times || !faultApplies(fault.kind, call) || !fault.match(call)) continue;
        fault.hits += 1;
        return fault.kind;
      }
      return undefined;
    },
  };
}

const conflicting = new Set([
  'TransactWriteItems',
  'TransactGetItems',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
]);

/** Only DynamoDB's item calls can meet another's transaction; every other fault can strike every call. */
export function faultApplies(kind: FaultKind, call: Pick<AwsCall, 'service' | 'action'>): boolean {
  return kind !== 'conflict' || (call.service === 'dynamodb' && conflicting.has(call.action));
}

/** Each service's words for "we are broken" and "slow down" (their API references, Errors). */
const words: Readonly<Record<string, { broken: string; throttled: string }>> = {
  dynamodb: { broken: 'InternalServerError', throttled: 'ProvisionedThroughputExceededException' },
  sqs: { broken: 'InternalFailure', throttled: 'RequestThrottled' },
  sns: { broken: 'InternalError', throttled: 'Throttled' },
  kms: { broken: 'KMSInternalException', throttled: 'ThrottlingException' },
  secretsmanager: { broken: 'InternalServiceError', throttled: 'ThrottlingException' },
  s3: { broken: 'InternalError', throttled: 'SlowDown' },
  events: { broken: 'InternalException', throttled: 'ThrottlingException' },
};

/** The wire error of a fault that has no effect; undefined for kinds that are not errors. */
export function faultError(kind: FaultKind, call: FaultableCall): AwsError | undefined {
  const { broken, throttled } = words[call.service] ?? {
    broken: 'InternalFailure',
    throttled: 'ThrottlingException',
  };
  if (kind === 'refuse-before')
    return new AwsError({ code: broken, status: 500, message: 'The request processing has failed.' });
  if (kind === 'throttle') {
    if (call.action === 'TransactWriteItems') return cancelled(call, 'ThrottlingError');
    return new AwsError({
      code: throttled,
      status: call.service === 'sns' ? 429 : 400,
      message: 'Rate exceeded',
    });
  }
  if (kind !== 'conflict') return undefined;
  if (call.action.startsWith('Transact')) return cancelled(call, 'TransactionConflict');
  return new AwsError({
    code: 'TransactionConflictException',
    message: 'Transaction is ongoing for the item',
  });
}

function cancelled(call: FaultableCall, code: string): AwsError {
  const codes = listOf(call.input.TransactItems).map((_item, index) => (index === 0 ? code : 'None'));
  const Message =
    code === 'TransactionConflict' ? 'Transaction is ongoing for the item' : 'Rate of requests is too high';
  return new AwsError({
    code: 'TransactionCanceledException',
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
    members: {
      CancellationReasons: codes.map((Code) => (Code === 'None' ? { Code } : { Code, Message })),
    },
  });
}
