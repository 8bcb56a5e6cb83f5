import { type Card, liftHold } from '../card/card.ts';
import type { CardStore } from '../card/card-store.ts';
import type { Database, Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { moved, type Ticket } from '../ticket/ticket.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import { type Alert, isConcludedFraud } from './alert.ts';
import { settledEvent } from './alert-event.ts';
import { mayMove } from './alert-states.ts';
import type { AlertStore } from './alert-store.ts';
import type { BulkRelease, LeftReason } from './bulk-release.ts';
import type { BulkReleaseStore } from './bulk-release-store.ts';
import { labelAfter } from './label.ts';
import { OF_THE_ALERT } from './settle-alert.ts';

interface ReleaseHeldDeps {
  readonly db: Database;
  readonly alerts: Pick<AlertStore, 'get' | 'save'>;
  readonly cards: Pick<CardStore, 'get' | 'saveHolds'>;
  readonly tickets: Pick<TicketStore, 'get' | 'save'>;
  readonly releases: Pick<BulkReleaseStore, 'note'>;
  readonly now: () => Date;
}

/**
 * Lifts the hold of one alert with those of a bad rule, once: the alert is settled as genuine without anybody's word
 * (`assumed`, so nothing is learnt of it and no purchase gets leave), its ticket resolved where the alert is all there is
 * to it. Never where the customer said NO, fraud is concluded, or the hold is another's (I2, H16).
 */
export function createReleaseHeld(deps: ReleaseHeldDeps) {
  return (alertId: string, release: BulkRelease): Promise<'released' | LeftReason> =>
    retryWhenChanged(8, async () => {
      const alert = await deps.alerts.get(alertId);
      if (alert === undefined) return 'answered';
      const hindrance = hindranceOf(alert.body, release);
      if (hindrance !== undefined) return hindrance;
      const [ticket, card] = await Promise.all([
        deps.tickets.get(alert.body.ticketId),
        deps.cards.get(alert.body.cardToken),
      ]);
      if (ticket === undefined || card === undefined) throw new Error('an alert without its ticket or card');
      if (card.body.closedAt !== undefined) return 'closed';
      const free = liftHold(card.body, { kind: 'fraud', alertId });
      if (free === undefined) return 'other_hold';
      const writes = writesOf(deps, { alert, ticket, card, free }, release);
      return (await deps.db.commit(writes)).outcome === 'done' ? 'released' : 'changed';
    });
}

/** Why it stays as it is: somebody has answered, or what holds it is not these rules. */
function hindranceOf(alert: Alert, { ruleSetVersion }: BulkRelease): LeftReason | undefined {
  if (isConcludedFraud(alert)) return 'fraud';
  const unanswered = mayMove(alert.status, 'settled_genuine', { by: 'proof', held: true });
  return unanswered && alert.heldByRules === ruleSetVersion ? undefined : 'answered';
}

interface Standing {
  readonly alert: Versioned<Alert>;
  readonly ticket: Versioned<Ticket>;
  readonly card: Versioned<Card>;
  readonly free: Card;
}

function writesOf(
  deps: ReleaseHeldDeps,
  { alert, ticket, card, free }: Standing,
  release: BulkRelease,
): readonly Write<unknown>[] {
  const now = deps.now();
  const by = bothOf(release);
  const settled = settledAs(alert.body, now, by);
  const after = ticketAfter(ticket, alert.body, free.holds.lost !== undefined, now);
  return [
    ...deps.cards.saveHolds(card, free, { now, by, type: 'fraud_hold_lifted' }),
    ...deps.alerts.save(alert, settled),
    deps.releases.note(release, alert.body.alertId, now),
    ...deps.tickets.save(ticket, after, {
      now,
      entries: [entryOf(release, alert.body, by)],
      effects: [settledEvent(settled, ticket.body)],
    }),
  ];
}

const bothOf = ({ proposedBy, approvedBy }: BulkRelease): string =>
  `agent:${proposedBy.id}+agent:${approvedBy?.id ?? ''}`;

function settledAs(alert: Alert, now: Date, by: string): Alert {
  const at = now.toISOString();
  const label = { value: 'genuine', provisional: true, assumed: true, at, by } as const;
  return {
    ...{ ...alert, status: 'settled_genuine', label: labelAfter(alert.label, label) },
    ...{ settledAt: at, dueAt: undefined, expiresAt: undefined },
  };
}

/** Resolved where the alert is all there is to the case; else a person's, as it was. */
function ticketAfter({ body }: Versioned<Ticket>, alert: Alert, isLost: boolean, now: Date): Ticket {
  const byAlert = body.queuedReason === undefined || OF_THE_ALERT.includes(body.queuedReason);
  const alone = body.claimedBy === undefined && body.joined === undefined;
  const isAll = body.alertId === alert.alertId && alone && byAlert && !isLost;
  const at = now.toISOString();
  const resolved = isAll ? moved(body, 'resolved', at) : undefined;
  return resolved ? { ...resolved, resolvedAt: at, resolution: 'rule_withdrawn' } : body;
}

const entryOf = (release: BulkRelease, alert: Alert, by: string) => ({
  type: 'released_in_bulk' as const,
  by,
  data: {
    alertId: alert.alertId,
    ruleSetVersion: release.ruleSetVersion,
    proposedBy: release.proposedBy.id,
    proposedByName: release.proposedBy.name,
    approvedBy: release.approvedBy?.id,
    approvedByName: release.approvedBy?.name,
  },
});
