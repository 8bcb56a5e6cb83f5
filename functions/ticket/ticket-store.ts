import * as z from 'zod/mini';
import { type Database, type Write, write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { dueAttributes } from '../platform/due.ts';
import { createOutbox, type EffectRefusal } from '../platform/outbox.ts';
import { appendSealed } from '../platform/sealed-words.ts';
import { parseStored } from '../platform/stored.ts';
import { withClocks } from './clock-steps.ts';
import { nextClockNews, nextLegDue, queuePlace } from './clock-times.ts';
import { withShown } from './shown-version.ts';
import { closesAt, isOver, type Ticket, ticketSchema } from './ticket.ts';
import type { TicketEffect, TicketEntry } from './ticket-effect.ts';
import { ticketEmails } from './ticket-emails.ts';
import { ticketEvents } from './ticket-events.ts';
import {
  handPartition,
  handPlace,
  incidentKey,
  lastFourIndex,
  numberKey,
  overPartition,
  queueShard,
  ticketKey,
  ticketPk,
} from './ticket-keys.ts';
import { withNewsText } from './ticket-texts.ts';

/** An effect not done after this long is emitted again by the sweep. */
const EFFECT_DUE_SECONDS = 60;

export type TicketRefusal =
  | Changed<Ticket>
  | EffectRefusal
  | { readonly journal: 'taken' }
  | { readonly incident: 'taken' }
  | { readonly number: 'taken' };

export type { TicketEntry };

export interface TicketChange {
  readonly now: Date;
  /** At least one: nothing about a ticket changes without a journal entry. */
  readonly entries: readonly TicketEntry[];
  readonly effects?: readonly TicketEffect[];
}

export interface TicketStore {
  /** The ticket, or the one it was merged into: so what names a ticket, e.g. an alert, moves along with it. */
  get(ticketId: string): Promise<Versioned<Ticket> | undefined>;
  /** The ticket of this very number, also where it was merged. */
  byNumber(number: string): Promise<Versioned<Ticket> | undefined>;
  /** The latest ticket of this customer and card, open or not; the one it was merged into. */
  ofIncident(customerId: string, cardToken: string): Promise<Versioned<Ticket> | undefined>;
  save(
    previous: Versioned<Ticket> | undefined,
    ticket: Ticket,
    change: TicketChange,
  ): readonly Write<TicketRefusal>[];
  /** Saves what is no event of the case, e.g. until when it is kept: no journal entry, no new version. */
  saveQuietly(previous: Versioned<Ticket>, ticket: Ticket): Write<TicketRefusal>;
  /** Lists the ticket for the daily run until its items say the right day. */
  markForKeeping(ticketId: string): Write<never>;
}

const guardSchema = z.object({ ticketId: z.string() });

/** Found by the sweep when there is news of a clock, who has it in hand may be gone, or its time to close has come. */
function dueOf(ticket: Ticket) {
  const dueAt = [nextClockNews(ticket), ticket.leaseUntil, closesAt(ticket)]
    .filter((at) => at !== undefined)
    .sort()[0];
  return dueAt === undefined ? {} : dueAttributes(ticketPk(ticket.ticketId), dueAt);
}

export function createTicketStore(options: {
  db: Database;
  casesTable: string;
  /** 128 random bits or more, as text: salts of words. */
  newSalt: () => string;
}): TicketStore {
  const { db, casesTable: table, newSalt } = options;
  const outbox = createOutbox(db, table);
  const documents = createDocuments({
    db,
    table,
    schema: ticketSchema,
    name: 'ticket',
    key: ticketKey,
    idOf: (ticket) => ticket.ticketId,
    attributes: (ticket) => ({
      ...(ticket.status === 'queued'
        ? {
            gsi2pk: `QUEUE#${queueShard(ticket.ticketId)}`,
            gsi2sk: queuePlace(ticket),
          }
        : {}),
      ...(ticket.claimedBy !== undefined && !isOver(ticket) && ticket.status !== 'queued'
        ? {
            gsi2pk: handPartition(ticket.ticketId),
            gsi2sk: handPlace(ticket.claimedBy, ticket.claimedAt, ticket.status, nextLegDue(ticket)),
          }
        : {}),
      // Over, and its items do not say yet until when they are kept: listed for the daily run.
      ...(isOver(ticket) && ticket.keptUntil === undefined
        ? { gsi2pk: overPartition(ticket.ticketId), gsi2sk: ticket.resolvedAt ?? ticket.asOf }
        : {}),
      ...dueOf(ticket),
      gsi3pk: `CUSTOMER#${ticket.customerId}`,
      gsi3sk: ticket.openedAt,
    }),
    expiresAt: (ticket) => (isOver(ticket) ? ticket.keptUntil : undefined),
  });

  /** Guards a new ticket takes: one per incident (I6), one per number. */
  function guards(ticket: Ticket): readonly Write<TicketRefusal>[] {
    const { ticketId } = ticket;
    const before = ticket.follows;
    return [
      write({
        table,
        spec: { kind: 'put', item: { ...incidentKey(ticket.customerId, ticket.cardToken), ticketId } },
        when: before === undefined ? { item: 'absent' } : { attribute: 'ticketId', is: '=', value: before },
        refused: () => ({ incident: 'taken' }) as const,
      }),
      write({
        table,
        spec: {
          kind: 'put',
          item: { ...numberKey(ticket.number), ticketId, ...lastFourIndex(ticket) },
        },
        when: { item: 'absent' },
        refused: () => ({ number: 'taken' }) as const,
      }),
    ];
  }

  /** Lists the ticket for the daily run: what its items say of their expiry may not be what it should be. */
  const markForKeeping = (ticketId: string): Write<never> =>
    write({
      table,
      spec: {
        kind: 'put',
        item: { pk: ticketPk(ticketId), sk: 'KEPT', gsi2pk: overPartition(ticketId), gsi2sk: '0' },
      },
    });

  async function throughGuard(key: { pk: string; sk: string }): Promise<Versioned<Ticket> | undefined> {
    const guard = await db.get(table, key);
    return guard && documents.get(parseStored(guardSchema, guard).ticketId);
  }

  /** Merged is final, so this ends. */
  async function goingOn(found: Promise<Versioned<Ticket> | undefined>): ReturnType<typeof throughGuard> {
    const ticket = await found;
    const next = ticket?.body.mergedInto;
    return next === undefined ? ticket : goingOn(throughGuard(numberKey(next)));
  }

  return {
    get: (ticketId) => goingOn(documents.get(ticketId)),
    byNumber: (number) => throughGuard(numberKey(number)),
    ofIncident: (customerId, cardToken) => goingOn(throughGuard(incidentKey(customerId, cardToken))),
    saveQuietly: documents.save,
    markForKeeping,
    save: (previous, changed, change) => {
      const pk = ticketPk(changed.ticketId);
      const at = change.now.toISOString();
      const { entries: told } = change;
      const news = withNewsText(previous?.body, changed, { entries: told, at });
      const ticket = withClocks(previous?.body, news.ticket, { entries: told, at });
      let head = { seq: ticket.seq, chain: ticket.chain };
      const entries: Write<TicketRefusal>[] = [];
      const expiresAt = isOver(ticket) ? ticket.keptUntil : undefined;
      const lives = !isOver(ticket) && previous?.body.keptUntil !== undefined;
      for (const entry of withShown(previous?.body, ticket, change.entries)) {
        const appended = appendSealed(table, pk, head, { ...entry, at }, { newSalt, expiresAt });
        entries.push(...appended.writes);
        head = appended.head;
      }
      const asked = [
        ...(change.effects ?? []),
        ...ticketEvents(previous?.body, ticket),
        ...ticketEmails(previous?.body, ticket, told),
        ...news.texts,
      ];
      const effects = [...Map.groupBy(asked, ({ effect }) => effect).values()].flatMap((ofKind) =>
        ofKind.map(({ effect, payload }, place) =>
          outbox.put({
            pk,
            seq: head.seq,
            effect,
            place,
            now: change.now,
            dueAfterSeconds: EFFECT_DUE_SECONDS,
            payload,
          }),
        ),
      );
      return [
        documents.save(previous, { ...ticket, ...head, ...(lives ? { keptUntil: undefined } : {}) }),
        ...entries,
        ...effects,
        ...(lives ? [markForKeeping(ticket.ticketId)] : []),
        ...(previous === undefined ? guards(ticket) : []),
      ];
    },
  };
}
