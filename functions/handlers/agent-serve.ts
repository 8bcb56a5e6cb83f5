import type { Contract } from '../api/contract.ts';
import type { Requests } from '../platform/requests.ts';
import { mayAtDesk } from '../ticket/desk-roles.ts';
import { callerOf, contactCentreUserOf, groupsOf, type HttpRoute, refuse } from './http.ts';
import { type Call, createServe, type Handle } from './serve.ts';
import type { Telemetry } from './telemetry.ts';

export interface Agent {
  readonly id: string;
  readonly name: string;
  /** The groups of their sign-in, e.g. `desk-agent`. */
  readonly groups: readonly string[];
  /** Their user in the contact centre, to whom it can put calls through. */
  readonly contactCentreUser?: string;
}

/** What a handler of the desk is given. */
export interface StaffCall<C extends Contract> extends Call<C, Agent> {
  /** The answer shows nothing that this caller was not shown before: a page that only asks for news is not logged again. */
  readonly showsNothing: () => void;
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
  return <C extends Contract>(
    route: C,
    handle: (call: StaffCall<C>) => ReturnType<Handle<C, Agent>>,
  ): HttpRoute =>
    serve(route, async (call) => {
      const { who, parts } = call;
      const allowed = route.desk === undefined || mayAtDesk(who.groups, route.desk);
      const outcome = allowed ? 'allowed' : 'not_permitted';
      const reads = route.method === 'GET';
      let shows = true;
      const logged = () => {
        deps.telemetry.log('staff_called', {
          route: `${route.method} ${route.path}`,
          agent: who.id,
          outcome,
        });
        if (reads && allowed) deps.telemetry.log('staff_read', { agent: who.id, ...parts });
      };
      const showsNothing = () => {
        shows = false;
      };
      if (!reads) logged();
      try {
        return allowed ? await handle({ ...call, showsNothing }) : refuse('not-permitted');
      } finally {
        if (reads && shows) logged();
      }
    });
}

export type ServeAgents = ReturnType<typeof createServeAgents>;
