import * as routes from '../api/customer-routes.ts';
import type { Card } from '../card/card.ts';
import { cardView } from '../card/card-view.ts';
import { createPlaceHold } from '../card/place-hold.ts';
import type { Write } from '../platform/database.ts';
import { newId, newSpokenCode } from '../platform/ids.ts';
import { createLimits } from '../platform/limits.ts';
import { createRequests } from '../platform/requests.ts';
import { createNoteAnswer } from '../ticket/note-answer.ts';
import { createReportLost } from '../ticket/report-lost.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { customerView } from '../ticket/ticket-view.ts';
import { decisionKeyPart } from '../transaction/digest.ts';
import { createKeptListStore } from '../transaction/kept-list-store.ts';
import { createTransactionStore } from '../transaction/transaction-store.ts';
import { transactionView } from '../transaction/transaction-view.ts';
import { customerCases } from './customer-cases.ts';
import { customerEvidence } from './customer-evidence.ts';
import { customerLive } from './customer-live.ts';
import { customerReach } from './customer-reach.ts';
import { createCustomerReadings } from './customer-readings.ts';
import { type Customer, createServeCustomers } from './customer-serve.ts';
import { customerApiEnvironment, readEnvironment } from './environments.ts';
import { linksOf } from './evidence-parts.ts';
import { httpHandler, refuse } from './http.ts';
import { createRooms } from './rooms.ts';
import type { Handle } from './serve.ts';
import { createTelemetry } from './telemetry.ts';

const environment = readEnvironment(customerApiEnvironment);
const telemetry = createTelemetry('customer-api');
const rooms = createRooms(environment);
const { db, now, cards, contacts, tickets } = rooms;
const transactions = createTransactionStore({ db, cardsTable: environment.CARDS_TABLE });
const keptLists = createKeptListStore({ db, cardsTable: environment.CARDS_TABLE });
const noteAnswer = createNoteAnswer({
  ...rooms,
  onFault: (error) => telemetry.warn('status_answer_not_noted', error),
});
const readings = createCustomerReadings(rooms, noteAnswer);
const requests = createRequests(db, environment.CASES_TABLE, now);
const limits = createLimits(db, environment.CASES_TABLE, now);
const placeHold = createPlaceHold(rooms);
const reportLost = createReportLost({ tickets, now, newId, newTicketNumber: () => `FR-${newSpokenCode(8)}` });
const serve = createServeCustomers({ contacts, requests, limits, telemetry });

/** The list customers can tick (D7). */
const LISTED_DAYS = 30;

const listTransactions: Handle<typeof routes.listTransactions, Customer> = async (call) => {
  const card = await cards.get(call.parts.cardToken);
  const { customerId } = call.who;
  if (card?.body.cardholderId !== customerId) {
    return refuse(card?.body.accountOwnerId === customerId ? 'cardholder-only' : 'not-found');
  }
  const { after, limit = routes.TRANSACTIONS_PAGE } = call.query;
  const page =
    after === undefined ? await firstPage(card.body, limit) : await laterPage(card.body, after, limit);
  if (page === undefined) {
    return refuse('invalid-request', { errors: [{ path: 'query.after', code: 'unknown_cursor' }] });
  }
  const { listed, next } = page;
  return call.answer({ asOf: now().toISOString(), transactions: listed.map(transactionView), next });
};

/** The first page reads the whole list, which alone says what is the latest, and keeps the order of the rest. */
async function firstPage({ cardToken }: Card, limit: number) {
  const since = new Date(now().getTime() - LISTED_DAYS * 86_400_000).toISOString();
  const all = await transactions.listSince(cardToken, since);
  const rest = all.slice(limit).map(({ transactionId }) => decisionKeyPart(transactionId));
  if (rest.length === 0) return { listed: all };
  const listId = newId();
  await db.commit([keptLists.keep(cardToken, listId, rest, now())]);
  return { listed: all.slice(0, limit), next: `${listId}~0` };
}

/** A later page reads its own transactions by key; undefined: the cursor names no list that is kept. */
async function laterPage({ cardToken }: Card, after: string, limit: number) {
  const [listId = '', from = ''] = after.split('~');
  const start = Number(from);
  const parts = /^\d{1,5}$/.test(from) ? await keptLists.read(cardToken, listId) : undefined;
  if (parts === undefined || start >= parts.length) return undefined;
  const listed = await transactions.listOf(cardToken, parts.slice(start, start + limit));
  return { listed, next: start + limit < parts.length ? `${listId}~${start + limit}` : undefined };
}

/** A hold the customer asks for. */
function hold(kind: 'customer' | 'lost'): Handle<typeof routes.freezeCard, Customer> {
  return async ({ who: { customerId }, parts: { cardToken }, answer, remember }) => {
    let response = refuse('internal');
    const placed = await placeHold({
      cardToken,
      kind,
      asks: { customerId },
      together: async (card, isNew): Promise<readonly Write<unknown>[]> => {
        const by = `customer:${customerId}`;
        const lost = kind === 'lost' ? await reportLost({ ...card, isNew, by }) : undefined;
        response = answer({
          card: cardView(card),
          ...(lost === undefined ? {} : lostAnswer(lost.ticket, customerId)),
        });
        return [...(lost?.writes ?? []), remember(response)];
      },
    });
    // A token that is not the caller's is whatever somebody typed: not for the log.
    const logged = placed.outcome === 'not_yours' ? {} : { cardToken };
    telemetry.log('hold_requested', { kind, ...logged, outcome: placed.outcome });
    switch (placed.outcome) {
      case 'repeated':
        return 'repeated';
      case 'not_yours':
        return refuse('not-found');
      case 'closed':
        return refuse('card-closed');
      default:
        return response;
    }
  };
}

/** The ticket is the cardholder's: an account owner who reports a supplementary card learns that there is one. */
const lostAnswer = (ticket: Ticket, customerId: string) =>
  ticket.customerId === customerId ? { ticket: customerView(ticket) } : { ticketOpened: true as const };

const readTicket: Handle<typeof routes.readTicket, Customer> = async ({ who, parts, query, answer }) => {
  const since = query.since === undefined ? undefined : Number(query.since);
  const ticket = await readings.ticket(who.customerId, parts.number, since);
  return ticket === undefined ? refuse('not-found') : answer(ticket);
};

export const handler = httpHandler(telemetry, [
  serve(routes.listCards, async ({ who, answer }) =>
    answer({ asOf: now().toISOString(), cards: await readings.cards(who.customerId) }),
  ),
  serve(routes.listTransactions, listTransactions),
  serve(routes.freezeCard, hold('customer')),
  serve(routes.reportLost, hold('lost')),
  serve(routes.listTickets, async ({ who, answer }) =>
    answer({ asOf: now().toISOString(), tickets: await readings.tickets(who.customerId) }),
  ),
  serve(routes.readTicket, readTicket),
  ...customerCases({ rooms, readings, transactions, serve, telemetry }),
  ...customerReach({ rooms, readings, serve, telemetry }),
  customerLive({ readings, serve, now }),
  ...customerEvidence({ rooms, serve, telemetry, links: linksOf(environment, now) }),
]);
