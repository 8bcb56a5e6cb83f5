import { cardView } from '../card/card-view.ts';
import { createPlaceHold, type HoldPlaced } from '../card/place-hold.ts';
import type { Write } from '../platform/database.ts';
import { newId, newSpokenCode } from '../platform/ids.ts';
import { createRequests, type RequestId } from '../platform/requests.ts';
import { createReportLost } from '../ticket/report-lost.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { ticketNumberSchema } from '../ticket/ticket-number.ts';
import { customerView } from '../ticket/ticket-view.ts';
import { cardTokenSchema } from '../transaction/fields.ts';
import { createTransactionStore } from '../transaction/transaction-store.ts';
import { transactionView } from '../transaction/transaction-view.ts';
import { customerApiEnvironment, readEnvironment } from './environments.ts';
import { answer, callerOf, type HttpAnswer, type HttpEvent, httpHandler, pathPart, problem } from './http.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';

const environment = readEnvironment(customerApiEnvironment);
const telemetry = createTelemetry('customer-api');
const rooms = createRooms(environment);
const { db, now, cards, contacts, tickets } = rooms;
const transactions = createTransactionStore({ db, cardsTable: environment.CARDS_TABLE });
const requests = createRequests(db, environment.CASES_TABLE, now);
const placeHold = createPlaceHold(rooms);
const reportLost = createReportLost({ tickets, now, newId, newTicketNumber: () => `FR-${newSpokenCode(8)}` });

/** The list customers can tick (D7). */
const LISTED_DAYS = 30;
const PAGE_LIMIT = 100;

const notFound = () => problem(404, 'not-found', 'There is no such card or ticket of yours.');

/** Resolves the log-in to a customer of ours; a valid token alone is nobody. */
function asCustomer(handle: (event: HttpEvent, customerId: string) => Promise<HttpAnswer>) {
  return async (event: HttpEvent): Promise<HttpAnswer> => {
    const customerId = await contacts.customerOf(callerOf(event));
    if (customerId === undefined) {
      return problem(403, 'unknown-customer', 'This log-in does not belong to a customer of the bank.');
    }
    return handle(event, customerId);
  };
}

async function ownCard(event: HttpEvent, customerId: string) {
  const cardToken = pathPart(event, 'cardToken', cardTokenSchema);
  const card = cardToken && (await cards.get(cardToken));
  if (!card) return undefined;
  const { cardholderId, accountOwnerId } = card.body;
  return cardholderId === customerId || accountOwnerId === customerId ? card.body : undefined;
}

async function listTransactions(event: HttpEvent, customerId: string): Promise<HttpAnswer> {
  const card = await ownCard(event, customerId);
  if (card === undefined) return notFound();
  const limit = Number(event.queryStringParameters?.limit ?? PAGE_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_LIMIT) {
    return problem(400, 'bad-limit', `limit must be a whole number from 1 to ${PAGE_LIMIT}.`);
  }
  const since = new Date(now().getTime() - LISTED_DAYS * 86_400_000).toISOString();
  const all = await transactions.listSince(card.cardToken, since);
  const after = event.queryStringParameters?.after;
  const start = after === undefined ? 0 : all.findIndex((one) => one.transactionId === after) + 1;
  if (after !== undefined && start === 0)
    return problem(400, 'bad-after', 'after names no transaction of this list.');
  const page = all.slice(start, start + limit);
  const last = page.at(-1)?.transactionId;
  return answer(200, {
    asOf: now().toISOString(),
    transactions: page.map(transactionView),
    ...(start + limit < all.length ? { next: last } : {}),
  });
}

