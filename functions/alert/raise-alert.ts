import { type Card, freezeStage, placeHold, unknownCard } from '../card/card.ts';
import type { CardStore } from '../card/card-store.ts';
import type { ContactStore } from '../card/contact-store.ts';
import type { Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { CHAIN_START } from '../platform/journal.ts';
import {
  continuesIncident,
  mayText,
  newTicket,
  type Priority,
  queued,
  raised,
  reopenedForAlert,
  type Ticket,
} from '../ticket/ticket.ts';
import type { TicketEffect, TicketStore } from '../ticket/ticket-store.ts';
import { type Alert, foldIn, newAlert, type Suspicion } from './alert.ts';
import type { AlertStore } from './alert-store.ts';
import { withQuestion } from './ask-customer.ts';
import { newPhone, withAlert } from './phone.ts';
import type { PhoneStore } from './phone-store.ts';

export interface SuspiciousTransaction {
  readonly suspicion: Suspicion;
  readonly severity: Alert['severity'];
  readonly cardToken: string;
  readonly cardholderId: string;
  readonly accountOwnerId: string;
  readonly ruleSetVersion: string;
  readonly modelVersion: string | null;
  /** The event came long after the purchase (a replayed queue): judged, held, but no stale text (H25). */
  readonly stale: boolean;
}

export interface Raised {
  readonly writes: readonly Write<unknown>[];
  readonly alertId: string;
  readonly ticketNumber: string;
  readonly how: 'opened' | 'joined';
  readonly held: boolean;
}

/**
 * The writes that a suspicious transaction asks for: hold, alert, ticket, their journal entries and effects.
 * Reads what stands now and decides; the writes hold the transaction to exactly that, so the caller commits
 * them together with its own and tries again when something changed. Undefined: nothing to do (closed card,
 * or a transaction the alert knows already).
 */
export type RaiseAlert = (suspicious: SuspiciousTransaction) => Promise<Raised | undefined>;

export interface RaiseAlertDeps {
  readonly alerts: AlertStore;
  readonly cards: CardStore;
  readonly contacts: Pick<ContactStore, 'get'>;
  readonly tickets: TicketStore;
  readonly phones: PhoneStore;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly newTicketNumber: () => string;
}

export function createRaiseAlert(deps: RaiseAlertDeps): RaiseAlert {
  return async (suspicious) => {
    const { cardToken } = suspicious;
    const [card, open] = await Promise.all([deps.cards.get(cardToken), deps.alerts.openFor(cardToken)]);
    if (card?.body.closedAt !== undefined) return undefined;
    const now = deps.now();
    const hold = holdWrites(deps, suspicious, card, { now, alertId: open?.body.alertId ?? deps.newId() });
    return open === undefined
      ? openAlert(deps, suspicious, hold, now)
      : joinAlert(deps, suspicious, open, hold, now);
  };
}

interface Hold {
  readonly alertId: string;
  readonly card: Card;
  /** True when a fraud hold stands after these writes. */
  readonly held: boolean;
  readonly writes: readonly Write<unknown>[];
}

function holdWrites(
  deps: RaiseAlertDeps,
  suspicious: SuspiciousTransaction,
  stored: Versioned<Card> | undefined,
  about: { now: Date; alertId: string },
): Hold {
  const { cardToken, cardholderId, accountOwnerId } = suspicious;
  const card = stored?.body ?? unknownCard({ cardToken, cardholderId, accountOwnerId, chain: CHAIN_START });
  const { alertId, now } = about;
  const order = { kind: 'fraud', alertId, at: now.toISOString(), by: 'system' } as const;
  const frozen = suspicious.severity === 'freeze' ? placeHold(card, order) : undefined;
  if (frozen === undefined) return { alertId, card, held: card.holds.fraud !== undefined, writes: [] };
  const writes = deps.cards.saveHolds(stored, frozen, { now, by: 'system', type: 'fraud_hold_placed' });
  return { alertId, card: frozen, held: true, writes };
}

async function openAlert(
  deps: RaiseAlertDeps,
  suspicious: SuspiciousTransaction,
  hold: Hold,
  now: Date,
): Promise<Raised> {
  const at = now.toISOString();
  const { cardholderId, cardToken, severity } = suspicious;
  const [contact, before] = await Promise.all([
    deps.contacts.get(cardholderId),
    deps.tickets.ofIncident(cardholderId, cardToken),
  ]);
  const priority: Priority = severity === 'freeze' ? 'P2' : 'P3';
  const { alertId } = hold;
  const previous = before && continuesIncident(before.body, at) ? before : undefined;
  const ticket = previous
    ? continued(previous.body, { alertId, priority, at })
    : newTicket({
        ticketId: deps.newId(),
        number: deps.newTicketNumber(),
        category: 'suspected_fraud',
        priority,
        customerId: cardholderId,
        cardToken,
        lastFour: hold.card.lastFour,
        alertId,
        at,
        follows: before?.body.ticketId,
      });
  const alert = newAlert({
    alertId,
    ticketId: ticket.ticketId,
    cardToken,
    customerId: cardholderId,
    phoneDigest: contact?.phoneDigest,
    severity,
    held: hold.held,
    at,
    suspicion: suspicious.suspicion,
    ruleSetVersion: suspicious.ruleSetVersion,
    modelVersion: suspicious.modelVersion,
  });
  const phone = alert.phoneDigest === undefined ? undefined : await deps.phones.get(alert.phoneDigest);
  const phoneAfter =
    alert.phoneDigest === undefined
      ? undefined
      : withAlert(phone?.body ?? newPhone(alert.phoneDigest), alertId, at);
  const plan = planQuestion({ alert, ticket, hold, stale: suspicious.stale, phone: phoneAfter, at });
  return {
    alertId,
    ticketNumber: plan.ticket.number,
    how: 'opened',
    held: hold.held,
    writes: [
      ...hold.writes,
      ...deps.alerts.save(undefined, plan.alert),
      ...deps.tickets.save(previous, plan.ticket, {
        now,
        entries: [entryOf('alert_opened', suspicious, plan.alert)],
        effects: [...plan.effects, published('AlertOpened', plan.alert, plan.ticket)],
      }),
      ...(phoneAfter === undefined ? [] : [deps.phones.save(phone, phoneAfter)]),
    ],
  };
}

/** A ticket whose incident still goes on takes the new alert; a resolved one comes back in a new cycle. */
function continued(ticket: Ticket, order: { alertId: string; priority: Priority; at: string }): Ticket {
  if (ticket.status === 'resolved') return reopenedForAlert(ticket, order);
  return { ...ticket, alertId: order.alertId, priority: raised(ticket.priority, order.priority) };
}

async function joinAlert(
  deps: RaiseAlertDeps,
  suspicious: SuspiciousTransaction,
  open: Versioned<Alert>,
  hold: Hold,
  now: Date,
): Promise<Raised | undefined> {
  const at = now.toISOString();
  const ticket = await deps.tickets.get(open.body.ticketId);
  if (ticket === undefined) throw new Error('an alert without its ticket');
  const joined = foldIn(open.body, {
    suspicion: suspicious.suspicion,
    severity: suspicious.severity,
    held: hold.held,
    budgetLeft: mayText(ticket.body, at) && !suspicious.stale,
    at,
  });
  if (joined.fold === 'known') return undefined;
  const digest = joined.alert.phoneDigest;
  const phone = digest === undefined ? undefined : await deps.phones.get(digest);
  const base = {
    ...ticket.body,
    priority: raised(ticket.body.priority, suspicious.severity === 'freeze' ? 'P2' : 'P3'),
  };
  const plan: Planned = joined.asksAgain
    ? planQuestion({
        alert: joined.alert,
        ticket: base,
        hold,
        stale: suspicious.stale,
        phone: phone?.body,
        at,
      })
    : {
        alert: joined.alert,
        ticket:
          joined.alert.status === 'undeliverable'
            ? (queued(base, { priority: 'P1', reason: 'undeliverable', at }) ?? base)
            : base,
        effects: [],
      };
  return {
    alertId: open.body.alertId,
    ticketNumber: plan.ticket.number,
    how: 'joined',
    held: hold.held,
    writes: [
      ...hold.writes,
      ...deps.alerts.save(open, plan.alert),
      ...deps.tickets.save(ticket, plan.ticket, {
        now,
        entries: [entryOf('transaction_joined', suspicious, plan.alert)],
        effects: plan.effects,
      }),
    ],
  };
}

interface Planned {
  readonly alert: Alert;
  readonly ticket: Ticket;
  readonly effects: readonly TicketEffect[];
}

/**
 * How the customer is asked: an alert without a hold at once; a freeze when the issuer confirms it or after
 * ten seconds; nobody to ask, or an event too old for a text, goes to a person at once (H12, H25, H32).
 */
function planQuestion(about: {
  alert: Alert;
  ticket: Ticket;
  hold: Hold;
  stale: boolean;
  phone: ReturnType<typeof newPhone> | undefined;
  at: string;
}): Planned {
  const { alert, ticket, hold, at } = about;
  const { lastFour } = hold.card;
  const reason = undeliverableReason(alert, { lastFour, stale: about.stale });
  if (reason !== undefined) {
    return {
      alert: {
        ...alert,
        status: 'undeliverable',
        undeliverableReason: reason,
        asked: alert.question,
        dueAt: undefined,
        expiresAt: undefined,
      },
      ticket: queued(ticket, { priority: 'P1', reason: 'undeliverable', at }) ?? ticket,
      effects: [],
    };
  }
  if (!mayText(ticket, at) || alert.severity === 'freeze') {
    return { alert, ticket, effects: [{ effect: 'ask', payload: { alertId: alert.alertId } }] };
  }
  const stage = freezeStage(hold.card);
  const asked = withQuestion({ alert, ticket, stage, lastFour, phone: about.phone }, at);
  return { alert: asked.alert ?? alert, ticket: asked.ticket, effects: asked.effects };
}

function undeliverableReason(
  alert: Alert,
  about: { lastFour: string | undefined; stale: boolean },
): string | undefined {
  if (about.lastFour === undefined) return 'unknown_card';
  if (alert.phoneDigest === undefined) return 'no_phone';
  return about.stale ? 'stale' : undefined;
}

function entryOf(type: string, suspicious: SuspiciousTransaction, alert: Alert) {
  const { suspicion, severity, ruleSetVersion, modelVersion } = suspicious;
  return {
    type,
    by: 'system',
    data: {
      alertId: alert.alertId,
      severity,
      held: alert.held,
      status: alert.status,
      transactionId: suspicion.transactionId,
      reasons: suspicion.reasons.map(({ code }) => code),
      ruleSetVersion,
      modelVersion,
    },
  };
}

function published(type: string, alert: Alert, ticket: Ticket): TicketEffect {
  return {
    effect: 'publish',
    payload: {
      type,
      detail: {
        alertId: alert.alertId,
        ticketNumber: ticket.number,
        cardToken: alert.cardToken,
        customerId: alert.customerId,
        severity: alert.severity,
        held: alert.held,
        status: alert.status,
      },
    },
  };
}
