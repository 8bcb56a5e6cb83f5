import { type FreezeStage, freezeStage } from '../card/card.ts';
import type { CardStore } from '../card/card-store.ts';
import type { Database, Write } from '../platform/database.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { queued } from '../ticket/ticket.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import type { AlertStore } from './alert-store.ts';
import type { PhoneStore } from './phone-store.ts';
import { askOrGiveUp } from './question.ts';
import { readPhoneOf } from './register-phone.ts';

/** `confirmed`: the issuer froze the card; `timeout`: ten seconds passed. */
export type AskTrigger = 'confirmed' | 'timeout';

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

  const about = {
    alert: alert.body,
    ticket: raised ?? ticket.body,
    stage,
    lastFour: card.body.lastFour,
    phone: toAsk ? await readPhoneOf(deps, alert.body) : undefined,
  };
  const plan = toAsk
    ? askOrGiveUp(about, raise.at)
    : { ...about, effects: [], entry: 'freeze_unconfirmed' as const };
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
  return plan.alert.status === 'undeliverable' ? { outcome: 'budget_spent' } : { outcome: 'asked', stage };
}
