import type { Database, Key, Write } from '../platform/database.ts';
import type { Outbox } from '../platform/outbox.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { queued } from '../ticket/ticket.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import { withAcceptedText } from './alert.ts';
import type { AlertStore } from './alert-store.ts';

/** What became of a text; `unknown` is one that may or may not have gone out. */
export type TextFate =
  | { readonly fate: 'accepted'; readonly messageId: string; readonly at: string }
  | { readonly fate: 'refused'; readonly reason: string }
  | { readonly fate: 'unknown' };

/** A text of an alert that asked its customer. */
export interface AskingText {
  readonly effectKey: Key;
  readonly alertId: string;
  readonly kind: 'question' | 'secondNotice';
  readonly covers: number;
}

export type RecordText = (text: AskingText, fate: TextFate) => Promise<void>;

/**
 * Records the fate of a text that asked, together with the end of its effect. Accepted: the clocks start.
 * Anything else: the freeze stands, the alert is undeliverable with its reason and the ticket goes to a person
 * at once, P1 (H12); a text of unknown fate is never sent twice.
 */
export function createRecordText(deps: {
  db: Database;
  alerts: AlertStore;
  tickets: TicketStore;
  outbox: Outbox;
  now: () => Date;
}): RecordText {
  return async (text, fate) => {
    await retryWhenChanged(8, async () => {
      const alert = await deps.alerts.get(text.alertId);
      const ticket = alert && (await deps.tickets.get(alert.body.ticketId));
      const effect = await deps.outbox.get(text.effectKey);
      if (alert === undefined || ticket === undefined || effect === undefined) {
        throw new Error('a text without its alert, ticket or effect');
      }
      if (effect.doneAt !== undefined) return 'done';
      const now = deps.now();
      const at = now.toISOString();
      const failed = fate.fate === 'accepted' ? undefined : fate.fate === 'refused' ? fate.reason : 'unknown';
      const undeliverable = failed !== undefined && alert.body.status === 'open' && text.kind === 'question';
      const alertAfter =
        fate.fate === 'accepted'
          ? withAcceptedText(alert.body, { at: fate.at, covers: text.covers, kind: text.kind })
          : undeliverable
            ? {
                ...alert.body,
                status: 'undeliverable' as const,
                undeliverableReason: failed,
                dueAt: undefined,
                expiresAt: undefined,
              }
            : alert.body;
      const order = { priority: 'P1', reason: 'undeliverable', at } as const;
      const ticketAfter = undeliverable ? (queued(ticket.body, order) ?? ticket.body) : ticket.body;
      const writes: readonly Write<unknown>[] = [
        deps.outbox.done(text.effectKey, now, failed ?? 'accepted'),
        ...(alertAfter === alert.body ? [] : deps.alerts.save(alert, alertAfter)),
        ...deps.tickets.save(ticket, ticketAfter, {
          now,
          entries: [
            {
              type: failed === undefined ? 'text_accepted' : 'text_not_sent',
              by: 'system',
              data: {
                alertId: text.alertId,
                kind: text.kind,
                covers: text.covers,
                ...(fate.fate === 'accepted' ? { messageId: fate.messageId } : { reason: failed }),
              },
            },
          ],
        }),
      ];
      return (await deps.db.commit(writes)).outcome === 'refused' ? 'changed' : 'done';
    });
  };
}
