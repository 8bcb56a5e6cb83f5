import type { ProblemName } from '../../api/problems.ts';
import * as entryRoutes from '../../api/rule-entry-routes.ts';
import * as routes from '../../api/rules-routes.ts';
import { newId } from '../../platform/ids.ts';
import { createAddRuleSet } from '../../screening/add-rule-set.ts';
import { createAddEntry, createRemoveEntry, type EntryChanged } from '../../screening/change-entries.ts';
import { createGrantRuleSet, createProposeRuleSet } from '../../screening/grant-rule-set.ts';
import { createMoveRuleSet, createRollBack } from '../../screening/move-rule-set.ts';
import { defaultRuleSet } from '../../screening/rule-set.default.ts';
import type { RuleSetRecord } from '../../screening/rule-set.ts';
import type { MoveRefusal } from '../../screening/rule-set-change.ts';
import type { Models } from '../../screening/rules-in-force.ts';
import type { RulesDeps } from '../../screening/rules-standing.ts';
import { type HttpAnswer, type HttpRoute, refuse } from '../http.ts';
import type { Rooms } from '../rooms.ts';
import { keeperOf, type ServeKeepers } from '../rules-serve.ts';
import type { Call } from '../serve.ts';
import type { Telemetry } from '../telemetry.ts';
import { ruleSetView } from './rule-readings.ts';

interface Deps {
  readonly rooms: Rooms;
  readonly serve: ServeKeepers;
  readonly telemetry: Telemetry;
  readonly models: Models;
}

/** How each refusal of a move is told. */
const moveProblem: Readonly<Record<Exclude<MoveRefusal, 'repeated'>, ProblemName>> = {
  not_found: 'not-found',
  wrong_state: 'wrong-state',
  needs_two: 'needs-two',
  too_many_shadows: 'too-many-shadows',
  share_taken: 'share-taken',
  proposal_waits: 'proposal-waits',
  nothing_waits: 'nothing-to-approve',
  same_person: 'same-person',
  not_usable: 'rule-set-not-usable',
  nothing_before: 'nothing-before',
  live_changed: 'live-changed',
};

type MovingRoute =
  | typeof routes.moveRuleSet
  | typeof routes.proposeRuleSet
  | typeof routes.approveRuleSet
  | typeof routes.rollBackRules;
type MoveEnd =
  | { readonly outcome: 'moved'; readonly record: RuleSetRecord }
  | { readonly outcome: MoveRefusal };

/** Changes of rule sets and entries, each committed with the answer to its request. */
export function ruleChanges({ rooms, serve, telemetry, models }: Deps): readonly HttpRoute[] {
  const deps: RulesDeps = { ...rooms, models, shipped: defaultRuleSet };
  const add = createAddRuleSet(deps);
  const move = createMoveRuleSet(deps);
  const propose = createProposeRuleSet(deps);
  const grant = createGrantRuleSet(deps);
  const rollBack = createRollBack(deps);

  /** Runs one change; its answer is remembered with it. */
  async function moving(
    call: Pick<Call<MovingRoute, { id: string }>, 'answer' | 'remember' | 'who'>,
    change: (
      together: (record: RuleSetRecord) => readonly ReturnType<typeof call.remember>[],
    ) => Promise<MoveEnd>,
  ): Promise<HttpAnswer | 'repeated'> {
    let response: HttpAnswer | undefined;
    const end = await change((record) => {
      response = call.answer({ ruleSet: ruleSetView(record) });
      return [call.remember(response)];
    });
    const version = end.outcome === 'moved' ? end.record.version : undefined;
    telemetry.log('rules_changed', { by: call.who.id, outcome: end.outcome, version });
    if (end.outcome === 'moved') return response ?? refuse('internal');
    return end.outcome === 'repeated' ? 'repeated' : refuse(moveProblem[end.outcome]);
  }

  return [
    serve(routes.addRuleSet, 'change', async (call) => {
      let response: HttpAnswer | undefined;
      const { contents, note } = call.body;
      const added = await add({ data: contents, note, by: keeperOf(call.who) }, (record) => {
        response = call.answer({ ruleSet: ruleSetView(record) });
        return [call.remember(response)];
      });
      telemetry.log('rules_changed', { by: call.who.id, outcome: added.outcome });
      switch (added.outcome) {
        case 'added':
          return response ?? refuse('internal');
        case 'invalid':
          return refuse('rule-set-invalid', { problems: added.problems.slice(0, 50) });
        case 'exists':
          return refuse('rule-set-exists');
        case 'too_many':
          return refuse('too-many-rule-sets');
        case 'repeated':
          return 'repeated';
      }
    }),
    serve(routes.moveRuleSet, 'change', (call) =>
      moving(call, (together) =>
        move({ version: call.parts.version, ...call.body, by: keeperOf(call.who) }, together),
      ),
    ),
    serve(routes.proposeRuleSet, 'change', (call) =>
      moving(call, (together) =>
        propose({ version: call.parts.version, ...call.body, by: keeperOf(call.who) }, together),
      ),
    ),
    serve(routes.approveRuleSet, 'approve', (call) =>
      moving(call, (together) =>
        grant({ version: call.parts.version, ...call.body, by: keeperOf(call.who) }, together),
      ),
    ),
    serve(routes.rollBackRules, 'change', (call) =>
      moving(call, (together) => rollBack({ ...call.body, by: keeperOf(call.who) }, together)),
    ),
    ...entryChanges(deps, { serve, telemetry }),
  ];
}

function entryChanges(
  deps: RulesDeps,
  { serve, telemetry }: Pick<Deps, 'serve' | 'telemetry'>,
): readonly HttpRoute[] {
  const add = createAddEntry({ ...deps, newId });
  const remove = createRemoveEntry(deps);

  type EntryRoute = typeof entryRoutes.addEntry | typeof entryRoutes.removeEntry;
  async function changing(
    call: Pick<Call<EntryRoute, { id: string }>, 'answer' | 'remember' | 'who'>,
    change: (together: Parameters<typeof add>[1]) => Promise<EntryChanged>,
  ): Promise<HttpAnswer | 'repeated'> {
    let response: HttpAnswer | undefined;
    const end = await change((entry) => {
      response = call.answer({ entry });
      return [call.remember(response)];
    });
    telemetry.log('rules_changed', { by: call.who.id, outcome: end.outcome });
    switch (end.outcome) {
      case 'changed_entries':
        return response ?? refuse('internal');
      case 'invalid':
        return refuse('entry-invalid', { problems: [end.problem] });
      case 'exists':
        return refuse('entry-exists', { entryId: end.entry.entryId });
      case 'too_many':
        return refuse('too-many-entries');
      case 'not_found':
        return refuse('not-found');
      case 'repeated':
        return 'repeated';
    }
  }

  return [
    serve(entryRoutes.addEntry, 'change', (call) =>
      changing(call, (together) => add({ ...call.body, by: keeperOf(call.who) }, together)),
    ),
    serve(entryRoutes.removeEntry, 'change', (call) => {
      const { entryId } = call.parts;
      return changing(call, (together) =>
        remove({ entryId, ...call.body, by: keeperOf(call.who) }, together),
      );
    }),
  ];
}
