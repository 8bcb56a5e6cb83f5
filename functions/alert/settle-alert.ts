import type { Card } from '../card/card.ts';
import type { CardStore } from '../card/card-store.ts';
import type { Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { heardFromCustomer, moved, queued, type Ticket } from '../ticket/ticket.ts';
import type { TicketEffect } from '../ticket/ticket-effect.ts';
import type { TicketEntry, TicketStore } from '../ticket/ticket-store.ts';
import type { Alert } from './alert.ts';
import { settledEvent } from './alert-event.ts';
import type { AlertStore } from './alert-store.ts';
import { type AnswerTo, answerText, withAnswer, withWarning } from './answer-text.ts';
import { fraudHold, holdOfNo } from './hold-of-no.ts';
import { labelAfter } from './label.ts';
import { type Settlement, settle } from './settle.ts';

/** An answer to one alert, wherever it came from. */
export interface Answer {
  readonly says: 'mine' | 'not_mine';
  /** When the customer sent it (the provider's own time stamp), not when it reached us. */
  readonly at: string;
  /** For the journal: `sms`, `app` … and the masked words. */
  readonly channel: string;
  readonly words?: string;
  /** Where the answer to a text goes; absent: none is sent. */
  readonly answerTo?: AnswerTo;
  /** The text held a card number, now masked: the customer is warned (H15). */
  readonly warn?: boolean;
  /** It came from a number too fresh to be believed: a YES only claims (changed or moved in the last 72 h). */
  readonly claimsOnly?: boolean;
  /** Several alerts could have been meant: hold and raise, but settle nothing (H3). */
  readonly onlyHold?: boolean;
  /** How many transactions the customer was shown, where they did not answer a text: what a YES covers. */
  readonly shown?: number;
  /** Transactions reported with the answer: what that changes on the ticket, and how its journal tells it. */
  readonly report?: {
    readonly transactionIds: readonly string[];
    readonly change: (ticket: Ticket) => Ticket;
    readonly entries: readonly TicketEntry[];
  };
}

export interface Settled {
  readonly writes: readonly Write<unknown>[];
  readonly kind: Settlement['kind'] | 'held';
  /** An answer was due, and the cap of answers is reached (H7). */
  readonly silent?: boolean;
  /** As they are once the writes are committed. */
  readonly after: { readonly alert: Alert; readonly ticket: Ticket; readonly card: Card };
}

export interface SettleDeps {
  readonly alerts: AlertStore;
  readonly cards: CardStore;
  readonly tickets: TicketStore;
}

interface Standing {
  readonly alert: Versioned<Alert>;
  readonly ticket: Versioned<Ticket>;
  readonly card: Versioned<Card>;
}

/**
 * The writes of one answer to one alert: alert, ticket, journal, card hold, the text that answers. Reads what
 * stands now; the caller commits them with its own guard and tries again when something changed.
 */
export async function settleAlert(
  deps: SettleDeps,
  alertId: string,
  answer: Answer,
  now: Date,
): Promise<Settled> {
  const alert = await deps.alerts.get(alertId);
  if (alert === undefined) throw new Error('an answer to an alert that is not there');
  const [ticket, card] = await Promise.all([
    deps.tickets.get(alert.body.ticketId),
    deps.cards.get(alert.body.cardToken),
  ]);
  if (ticket === undefined || card === undefined) throw new Error('an alert without its ticket or card');
  const standing: Standing = { alert, ticket, card };
  return answer.onlyHold ? holdOnly(deps, standing, answer, now) : settled(deps, standing, answer, now);
}

async function settled(deps: SettleDeps, standing: Standing, answer: Answer, now: Date): Promise<Settled> {
  const at = now.toISOString();
  const { body } = standing.alert;
  // Frozen by whatever fraud hold stands: an answer to this alert must not pass for an answer to that one.
  const held = body.held || standing.card.body.holds.fraud !== undefined;
  const settlement = settle({ ...body, held }, { ...answer, now: at });
  const hold =
    settlement.kind === 'fraud'
      ? await holdOfNo(deps, standing, now)
      : { card: standing.card.body, writes: [] };
  const ticketMoved = heardFromCustomer(ticketAfter(settlement, standing, { at, answeredAt: answer.at }), at);
  const ticket = answer.report?.change(ticketMoved) ?? ticketMoved;
  const decided = settlement.kind === 'fraud' || settlement.kind === 'genuine' ? settlement.kind : undefined;
  const moved = 'alert' in settlement ? settlement.alert : body;
  const by = `customer:${body.customerId}`;
  const after =
    decided === undefined
      ? moved
      : { ...moved, label: labelAfter(body.label, { value: decided, provisional: true, at, by }) };
  const reply = answerText(settlement, { card: hold.card, ticket, alert: after });
  const answered = withAnswer(after, reply, answer.answerTo);
  const silent = reply !== undefined && answer.answerTo !== undefined && answered.effects.length === 0;
  const warned = withWarning(
    { alert: answered.alert, ticket },
    { answerTo: answer.warn ? answer.answerTo : undefined, at },
  );
  const askAgain = settlement.kind === 'ask_again';
  const effects: TicketEffect[] = [
    ...answered.effects,
    ...warned.effects,
    ...(askAgain ? [{ effect: 'ask', payload: { alertId: after.alertId } } as const] : []),
    ...(decided === undefined ? [] : [settledEvent(after, ticket, answer.report?.transactionIds)]),
  ];
  return {
    kind: settlement.kind,
    silent,
    after: { alert: warned.alert, ticket: warned.ticket, card: hold.card },
    writes: [
      ...hold.writes,
      ...(warned.alert === body ? [] : deps.alerts.save(standing.alert, warned.alert)),
      ...deps.tickets.save(standing.ticket, warned.ticket, {
        now,
        // Beyond the cap of answers there is silence, and the ticket says so (H7).
        entries: [
          replyEntry(answer, `${settlement.kind}${silent ? '_silent' : ''}`, after),
          ...(answer.report?.entries ?? []),
          ...warned.entries,
        ],
        effects,
      }),
    ],
  };
}

/** A bare NO with several alerts open: this card is held and its ticket P1; the alert waits to be named. */
function holdOnly(deps: SettleDeps, standing: Standing, answer: Answer, now: Date): Settled {
  const hold = fraudHold(deps, standing, now);
  const at = now.toISOString();
  const ticket = standing.ticket.body;
  const order = { priority: 'P1', reason: 'not_mine', at, clockFrom: answer.at } as const;
  const queuedTicket = queued(ticket, order) ?? ticket;
  const { body } = standing.alert;
  const alert = body.held ? body : { ...body, held: true };
  const after = { alert, ticket: queuedTicket, card: hold.card };
  // Delivered again after a crash between two of the alerts: what stands already is not noted twice (H5).
  if (hold.writes.length === 0 && body.held && queuedTicket === ticket)
    return { kind: 'held', writes: [], after };
  return {
    kind: 'held',
    after,
    writes: [
      ...hold.writes,
      ...(body.held ? [] : deps.alerts.save(standing.alert, alert)),
      ...deps.tickets.save(standing.ticket, queuedTicket, {
        now,
        entries: [replyEntry(answer, 'held', body)],
      }),
    ],
  };
}

/** Why the machine itself queued a ticket for an unanswered alert; a YES makes these groundless. */
export const OF_THE_ALERT = [
  'no_answer',
  'not_verified',
  'undeliverable',
  'unclear_replies',
  'other_channel',
];

/**
 * A YES may close the case only where the alert is all there is to it: a lost report, a hold that stands, another
 * alert's NO, another ticket that became part of it or a person at work keep the ticket as it is.
 */
function isAllThereIs(settled: Alert, { card, ticket }: Standing): boolean {
  const { alertId, claimedBy, joined, queuedReason } = ticket.body;
  const { fraud, lost } = card.body.holds;
  const byAlert = queuedReason === undefined || OF_THE_ALERT.includes(queuedReason);
  const free = fraud === undefined && lost === undefined && claimedBy === undefined;
  return alertId === settled.alertId && joined === undefined && free && byAlert;
}

function ticketAfter(
  settlement: Settlement,
  standing: Standing,
  when: { at: string; answeredAt: string },
): Ticket {
  const { at } = when;
  const ticket = standing.ticket.body;
  if (settlement.kind === 'fraud') {
    const order = { priority: 'P1', reason: 'not_mine', at, clockFrom: when.answeredAt } as const;
    return queued(ticket, order) ?? ticket;
  }
  if (settlement.kind !== 'genuine' || !isAllThereIs(settlement.alert, standing)) return ticket;
  const resolved = moved(ticket, 'resolved', at);
  return resolved ? { ...resolved, resolvedAt: at, resolution: 'genuine' } : ticket;
}

function replyEntry(answer: Answer, effect: string, alert: Alert) {
  return {
    type: 'customer_answered' as const,
    by: `customer:${alert.customerId}`,
    data: {
      alertId: alert.alertId,
      channel: answer.channel,
      says: answer.says,
      sentAt: answer.at,
      effect,
    },
    words: answer.words,
  };
}
