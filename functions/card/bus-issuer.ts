import type { Bus } from '../platform/bus.ts';
import type { IssuerPort } from './request-freeze.ts';

/** The issuer behind the bus: it answers with `CardStatusChanged` carrying the same `holdsVersion`. */
export function createBusIssuer(bus: Bus): IssuerPort {
  return {
    request: ({ type, cardToken, holdsVersion, holds, requestedAt }) =>
      bus.put({ type, detail: { schemaVersion: 1, cardToken, holdsVersion, holds, requestedAt } }),
  };
}
