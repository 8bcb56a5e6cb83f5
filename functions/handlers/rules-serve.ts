import type { Contract } from '../api/contract.ts';
import type { Requests } from '../platform/requests.ts';
import { mayDo, type RuleAction } from '../screening/rule-roles.ts';
import type { Keeper } from '../screening/rule-set.ts';
import { callerOf, groupsOf, type HttpRoute, refuse } from './http.ts';
import { createServe, type Handle } from './serve.ts';
import type { Telemetry } from './telemetry.ts';

interface WithGroups extends Keeper {
  readonly groups: readonly string[];
}

/** Serves people who work on rules: staff whose groups give them a role. */
export function createServeKeepers(deps: { requests: Requests; telemetry: Telemetry }) {
  const serve = createServe<WithGroups>({
    ...deps,
    identify: async (event) => {
      const { subject, name } = callerOf(event);
      const id = `agent:${subject}`;
      return { ok: { id, who: { id, name, groups: groupsOf(event) } } };
    },
  });
  return <C extends Contract>(route: C, action: RuleAction, handle: Handle<C, WithGroups>): HttpRoute =>
    serve(route, async (call) => (mayDo(call.who.groups, action) ? handle(call) : refuse('not-permitted')));
}

export type ServeKeepers = ReturnType<typeof createServeKeepers>;

/** The person alone, as journals and records name them. */
export const keeperOf = ({ id, name }: Keeper): Keeper => ({ id, name });