/** A hold the customer asks for; repeats under the same `Idempotency-Key` get the first answer again. */
function hold(kind: 'customer' | 'lost') {
  return asCustomer(async (event, customerId) => {
    const key = event.headers['idempotency-key'];
    if (key === undefined || key.length < 8 || key.length > 128) {
      return problem(400, 'idempotency-key', 'Send an Idempotency-Key header of 8 to 128 characters.');
    }
    const cardToken = pathPart(event, 'cardToken', cardTokenSchema);
    if (cardToken === undefined) return notFound();
    const request: RequestId = { caller: customerId, key, request: event.rawPath };
    const earlier = await earlierAnswer(request);
    if (earlier !== undefined) return earlier;
    let response = answer(200, {});
    const placed = await placeHold({
      cardToken,
      kind,
      customerId,
      together: async (card, isNew): Promise<readonly Write<unknown>[]> => {
        const lost =
          kind === 'lost' ? await reportLost({ ...card, isNew, by: `customer:${customerId}` }) : undefined;
        response = answer(200, {
          card: cardView(card),
          ...(lost === undefined ? {} : lostAnswer(lost.ticket, customerId)),
        });
        const remembered = requests.remember(request, { status: 200, body: response.body ?? '' });
        return [...(lost?.writes ?? []), remembered];
      },
    });
    // A token that is not the caller's is whatever somebody typed: not for the log.
    const logged = placed.outcome === 'not_yours' ? {} : { cardToken };
    telemetry.log('hold_requested', { kind, ...logged, outcome: placed.outcome });
    return placed.outcome === 'repeated' ? mustBeAnswered(request) : holdAnswer(placed.outcome, response);
  });
}

/** The answer this request had before, or what is wrong with its key; undefined: it is new. */
async function earlierAnswer(request: RequestId): Promise<HttpAnswer | undefined> {
  const seen = await requests.seen(request);
  if (seen.kind === 'repeated') return { ...answer(seen.answer.status, {}), body: seen.answer.body };
  if (seen.kind === 'mismatch') {
    return problem(422, 'idempotency-key-reused', 'This Idempotency-Key was used for another request.');
  }
  return undefined;
}

/** Two deliveries at the same time: the slower one gives the answer of the faster. */
async function mustBeAnswered(request: RequestId): Promise<HttpAnswer> {
  const earlier = await earlierAnswer(request);
  if (earlier === undefined) throw new Error('a request is known and has no answer');
  return earlier;
}

/** The ticket is the cardholder's: an account owner who reports a supplementary card learns that there is one. */
const lostAnswer = (ticket: Ticket, customerId: string) =>
  ticket.customerId === customerId ? { ticket: customerView(ticket) } : { ticketOpened: true };

function holdAnswer(outcome: Exclude<HoldPlaced['outcome'], 'repeated'>, response: HttpAnswer): HttpAnswer {
  if (outcome === 'not_yours') return notFound();
  if (outcome === 'closed') return problem(409, 'card-closed', 'This card is closed for good.');
  return response;
}

async function readTicket(event: HttpEvent, customerId: string): Promise<HttpAnswer> {
  const number = pathPart(event, 'number', ticketNumberSchema);
  const ticket = number && (await tickets.byNumber(number));
  if (!ticket || ticket.body.customerId !== customerId) return notFound();
  return answer(200, customerView(ticket.body));
}

export const handler = httpHandler(telemetry, [
  {
    method: 'GET',
    path: '/cards',
    handle: asCustomer(async (_event, customerId) => {
      const own = await cards.ofCardholder(customerId);
      return answer(200, { asOf: now().toISOString(), cards: own.map((card) => cardView(card.body)) });
    }),
  },
  { method: 'GET', path: '/cards/{cardToken}/transactions', handle: asCustomer(listTransactions) },
  { method: 'POST', path: '/cards/{cardToken}/freeze', handle: hold('customer') },
  { method: 'POST', path: '/cards/{cardToken}/lost', handle: hold('lost') },
  {
    method: 'GET',
    path: '/tickets',
    handle: asCustomer(async (_event, customerId) => {
      const own = await tickets.ofCustomer(customerId);
      return answer(200, { asOf: now().toISOString(), tickets: own.map(customerView) });
    }),
  },
  { method: 'GET', path: '/tickets/{number}', handle: asCustomer(readTicket) },
]);
