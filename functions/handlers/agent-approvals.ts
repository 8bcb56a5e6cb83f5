import * as routes from '../api/staff-routes.ts';
import { approvalView } from '../verification/staff-approval.ts';
import { createApproveUndo, createProposeUndo } from '../verification/staff-undo.ts';
import type { createServeAgents } from './agent-serve.ts';
import { type HttpAnswer, type HttpRoute, refuse } from './http.ts';
import type { Rooms } from './rooms.ts';
import type { Telemetry } from './telemetry.ts';

/** The routes by which one agent asks and another grants. */
export function approvalRoutes(deps: {
  readonly rooms: Rooms;
  readonly telemetry: Telemetry;
  readonly serve: ReturnType<typeof createServeAgents>;
}): readonly HttpRoute[] {
  const { rooms, telemetry, serve } = deps;
  const proposeUndo = createProposeUndo(rooms);
  const approveUndo = createApproveUndo(rooms);
  return [
    serve(routes.listApprovals, async ({ answer }) => {
      const asOf = rooms.now().toISOString();
      const approvals = await rooms.approvals.waiting(asOf);
      return answer({ asOf, approvals: approvals.map(approvalView) });
    }),
    serve(routes.proposeUndo, async (call) => {
      const { alertId } = call.parts;
      let response: HttpAnswer | undefined;
      const request = { alertId, reason: call.body.reason, by: call.who };
      const proposed = await proposeUndo(request, ({ outcome, approval }) => {
        response = call.answer({ outcome, approval: approvalView(approval) });
        return [call.remember(response)];
      });
      if (proposed.outcome !== 'not_found')
        telemetry.log('undo_proposed', { alertId, agent: call.who.id, outcome: proposed.outcome });
      switch (proposed.outcome) {
        case 'proposed':
        case 'waits_already':
          return response ?? refuse('internal');
        case 'taken':
          return refuse('approval-waits', { by: proposed.approval.proposedBy.name });
        case 'not_found':
          return refuse('not-found');
        case 'nothing_to_undo':
          return refuse('nothing-to-undo');
        case 'not_claimed':
          return refuse('not-your-ticket');
        case 'repeated':
          return 'repeated';
      }
    }),
    serve(routes.approveUndo, async (call) => {
      const { alertId } = call.parts;
      let response: HttpAnswer | undefined;
      const undone = await approveUndo({ alertId, by: call.who }, ({ approval, lifted }) => {
        response = call.answer({ approval: approvalView(approval), lifted });
        return [call.remember(response)];
      });
      if (undone.outcome !== 'not_found')
        telemetry.log('undo_approved', { alertId, agent: call.who.id, outcome: undone.outcome });
      return undone.outcome === 'granted' ? (response ?? refuse('internal')) : refused(undone.outcome);
    }),
  ];
}

function refused(
  outcome: 'not_found' | 'nothing_waits' | 'same_person' | 'nothing_to_undo' | 'repeated',
): HttpAnswer | 'repeated' {
  switch (outcome) {
    case 'not_found':
      return refuse('not-found');
    case 'nothing_waits':
      return refuse('nothing-to-approve');
    case 'same_person':
      return refuse('same-person');
    case 'nothing_to_undo':
      return refuse('nothing-to-undo');
    case 'repeated':
      return 'repeated';
  }
}
