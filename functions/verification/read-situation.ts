import { type Alert, LISTED_TRANSACTIONS } from '../alert/alert.ts';
import type { AlertStore } from '../alert/alert-store.ts';
import type { Card } from '../card/card.ts';
import type { CardStore } from '../card/card-store.ts';
import type { Contact } from '../card/contact.ts';
import type { ContactStore } from '../card/contact-store.ts';
import type { Versioned } from '../platform/documents.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import { areSpent, dayOf, incidentOf, type Tries, type TriesOf } from './tries.ts';
import type { TriesStore } from './tries-store.ts';
import type { Bound } from './verification.ts';
import { type Requirement, requirementOf } from './verification-policy.ts';

export interface SituationDeps {
  readonly alerts: Pick<AlertStore, 'get' | 'save'>;
  readonly cards: CardStore;
  readonly contacts: Pick<ContactStore, 'get'>;
  readonly tickets: TicketStore;
  readonly tries: TriesStore;
}

/** Everything a proof is about, as it stands now. */
export interface Standing {
  readonly card: Versioned<Card>;
  readonly alert?: Versioned<Alert>;
  /** The ticket of the alert, else the one of the card's incident that is not over. */
  readonly ticket?: Versioned<Ticket>;
  /** The ticket that a new one of this card would follow. */
  readonly lastTicketId?: string;
  readonly contact?: Contact;
  readonly tries: Tries;
  readonly triesOf: TriesOf;
  readonly bound: Bound;
  readonly requirement: Requirement;
}

export interface About {
  readonly customerId: string;
  readonly cardToken: string;
  readonly alertId?: string;
  /** Of a verification that is counted already; else the one of this moment. */
  readonly incident?: string;
  readonly openedAt?: string;
}

/**
 * Reads what a verification is about; undefined where the card or alert is not this customer's, which is told apart
 * from there being none to nobody (I11). `mine` names a try of the caller's own that is not to be counted.
 */
export async function readSituation(
  deps: SituationDeps,
  about: About,
  { at, mine }: { readonly at: string; readonly mine?: string },
): Promise<Standing | undefined> {
  const { customerId, cardToken, alertId } = about;
  const [card, alert, contact] = await Promise.all([
    deps.cards.get(cardToken),
    alertId === undefined ? undefined : deps.alerts.get(alertId),
    deps.contacts.get(customerId),
  ]);
  if (card === undefined || !isOf(card.body, customerId)) return undefined;
  if (alertId !== undefined && !(alert && concerns(alert.body, about))) return undefined;
  const last = await lastTicket(deps, about, alert?.body);
  const ticket = last === undefined || isOver(last.body) ? undefined : last;
  const { incident = incidentOf(ticket?.body, at), openedAt = at } = about;
  const triesOf = { customerId, cardToken, incident, day: dayOf(openedAt) };
  const tries = await deps.tries.get(triesOf, mine);
  return {
    card,
    alert,
    ticket,
    lastTicketId: last?.body.ticketId,
    contact,
    tries,
    triesOf,
    bound: {
      holdsVersion: card.body.holdsVersion,
      question: alert?.body.question ?? 0,
      transactionCount: alert?.body.transactionCount ?? 0,
    },
    requirement: requirementOf({
      at,
      phoneChangedAt: contact?.phoneChangedAt,
      simChangedAt: contact?.simChangedAt,
      triesSpent: areSpent(tries),
      alert: alert && stakesOf(alert.body),
    }),
  };
}

const isOf = (card: Card, customerId: string): boolean =>
  card.cardholderId === customerId || card.accountOwnerId === customerId;

const concerns = (alert: Alert, { customerId, cardToken }: About): boolean =>
  alert.customerId === customerId && alert.cardToken === cardToken;

async function lastTicket(
  deps: SituationDeps,
  { customerId, cardToken }: About,
  alert: Alert | undefined,
): Promise<Versioned<Ticket> | undefined> {
  const own = alert && (await deps.tickets.get(alert.ticketId));
  return own === undefined || isOver(own.body) ? deps.tickets.ofIncident(customerId, cardToken) : own;
}

const isOver = ({ status }: Ticket): boolean =>
  status === 'resolved' || status === 'closed' || status === 'merged';

const stakesOf = (alert: Alert) => ({
  openedAt: alert.openedAt,
  lastAskedAt: alert.texts.at(-1)?.acceptedAt,
  amounts: alert.transactions.map(({ billing }) => billing),
  allListed:
    alert.transactionCount <= LISTED_TRANSACTIONS && alert.transactionCount === alert.transactions.length,
});
