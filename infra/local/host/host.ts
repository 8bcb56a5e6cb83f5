import type { LocalModel } from '../model.ts';
import { createAsyncInvoke } from './async-invoke.ts';
import { type Credentials, createFunctions, type Functions, type LogLine } from './functions.ts';
import type { LocalTime } from './local-time.ts';
import type { PatternMatcher } from './mapping.ts';
import { type Mappings, startMappings } from './mappings.ts';
import { startSchedules } from './schedules.ts';

/** What calls functions on AWS: pollers, schedules, the bus. */
export interface Host {
  readonly functions: Functions;
  readonly mappings: Mappings;
  /** An asynchronous call: retried, then noted at the failure destination. It never throws a handler's error. */
  callLater(functionArn: string, event: unknown): Promise<void>;
  /** Asynchronous calls under way, the pauses before a retry included. */
  readonly calling: number;
  stop(): Promise<void>;
}

export interface HostOptions {
  readonly model: LocalModel;
  readonly endpoint: string;
  readonly time: LocalTime;
  readonly credentialsFor: (
    role: string,
    session: { functionName: string; invocationId?: string },
  ) => Credentials;
  readonly matches: PatternMatcher;
  readonly retryDelayMs: number;
  readonly stateDir?: string;
  readonly onLog?: (line: LogLine) => void;
}

/** Calls of a poller are made under the function's role; this tells them apart from the function's own. */
export const POLLER = 'event-source-mapping';

export function startHost(options: HostOptions): Host {
  const { model, time, credentialsFor } = options;
  const functionName = (roleArn: string) =>
    model.functions.find((item) => item.roleArn === roleArn)?.name ?? 'local';
  const stopping = new AbortController();
  const workers = createFunctions({
    functions: model.functions,
    concurrency: new Map(
      model.mappings.flatMap(({ functionArn, maximumConcurrency }) =>
        // Above what one machine runs at once there is nothing to gain.
        maximumConcurrency === undefined ? [] : [[functionArn, Math.min(maximumConcurrency, 4)] as const],
      ),
    ),
    region: model.region,
    endpoint: options.endpoint,
    credentialsFor: (roleArn, name) => credentialsFor(roleArn, { functionName: name }),
    clock: time.cell,
    onLog: options.onLog,
  });
  const functions: Functions = {
    ...workers,
    invoke(nameOrArn, event) {
      time.sync();
      return workers.invoke(nameOrArn, event);
    },
    get busy() {
      return workers.busy;
    },
    get invocations() {
      return workers.invocations;
    },
  };
  const mappings = startMappings({
    ...options,
    functions,
    pollerCredentialsFor: (roleArn) =>
      credentialsFor(roleArn, { functionName: functionName(roleArn), invocationId: POLLER }),
    now: time.now,
  });
  let calling = 0;
  const invokeAsync = createAsyncInvoke({
    functions: model.functions,
    invoke: functions.invoke,
    sendToQueue: mappings.sendToQueue,
    retryDelayMs: options.retryDelayMs,
    now: time.now,
    signal: stopping.signal,
  });
  async function callLater(functionArn: string, event: unknown): Promise<void> {
    calling += 1;
    try {
      await invokeAsync(functionArn, event);
    } finally {
      calling -= 1;
    }
  }
  const stopSchedules = startSchedules({ model, now: time.now(), clock: time.clock, deliver: callLater });
  return {
    functions,
    mappings,
    callLater,
    get calling() {
      return calling;
    },
    async stop() {
      stopping.abort();
      stopSchedules();
      // First the workers: a batch in the middle of an invocation must not hold the end up.
      const mappingsStopped = mappings.stop();
      await functions.close();
      await mappingsStopped;
    },
  };
}
