import type { LocalClock } from '../clock.ts';
import type { Refusal } from './authorise.ts';
import type { Capacity } from './aws-call.ts';
import type { FaultKind } from './faults.ts';

/** One AWS request as answered. Inputs are not kept: they hold customers' data. */
export interface Call {
  readonly id: number;
  /** Epoch milliseconds on the local clock. */
  readonly time: number;
  readonly principal: string;
  readonly roleArn?: string;
  readonly functionName?: string;
  readonly invocationId?: string;
  /** `X-Amzn-Trace-Id` the SDK sends inside Lambda: the invocation, when the host sets one. */
  readonly traceId?: string;
  readonly service: string;
  readonly action: string;
  /** First of `resources`, or empty. */
  readonly resource: string;
  /** Tables (`table/index` for an index), queues, topics, buses, keys, secrets: short names. */
  readonly resources: readonly string[];
  /** 1 for the first try; an SDK-internal retry counts up. */
  readonly attempt: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** HTTP status; 0 when the caller got no answer. */
  readonly status: number;
  readonly errorCode?: string;
  readonly capacity?: Capacity;
  readonly fault?: FaultKind;
  readonly durationMs: number;
}

/** A refusal by policy: of a call, or of a delivery an AWS service made for a resource. */
export interface RecordedRefusal extends Refusal {
  readonly time: number;
  readonly principal: string;
  readonly functionName?: string;
  readonly message: string;
}

export interface CallTotal {
  readonly service: string;
  readonly action: string;
  readonly resource: string;
  readonly principal: string;
  readonly count: number;
  readonly errors: number;
  readonly requestBytes: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface CallLog {
  /** A place in the log, for `since`. */
  mark(): number;
  /** Calls answered after the mark, oldest first; those pushed out by newer ones are missing. */
  since(mark: number): readonly Call[];
  /** Totals per principal, service, action and resource since the start; they forget nothing. */
  summary(): readonly CallTotal[];
  readonly refusals: readonly RecordedRefusal[];
  /** Calls under way now, long polls and hanging ones included. */
  readonly underWay: number;
  onCall(fn: (call: Call) => void): () => void;
}

export interface CallRecorder extends CallLog {
  begin(): number;
  end(call: Call): void;
  refused(refusal: Omit<RecordedRefusal, 'time'>): void;
}

const callsKept = 50_000;
const refusalsKept = 1_000;

export function createCallLog(clock: LocalClock): CallRecorder {
  // A ring: old calls go when 50,000 newer ones came.
  const ring: (Call | undefined)[] = [];
  let written = 0;
  let begun = 0;
  let ended = 0;
  const totals = new Map<string, CallTotal>();
  const refusals: RecordedRefusal[] = [];
  const watchers = new Set<(call: Call) => void>();

  return {
    refusals,
    begin: () => ++begun,
    end(call) {
      ended += 1;
      ring[written % callsKept] = call;
      written += 1;
      count(totals, call);
      for (const watch of watchers) watch(call);
    },
    refused(refusal) {
      refusals.push({ time: clock.now(), ...refusal });
      if (refusals.length > refusalsKept) refusals.shift();
    },
    get underWay() {
      return begun - ended;
    },
    mark: () => written,
    since(mark) {
      const first = Math.max(mark, written - callsKept, 0);
      const found: Call[] = [];
      for (let index = first; index < written; index++) {
        const call = ring[index % callsKept];
        if (call) found.push(call);
      }
      return found;
    },
    summary: () => [...totals.values()],
    onCall(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
  };
}

function count(totals: Map<string, CallTotal>, call: Call): void {
  const resource = call.resources.join(' ');
  const key = `${call.principal} ${call.service}:${call.action} ${resource}`;
  const before = totals.get(key);
  totals.set(key, {
    service: call.service,
    action: call.action,
    resource,
    principal: call.principal,
    count: (before?.count ?? 0) + 1,
    errors: (before?.errors ?? 0) + (call.errorCode ? 1 : 0),
    requestBytes: (before?.requestBytes ?? 0) + call.requestBytes,
    readUnits: (before?.readUnits ?? 0) + (call.capacity?.readUnits ?? 0),
    writeUnits: (before?.writeUnits ?? 0) + (call.capacity?.writeUnits ?? 0),
  });
}
