import { type Alert, EXPIRY_MINUTES, isConcludedFraud, minutesLater } from './alert.ts';
import { mayMove } from './alert-states.ts';
import { coveredAt } from './alert-texts.ts';

/** What one answer does to one alert. Pure: by rule and by the answer's own time, not by arrival (H4). */
export type Settlement =
  /** Fraud: the card is held, the ticket is P1. NO needs no proof, because it only blocks. */
  | { readonly kind: 'fraud'; readonly alert: Alert }
  /** Genuine, and nothing was frozen: settled. */
  | { readonly kind: 'genuine'; readonly alert: Alert }
  /** The card is frozen: the YES only claims; a second factor has to prove it. */
  | { readonly kind: 'claimed'; readonly alert: Alert }
  /** The YES did not cover transactions that joined after the text: ask again. */
  | { readonly kind: 'ask_again'; readonly alert: Alert }
  /** Too late to release anything; the app or a person still can. */
  | { readonly kind: 'late_yes' }
  | { readonly kind: 'already_fraud' }
  | { readonly kind: 'already_settled' };

export function settle(
  alert: Alert,
  answer: {
    says: 'mine' | 'not_mine';
    at: string;
    now: string;
    channel?: string;
    /** From a number too fresh to be believed: a YES claims where it would settle. */
    claimsOnly?: boolean;
    /** How many transactions the app showed. */
    shown?: number;
  },
): Settlement {
  return answer.says === 'not_mine' ? settleNo(alert, answer.now) : settleYes(alert, answer);
}

function settleNo(alert: Alert, now: string): Settlement {
  const may = mayMove(alert.status, 'settled_fraud', { by: 'customer', held: alert.held });
  if (!may) return { kind: 'already_fraud' };
  return { kind: 'fraud', alert: closed({ ...alert, held: true }, 'settled_fraud', now) };
}

function settleYes(
  alert: Alert,
  answer: { at: string; now: string; channel?: string; claimsOnly?: boolean; shown?: number },
): Settlement {
  if (isConcludedFraud(alert)) return { kind: 'already_fraud' };
  if (alert.status === 'settled_genuine' || alert.status === 'claimed_genuine')
    return { kind: 'already_settled' };
  const mayAsk = alert.status === 'open';
  // The app lists them all: what it showed counts like a text that named as many.
  const covered = Math.max(coveredAt(alert, answer.at), answer.shown ?? 0);
  if (covered < alert.transactionCount) {
    if (!mayAsk) return { kind: 'late_yes' };
    return { kind: 'ask_again', alert: { ...alert, question: alert.question + 1 } };
  }
  if (!answer.claimsOnly && mayMove(alert.status, 'settled_genuine', { by: 'customer', held: alert.held })) {
    return { kind: 'genuine', alert: closed(alert, 'settled_genuine', answer.now) };
  }
  if (!mayMove(alert.status, 'claimed_genuine', { by: 'customer', held: alert.held }))
    return { kind: 'late_yes' };
  const until = minutesLater(answer.now, EXPIRY_MINUTES);
  return {
    kind: 'claimed',
    alert: {
      ...alert,
      status: 'claimed_genuine',
      claimedAt: answer.now,
      claim: answer.channel === undefined ? undefined : { channel: answer.channel, sentAt: answer.at },
      dueAt: until,
      expiresAt: until,
    },
  };
}

/** Nothing is waited for any more. */
function closed(alert: Alert, status: 'settled_fraud' | 'settled_genuine', now: string): Alert {
  return { ...alert, status, settledAt: now, dueAt: undefined, expiresAt: undefined };
}
