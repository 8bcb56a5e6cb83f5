import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { FunctionError, type Invocation, type WorkerMessage, type WorkerStart } from './protocol.ts';

/** One thread that runs one function, one invocation at a time. */
export interface FunctionWorker {
  /** Settles when the bundle is imported, or rejects with the import's error. */
  readonly ready: Promise<void>;
  run(invocation: Omit<Invocation, 'deadlineMs'>, timeoutSeconds: number): Promise<unknown>;
  /** Stops the thread wherever it stands; what it was running fails under this name. */
  terminate(name: string, message: string): Promise<void>;
}

export interface WorkerLog {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  readonly requestId?: string;
}

interface Running {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export function startFunctionWorker(options: {
  start: WorkerStart;
  environment: Readonly<Record<string, string>>;
  onLog: (log: WorkerLog) => void;
  /** The thread is gone; it must not be given anything any more. */
  onExit: () => void;
}): FunctionWorker {
  const { start, onLog } = options;
  const { functionName } = start;
  let running: Running | undefined;
  let ended: FunctionError | undefined;
  const ready = Promise.withResolvers<void>();
  // Nobody may be waiting for it; whoever does sees the rejection all the same.
  ready.promise.catch(() => undefined);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: start,
    env: options.environment,
    execArgv: [],
  });

  function end(name: string, message: string, trace?: string): void {
    if (ended !== undefined) return;
    ended = new FunctionError({ functionName, name, message, trace });
    ready.reject(ended);
    running?.reject(ended);
    running = undefined;
    options.onExit();
  }

  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'ready') ready.resolve();
    if (message.kind === 'log') onLog(message);
    if (message.kind === 'result') running?.resolve(parseResult(message.result));
    if (message.kind === 'error') running?.reject(new FunctionError({ functionName, ...message }));
    if (message.kind === 'result' || message.kind === 'error') running = undefined;
  });
  worker.on('error', (error) => {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    onLog({ stream: 'stderr', text: `${stack ?? message}\n` });
    end(name, message, stack);
  });
  worker.on('exit', (code) => end('Runtime.ExitError', `${functionName} exited with code ${code}`));

  return {
    ready: ready.promise,
    async run(invocation, timeoutSeconds) {
      await ready.promise;
      if (ended !== undefined) throw ended;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      running = { resolve, reject };
      const deadlineMs = Date.now() + timeoutSeconds * 1000;
      const timer = setTimeout(() => {
        end('Sandbox.Timedout', `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`);
        void worker.terminate();
      }, timeoutSeconds * 1000);
      worker.postMessage({ ...invocation, deadlineMs } satisfies Invocation);
      return promise.finally(() => clearTimeout(timer));
    },
    async terminate(name, message) {
      const gone = worker.threadId === -1 ? undefined : once(worker, 'exit');
      end(name, message);
      await worker.terminate();
      await gone;
    },
  };
}

function parseResult(result: string | undefined): unknown {
  return result === undefined ? undefined : JSON.parse(result);
}
