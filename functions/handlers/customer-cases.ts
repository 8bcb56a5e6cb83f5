import { alertView } from '../alert/alert-view.ts';
import { createAnswerAlert } from '../alert/answer-alert.ts';
import { createReportTransactions } from '../alert/report-transactions.ts';
import * as routes from '../api/customer-case-routes.ts';
import { cardView } from '../card/card-view.ts';
import { newId, newSpokenCode } from '../platform/ids.ts';
import { maskForStorage, maskText } from '../platform/mask.ts';
import { createChangeTicket } from '../ticket/change-ticket.ts';
import { createContinueTicket } from '../ticket/continue-ticket.ts';
import { takesWords, withCustomerMessage, withPersonAsked } from '../ticket/conversation.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { customerView, wholeView } from '../ticket/ticket-view.ts';
import type { TransactionStore } from '../transaction/transaction-store.ts';
import type { CustomerReadings } from './customer-readings.ts';
import type { Customer, ServeCustomers } from './customer-serve.ts';
import { type HttpAnswer, type HttpRoute, refuse } from './http.ts';
import type { Rooms } from './rooms.ts';
import type { Handle } from './serve.ts';
import type { Telemetry } from './telemetry.ts';

interface Deps {
  readonly rooms: Rooms;
  readonly readings: CustomerReadings;
  readonly transactions: TransactionStore;
  readonly serve: ServeCustomers;
  readonly telemetry: Telemetry;
}

/** Alerts, reports, and the conversation on a ticket. */
export function customerCases(deps: Deps): readonly HttpRoute[] {
  const { serve } = deps;
  return [
    serve(routes.listAlerts, listAlerts(deps)),
    serve(routes.answerAlert, answerAlert(deps)),
    serve(routes.reportTransactions, reportTransactions(deps)),
    serve(routes.askForPerson, askForPerson(deps)),
    serve(routes.writeMessage, writeMessage(deps)),
    serve(routes.listMessages, listMessages(deps)),
  ];
}

const newTicketNumber = () => `FR-${newSpokenCode(8)}`;

function listAlerts({ rooms, readings }: Deps): Handle<typeof routes.listAlerts, Customer> {
  return async ({ who: { customerId }, answer }) =>
    answer({ asOf: rooms.now().toISOString(), alerts: await readings.alerts(customerId) });
}

function answerAlert({ rooms, telemetry }: Deps): Handle<typeof routes.answerAlert, Customer> {
  const answerInApp = createAnswerAlert(rooms);
  return async ({ who: { customerId }, parts: { alertId }, body, answer, remember }) => {
    let response: HttpAnswer | undefined;
    const answered = await answerInApp({
      alertId,
      customerId,
      says: body.says,
      shown: body.transactionCount,
      together: ({ kind, after }) => {
        const { card, alert, ticket } = after;
        const view = alertView(alert, { lastFour: card.lastFour, ticketNumber: ticket.number });
        response = answer({
          effect: kind,
          verificationNeeded: body.says === 'mine' && view.verificationNeeded,
          alert: view,
          card: cardView(card),
          ticket: customerView(ticket),
        });
        return [remember(response)];
      },
    });
    if (answered.outcome === 'repeated') return 'repeated';
    if (answered.outcome === 'not_found') return refuse('not-found');
    if (answered.outcome === 'shown_too_few') return refuse('alert-changed');
    telemetry.log('alert_answered', { alertId, says: body.says, effect: answered.settled.kind });
    return response ?? refuse('internal');
  };
}

function reportTransactions(deps: Deps): Handle<typeof routes.reportTransactions, Customer> {
  const { rooms, telemetry, transactions } = deps;
  const report = createReportTransactions({ ...rooms, transactions, newId, newTicketNumber });
  return async ({ who: { customerId }, body, answer, remember }) => {
    let response: HttpAnswer | undefined;
    const { cardToken, wanted, note } = body;
    const reported = await report({
      customerId,
      cardToken,
      transactionIds: [...new Set(body.transactionIds)],
      wanted,
      words: note === undefined ? undefined : maskForStorage(note),
      together: ({ ticket, card }) => {
        const at = rooms.now().toISOString();
        response = answer({ card: cardView(card), ticket: wholeView(ticket, { at }) });
        return [remember(response)];
      },
    });
    switch (reported.outcome) {
      case 'repeated':
        return 'repeated';
      case 'not_found':
        return refuse('not-found');
      case 'too_many':
        return refuse('too-many-disputes');
      case 'reported':
        telemetry.log('transactions_reported', { cardToken, count: body.transactionIds.length });
        return response ?? refuse('internal');
    }
  };
}

