import type { Card } from '../card/card.ts';
import type { Write } from '../platform/database.ts';
import type { EntryType } from '../ticket/entry-types.ts';
import type { TicketEntry } from '../ticket/ticket-effect.ts';
import type { Alert, Suspicion } from './alert.ts';

/** What screening hands over: one transaction that has to be asked about. */
export interface SuspiciousTransaction {
  readonly suspicion: Suspicion;
  readonly severity: Alert['severity'];
  readonly cardToken: string;
  readonly cardholderId: string;
  readonly accountOwnerId: string;
  readonly ruleSetVersion: string;
  readonly modelVersion: string | null;
  /** The event came long after the purchase (a replayed queue): judged, held, but no stale text (H25). */
  readonly stale: boolean;
}

export interface Raised {
  readonly writes: readonly Write<unknown>[];
  readonly alertId: string;
  readonly ticketNumber: string;
  readonly how: 'opened' | 'joined';
  readonly held: boolean;
}

/** The card's side of an alert: the hold it takes, or the one that stands already. */
export interface Hold {
  readonly alertId: string;
  readonly card: Card;
  /** True when a fraud hold stands after these writes. */
  readonly held: boolean;
  /** These writes place it. */
  readonly placed: boolean;
  readonly writes: readonly Write<unknown>[];
}

/** How an alert's beginning, or a transaction that joins it, stands in the ticket's journal. */
export function suspicionEntry(
  type: EntryType,
  suspicious: SuspiciousTransaction,
  alert: Alert,
): TicketEntry {
  const { suspicion, severity, ruleSetVersion, modelVersion } = suspicious;
  return {
    type,
    by: 'system',
    data: {
      alertId: alert.alertId,
      severity,
      held: alert.held,
      status: alert.status,
      transactionId: suspicion.transactionId,
      reasons: suspicion.reasons.map(({ code }) => code),
      ruleSetVersion,
      modelVersion,
    },
  };
}
