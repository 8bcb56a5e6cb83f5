/** What the host and a function's worker say to each other. */
export interface WorkerStart {
  readonly codeDir: string;
  /** `index.handler` */
  readonly handler: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMegabytes: number;
  readonly clock: SharedArrayBuffer;
}

export interface Invocation {
  readonly requestId: string;
  /** JSON, as the service hands it over: no `Date`, no `undefined` survives. */
  readonly event: string;
  /** Machine time, epoch milliseconds. */
  readonly deadlineMs: number;
}

export type WorkerMessage =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'log';
      readonly stream: 'stdout' | 'stderr';
      readonly text: string;
      readonly requestId?: string;
    }
  | { readonly kind: 'result'; readonly requestId: string; readonly result: string | undefined }
  | {
      readonly kind: 'error';
      readonly requestId: string;
      readonly name: string;
      readonly message: string;
      readonly trace: string;
    };

/** A failed invocation, under the name and message the handler threw. */
export class FunctionError extends Error {
  readonly functionName: string;
  readonly trace: string;

  constructor(failure: { functionName: string; name: string; message: string; trace?: string }) {
    super(failure.message);
    this.name = failure.name;
    this.functionName = failure.functionName;
    this.trace = failure.trace ?? '';
  }
}
