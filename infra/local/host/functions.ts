import type { LocalFunction } from '../model.ts';
import { createFunctionPool, type FunctionPool } from './function-pool.ts';
import { startFunctionWorker, type WorkerLog } from './function-worker.ts';

/** Environments per function where neither the template nor a mapping says how many. */
const DEFAULT_CONCURRENCY = 2;
/** Lines kept for `logs()`; a long evening must not fill the memory. */
const LOG_LINES_KEPT = 20_000;
/** Bundles imported at the same time while warming up: more would only wait for the same cores. */
const PREWARM_AT_ONCE = 2;

export interface LogLine {
  readonly functionName: string;
  readonly stream: 'stdout' | 'stderr';
  readonly line: string;
  readonly requestId?: string;
}

/** Runs the functions of the model. */
export interface Functions {
  /** Takes a name, an ARN, or the ARN of an alias or version. Throws what the handler threw. */
  invoke(nameOrArn: string, event: unknown): Promise<unknown>;
  kill(nameOrArn: string): Promise<number>;
  prewarm(): Promise<void>;
  logs(nameOrArn?: string): readonly LogLine[];
  clearLogs(): void;
  concurrencyOf(nameOrArn: string): number;
  /** Invocations running or waiting. */
  readonly busy: number;
  /** Invocations started since the start: two equal readings with nothing busy mean quiet. */
  readonly invocations: number;
  close(): Promise<void>;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export function createFunctions(options: {
  functions: readonly LocalFunction[];
  /** `maximumConcurrency` of mappings, by function ARN. */
  concurrency?: ReadonlyMap<string, number>;
  region: string;
  /** Where all AWS calls go. */
  endpoint: string;
  credentialsFor: (roleArn: string, functionName: string) => Credentials;
  clock: SharedArrayBuffer;
  onLog?: (line: LogLine) => void;
}): Functions {
  const log = createLog(options.onLog);
  let invocations = 0;
  const pools = new Map<string, { definition: LocalFunction; limit: number; pool: FunctionPool }>();
  for (const definition of options.functions) {
    const limit =
      definition.reservedConcurrency || options.concurrency?.get(definition.arn) || DEFAULT_CONCURRENCY;
    const { name, timeoutSeconds } = definition;
    const environment = environmentOf(definition, options);
    const startWorker = (onExit: () => void) =>
      startFunctionWorker({
        start: {
          codeDir: definition.codeDir,
          handler: definition.handler,
          functionName: name,
          functionArn: definition.arn,
          memoryMegabytes: definition.memoryMegabytes ?? 128,
          clock: options.clock,
        },
        environment,
        onLog: (written) => log.add(name, written),
        onExit,
      });
    pools.set(definition.arn, {
      definition,
      limit,
      pool: createFunctionPool({ name, limit, timeoutSeconds, startWorker }),
    });
  }

  function find(nameOrArn: string) {
    for (const [functionArn, entry] of pools) {
      if (nameOrArn === entry.definition.name || nameOrArn === functionArn) return entry;
      if (nameOrArn.startsWith(`${functionArn}:`)) return entry;
      // `sweep-deadlines` for `cardguard-local-sweep-deadlines`.
      if (entry.definition.name.endsWith(`-${nameOrArn}`)) return entry;
    }
    throw new Error(
      `no function ${nameOrArn}; there are ${[...pools.values()].map((e) => e.definition.name).join(', ')}`,
    );
  }

  return {
    async invoke(nameOrArn, event) {
      invocations += 1;
      return find(nameOrArn).pool.invoke(event);
    },
    kill: async (nameOrArn) => find(nameOrArn).pool.kill(),
    async prewarm() {
      const waiting = [...pools.values()];
      const warm = async () => {
        for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift())
          await entry.pool.prewarm();
      };
      await Promise.all(Array.from({ length: PREWARM_AT_ONCE }, warm));
    },
    logs: (nameOrArn) => log.read(nameOrArn === undefined ? undefined : find(nameOrArn).definition.name),
    clearLogs: () => log.clear(),
    concurrencyOf: (nameOrArn) => find(nameOrArn).limit,
    get busy() {
      return [...pools.values()].reduce((sum, { pool }) => sum + pool.running + pool.waiting, 0);
    },
    get invocations() {
      return invocations;
    },
    async close() {
      await Promise.all([...pools.values()].map(({ pool }) => pool.kill()));
    },
  };
}

function createLog(onLog: ((line: LogLine) => void) | undefined) {
  let lines: LogLine[] = [];
  return {
    add(functionName: string, { stream, text, requestId }: WorkerLog) {
      for (const line of text.split('\n')) {
        if (line === '') continue;
        lines.push({ functionName, stream, line, requestId });
        onLog?.({ functionName, stream, line, requestId });
      }
      if (lines.length > LOG_LINES_KEPT * 1.5) lines = lines.slice(-LOG_LINES_KEPT);
    },
    read: (name: string | undefined) =>
      lines.filter((line) => name === undefined || line.functionName === name),
    clear() {
      lines = [];
    },
  };
}

/** The template's variables and those the service itself sets; nothing of this machine leaks in. */
function environmentOf(
  definition: LocalFunction,
  options: {
    region: string;
    endpoint: string;
    credentialsFor: (roleArn: string, functionName: string) => Credentials;
  },
): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = options.credentialsFor(
    definition.roleArn,
    definition.name,
  );
  return {
    TZ: 'UTC',
    LANG: 'en_US.UTF-8',
    PATH: process.env.PATH ?? '',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes ?? 128),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: definition.codeDir,
    POWERTOOLS_SERVICE_NAME: definition.name,
    POWERTOOLS_METRICS_NAMESPACE: 'cardguard',
    ...definition.environment,
    _HANDLER: definition.handler,
    AWS_REGION: options.region,
    AWS_DEFAULT_REGION: options.region,
    AWS_ENDPOINT_URL: options.endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}
