import { randomUUID } from 'node:crypto';
import type { FunctionWorker } from './function-worker.ts';
import { FunctionError } from './protocol.ts';

/** The execution environments of one function: started when needed, up to a limit, reused when idle. */
export interface FunctionPool {
  invoke(event: unknown): Promise<unknown>;
  /** Starts one environment ahead of the first invocation. */
  prewarm(): Promise<void>;
  /** Stops every environment at once, mid-invocation too; returns how many ran something. */
  kill(): Promise<number>;
  readonly running: number;
  readonly waiting: number;
}

interface Environment {
  readonly worker: FunctionWorker;
  busy: boolean;
}

export function createFunctionPool(options: {
  name: string;
  /** Environments at most; an invocation beyond it waits for its turn. */
  limit: number;
  timeoutSeconds: number;
  startWorker: (onExit: () => void) => FunctionWorker;
}): FunctionPool {
  const environments = new Set<Environment>();
  const waiting: (() => void)[] = [];
  let running = 0;

  function add(busy: boolean): Environment {
    const environment: Environment = {
      busy,
      worker: options.startWorker(() => {
        environments.delete(environment);
      }),
    };
    environments.add(environment);
    return environment;
  }

  /** An idle environment, a new one, or undefined when all are taken. */
  function take(): Environment | undefined {
    for (const environment of environments) {
      if (environment.busy) continue;
      environment.busy = true;
      return environment;
    }
    return environments.size < options.limit ? add(true) : undefined;
  }

  async function acquire(): Promise<Environment> {
    for (;;) {
      const environment = take();
      if (environment !== undefined) return environment;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  return {
    get running() {
      return running;
    },
    get waiting() {
      return waiting.length;
    },
    async invoke(event) {
      const environment = await acquire();
      running += 1;
      try {
        const invocation = { requestId: randomUUID(), event: JSON.stringify(event) };
        return await environment.worker.run(invocation, options.timeoutSeconds);
      } finally {
        running -= 1;
        environment.busy = false;
        waiting.shift()?.();
      }
    },
    async prewarm() {
      if (environments.size > 0) return;
      const environment = add(true);
      try {
        await environment.worker.ready;
      } catch (error) {
        if (!(error instanceof FunctionError)) throw error;
        throw new Error(`${options.name} does not start: ${error.message}`, { cause: error });
      } finally {
        environment.busy = false;
        waiting.shift()?.();
      }
    },
    async kill() {
      const all = [...environments];
      const busy = all.filter((environment) => environment.busy).length;
      await Promise.all(
        all.map(({ worker }) => worker.terminate('Runtime.ExitError', `${options.name} was killed`)),
      );
      return busy;
    },
  };
}
