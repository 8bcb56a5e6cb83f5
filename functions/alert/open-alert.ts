import type { CardStore } from '../card/card-store.ts';
import type { ContactStore } from '../card/contact-store.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { aboutFraud, continuesIncident, newTicket, reopenedForAlert } from '../ticket/ticket.ts';
import { type Priority, raised } from '../ticket/ticket-priority.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import { newAlert } from './alert.ts';
import { alertEvent } from './alert-event.ts';
import type { AlertStore } from './alert-store.ts';
import type { PhoneStore } from './phone-store.ts';
import { planQuestion } from './question.ts';
import { registerPhone } from './register-phone.ts';
import {
  type Hold,
  type Raised,
  type SuspiciousTransaction,
  suspicionEntry,
} from './suspicious-transaction.ts';

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

/** A new alert on the incident's ticket, or on a new one where no incident goes on (D2, I6). */
export async function openAlert(
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
    heldByRules: hold.placed ? suspicious.ruleSetVersion : undefined,
    at,
    suspicion: suspicious.suspicion,
    ruleSetVersion: suspicious.ruleSetVersion,
    modelVersion: suspicious.modelVersion,
  });
  const registered = await registerPhone(deps, alert, at);
  const plan = planQuestion({
    alert,
    ticket,
    card: hold.card,
    stale: suspicious.stale,
    phone: registered.phone,
    at,
  });
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
        entries: [suspicionEntry('alert_opened', suspicious, plan.alert)],
        effects: [...plan.effects, alertEvent('AlertOpened', plan.alert, plan.ticket)],
      }),
      ...registered.writes,
    ],
  };
}

/** A ticket whose incident still goes on takes the new alert; a resolved one comes back in a new cycle. */
function continued(ticket: Ticket, order: { alertId: string; priority: Priority; at: string }): Ticket {
  if (ticket.status === 'resolved') return reopenedForAlert(ticket, order);
  return {
    ...aboutFraud(ticket),
    alertId: order.alertId,
    priority: raised(ticket.priority, order.priority),
  };
}
