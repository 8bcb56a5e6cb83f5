import type { Requests } from '../platform/requests.ts';
import { callerOf, groupsOf } from './http.ts';
import { createServe } from './serve.ts';
import type { Telemetry } from './telemetry.ts';

export interface Agent {
  readonly id: string;
  readonly name: string;
  /** The groups of their sign-in, e.g. `supervisor`. */
  readonly groups: readonly string[];
}

/** Serves the desk: whoever holds a token of the agents' pool is an agent. */
export function createServeAgents(deps: { requests: Requests; telemetry: Telemetry }) {
  return createServe<Agent>({
    ...deps,
    identify: async (event) => {
      const { subject, name } = callerOf(event);
      // Not the id of a customer, whatever either is called.
      return { ok: { id: `agent:${subject}`, who: { id: subject, name, groups: groupsOf(event) } } };
    },
  });
}

export type ServeAgents = ReturnType<typeof createServeAgents>;
