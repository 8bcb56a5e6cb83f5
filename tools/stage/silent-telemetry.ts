import type { Telemetry } from '../../functions/handlers/telemetry.ts';

/** For work of a function that a command runs: it says itself what it found; only failures are handed on. */
export const silentTelemetry = (onFailure: (error: unknown) => void): Telemetry => ({
  log: () => undefined,
  warn: (_event, error) => onFailure(error),
  count: () => undefined,
  flush: () => undefined,
});
