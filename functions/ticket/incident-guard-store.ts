import * as z from 'zod/mini';
import { type Database, type Write, write } from '../platform/database.ts';
import { parseStored } from '../platform/stored.ts';
import { incidentKey } from './ticket-keys.ts';

/** Guards of incidents (I6): which ticket a customer's card has. Apart from the store of tickets, which takes them. */
export interface IncidentGuards {
  /** Of these cards, those whose guard names this ticket. */
  heldBy(
    ticket: { readonly ticketId: string; readonly customerId: string },
    cardTokens: readonly string[],
  ): Promise<readonly string[]>;
  /** The card's incident is the other ticket's from now on; refused when the guard is not this one's any more. */
  handOver(
    card: { readonly customerId: string; readonly cardToken: string },
    tickets: { readonly from: string; readonly to: string },
  ): Write<{ readonly incident: 'taken' }>;
}

const guardSchema = z.object({ ticketId: z.string() });

export function createIncidentGuards(options: { db: Database; casesTable: string }): IncidentGuards {
  const { db, casesTable: table } = options;
  return {
    heldBy: async ({ ticketId, customerId }, cardTokens) => {
      const distinct = [...new Set(cardTokens)];
      const guards = await Promise.all(
        distinct.map((cardToken) => db.get(table, incidentKey(customerId, cardToken))),
      );
      return distinct.filter((_, place) => {
        const guard = guards[place];
        return guard !== undefined && parseStored(guardSchema, guard).ticketId === ticketId;
      });
    },
    handOver: ({ customerId, cardToken }, { from, to }) =>
      write({
        table,
        spec: { kind: 'put', item: { ...incidentKey(customerId, cardToken), ticketId: to } },
        when: { attribute: 'ticketId', is: '=', value: from },
        refused: () => ({ incident: 'taken' }) as const,
      }),
  };
}
