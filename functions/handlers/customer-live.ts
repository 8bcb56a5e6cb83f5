import { MESSAGES_PAGE } from '../api/customer-case-routes.ts';
import { liveLists, readLive } from '../api/live-routes.ts';
import type { CustomerReadings } from './customer-readings.ts';
import type { Customer, ServeCustomers } from './customer-serve.ts';
import { type HttpRoute, refuse } from './http.ts';
import { markOf } from './mark.ts';
import type { Handle } from './serve.ts';

interface Deps {
  readonly readings: CustomerReadings;
  readonly serve: ServeCustomers;
  readonly now: () => Date;
}

/** One reading for a whole page. */
export const customerLive = (deps: Deps): HttpRoute => deps.serve(readLive, live(deps));

function live({ readings, now }: Deps): Handle<typeof readLive, Customer> {
  return async ({ who: { customerId }, query, answer }) => {
    const asOf = now().toISOString();
    const wanted = new Set(query.lists?.split(','));
    const [cards, alerts, tickets] = liveLists.map((list) => wanted.has(list));
    const { ticket: number, after } = query;
    const talks = number !== undefined && after !== undefined;
    const of = { after: Number(after), limit: MESSAGES_PAGE };
    const [bank, ownCards, ownAlerts, ownTickets, ticket, said] = await Promise.all([
      readings.calling(customerId),
      cards ? readings.cards(customerId) : undefined,
      alerts ? readings.alerts(customerId) : undefined,
      tickets ? readings.tickets(customerId) : undefined,
      number === undefined ? undefined : readings.ticket(customerId, number),
      talks ? readings.messages(customerId, number, of) : undefined,
    ]);
    if (number !== undefined && ticket === undefined) return refuse('not-found');
    const shown = {
      ...{ bank, cards: ownCards, alerts: ownAlerts, tickets: ownTickets, ticket },
      messages: said?.messages,
      ...(said?.next === undefined ? {} : { more: true as const }),
    };
    const mark = markOf(shown);
    return answer(mark === query.since ? { asOf, mark } : { asOf, mark, ...shown });
  };
}
