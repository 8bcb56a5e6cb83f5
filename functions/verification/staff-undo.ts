import type { Alert } from '../alert/alert.ts';
import { settledEvent } from '../alert/alert-event.ts';
import { mayMove } from '../alert/alert-states.ts';
import type { AlertStore } from '../alert/alert-store.ts';
import { labelAfter } from '../alert/label.ts';
import type { CardStore } from '../card/card-store.ts';
import { withoutNo } from '../card/fraud-hold.ts';
import { openPass, withPasses } from '../card/pass.ts';
import type { Database, Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { maskForStorage } from '../platform/mask.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import { type Approval, approvalEntryData, bothOf, grant, propose, type Staff } from './staff-approval.ts';
import type { ApprovalStore } from './staff-approval-store.ts';

export interface UndoDeps {
  readonly db: Database;
  readonly alerts: AlertStore;
  readonly cards: CardStore;
  readonly tickets: TicketStore;
  readonly approvals: ApprovalStore;
  readonly now: () => Date;
}

export type UndoProposed =
  | { readonly outcome: 'proposed' | 'waits_already'; readonly approval: Approval }
  /** Another agent has asked, and that waits. */
  | { readonly outcome: 'taken'; readonly approval: Approval }
  | { readonly outcome: 'not_found' }
  /** The alert is not settled as fraud: there is nothing to undo. */
  | { readonly outcome: 'nothing_to_undo' }
  /** Only who has the ticket in hand asks. */
  | { readonly outcome: 'not_claimed' }
  | { readonly outcome: 'repeated' };

export type Together<Of> = (of: Of) => readonly Write<unknown>[];

interface Standing {
  readonly alert: Versioned<Alert>;
  readonly ticket: Versioned<Ticket>;
}

/** Asks that a "not mine" be undone: by the agent of the ticket, for another to grant (D5, four eyes). */
export function createProposeUndo(deps: UndoDeps) {
  return (
    request: { alertId: string; reason: string; by: Staff },
    together: Together<{ readonly outcome: 'proposed' | 'waits_already'; readonly approval: Approval }>,
  ): Promise<UndoProposed> =>
    retryWhenChanged(8, async () => {
      const standing = await read(deps, request.alertId);
      if (standing === undefined) return { outcome: 'not_found' };
      const { alert, ticket } = standing;
      const hindrance = hindranceOf(standing, request.by);
      if (hindrance !== undefined) return { outcome: hindrance };
      const before = await deps.approvals.get('undo_not_mine', request.alertId);
      const now = deps.now();
      const proposal = propose(before?.body, askedFor(standing, request), now.toISOString());
      if (proposal.outcome === 'taken') return proposal;
      const { approval } = proposal;
      const entry = {
        type: 'undo_not_mine_proposed' as const,
        by: `agent:${request.by.id}`,
        data: approvalEntryData(approval),
        words: approval.reason,
      };
      const asks = [
        // As it stands: the alert was read before the request, and must still be settled as fraud when it is put.
        ...deps.alerts.save(alert, alert.body),
        deps.approvals.save(before, approval),
        ...deps.tickets.save(ticket, ticket.body, { now, entries: [entry] }),
      ];
      const writes: readonly Write<unknown>[] = [
        ...(proposal.outcome === 'proposed' ? asks : []),
        ...together(proposal),
      ];
      const committed = await deps.db.commit(writes);
      if (committed.outcome === 'done') return proposal;
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}

function hindranceOf({ alert, ticket }: Standing, by: Staff): 'nothing_to_undo' | 'not_claimed' | undefined {
  if (!mayUndo(alert.body)) return 'nothing_to_undo';
  return hasInHand(ticket.body, by) ? undefined : 'not_claimed';
}

function askedFor({ alert, ticket }: Standing, request: { reason: string; by: Staff }) {
  const { alertId, customerId, cardToken } = alert.body;
  const { ticketId, number: ticketNumber } = ticket.body;
  return {
    kind: 'undo_not_mine',
    subjectId: alertId,
    ...{ ticketId, ticketNumber, customerId, cardToken },
    reason: maskForStorage(request.reason),
    proposedBy: request.by,
  } as const;
}

export type Undone =
  | { readonly outcome: 'granted'; readonly approval: Approval; readonly lifted: boolean }
  | { readonly outcome: 'not_found' | 'nothing_waits' | 'same_person' | 'nothing_to_undo' | 'repeated' };

/**
 * Another agent grants it: the alert is genuine, our fraud hold of it is lifted, the same purchase has leave to be
 * paid again; all of it or nothing (I2). Of two who grant at once, one does.
 */
export function createApproveUndo(deps: UndoDeps) {
  return (
    request: { alertId: string; by: Staff },
    together: Together<{ approval: Approval; lifted: boolean }>,
  ): Promise<Undone> =>
    retryWhenChanged(8, async () => {
      const [standing, before] = await Promise.all([
        read(deps, request.alertId),
        deps.approvals.get('undo_not_mine', request.alertId),
      ]);
      if (standing === undefined) return { outcome: 'not_found' };
      const now = deps.now();
      const granted = grant(before?.body, request.by, now.toISOString());
      if (granted.outcome !== 'granted') return granted;
      const { approval } = granted;
      if (!mayUndo(standing.alert.body)) return { outcome: 'nothing_to_undo' };
      const release = await releaseWrites(deps, standing, { now, by: bothOf(approval) });
      const writes: readonly Write<unknown>[] = [
        deps.approvals.save(before, approval),
        ...release.writes,
        ...undoWrites(deps, standing, { approval, now, lifted: release.lifted }),
        ...together({ approval, lifted: release.lifted }),
      ];
      const committed = await deps.db.commit(writes);
      if (committed.outcome === 'done') return { outcome: 'granted', approval, lifted: release.lifted };
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}

async function read(deps: UndoDeps, alertId: string): Promise<Standing | undefined> {
  const alert = await deps.alerts.get(alertId);
  const ticket = alert && (await deps.tickets.get(alert.body.ticketId));
  return alert && ticket && { alert, ticket };
}

const mayUndo = ({ status, held }: Alert): boolean =>
  mayMove(status, 'settled_genuine', { by: 'four_eyes', held });

/**
 * Lifts the fraud hold of this alert and no other (H16), with passes for what is genuine after all (H18). Another NO
 * may rest on that hold, or an alert in question that came while it stood: then it becomes that one's. Whatever settles
 * such an alert writes the card as well, so what is read here still stands when it is committed.
 */
async function releaseWrites(
  deps: UndoDeps,
  { alert: { body } }: Standing,
  { now, by }: { now: Date; by: string },
): Promise<{ readonly lifted: boolean; readonly writes: readonly Write<unknown>[] }> {
  const { alertId, cardToken } = body;
  const stored = await deps.cards.get(cardToken);
  if (stored === undefined) return { lifted: false, writes: [] };
  const at = now.toISOString();
  const inQuestion = await heldInQuestion(deps, body);
  const taken = withoutNo(stored.body, { alertId, inQuestion, at, by });
  if (taken.kind === 'nothing') return { lifted: false, writes: [] };
  const passes = body.transactions.flatMap((one) => openPass({ ...one, alertId }, at) ?? []);
  const card = taken.kind === 'withdrawn' ? taken.card : withPasses(taken.card, passes, at);
  const change = { now, by, type: `fraud_hold_${taken.kind}` };
  return { lifted: taken.kind === 'lifted', writes: deps.cards.saveHolds(stored, card, change) };
}

/** The card's alert that still waits, if the card is to stay frozen for it; the guard gives it, no index. */
async function heldInQuestion(deps: UndoDeps, undone: Alert): Promise<string | undefined> {
  const open = await deps.alerts.openFor(undone.cardToken);
  return open?.body.held && open.body.alertId !== undone.alertId ? open.body.alertId : undefined;
}

const hasInHand = (ticket: Ticket, by: Staff): boolean =>
  ticket.claimedBy === by.id && !['resolved', 'closed', 'merged'].includes(ticket.status);

function undoWrites(
  deps: UndoDeps,
  { alert, ticket }: Standing,
  { approval, now, lifted }: { approval: Approval; now: Date; lifted: boolean },
): readonly Write<unknown>[] {
  const at = now.toISOString();
  const { body } = alert;
  const by = bothOf(approval);
  const label = labelAfter(body.label, { value: 'genuine', provisional: false, at, by });
  const genuine = { ...body, status: 'settled_genuine', settledAt: at, label } as const;
  const entry = {
    type: 'not_mine_undone' as const,
    by,
    data: { ...approvalEntryData(approval), alertId: body.alertId, lifted },
  };
  return [
    ...deps.alerts.save(alert, genuine),
    ...deps.tickets.save(ticket, ticket.body, {
      now,
      entries: [entry],
      effects: [settledEvent(genuine, ticket.body)],
    }),
  ];
}
