import { randomUUID } from 'node:crypto';
import type { LocalFunction } from '../model.ts';
import { pause } from './pause.ts';
import { FunctionError } from './protocol.ts';

/** Calls a function as a schedule or bus rule does: retried, then noted at its failure destination. */
export function createAsyncInvoke(options: {
  functions: readonly LocalFunction[];
  invoke: (functionArn: string, event: unknown) => Promise<unknown>;
  sendToQueue: (roleArn: string, queueArn: string, body: string) => Promise<void>;
  /** On AWS one minute, then two; locally nobody waits that long. */
  retryDelayMs: number;
  now: () => Date;
  signal: AbortSignal;
}): (functionArn: string, event: unknown) => Promise<void> {
  return async (functionArn, event) => {
    const definition = options.functions.find(
      ({ arn }) => functionArn === arn || functionArn.startsWith(`${arn}:`),
    );
    if (definition === undefined) throw new Error(`no function ${functionArn}`);
    const { retryAttempts = 2, onFailureArn } = definition.asynchronous ?? {};
    let failure: FunctionError | undefined;
    for (let attempt = 0; attempt <= retryAttempts && !options.signal.aborted; attempt += 1) {
      if (attempt > 0) await pause(options.retryDelayMs, options.signal);
      try {
        await options.invoke(definition.arn, event);
        return;
      } catch (error) {
        if (!(error instanceof FunctionError)) throw error;
        failure = error;
      }
    }
    if (failure === undefined || onFailureArn === undefined || options.signal.aborted) return;
    const note = {
      version: '1.0',
      timestamp: options.now().toISOString(),
      requestContext: {
        requestId: randomUUID(),
        functionArn: `${definition.arn}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: retryAttempts + 1,
      },
      requestPayload: event,
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: failure.name, errorMessage: failure.message },
    };
    await options.sendToQueue(definition.roleArn, onFailureArn, JSON.stringify(note));
  };
}
