import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { maskForLog } from '../platform/mask.ts';

/** Every event we log, so that a query written today still finds it tomorrow. */
export type LogEvent =
  | 'transaction_screened'
  | 'transaction_moved'
  | 'event_quarantined'
  | 'message_failed'
  | 'retry_not_hastened'
  | 'label_learned'
  | 'dispute_noted'
  | 'freeze_counted'
  | 'bulk_release_proposed'
  | 'bulk_release_approved'
  | 'alert_only_switched'
  | 'card_recorded'
  | 'contact_recorded'
  | 'sim_change_recorded'
  | 'device_recorded'
  | 'undo_proposed'
  | 'undo_approved'
  | 'approval_declined'
  | 'vouch_proposed'
  | 'vouch_approved'
  | 'factor_enrolled'
  | 'factor_removed'
  | 'contact_change_requested'
  | 'export_granted'
  | 'export_fetched'
  | 'replacement_requested'
  | 'card_status_recorded'
  | 'issuer_requested'
  | 'effect_routed'
  | 'customer_asked'
  | 'text_sent'
  | 'email_sent'
  | 'delivery_recorded'
  | 'event_published'
  | 'reply_received'
  | 'deadline_swept'
  | 'phone_keys_stale'
  | 'code_keys_stale'
  | 'verification_opened'
  | 'code_ordered'
  | 'factor_tried'
  | 'release_requested'
  | 'hold_requested'
  | 'alert_answered'
  | 'transactions_reported'
  | 'caller_checked'
  | 'fake_call_reported'
  | 'call_answered'
  | 'call_late'
  | 'call_recorded'
  | 'call_dialled'
  | 'call_announced'
  | 'call_connected'
  | 'call_ended'
  | 'evidence_asked'
  | 'evidence_fetched'
  | 'evidence_recorded'
  | 'request_limited'
  | 'limit_unreachable'
  | 'ticket_claimed'
  | 'ticket_read'
  | 'ticket_worked_on'
  | 'staff_called'
  | 'kpis_measured'
  | 'status_answer_not_noted'
  | 'tickets_searched'
  | 'staff_read'
  | 'rules_changed'
  | 'rules_unusable'
  | 'shadow_results_lost'
  | 'card_reconciled'
  | 'cards_reconciled';

/** Metrics that alarms watch; their names are part of the infrastructure. */
export type MetricName =
  | 'IssuerUnconfirmed'
  | 'FreezeFailed'
  | 'SmsNotSent'
  | 'SmsCapReached'
  | 'EmailNotSent'
  | 'CallsLate'
  | 'CallsNotPlaced'
  | 'QuarantinedEvents'
  | 'AlertsRaised'
  | 'RulesUnusable'
  | 'FreezeBreakerTripped'
  | 'CardsDiffer'
  /** A clock of a ticket: three quarters are gone; all is gone; a P1 nobody claimed in ten minutes. */
  | 'ClockWarned'
  | 'ClockBreached'
  | 'UrgentUnclaimed'
  /** No notice was accepted in time: undeliverable, mostly, which is told by itself. */
  | 'AcknowledgementLate'
  /** A channel said of a ticket what it was not, or something older than it had said before (K6). */
  | 'StatusContradictions'
  | 'HoldsWithoutTicket';

export interface Telemetry {
  readonly log: (
    event: LogEvent,
    fields?: Readonly<Record<string, string | number | boolean | undefined>>,
  ) => void;
  readonly warn: (event: LogEvent, error: unknown, fields?: Readonly<Record<string, string>>) => void;
  readonly count: (metric: MetricName, by?: number) => void;
  /** Sends what was counted; call it once at the end of an invocation. */
  readonly flush: () => void;
}

/** Logger and metrics of one function. Fields are ids, codes and numbers: never a phone, a code, words (I10). */
export function createTelemetry(service: string): Telemetry {
  const logger = new Logger({ serviceName: service });
  const metrics = new Metrics({ namespace: 'cardguard', serviceName: service });
  return {
    log: (event, fields) => logger.info(event, { ...fields }),
    warn: (event, error, fields) => logger.warn(event, { ...fields, ...faultOf(error) }),
    count: (metric, by = 1) => metrics.addMetric(metric, MetricUnit.Count, by),
    flush: () => {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}

/**
 * Name and message of a fault, never its payload: a cancelled transaction's error carries items. Not under
 * `message`, which is the logger's own; masked, because a service's refusal may quote what it was sent.
 */
function faultOf(error: unknown): { fault: string; faultMessage: string } {
  if (!(error instanceof Error)) return { fault: 'unknown', faultMessage: 'not an error' };
  return { fault: error.name, faultMessage: maskForLog(error.message.slice(0, 2_000)).slice(0, 300) };
}
