import * as z from 'zod/mini';
import { type Database, type Item, queryAll, type Write, write } from '../platform/database.ts';
import { sequenceText } from '../platform/outbox.ts';
import { parseStored } from '../platform/stored.ts';
import type { StatusAnswer } from './consistency.ts';
import type { Ticket } from './ticket.ts';
import { ticketPk } from './ticket-keys.ts';
import { ticketStatuses } from './ticket-states.ts';

/** Where a reading answers: what a text or an e-mail said stands in its effect. */
export type ReadingChannel = Extract<StatusAnswer['channel'], 'app' | 'desk' | 'phone'>;

/** What readings of a ticket were answered, by channel and version: the first and the latest time of each. */
export interface StatusAnswerStore {
  note(ticket: Ticket, channel: ReadingChannel, at: Date): Write<never>;
  of(ticketId: string): Promise<readonly StatusAnswer[]>;
}

const statusSchema = z.enum(ticketStatuses);
const notedSchema = z.object({
  channel: z.enum(['app', 'desk', 'phone']),
  version: z.int(),
  status: statusSchema,
  shownAt: z.string(),
  lastAt: z.string(),
});
/** An effect that told a status and was accepted; other effects are not of this shape. */
const sentSchema = z.object({
  claimedAt: z.string(),
  outcome: z.literal('accepted'),
  payload: z.union([
    z.object({ text: z.object({ kind: z.enum(['ticketStatus', 'ticketNews']), facts: factsSchema() }) }),
    z.object({ mail: z.object({ kind: z.literal('ticket'), facts: factsSchema() }) }),
  ]),
});

function factsSchema() {
  return z.object({ version: z.int(), status: statusSchema });
}

/** A ticket has a few dozen versions and messages; more than these are not judged. */
const MOST_ITEMS = 2_000;
const READING = /^PROJ#(app|desk|phone)#/;

export function createStatusAnswerStore(options: { db: Database; casesTable: string }): StatusAnswerStore {
  const { db, casesTable: table } = options;
  return {
    note: ({ ticketId, version, status }, channel, at) =>
      write({
        table,
        spec: {
          kind: 'update',
          key: { pk: ticketPk(ticketId), sk: `PROJ#${channel}#${sequenceText(version)}` },
          change: {
            set: { channel, version, status, lastAt: at.toISOString() },
            setIfAbsent: { shownAt: at.toISOString() },
          },
        },
      }),
    of: async (ticketId) => {
      const read = (beginsWith: string) =>
        queryAll(db, { table, pk: ticketPk(ticketId), sk: { beginsWith } }, MOST_ITEMS);
      const [shown, effects] = await Promise.all([read('PROJ#'), read('OUT#')]);
      return [...shown.filter(({ sk }) => READING.test(sk)).flatMap(readings), ...effects.flatMap(sent)];
    },
  };
}

function readings(item: Item): readonly StatusAnswer[] {
  const { shownAt, lastAt, ...said } = parseStored(notedSchema, item);
  return [...new Set([shownAt, lastAt])].map((at) => ({ ...said, at }));
}

function sent(item: Item): readonly StatusAnswer[] {
  const { data } = sentSchema.safeParse(item);
  if (data === undefined) return [];
  const { payload, claimedAt: at } = data;
  if ('text' in payload) return [{ channel: 'sms', at, ...payload.text.facts }];
  return [{ channel: 'email', at, ...payload.mail.facts }];
}
