import { heldByPartitions } from '../alert/alert-store.ts';
import { bulkReleaseView } from '../alert/bulk-release.ts';
import { createBulkReleaseStore } from '../alert/bulk-release-store.ts';
import { createApproveBulkRelease, createProposeBulkRelease } from '../alert/run-bulk-release.ts';
import * as routes from '../api/bulk-routes.ts';
import type { Contract } from '../api/contract.ts';
import { defaultRuleSet } from '../screening/rule-set.default.ts';
import { createRuleSetStore } from '../screening/rule-set-store.ts';
import { createSwitchAlertOnly } from '../screening/switch-alert-only.ts';
import type { Agent, createServeAgents } from './agent-serve.ts';
import { type HttpAnswer, type HttpRoute, refuse } from './http.ts';
import type { Rooms } from './rooms.ts';
import type { Handle } from './serve.ts';
import type { Telemetry } from './telemetry.ts';

interface Deps {
  readonly rooms: Rooms;
  readonly telemetry: Telemetry;
  readonly serve: ReturnType<typeof createServeAgents>;
}

/** The group of the sign-in that makes somebody a supervisor here. */
const SUPERVISOR = 'rules-supervisor';

/** What supervisors do about a bad rule: alert-only by hand, and the release in bulk by two of them. */
export function bulkRoutes({ rooms, telemetry, serve }: Deps): readonly HttpRoute[] {
  const releases = createBulkReleaseStore(rooms);
  const deps = { ...rooms, releases, partitionsOf: heldByPartitions };
  const bySupervisor = <C extends Contract>(route: C, handle: Handle<C, Agent>): HttpRoute =>
    serve(route, async (call) =>
      call.who.groups.includes(SUPERVISOR) ? handle(call) : refuse('not-permitted'),
    );
  return [
    bySupervisor(routes.readBulkRelease, async ({ parts, answer }) => {
      const release = await releases.get(parts.version);
      if (release === undefined) return refuse('not-found');
      return answer({ asOf: rooms.now().toISOString(), release: bulkReleaseView(release.body) });
    }),
    bySupervisor(routes.proposeBulkRelease, proposing(createProposeBulkRelease(deps), telemetry)),
    bySupervisor(routes.approveBulkRelease, approving(createApproveBulkRelease(deps), telemetry)),
    bySupervisor(routes.switchAlertOnly, switching({ rooms, telemetry })),
  ];
}

function proposing(
  propose: ReturnType<typeof createProposeBulkRelease>,
  telemetry: Telemetry,
): Handle<typeof routes.proposeBulkRelease, Agent> {
  return async (call) => {
    let response: HttpAnswer | undefined;
    const by = { id: call.who.id, name: call.who.name };
    const wish = { ruleSetVersion: call.parts.version, by, reason: call.body.reason };
    const proposed = await propose(wish, (release) => {
      response = call.answer({ release: bulkReleaseView(release) });
      return [call.remember(response)];
    });
    telemetry.log('bulk_release_proposed', {
      ...wish,
      by: by.id,
      reason: undefined,
      outcome: proposed.outcome,
    });
    switch (proposed.outcome) {
      case 'proposed':
        return response ?? refuse('internal');
      case 'waits':
        return refuse('approval-waits', { by: proposed.release.proposedBy.name });
      case 'nothing_held':
        return refuse('not-found');
      case 'repeated':
        return 'repeated';
    }
  };
}

function approving(
  approve: ReturnType<typeof createApproveBulkRelease>,
  telemetry: Telemetry,
): Handle<typeof routes.approveBulkRelease, Agent> {
  return async (call) => {
    let response: HttpAnswer | undefined;
    const ruleSetVersion = call.parts.version;
    const by = { id: call.who.id, name: call.who.name };
    const approved = await approve({ ruleSetVersion, by }, (release) => {
      response = call.answer({ release: bulkReleaseView(release) });
      return [call.remember(response)];
    });
    telemetry.log('bulk_release_approved', { ruleSetVersion, by: by.id, outcome: approved.outcome });
    switch (approved.outcome) {
      case 'granted':
        return response ?? refuse('internal');
      case 'nothing_waits':
        return refuse('nothing-to-approve');
      case 'never_asked':
        return refuse('not-found');
      case 'same_person':
        return refuse('same-person');
      case 'repeated':
        return 'repeated';
    }
  };
}

function switching({ rooms, telemetry }: Omit<Deps, 'serve'>): Handle<typeof routes.switchAlertOnly, Agent> {
  const { db, now, rules, cardsTable } = rooms;
  const ruleSets = createRuleSetStore({ db, cardsTable });
  const shipped = { shipped: defaultRuleSet, models: new Set<string>() };
  const switchAlertOnly = createSwitchAlertOnly({ db, now, rules, ruleSets, ...shipped });
  return async (call) => {
    let response: HttpAnswer | undefined;
    const { version } = call.parts;
    const { on, reason } = call.body;
    const by = `agent:${call.who.id}`;
    if (version !== defaultRuleSet.version && (await rules.body(version)) === undefined)
      return refuse('not-found');
    const answerOf = (outcome: 'switched' | 'as_it_was', alertOnly: readonly { version: string }[]) =>
      call.answer({ outcome, alertOnly: alertOnly.map((one) => one.version) });
    const switched = await switchAlertOnly({ version, on, by, reason }, ({ alertOnly }) => {
      response = answerOf('switched', alertOnly);
      return [call.remember(response)];
    });
    telemetry.log('alert_only_switched', { version, on, by, outcome: switched.outcome });
    if (switched.outcome === 'repeated') return 'repeated';
    if (switched.outcome === 'as_it_was') return answerOf('as_it_was', switched.board.alertOnly);
    return response ?? refuse('internal');
  };
}
