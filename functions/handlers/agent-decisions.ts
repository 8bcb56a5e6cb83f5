import { decisionView } from '../alert/decision-view.ts';
import { RECENT_TRANSACTIONS, readDecisions } from '../api/decision-routes.ts';
import { transactionView } from '../transaction/transaction-view.ts';
import type { Agent, ServeAgents } from './agent-serve.ts';
import { type HttpRoute, refuse } from './http.ts';
import type { Rooms } from './rooms.ts';
import type { Handle } from './serve.ts';
import type { Telemetry } from './telemetry.ts';

interface Deps {
  readonly rooms: Rooms;
  readonly serve: ServeAgents;
  readonly telemetry: Telemetry;
}

/** As the customer's own list (D7). */
const LISTED_DAYS = 30;

/** How a ticket's transactions were judged, and what the card did besides. */
export const agentDecisions = (deps: Deps): HttpRoute => deps.serve(readDecisions, decisions(deps));

function decisions({ rooms, telemetry }: Deps): Handle<typeof readDecisions, Agent> {
  return async ({ who, parts: { number }, answer }) => {
    const ticket = await rooms.tickets.byNumber(number);
    if (ticket === undefined) return refuse('not-found');
    const { alertId, cardToken, customerId } = ticket.body;
    const from = new Date(rooms.now().getTime() - LISTED_DAYS * 86_400_000).toISOString();
    const [alert, listed] = await Promise.all([
      alertId === undefined ? undefined : rooms.alerts.get(alertId),
      rooms.transactions.listSince(cardToken, from),
    ]);
    telemetry.log('staff_read', { agent: who.id, customerId });
    const known = new Map(listed.map((one) => [one.transactionId, one]));
    return answer({
      asOf: rooms.now().toISOString(),
      decisions:
        alert?.body.transactions.map((one) => decisionView(one, alert.body, known.get(one.transactionId))) ??
        [],
      transactions: listed.slice(0, RECENT_TRANSACTIONS).map(transactionView),
      more: listed.length > RECENT_TRANSACTIONS,
    });
  };
}
