import type { Database, Write } from '../platform/database.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { takesWords } from './conversation.ts';
import type { FakeCallStore } from './fake-call-store.ts';
import type { TicketReadings } from './ticket-reading-store.ts';
import type { TicketStore } from './ticket-store.ts';

/**
 * A customer was called by somebody who said they were the bank (D10). It is kept for the hunt, told to the bank's
 * systems, and noted on the customer's latest ticket where one is at work, because such calls belong to the fraud.
 */
export function createReportFakeCall(deps: {
  db: Database;
  tickets: Pick<TicketStore, 'get' | 'save'> & Pick<TicketReadings, 'ofCustomer'>;
  fakeCalls: FakeCallStore;
  now: () => Date;
  newId: () => string;
}) {
  return (report: {
    customerId: string;
    /** Masked. */
    words?: string;
    callerNumber?: string;
    together: (reportId: string, ticketNumber: string | undefined) => readonly Write<unknown>[];
  }): Promise<'reported' | 'repeated'> => {
    const reportId = deps.newId();
    return retryWhenChanged(8, async () => {
      const { customerId, words, callerNumber } = report;
      const own = await deps.tickets.ofCustomer(customerId);
      const atWork = own.find((ticket) => takesWords(ticket) && ticket.status !== 'resolved');
      const ticket = atWork && (await deps.tickets.get(atWork.ticketId));
      const now = deps.now();
      const number = ticket?.body.number;
      const noted: readonly Write<unknown>[] =
        ticket === undefined
          ? []
          : deps.tickets.save(ticket, ticket.body, {
              now,
              entries: [
                { type: 'fake_call_reported', by: `customer:${customerId}`, data: { reportId }, words },
              ],
            });
      const kept = deps.fakeCalls.add(
        { reportId, customerId, ticketNumber: number, words, callerNumber },
        now,
      );
      const committed = await deps.db.commit([...noted, ...kept, ...report.together(reportId, number)]);
      if (committed.outcome === 'done') return 'reported';
      return committed.refusals.some(isRequestKnown) ? 'repeated' : 'changed';
    });
  };
}
