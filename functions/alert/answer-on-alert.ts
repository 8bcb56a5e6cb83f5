import type { Write } from '../platform/database.ts';
import { heardFromCustomer, queued, type Ticket } from '../ticket/ticket.ts';
import type { TicketEffect, TicketEntry } from '../ticket/ticket-effect.ts';
import { type Alert, ANSWERS_PER_ALERT } from './alert.ts';
import { type AnswerPhoneDeps, type Inbound, replyTo } from './answer-phone.ts';
import { answerEffect, withWarning } from './answer-text.ts';
import type { SettleDeps } from './settle-alert.ts';

interface Words {
  readonly kind: string;
  readonly facts: object;
}

export interface AnswerOrder {
  readonly alertId: string;
  /** What to say, where it depends on the ticket as it stands. */
  readonly words: (ticket: Ticket) => Words;
  readonly effect: string;
  readonly change?: (alert: Alert) => Alert;
  /** What the text changes about the ticket itself. */
  readonly onTicket?: (
    ticket: Ticket,
    at: string,
  ) => {
    readonly ticket: Ticket;
    readonly entries: readonly TicketEntry[];
    readonly effects: readonly TicketEffect[];
  };
  /** From so many unclear texts on a person is called instead of answering again. */
  readonly personAfter?: number;
}

/** Answers on an alert's ticket within the cap of answers (H7), noting the text there. */
export async function answerOnAlert(
  deps: SettleDeps & AnswerPhoneDeps,
  inbound: Inbound,
  order: AnswerOrder,
): Promise<string | 'changed'> {
  const alert = await deps.alerts.get(order.alertId);
  const ticket = alert && (await deps.tickets.get(alert.body.ticketId));
  if (alert === undefined || ticket === undefined) throw new Error('a reply to an alert that is not there');
  const now = deps.now();
  const at = now.toISOString();
  const changed = order.change?.(alert.body) ?? alert.body;
  const toPerson = order.personAfter !== undefined && changed.unclearReplies > order.personAfter;
  const speaks = alert.body.answersPutOut < ANSWERS_PER_ALERT && !toPerson;
  const priority = alert.body.held ? 'P2' : 'P3';
  const queuedTicket = toPerson
    ? queued(ticket.body, { priority, reason: 'unclear_replies', at })
    : undefined;
  const own = order.onTicket?.(ticket.body, at);
  const heard = inbound.reading.kind === 'unclear' ? heardFromCustomer(ticket.body, at) : ticket.body;
  const answerTo = await replyTo(deps, inbound);
  const answered = { ...changed, answersPutOut: changed.answersPutOut + (speaks ? 1 : 0) };
  const warned = withWarning(
    { alert: answered, ticket: queuedTicket ?? own?.ticket ?? heard },
    { answerTo: inbound.cardData ? answerTo : undefined, at },
  );
  const effect = effectOf(order.effect, { speaks, toPerson: queuedTicket !== undefined });
  const writes: readonly Write<unknown>[] = [
    ...deps.alerts.save(alert, warned.alert),
    ...deps.tickets.save(ticket, warned.ticket, {
      now,
      entries: [noteOf(inbound, effect), ...(own?.entries ?? []), ...warned.entries],
      effects: [
        ...(speaks ? [answerEffect(order.words(ticket.body), alert.body, answerTo)] : []),
        ...(own?.effects ?? []),
        ...warned.effects,
      ],
    }),
    deps.phones.see(inbound.text.messageId, now),
  ];
  return (await deps.db.commit(writes)).outcome === 'refused' ? 'changed' : effect;
}

/** What is told of it: beyond the cap there is silence, and a person called in says more than the silence. */
function effectOf(effect: string, { speaks, toPerson }: { speaks: boolean; toPerson: boolean }): string {
  if (toPerson) return `${effect}_to_person`;
  return speaks ? effect : `${effect}_silent`;
}

/** The customer's text in the ticket's journal, masked. */
export function noteOf(inbound: Inbound, effect: string) {
  const { words, text, reading } = inbound;
  return {
    type: 'customer_wrote' as const,
    by: 'customer',
    data: { channel: 'sms', sentAt: text.sentAt, reading: reading.kind, effect },
    words,
  };
}
