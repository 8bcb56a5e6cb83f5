import { freezeStage } from '../card/card.ts';
import type { CardStore } from '../card/card-store.ts';
import type { Database, Key, Write } from '../platform/database.ts';
import type { Effect, Outbox } from '../platform/outbox.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { mayText, queued, type Ticket, withText } from '../ticket/ticket.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import type { Alert } from './alert.ts';
import { alertEvent } from './alert-event.ts';
import type { AlertStore } from './alert-store.ts';
import type { PhoneStore } from './phone-store.ts';
import { questionEffects } from './question.ts';
import type { RaiseCase } from './raise-case.ts';
import { readPhoneOf } from './register-phone.ts';

/** Seconds until a pending effect is emitted again: doubling from 10 s, at most an hour. */
export const kickAfterSeconds = (tries: number): number => Math.min(3600, 10 * 2 ** Math.min(tries, 9));

export type Swept =
  | 'second_notice'
  | 'expired'
  | 'nothing_due'
  | 'kicked'
  | 'issuer_unconfirmed'
  | 'text_given_up'
  | 'email_given_up'
  | 'dial_given_up';

export interface SweepDeps {
  readonly db: Database;
  readonly alerts: AlertStore;
  readonly tickets: TicketStore;
  readonly cards: CardStore;
  readonly phones: PhoneStore;
  readonly outbox: Outbox;
  readonly giveUpText: (effect: Effect) => Promise<void>;
  readonly giveUpDial: (effect: Effect) => Promise<void>;
  readonly raiseCase: RaiseCase;
  /** Whether this customer wants quiet at this moment. */
  readonly wantsQuiet: (customerId: string, at: string) => Promise<boolean>;
  readonly now: () => Date;
}

/**
 * Handles one due item. It is read again first: the index only found it. An unanswered alert gets its second
 * notice or goes to a person; an effect still pending is emitted again; a text or a call claimed and never
 * recorded is given up.
 */
export function createSweepDue(deps: SweepDeps): (key: Key) => Promise<Swept> {
  return async (key) => {
    if (key.sk.startsWith('OUT#')) return sweepEffect(deps, key);
    return key.pk.startsWith('ALERT#') ? sweepAlert(deps, key.pk.slice('ALERT#'.length)) : 'nothing_due';
  };
}

async function sweepEffect(deps: SweepDeps, key: Key): Promise<Swept> {
  const effect = await deps.outbox.get(key);
  if (effect?.pendingSince === undefined) return 'nothing_due';
  if (effect.claimedAt !== undefined) {
    if (effect.effect === 'email') {
      await deps.db.commit([deps.outbox.done(effect, deps.now(), 'unknown')]);
      return 'email_given_up';
    }
    if (effect.effect === 'dial') {
      await deps.giveUpDial(effect);
      return 'dial_given_up';
    }
    await deps.giveUpText(effect);
    return 'text_given_up';
  }
  const now = deps.now();
  await deps.db.commit([deps.outbox.kick(effect, now, kickAfterSeconds(effect.tries))]);
  if (effect.effect !== 'issuer') return 'kicked';
  const card = await deps.cards.get(key.pk.slice('CARD#'.length));
  if (card !== undefined && freezeStage(card.body) === 'freezing') {
    await deps.raiseCase(card.body, 'freeze_unconfirmed');
  }
  return 'issuer_unconfirmed';
}

function sweepAlert(deps: SweepDeps, alertId: string): Promise<Swept> {
  return retryWhenChanged(5, async () => {
    const alert = await deps.alerts.get(alertId);
    const now = deps.now();
    const at = now.toISOString();
    if (alert?.body.dueAt === undefined || alert.body.dueAt > at) return 'nothing_due';
    const [ticket, card] = await Promise.all([
      deps.tickets.get(alert.body.ticketId),
      deps.cards.get(alert.body.cardToken),
    ]);
    if (ticket === undefined || card === undefined) throw new Error('an alert without its ticket or card');
    const { body } = alert;
    const expired = body.expiresAt === undefined || body.expiresAt <= at;
    const remind = !expired && (await mayRemind(deps, body, at));
    const phone = remind ? await readPhoneOf(deps, body) : undefined;
    const plan = expired
      ? expire(body, ticket.body, at)
      : {
          alert: { ...body, secondNoticePutOut: true, dueAt: body.expiresAt },
          ...(remind && mayText(ticket.body, at)
            ? {
                ticket: withText(ticket.body, at),
                effects: questionEffects('alert_reminded', {
                  alert: body,
                  stage: freezeStage(card.body),
                  lastFour: card.body.lastFour,
                  phone,
                }),
                type: 'second_notice_put_out' as const,
              }
            : { ticket: ticket.body, effects: [], type: 'second_notice_left_out' as const }),
        };
    const writes: readonly Write<unknown>[] = [
      ...deps.alerts.save(alert, plan.alert),
      ...deps.tickets.save(ticket, plan.ticket, {
        now,
        entries: [{ type: plan.type, by: 'system', data: { alertId, status: plan.alert.status } }],
        effects: plan.effects,
      }),
    ];
    if ((await deps.db.commit(writes)).outcome === 'refused') return 'changed';
    return expired ? 'expired' : 'second_notice';
  });
}

/** The question never waits for the morning; its reminder is left out, and a person takes over at 15 minutes. */
async function mayRemind(deps: SweepDeps, alert: Alert, at: string): Promise<boolean> {
  if (alert.status !== 'open' || alert.secondNoticePutOut) return false;
  return !(await deps.wantsQuiet(alert.customerId, at));
}

/** No answer, or no proof, in 15 minutes: the card stays as it is and a person takes over. */
function expire(alert: Alert, ticket: Ticket, at: string) {
  const waits = alert.status === 'open' || alert.status === 'claimed_genuine';
  const priority = alert.held ? 'P2' : 'P3';
  const reason = alert.status === 'claimed_genuine' ? 'not_verified' : 'no_answer';
  return {
    alert: {
      ...alert,
      status: waits ? ('expired' as const) : alert.status,
      dueAt: undefined,
      expiresAt: undefined,
    },
    ticket: waits ? (queued(ticket, { priority, reason, at }) ?? ticket) : ticket,
    effects: waits ? [alertEvent('AlertExpired', { ...alert, status: 'expired' }, ticket)] : [],
    type: 'alert_expired' as const,
  };
}
