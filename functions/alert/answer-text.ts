import { type Card, freezeStage } from '../card/card.ts';
import { noticeOf } from '../notification/notices.ts';
import type { FactsOf, TextKind } from '../notification/text-facts.ts';
import type { Value } from '../platform/database.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { TicketEffect, TicketEntry } from '../ticket/ticket-effect.ts';
import { type Alert, ANSWERS_PER_ALERT } from './alert.ts';
import { holdWord } from './question.ts';
import type { Settlement } from './settle.ts';

/** The number that wrote, encrypted for `owner`. */
export interface AnswerTo {
  readonly phoneCipher: string;
  readonly owner: string;
}

type Words = { [Kind in TextKind]: { readonly kind: Kind; readonly facts: FactsOf<Kind> } }[TextKind];

/** What the customer is told; undefined where a second answer to the same thing would only cost (H5). */
export function answerText(
  settlement: Settlement,
  about: { card: Card; ticket: Ticket; alert: Alert },
): Words | undefined {
  const { lastFour } = about.card;
  if (lastFour === undefined) return undefined;
  const hold = holdWord(freezeStage(about.card));
  const ticketNumber = about.ticket.number;
  switch (settlement.kind) {
    case 'fraud':
      return noticeOf('not_mine_queued', 'sms').how === 'answer'
        ? { kind: 'notMineReceived', facts: { lastFour, hold, ticketNumber } }
        : undefined;
    case 'already_fraud':
      return { kind: 'alreadyNotMine', facts: { lastFour, hold, ticketNumber } };
    case 'genuine': {
      const { transactions } = about.alert;
      const declined = transactions.some((one) => one.declined);
      // One that nobody can repeat among them, and nothing is said of trying again (H24).
      const recurring = transactions.some((one) => one.recurring);
      return { kind: 'mineOnAlert', facts: { lastFour, declined, recurring } };
    }
    case 'claimed':
      return { kind: 'mineOnFrozen', facts: { lastFour, hold } };
    case 'late_yes':
      return { kind: 'lateYes', facts: { lastFour, hold } };
    case 'ask_again':
    case 'already_settled':
      return undefined;
  }
}

/** The answer within the cap of answers, beyond which there is silence (H7). */
export function withAnswer(
  alert: Alert,
  words: Words | undefined,
  answerTo: AnswerTo | undefined,
): { alert: Alert; effects: TicketEffect[] } {
  if (words === undefined || answerTo === undefined || alert.answersPutOut >= ANSWERS_PER_ALERT) {
    return { alert, effects: [] };
  }
  return {
    alert: { ...alert, answersPutOut: alert.answersPutOut + 1 },
    effects: [answerEffect(words, alert, answerTo)],
  };
}

/**
 * Warns of card numbers in texts, once per incident and within the same cap of answers (H15). `answerTo` absent: there
 * was none.
 */
export function withWarning(
  about: { alert: Alert; ticket: Ticket },
  warning: { answerTo: AnswerTo | undefined; at: string },
): {
  alert: Alert;
  ticket: Ticket;
  effects: readonly TicketEffect[];
  entries: readonly TicketEntry[];
} {
  const { alert, ticket } = about;
  const { answerTo, at } = warning;
  if (answerTo === undefined || ticket.warnedAt !== undefined || alert.answersPutOut >= ANSWERS_PER_ALERT) {
    return { ...about, effects: [], entries: [] };
  }
  return {
    alert: { ...alert, answersPutOut: alert.answersPutOut + 1 },
    ticket: { ...ticket, warnedAt: at },
    effects: [answerEffect({ kind: 'cardNumberWarning', facts: {} }, alert, answerTo)],
    entries: [{ type: 'card_number_warned', by: 'system', data: { alertId: alert.alertId } }],
  };
}

/** A text that answers the customer's own: it goes to the number that wrote. */
export function answerEffect(
  words: { readonly kind: string; readonly facts: object },
  alert: Alert,
  to: AnswerTo,
): TicketEffect {
  return {
    effect: 'sms',
    payload: {
      text: { kind: words.kind, facts: words.facts as Record<string, Value> },
      customerId: alert.customerId,
      ticketId: alert.ticketId,
      to: { phoneCipher: to.phoneCipher, owner: to.owner },
    },
  };
}
