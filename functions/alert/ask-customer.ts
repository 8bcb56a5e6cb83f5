import { type FreezeStage, freezeStage } from '../card/card.ts';
import type { CardStore } from '../card/card-store.ts';
import { notices } from '../notification/notices.ts';
import type { Database, Value, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { mayText, queued, type Ticket, withText } from '../ticket/ticket.ts';
import type { TicketEffect, TicketStore } from '../ticket/ticket-store.ts';
import { type Alert, largest } from './alert.ts';
import type { AlertStore } from './alert-store.ts';
import type { Phone } from './phone.ts';
import type { PhoneStore } from './phone-store.ts';

/** `confirmed`: the issuer froze the card; `timeout`: ten seconds passed; `due`: the sweep found it unasked. */
export type AskTrigger = 'confirmed' | 'timeout' | 'due';

export type Asked =
  | { readonly outcome: 'asked'; readonly stage: FreezeStage }
  | { readonly outcome: 'nothing_to_ask' }
  /** Unconfirmed and not to be asked any more, e.g. answered already: P1 all the same. */
  | { readonly outcome: 'raised' }
  | { readonly outcome: 'budget_spent' };

export type AskCustomer = (alertId: string, trigger: AskTrigger) => Promise<Asked>;

export interface AskDeps {
  readonly db: Database;
  readonly alerts: AlertStore;
  readonly cards: CardStore;
  readonly tickets: TicketStore;
  readonly phones: PhoneStore;
  readonly now: () => Date;
}

/**
 * Puts the question to the customer out, once per version of the question (whoever comes first: the issuer's
 * confirmation, the ten seconds, the sweep). A freeze that is not confirmed by then gets neutral words and a
 * person at once (H17); a spent budget of texts gets a person instead (I5).
 */
export function createAskCustomer(deps: AskDeps): AskCustomer {
  return (alertId, trigger) => retryWhenChanged(5, () => askOnce(deps, alertId, trigger));
}

async function askOnce(deps: AskDeps, alertId: string, trigger: AskTrigger): Promise<Asked | 'changed'> {
  const alert = await deps.alerts.get(alertId);
  if (alert === undefined) return { outcome: 'nothing_to_ask' };
  const [card, ticket] = await Promise.all([
    deps.cards.get(alert.body.cardToken),
    deps.tickets.get(alert.body.ticketId),
  ]);
  if (card === undefined || ticket === undefined) throw new Error('an alert without its card or ticket');
  const stage = freezeStage(card.body);
  if (trigger === 'confirmed' && stage !== 'frozen') return { outcome: 'nothing_to_ask' };
  const now = deps.now();
  const raise = { priority: 'P1', reason: 'freeze_unconfirmed', at: now.toISOString() } as const;
  const unconfirmed = trigger !== 'confirmed' && stage === 'freezing';
  const raised = unconfirmed ? queued(ticket.body, raise) : undefined;
  const toAsk = alert.body.status === 'open' && alert.body.asked < alert.body.question;
  if (!toAsk && raised === undefined) return { outcome: 'nothing_to_ask' };

  const { phoneDigest } = alert.body;
  const phone = phoneDigest === undefined ? undefined : await deps.phones.get(phoneDigest);
  const about = {
    alert: alert.body,
    ticket: raised ?? ticket.body,
    stage,
    lastFour: card.body.lastFour,
    phone: phone?.body,
  };
  const plan = toAsk ? planQuestion(about, raise.at) : { ...about, effects: [], entry: 'freeze_unconfirmed' };
  const writes: readonly Write<unknown>[] = [
    ...(plan.alert === alert.body ? [] : deps.alerts.save(alert, plan.alert)),
    ...deps.tickets.save(ticket, plan.ticket, {
      now,
      entries: [
        { type: plan.entry, by: 'system', data: { alertId, trigger, stage, priority: plan.ticket.priority } },
      ],
      effects: plan.effects,
    }),
  ];
  if ((await deps.db.commit(writes)).outcome === 'refused') return 'changed';
  if (!toAsk) return { outcome: 'raised' };
  return plan.effects.length === 0 ? { outcome: 'budget_spent' } : { outcome: 'asked', stage };
}

interface About {
  readonly alert: Alert;
  readonly ticket: Ticket;
  readonly stage: FreezeStage;
  readonly lastFour: string | undefined;
  readonly phone: Phone | undefined;
}

const planQuestion = (about: About, at: string): Plan =>
  mayText(about.ticket, at) ? withQuestion(about, at) : withoutQuestion(about, at);

interface Plan {
  readonly alert: Alert;
  readonly ticket: Ticket;
  readonly effects: readonly TicketEffect[];
  readonly entry: string;
}

function withoutQuestion({ alert, ticket }: About, at: string): Plan {
  return {
    alert: {
      ...alert,
      status: 'undeliverable',
      undeliverableReason: 'budget',
      asked: alert.question,
      dueAt: undefined,
      expiresAt: undefined,
    },
    ticket: queued(ticket, { priority: 'P1', reason: 'undeliverable', at }) ?? ticket,
    effects: [],
    entry: 'text_budget_spent',
  };
}

/** The alert with its question put out, and the ticket with the text to send. */
export function withQuestion(about: About, at: string): Plan {
  const { alert, ticket } = about;
  return {
    alert: { ...alert, asked: alert.question },
    ticket: withText(ticket, at),
    effects: [questionEffect('alert_opened', about)],
    entry: 'question_put_out',
  };
}

/** The text that asks, with the facts of this moment; it covers every transaction the alert has now. */
export function questionEffect(
  event: 'alert_opened' | 'alert_reminded',
  about: Omit<About, 'ticket'>,
): TicketEffect {
  const { alert, stage, phone } = about;
  const named = largest(alert);
  const others = (phone?.alerts.length ?? 0) > 1;
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
  return {
    effect: 'sms',
    payload: {
      text: { kind: notices[event].sms.text, facts },
      customerId: alert.customerId,
      alertId: alert.alertId,
      ticketId: alert.ticketId,
      covers: alert.transactionCount,
    },
  };
}

/** What a text may say of the card. */
export const holdWord = (stage: FreezeStage): 'none' | 'requested' | 'confirmed' =>
  stage === 'frozen' || stage === 'closed' ? 'confirmed' : stage === 'freezing' ? 'requested' : 'none';
