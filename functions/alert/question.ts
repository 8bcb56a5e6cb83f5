import { type Card, type FreezeStage, freezeStage } from '../card/card.ts';
import { noticeOf } from '../notification/notices.ts';
import type { Value } from '../platform/database.ts';
import type { EntryType } from '../ticket/entry-types.ts';
import { mayText, queued, type Ticket, withText } from '../ticket/ticket.ts';
import type { TicketEffect } from '../ticket/ticket-effect.ts';
import { type Alert, largest, undeliverable } from './alert.ts';
import { isShared, type Phone } from './phone.ts';

/** What a question is made from. */
export interface About {
  readonly alert: Alert;
  readonly ticket: Ticket;
  readonly stage: FreezeStage;
  readonly lastFour: string | undefined;
  readonly phone: Phone | undefined;
}

/** The question while the budget of texts allows it; a person otherwise (I5). */
export function askOrGiveUp(about: About, at: string): QuestionPlan {
  if (about.phone?.wrongNumberAt !== undefined) return withoutQuestion(about, 'wrong_number', at);
  return mayText(about.ticket, at) ? withQuestion(about, at) : withoutQuestion(about, 'budget', at);
}

/** Alert and ticket after the question was planned, with the effects to put out. */
export interface QuestionPlan {
  readonly alert: Alert;
  readonly ticket: Ticket;
  readonly effects: readonly TicketEffect[];
  readonly entry: EntryType;
}

function withoutQuestion(
  { alert, ticket }: About,
  reason: 'budget' | 'wrong_number',
  at: string,
): QuestionPlan {
  return {
    alert: { ...undeliverable(alert, reason), asked: alert.question },
    ticket: queued(ticket, { priority: 'P1', reason: 'undeliverable', at }) ?? ticket,
    effects: [],
    entry: reason === 'budget' ? 'text_budget_spent' : 'number_is_wrong',
  };
}

/** The alert with its question put out, and the ticket with the text to send. */
export function withQuestion(about: About, at: string): QuestionPlan {
  const { alert, ticket } = about;
  return {
    alert: { ...alert, asked: alert.question },
    ticket: withText(ticket, at),
    effects: questionEffects('alert_opened', about),
    entry: 'question_put_out',
  };
}

/**
 * The text that asks, with the facts of this moment, where the notice table wants one; it covers every transaction
 * the alert has now.
 */
export function questionEffects(
  event: 'alert_opened' | 'alert_reminded',
  about: Omit<About, 'ticket'>,
): readonly TicketEffect[] {
  const notice = noticeOf(event, 'sms');
  if (notice.how !== 'ask' || notice.text === undefined) return [];
  const { alert, stage, phone } = about;
  const named = largest(alert);
  // Always on a number that several people share: there a YES counts only with the tag (H9).
  const others = phone !== undefined && (phone.alerts.length > 1 || isShared(phone, alert.customerId));
  const tag = others ? phone?.alerts.find((known) => known.alertId === alert.alertId)?.tag : undefined;
  const facts: Record<string, Value | undefined> = {
    lastFour: about.lastFour,
    hold: holdWord(stage),
    amount: named.amount,
    merchant: named.merchantName,
    occurredAt: new Date(named.occurredAt).toISOString(),
    count: alert.transactionCount,
    recurring: named.recurring,
    tag,
  };
  const payload = {
    text: { kind: notice.text, facts },
    customerId: alert.customerId,
    alertId: alert.alertId,
    ticketId: alert.ticketId,
    covers: alert.transactionCount,
    question: alert.question,
  };
  return [{ effect: 'sms', payload }];
}

/** What a text may say of the card. */
export const holdWord = (stage: FreezeStage): 'none' | 'requested' | 'confirmed' =>
  stage === 'frozen' || stage === 'closed' ? 'confirmed' : stage === 'freezing' ? 'requested' : 'none';

/**
 * How the customer of a new or changed alert is asked: an alert without a hold at once; a freeze when the issuer
 * confirms it or after ten seconds; nobody to ask, or an event too old for a text, goes to a person at once
 * (H12, H25, H32).
 */
export function planQuestion(about: {
  alert: Alert;
  ticket: Ticket;
  card: Card;
  stale: boolean;
  phone: Phone | undefined;
  at: string;
}): Omit<QuestionPlan, 'entry'> {
  const { alert, ticket, card, at } = about;
  const reason = unaskable(about);
  if (reason !== undefined) {
    return {
      alert: { ...undeliverable(alert, reason), asked: alert.question },
      ticket: queued(ticket, { priority: 'P1', reason: 'undeliverable', at }) ?? ticket,
      effects: [],
    };
  }
  if (!mayText(ticket, at) || alert.severity === 'freeze') {
    return { alert, ticket, effects: [{ effect: 'ask', payload: { alertId: alert.alertId } }] };
  }
  const { lastFour } = card;
  return withQuestion({ alert, ticket, stage: freezeStage(card), lastFour, phone: about.phone }, at);
}

function unaskable(about: {
  alert: Alert;
  card: Card;
  stale: boolean;
  phone: Phone | undefined;
}): string | undefined {
  if (about.card.lastFour === undefined) return 'unknown_card';
  if (about.alert.phoneDigest === undefined) return 'no_phone';
  if (about.phone?.wrongNumberAt !== undefined) return 'wrong_number';
  return about.stale ? 'stale' : undefined;
}
