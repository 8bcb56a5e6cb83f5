/**
 * Tells faults that pass (a service is down, slow, throttled, not permitted; others changed the same thing) from
 * those the same message meets every time: a stored item that does not fit, a mistake in our code, data a service
 * refuses. The first are waited out; the second would be waited out in vain.
 */
export function failsForGood(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  if (error.name === PASSING) return false;
  // Cancelled transactions carry their reasons as text.
  if (error.name === 'TransactionCanceledException') return refusesTheData.test(error.message);
  if (cameFromService(error)) return refusesTheData.test(error.name) || refusesTheData.test(codeOf(error));
  return true;
}

const PASSING = 'PassingFault';

/** A fault of ours that is worth waiting out. */
export function passingFault(message: string): Error {
  const fault = new Error(message);
  fault.name = PASSING;
  return fault;
}

/** What services say of data that will not get better: too large, malformed, not theirs. */
const refusesTheData =
  /ValidationException|ValidationError|SerializationException|ItemCollectionSizeLimitExceeded|InvalidCiphertext/;

/** The SDK marks whatever its calls throw, answers and broken connections alike; adapters keep the code. */
function cameFromService(error: Error): boolean {
  return '$metadata' in error || passingNames.has(error.name) || /^[A-Z]/.test(codeOf(error));
}

const passingNames = new Set(['TimeoutError', 'AbortError', 'CredentialsProviderError', 'NetworkingError']);

/** Code of a service or of the network (`ECONNRESET`); Node's own `ERR_…` are mistakes in code. */
function codeOf(error: Error): string {
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && !code.startsWith('ERR_') ? code : '';
}
