import type { Database, Write } from '../platform/database.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { ChangeTicket, TicketChanged, TicketOrder } from './change-ticket.ts';
import { withClocks } from './clock-steps.ts';
import { takesWords } from './conversation.ts';
import { newTicket, queued, type Ticket } from './ticket.ts';
import type { TicketStore } from './ticket-store.ts';

export type ContinueTicket = ChangeTicket;

interface ContinueDeps {
  readonly db: Database;
  readonly tickets: TicketStore;
  readonly changeTicket: ChangeTicket;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly newTicketNumber: () => string;
}

/**
 * A change its customer asks for, on the ticket that goes on with what they name: of a merged number that is the one it
 * became part of; of a closed one the later ticket of its card, or a new one that follows it. So nothing they say is
 * sent away, whichever number they have at hand (D2, I12).
 */
export function createContinueTicket(deps: ContinueDeps): ContinueTicket {
  return <Refusal>(order: TicketOrder<Refusal>) =>
    retryWhenChanged<TicketChanged<Refusal>>(5, async () => {
      // As a rule the ticket takes it, and nothing else is read.
      const changed = await deps.changeTicket<Refusal | typeof OVER>({
        ...order,
        change: (ticket, at) => (takesWords(ticket) ? order.change(ticket, at) : { refusal: OVER }),
      });
      if (changed.outcome !== 'refused') return changed;
      const { refusal } = changed;
      return refusal === OVER ? goOn(deps, order) : { outcome: 'refused', refusal };
    });
}

/** The ticket named is over. */
const OVER = Symbol('over');

async function goOn<Refusal>(
  deps: ContinueDeps,
  order: TicketOrder<Refusal>,
): Promise<TicketChanged<Refusal> | 'changed'> {
  const named = await deps.tickets.byNumber(order.number);
  const present = named && (await deps.tickets.get(named.body.ticketId));
  if (present === undefined) return { outcome: 'not_found' };
  const { customerId, cardToken } = present.body;
  const latest = takesWords(present.body)
    ? present
    : ((await deps.tickets.ofIncident(customerId, cardToken)) ?? present);
  if (!takesWords(latest.body)) return follow(deps, order, latest.body);
  return deps.changeTicket({ ...order, number: latest.body.number });
}

/** Opens the ticket that follows one that is over, already before people: somebody has said something. */
async function follow<Refusal>(
  deps: ContinueDeps,
  order: TicketOrder<Refusal>,
  before: Ticket,
): Promise<TicketChanged<Refusal> | 'changed'> {
  const { customerId, cardToken, lastFour, ticketId: follows } = before;
  const now = deps.now();
  const at = now.toISOString();
  const opened = newTicket({
    ...{ ticketId: deps.newId(), number: deps.newTicketNumber(), category: 'question', priority: 'P4' },
    ...{ customerId, cardToken, lastFour, at, follows },
  });
  const waits = queued(opened, { priority: 'P4', reason: 'follow_up', at }) ?? opened;
  const changing = order.change(waits, at);
  if ('refusal' in changing) return { outcome: 'refused', refusal: changing.refusal };
  const { entries, effects } = changing;
  const ticket = withClocks(undefined, changing.ticket, { entries, at });
  const writes: readonly Write<unknown>[] = [
    ...deps.tickets.save(undefined, ticket, { now, entries, effects }),
    ...order.together(ticket),
  ];
  const committed = await deps.db.commit(writes);
  if (committed.outcome === 'done') return { outcome: 'done', ticket };
  return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
}
