import type { ContactStore } from '../card/contact-store.ts';
import type { Limits } from '../platform/limits.ts';
import type { Requests } from '../platform/requests.ts';
import { callerOf, refuse } from './http.ts';
import { createServe } from './serve.ts';
import type { Telemetry } from './telemetry.ts';

export interface Customer {
  readonly customerId: string;
}

/** Serves customers: the log-in is resolved to a customer of ours; a valid token alone is nobody. */
export function createServeCustomers(deps: {
  contacts: Pick<ContactStore, 'customerOf'>;
  requests: Requests;
  limits: Limits;
  telemetry: Telemetry;
}) {
  return createServe<Customer>({
    telemetry: deps.telemetry,
    requests: deps.requests,
    limits: deps.limits,
    identify: async (event) => {
      const customerId = await deps.contacts.customerOf(callerOf(event));
      if (customerId === undefined) return { refusal: refuse('unknown-customer') };
      return { ok: { id: customerId, who: { customerId } } };
    },
  });
}

export type ServeCustomers = ReturnType<typeof createServeCustomers>;
