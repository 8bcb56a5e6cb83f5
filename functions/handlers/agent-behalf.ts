import { createReportTransactions } from '../alert/report-transactions.ts';
import * as routes from '../api/behalf-routes.ts';
import { cardView } from '../card/card-view.ts';
import { createPlaceHold } from '../card/place-hold.ts';
import { readPhone } from '../notification/phone.ts';
import type { PhoneDigests } from '../notification/phone-keys.ts';
import type { Write } from '../platform/database.ts';
import { newId, newSpokenCode } from '../platform/ids.ts';
import { maskForStorage } from '../platform/mask.ts';
import { createFindTickets } from '../ticket/find-tickets.ts';
import { createReportLost } from '../ticket/report-lost.ts';
import { agentView } from '../ticket/ticket-view.ts';
import { transactionView } from '../transaction/transaction-view.ts';
import type { Agent, ServeAgents } from './agent-serve.ts';
import { type HttpAnswer, type HttpRoute, refuse } from './http.ts';
import type { Rooms } from './rooms.ts';
import type { Handle } from './serve.ts';
import { logFound } from './staff-readings.ts';
import type { Telemetry } from './telemetry.ts';

interface Deps {
  readonly rooms: Rooms;
  readonly serve: ServeAgents;
  readonly telemetry: Telemetry;
  readonly digestsOf: (e164: string) => Promise<PhoneDigests>;
}

const newTicketNumber = () => `FR-${newSpokenCode(8)}`;

/** What staff find and do for a customer at the phone or the counter. */
export function agentBehalf(deps: Deps): readonly HttpRoute[] {
  const { serve } = deps;
  return [
    serve(routes.search, search(deps)),
    serve(routes.freezeForCustomer, freeze(deps)),
    serve(routes.lostForCustomer, reportLost(deps)),
    serve(routes.listForCustomer, list(deps)),
    serve(routes.reportForCustomer, report(deps)),
  ];
}

function search({ rooms, telemetry, digestsOf }: Deps): Handle<typeof routes.search, Agent> {
  const find = createFindTickets(rooms);
  return async ({ who, body, answer }) => {
    const { number, phone, lastFour, day } = body;
    const read = phone === undefined ? undefined : readPhone(phone, 'CN');
    if (read?.ok === false) return refuse('invalid-phone');
    const today = rooms.now().toISOString().slice(0, 10);
    const found = await find({
      number,
      phone: read && (await digestsOf(read.e164)),
      lastFour: lastFour === undefined ? undefined : { digits: lastFour, day: day ?? today },
    });
    const by = [number && 'number', phone && 'phone', lastFour && 'last_four'].filter(Boolean).join(' ');
    telemetry.log('tickets_searched', { agent: who.id, by, tickets: found.tickets.length });
    logFound(telemetry, who, found);
    const asOf = rooms.now().toISOString();
    const tickets = found.tickets.map((ticket) => agentView(ticket, asOf));
    return answer({ asOf, tickets, cards: found.cards.map(cardView) });
  };
}

function freeze({ rooms, telemetry }: Deps): Handle<typeof routes.freezeForCustomer, Agent> {
  const placeHold = createPlaceHold(rooms);
  return async ({ who, parts: { cardToken }, body, answer, remember }) => {
    let response: HttpAnswer | undefined;
    const placed = await placeHold({
      cardToken,
      kind: 'customer',
      asks: { agentId: who.id, identifiedBy: body.identifiedBy },
      together: async (card) => {
        response = answer({ card: cardView(card) });
        return [remember(response)];
      },
    });
    telemetry.log('hold_requested', { kind: 'customer', agent: who.id, outcome: placed.outcome });
    if (placed.outcome === 'repeated') return 'repeated';
    if (placed.outcome === 'not_yours') return refuse('not-found');
    if (placed.outcome === 'closed') return refuse('card-closed');
    return response ?? refuse('internal');
  };
}

function reportLost({ rooms, telemetry }: Deps): Handle<typeof routes.lostForCustomer, Agent> {
  const placeHold = createPlaceHold(rooms);
  const lost = createReportLost({ ...rooms, newId, newTicketNumber });
  return async ({ who, parts: { cardToken }, body, answer, remember }) => {
    let response: HttpAnswer | undefined;
    const placed = await placeHold({
      cardToken,
      kind: 'lost',
      asks: { agentId: who.id, identifiedBy: body.identifiedBy },
      together: async (card, isNew): Promise<readonly Write<unknown>[]> => {
        const { ticket, writes } = await lost({ ...card, isNew, by: `agent:${who.id}` });
        const at = rooms.now().toISOString();
        response = answer({ card: cardView(card), ticket: agentView(ticket, at) });
        return [...writes, remember(response)];
      },
    });
    telemetry.log('hold_requested', { kind: 'lost', agent: who.id, outcome: placed.outcome });
    if (placed.outcome === 'repeated') return 'repeated';
    if (placed.outcome === 'not_yours') return refuse('not-found');
    if (placed.outcome === 'closed') return refuse('card-closed');
    return response ?? refuse('internal');
  };
}

/** The list customers can tick (D7). */
const LISTED_DAYS = 30;

function list({ rooms, telemetry }: Deps): Handle<typeof routes.listForCustomer, Agent> {
  return async ({ who, parts: { cardToken }, answer }) => {
    const card = await rooms.cards.get(cardToken);
    if (card === undefined) return refuse('not-found');
    const now = rooms.now();
    const since = new Date(now.getTime() - LISTED_DAYS * 86_400_000).toISOString();
    const all = await rooms.transactions.listSince(cardToken, since);
    telemetry.log('staff_read', { agent: who.id, customerId: card.body.cardholderId, cardToken });
    return answer({
      asOf: now.toISOString(),
      transactions: all.slice(0, routes.LISTED_FOR_CUSTOMER).map(transactionView),
      more: all.length > routes.LISTED_FOR_CUSTOMER,
    });
  };
}

function report({ rooms, telemetry }: Deps): Handle<typeof routes.reportForCustomer, Agent> {
  const reportTransactions = createReportTransactions({ ...rooms, newId, newTicketNumber });
  return async ({ who, parts: { cardToken }, body, answer, remember }) => {
    const card = await rooms.cards.get(cardToken);
    if (card === undefined) return refuse('not-found');
    let response: HttpAnswer | undefined;
    const { wanted, note } = body;
    const reported = await reportTransactions({
      customerId: card.body.cardholderId,
      agentId: who.id,
      cardToken,
      transactionIds: [...new Set(body.transactionIds)],
      wanted,
      words: note === undefined ? undefined : maskForStorage(note),
      together: (after) => {
        const at = rooms.now().toISOString();
        response = answer({ card: cardView(after.card), ticket: agentView(after.ticket, at) });
        return [remember(response)];
      },
    });
    telemetry.log('transactions_reported', { agent: who.id, outcome: reported.outcome });
    switch (reported.outcome) {
      case 'repeated':
        return 'repeated';
      case 'not_found':
        return refuse('not-found');
      case 'too_many':
        return refuse('too-many-disputes');
      case 'reported':
        return response ?? refuse('internal');
    }
  };
}
