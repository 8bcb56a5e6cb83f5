import * as z from 'zod/mini';
import { type Database, queryAll, type Write, write } from '../platform/database.ts';
import { parseStored } from '../platform/stored.ts';
import { ticketPk } from './ticket-keys.ts';

/** This beat was counted already. */
export type BeatKnown = { readonly beat: 'known' };

/** How long agents had a ticket before their eyes (K4); one item for each agent. */
export interface FocusStore {
  /** Adds what one beat of the page tells; `beat`: its key, so that a repeat counts once. */
  add(
    ticketId: string,
    seen: { readonly agentId: string; readonly seconds: number; readonly beat: string; readonly at: Date },
  ): Write<BeatKnown>;
  /** Of all agents together. */
  secondsOf(ticketId: string): Promise<number>;
}

const focusSchema = z.object({ seconds: z.int() });
/** More agents than ever had one ticket in hand. */
const MOST_AGENTS = 200;

export function createFocusStore(options: { db: Database; casesTable: string }): FocusStore {
  const { db, casesTable: table } = options;
  return {
    add: (ticketId, { agentId, seconds, beat, at }) =>
      write({
        table,
        spec: {
          kind: 'update',
          key: { pk: ticketPk(ticketId), sk: `PROJ#focus#${agentId}` },
          change: { set: { beat, lastAt: at.toISOString() }, add: { seconds } },
        },
        when: {
          any: [{ attribute: 'beat', is: 'absent' }, { not: { attribute: 'beat', is: '=', value: beat } }],
        },
        refused: () => ({ beat: 'known' }) as const,
      }),
    secondsOf: async (ticketId) => {
      const pk = ticketPk(ticketId);
      const items = await queryAll(db, { table, pk, sk: { beginsWith: 'PROJ#focus#' } }, MOST_AGENTS);
      return items.reduce((sum, item) => sum + parseStored(focusSchema, item).seconds, 0);
    },
  };
}
