import type { DeliveryReport } from '../notification/delivery-log.ts';
import type { Database, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { queued } from '../ticket/ticket.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import { undeliverable } from './alert.ts';
import type { AlertStore } from './alert-store.ts';
import { withFailedText } from './alert-texts.ts';
import { optedOut } from './phone.ts';
import type { PhoneStore } from './phone-store.ts';
import type { SentText, SentTextStore } from './sent-text-store.ts';

export type DeliveryRecorded =
  /** No text of ours: the log belongs to the whole account. */
  | 'not_ours'
  | 'delivered'
  /** Said before. */
  | 'known'
  /** Noted; nothing waits for this text any more. */
  | 'noted'
  | 'undeliverable';

export interface RecordDeliveryDeps {
  readonly db: Database;
  readonly sentTexts: SentTextStore;
  readonly alerts: AlertStore;
  readonly tickets: TicketStore;
  readonly phones: PhoneStore;
  readonly now: () => Date;
}

export type RecordDelivery = (report: DeliveryReport) => Promise<DeliveryRecorded>;

/**
 * Takes a delivery status, which may come up to 72 hours after the text, twice, or never. A question that did not
 * arrive while it stands open brings a person at once, P1, with the reason (H12); later the failure is only noted
 * on the ticket: it reopens nothing, settles nothing, moves no deadline. "Delivered" changes nothing at all. A
 * second notice that failed says nothing of the question before it, which stays open. What a text that never arrived
 * named is not covered by a YES.
 */
export function createRecordDelivery(deps: RecordDeliveryDeps): RecordDelivery {
  return (report) => retryWhenChanged<DeliveryRecorded>(8, () => recordOnce(deps, report));
}

async function recordOnce(
  deps: RecordDeliveryDeps,
  report: DeliveryReport,
): Promise<DeliveryRecorded | 'changed'> {
  const text = await deps.sentTexts.get(report.messageId);
  if (text === undefined) return 'not_ours';
  if (report.delivered) return 'delivered';
  if (text.failedAt !== undefined) return 'known';
  const now = deps.now();
  const reason = report.reason ?? 'not_delivered';
  const onCase = await caseWrites(deps, text, reason, now);
  const writes: readonly Write<unknown>[] = [
    deps.sentTexts.fail(text, now, reason),
    ...(reason === 'opted_out' ? await optOutWrites(deps, text, now) : []),
    ...onCase.writes,
  ];
  return (await deps.db.commit(writes)).outcome === 'refused' ? 'changed' : onCase.outcome;
}

async function caseWrites(
  deps: RecordDeliveryDeps,
  text: SentText,
  reason: string,
  now: Date,
): Promise<{ outcome: 'noted' | 'undeliverable'; writes: readonly Write<unknown>[] }> {
  const [alert, ticket] = await Promise.all([
    text.alertId === undefined ? undefined : deps.alerts.get(text.alertId),
    text.ticketId === undefined ? undefined : deps.tickets.get(text.ticketId),
  ]);
  if (ticket === undefined) return { outcome: 'noted', writes: [] };
  const at = now.toISOString();
  const failed = alert && withFailedText(alert.body, text.acceptedAt, at);
  const open = failed?.status === 'open' && failed.question === text.question;
  const lost = open && text.kind === 'question';
  const alertAfter = lost ? undeliverable(failed, reason) : failed;
  const order = { priority: 'P1', reason: 'undeliverable', at } as const;
  const data = { alertId: text.alertId, kind: text.kind, messageId: text.messageId, reason };
  return {
    outcome: lost ? 'undeliverable' : 'noted',
    writes: [
      ...(alertAfter === undefined || alertAfter === alert?.body ? [] : deps.alerts.save(alert, alertAfter)),
      ...deps.tickets.save(ticket, (lost ? queued(ticket.body, order) : undefined) ?? ticket.body, {
        now,
        entries: [{ type: 'text_not_delivered', by: 'system', data }],
      }),
    ],
  };
}

/** An opt-out only the provider knew of: kept as the provider's, so that no text is tried again. */
async function optOutWrites(
  deps: RecordDeliveryDeps,
  text: SentText,
  now: Date,
): Promise<readonly Write<unknown>[]> {
  const phone = text.phoneDigest === undefined ? undefined : await deps.phones.get(text.phoneDigest);
  const after = phone && optedOut(phone.body, { at: now.toISOString(), source: 'provider' });
  return after === undefined ? [] : [deps.phones.save(phone, after)];
}