const isOwn =
  (customerId: string) =>
  (ticket: Ticket): boolean =>
    ticket.customerId === customerId;

/** On the ticket that goes on with the one they name, should that be over. */
const continuing = ({ rooms }: Deps) =>
  createContinueTicket({ ...rooms, changeTicket: createChangeTicket(rooms), newId, newTicketNumber });

function askForPerson(deps: Deps): Handle<typeof routes.askForPerson, Customer> {
  const { rooms } = deps;
  const continueTicket = continuing(deps);
  return async ({ who: { customerId }, parts: { number }, body, answer, remember }) => {
    let response: HttpAnswer | undefined;
    const asked = await continueTicket<'closed'>({
      number,
      mayChange: isOwn(customerId),
      change: (ticket, at) => {
        if (!takesWords(ticket)) return { refusal: 'closed' };
        const after = withPersonAsked(ticket, { phoneConsent: body.phoneConsent, at });
        if (after === undefined) return { ticket, entries: [] };
        const { phoneConsent } = body;
        const { number: ticketNumber, priority } = after;
        const detail = { ticketNumber, customerId, phoneConsent, priority };
        return {
          ticket: after,
          entries: [
            { type: 'person_asked', by: `customer:${customerId}`, data: { phoneConsent, channel: 'app' } },
          ],
          effects: [{ effect: 'publish', payload: { type: 'PersonAsked', detail } }],
        };
      },
      together: (ticket) => {
        response = answer(wholeView(ticket, { at: rooms.now().toISOString() }));
        return [remember(response)];
      },
    });
    if (asked.outcome === 'repeated') return 'repeated';
    if (asked.outcome === 'not_found') return refuse('not-found');
    if (asked.outcome === 'refused') return refuse('ticket-closed');
    return response ?? refuse('internal');
  };
}

function writeMessage(deps: Deps): Handle<typeof routes.writeMessage, Customer> {
  const { rooms } = deps;
  const continueTicket = continuing(deps);
  return async ({ who: { customerId }, parts: { number }, body, answer, remember }) => {
    const { text: words, cardNumbers, codes } = maskText(body.text);
    let response: HttpAnswer | undefined;
    const written = await continueTicket<'closed'>({
      number,
      mayChange: isOwn(customerId),
      change: (ticket, at) => {
        if (!takesWords(ticket)) return { refusal: 'closed' };
        const detail = { ticketNumber: ticket.number, customerId };
        return {
          ticket: withCustomerMessage(ticket, at),
          entries: [
            { type: 'customer_message', by: `customer:${customerId}`, data: { channel: 'app' }, words },
          ],
          effects: [{ effect: 'publish', payload: { type: 'CustomerWrote', detail } }],
        };
      },
      together: (ticket) => {
        response = answer({
          ticket: wholeView(ticket, { at: rooms.now().toISOString() }),
          cardNumbersMasked: cardNumbers,
          codesMasked: codes,
        });
        return [remember(response)];
      },
    });
    if (written.outcome === 'repeated') return 'repeated';
    if (written.outcome === 'not_found') return refuse('not-found');
    if (written.outcome === 'refused') return refuse('ticket-closed');
    return response ?? refuse('internal');
  };
}

function listMessages({ rooms, readings }: Deps): Handle<typeof routes.listMessages, Customer> {
  return async ({ who: { customerId }, parts: { number }, query, answer }) => {
    const { limit = routes.MESSAGES_PAGE, after = '0' } = query;
    const page = await readings.messages(customerId, number, { after: Number(after), limit });
    if (page === undefined) return refuse('not-found');
    return answer({ asOf: rooms.now().toISOString(), ...page });
  };
}
