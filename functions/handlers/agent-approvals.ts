import * as routes from '../api/staff-routes.ts';
import { approvalView } from '../verification/staff-approval.ts';
import { type ApprovalDeclined, createDeclineApproval } from '../verification/staff-decline.ts';
import {
  createApproveUndo,
  createProposeUndo,
  type Undone,
  type UndoProposed,
} from '../verification/staff-undo.ts';
import {
  createApproveVouch,
  createProposeVouch,
  type Vouched,
  type VouchProposed,
} from '../verification/staff-vouch.ts';
import { verificationView } from '../verification/verification-view.ts';
import type { Agent, createServeAgents } from './agent-serve.ts';
import { type HttpAnswer, type HttpRoute, refuse } from './http.ts';
import type { Rooms } from './rooms.ts';
import type { Handle } from './serve.ts';
import { logListed } from './staff-readings.ts';
import type { Telemetry } from './telemetry.ts';

interface Deps {
  readonly rooms: Rooms;
  readonly telemetry: Telemetry;
  readonly serve: ReturnType<typeof createServeAgents>;
}

/** The routes by which one agent asks and another grants. */
export function approvalRoutes(deps: Deps): readonly HttpRoute[] {
  const { rooms, serve, telemetry } = deps;
  return [
    serve(routes.listApprovals, async ({ who, answer }) => {
      const asOf = rooms.now().toISOString();
      const approvals = await rooms.approvals.waiting(asOf);
      logListed(
        telemetry,
        who,
        approvals.map(({ ticketNumber }) => ticketNumber),
      );
      return answer({ asOf, approvals: approvals.map(approvalView) });
    }),
    serve(routes.proposeUndo, proposingUndo(deps)),
    serve(routes.approveUndo, approvingUndo(deps)),
    serve(routes.proposeVouch, proposingVouch(deps)),
    serve(routes.approveVouch, approvingVouch(deps)),
    serve(routes.declineApproval, declining(deps)),
  ];
}

function proposingUndo({ rooms, telemetry }: Deps): Handle<typeof routes.proposeUndo, Agent> {
  const propose = createProposeUndo(rooms);
  return async (call) => {
    const { alertId } = call.parts;
    let response: HttpAnswer | undefined;
    const request = { alertId, reason: call.body.reason, by: call.who };
    const proposed = await propose(request, ({ outcome, approval }) => {
      response = call.answer({ outcome, approval: approvalView(approval) });
      return [call.remember(response)];
    });
    telemetry.log('undo_proposed', { agent: call.who.id, outcome: proposed.outcome });
    return isAsked(proposed) ? (response ?? refuse('internal')) : refused(proposed);
  };
}

function approvingUndo({ rooms, telemetry }: Deps): Handle<typeof routes.approveUndo, Agent> {
  const approve = createApproveUndo(rooms);
  return async (call) => {
    const { alertId } = call.parts;
    let response: HttpAnswer | undefined;
    const undone = await approve({ alertId, by: call.who }, ({ approval, lifted }) => {
      response = call.answer({ approval: approvalView(approval), lifted });
      return [call.remember(response)];
    });
    telemetry.log('undo_approved', { agent: call.who.id, outcome: undone.outcome });
    return undone.outcome === 'granted' ? (response ?? refuse('internal')) : refused(undone);
  };
}

function proposingVouch({ rooms, telemetry }: Deps): Handle<typeof routes.proposeVouch, Agent> {
  const propose = createProposeVouch(rooms);
  return async (call) => {
    const { verificationId } = call.parts;
    let response: HttpAnswer | undefined;
    const request = { verificationId, reason: call.body.reason, by: call.who };
    const proposed = await propose(request, ({ outcome, approval }) => {
      response = call.answer({ outcome, approval: approvalView(approval) });
      return [call.remember(response)];
    });
    telemetry.log('vouch_proposed', { agent: call.who.id, outcome: proposed.outcome });
    return isAsked(proposed) ? (response ?? refuse('internal')) : refused(proposed);
  };
}

function approvingVouch({ rooms, telemetry }: Deps): Handle<typeof routes.approveVouch, Agent> {
  const approve = createApproveVouch(rooms);
  return async (call) => {
    const { verificationId } = call.parts;
    let response: HttpAnswer | undefined;
    const vouched = await approve({ verificationId, by: call.who }, ({ approval, verification }) => {
      const view = verificationView(verification, rooms.now().toISOString());
      response = call.answer({ approval: approvalView(approval), verification: view });
      return [call.remember(response)];
    });
    telemetry.log('vouch_approved', { agent: call.who.id, outcome: vouched.outcome });
    return vouched.outcome === 'granted' ? (response ?? refuse('internal')) : refused(vouched);
  };
}

function declining({ rooms, telemetry }: Deps): Handle<typeof routes.declineApproval, Agent> {
  const decline = createDeclineApproval(rooms);
  return async (call) => {
    let response: HttpAnswer | undefined;
    const request = { ...call.parts, reason: call.body.reason, by: call.who };
    const declined = await decline(request, (approval) => {
      response = call.answer({ approval: approvalView(approval) });
      return [call.remember(response)];
    });
    telemetry.log('approval_declined', { agent: call.who.id, outcome: declined.outcome });
    return declined.outcome === 'declined' ? (response ?? refuse('internal')) : refused(declined);
  };
}

type Asked = { readonly outcome: 'proposed' | 'waits_already' };
const isAsked = <Outcome extends { readonly outcome: string }>(
  outcome: Outcome,
): outcome is Extract<Outcome, Asked> =>
  outcome.outcome === 'proposed' || outcome.outcome === 'waits_already';

type Refused = Exclude<
  UndoProposed | Undone | VouchProposed | Vouched | ApprovalDeclined,
  Asked | { outcome: 'granted' | 'declined' }
>;

function refused(refusal: Refused): HttpAnswer | 'repeated' {
  switch (refusal.outcome) {
    case 'taken':
      return refuse('approval-waits', { by: refusal.approval.proposedBy.name });
    case 'not_found':
      return refuse('not-found');
    case 'nothing_waits':
      return refuse('nothing-to-approve');
    case 'same_person':
      return refuse('same-person');
    case 'nothing_to_undo':
      return refuse('nothing-to-undo');
    case 'not_claimed':
      return refuse('not-your-ticket');
    case 'over':
      return refuse('verification-over');
    case 'repeated':
      return 'repeated';
  }
}
