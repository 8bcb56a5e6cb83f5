import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { clockOf } from './clock-cell.ts';
import type { Invocation, WorkerMessage, WorkerStart } from './protocol.ts';

/** Runs one bundle in a thread, one invocation at a time, as a Lambda execution environment does. */
const start: WorkerStart = workerData;
let requestId: string | undefined;

function post(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

// Lines go through the same port as results, so that a test sees every line of a finished invocation.
for (const stream of ['stdout', 'stderr'] as const) {
  process[stream].write = (chunk: unknown, ...rest: unknown[]) => {
    const text = chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : String(chunk);
    post({ kind: 'log', stream, text, requestId });
    const done = rest.at(-1);
    if (typeof done === 'function') queueMicrotask(() => done());
    return true;
  };
}

type Handler = (event: unknown, context: unknown) => unknown;

async function load(): Promise<Handler> {
  const dot = start.handler.lastIndexOf('.');
  const module = start.handler.slice(0, dot);
  const name = start.handler.slice(dot + 1);
  const file = ['.js', '.mjs', '.cjs'].map((ending) => join(start.codeDir, module + ending)).find(existsSync);
  if (file === undefined) throw new Error(`no ${module}.js, .mjs or .cjs in ${start.codeDir}`);
  Reflect.set(globalThis, Symbol.for('cardguard.clock'), clockOf(start.clock));
  const loaded: Record<string, unknown> = await import(pathToFileURL(file).href);
  const inner = loaded.default;
  const handler =
    loaded[name] ?? (typeof inner === 'object' && inner !== null ? Reflect.get(inner, name) : undefined);
  if (typeof handler !== 'function') throw new Error(`${file} has no export ${name}`);
  return (event, context) => handler(event, context);
}

function contextOf(invocation: Invocation): Readonly<Record<string, unknown>> {
  return {
    awsRequestId: invocation.requestId,
    functionName: start.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: start.functionArn,
    memoryLimitInMB: String(start.memoryMegabytes),
    logGroupName: `/aws/lambda/${start.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadlineMs - Date.now()),
  };
}

async function run(handler: Handler, invocation: Invocation): Promise<void> {
  requestId = invocation.requestId;
  // The SDK sends it along with every call, as it does in Lambda: calls are told apart by invocation.
  const [, root, rest] = /^(.{8})(.{24})$/.exec(requestId.replaceAll('-', '')) ?? [];
  process.env._X_AMZN_TRACE_ID = `Root=1-${root}-${rest}`;
  try {
    const result: unknown = await handler(JSON.parse(invocation.event), contextOf(invocation));
    post({ kind: 'result', requestId: invocation.requestId, result: JSON.stringify(result) });
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const { name, message, stack = '' } = error;
    post({ kind: 'error', requestId: invocation.requestId, name, message, trace: stack });
  } finally {
    requestId = undefined;
  }
}

const handler = await load();
parentPort?.on('message', (invocation: Invocation) => void run(handler, invocation));
post({ kind: 'ready' });
