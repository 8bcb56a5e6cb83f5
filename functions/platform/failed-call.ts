/** A call to a service of AWS that failed, in what its error tells. */
export interface FailedCall {
  /** Without the `Exception` ending; of a call that never left this machine the system's own, e.g. `ECONNREFUSED`. */
  readonly code: string;
  /** Of the answer; 0: there was none. */
  readonly status: number;
  /** May quote what was sent, a number or an address: to be matched, never passed on (I10). */
  readonly words: string;
}

export function failedCall(error: unknown): FailedCall {
  if (!(error instanceof Error)) return { code: 'unknown', status: 0, words: '' };
  const system = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const name = system !== undefined && /^E[A-Z_]+$/.test(system) ? system : error.name;
  const metadata = '$metadata' in error && typeof error.$metadata === 'object' ? error.$metadata : null;
  const status = metadata !== null && 'httpStatusCode' in metadata ? metadata.httpStatusCode : undefined;
  return {
    code: name.replace(/Exception$/, ''),
    status: typeof status === 'number' ? status : 0,
    words: error.message,
  };
}

/** Refused at the door, or never left this machine: whatever the service, certainly nothing was done. */
const neverDone: ReadonlySet<string> = new Set([
  'TooManyRequests',
  'Throttling',
  'Throttled',
  'LimitExceeded',
  'RequestLimitExceeded',
  'ExpiredToken',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'InvalidClientTokenId',
  'UnrecognizedClient',
  'CredentialsProviderError',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Certainly nothing was done, and another try may succeed. */
export const isWorthAnotherTry = ({ code }: FailedCall): boolean => neverDone.has(code);

/** The service says no; of any other failure nobody knows whether it was done. */
export const isRefused = ({ status }: FailedCall): boolean => status >= 400 && status < 500 && status !== 408;
