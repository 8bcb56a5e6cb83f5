import type { Contract } from '../api/contract.ts';
import type { Requests } from '../platform/requests.ts';
import { mayAtDesk } from '../ticket/desk-roles.ts';
import { callerOf, contactCentreUserOf, groupsOf, type HttpRoute, refuse } from './http.ts';
import { createServe, type Handle } from './serve.ts';
import type { Telemetry } from './telemetry.ts';

export interface Agent {
  readonly id: string;
  readonly name: string;
  /** The groups of their sign-in, e.g. `desk-agent`. */
  readonly groups: readonly string[];
  /** Their user in the contact centre, to whom it can put calls through. */
  readonly contactCentreUser?: string;
}

/**
 * Serves the desk: members of staff whose groups allow what the route asks for; a route without `desk` asks for roles of
 * its own. Whatever they call is logged with who they are and what it was about, readings too.
 */
export function createServeAgents(deps: { requests: Requests; telemetry: Telemetry }) {
  const serve = createServe<Agent>({
    ...deps,
    identify: async (event) => {
      const { subject, name } = callerOf(event);
      // Not the id of a customer, whatever either is called.
      const who = { id: subject, name, groups: groupsOf(event) };
      const contactCentreUser = contactCentreUserOf(event);
      return { ok: { id: `agent:${subject}`, who: { ...who, contactCentreUser } } };
    },
  });
  return <C extends Contract>(route: C, handle: Handle<C, Agent>): HttpRoute =>
    serve(route, async (call) => {
      const { who, parts } = call;
      const allowed = route.desk === undefined || mayAtDesk(who.groups, route.desk);
      const outcome = allowed ? 'allowed' : 'not_permitted';
      deps.telemetry.log('staff_called', { route: `${route.method} ${route.path}`, agent: who.id, outcome });
      if (!allowed) return refuse('not-permitted');
      if (route.method === 'GET') deps.telemetry.log('staff_read', { agent: who.id, ...parts });
      return handle(call);
    });
}

export type ServeAgents = ReturnType<typeof createServeAgents>;
