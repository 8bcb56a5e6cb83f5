import { alertView } from '../alert/alert-view.ts';
import { cardView } from '../card/card-view.ts';
import { callCheckWording, publicWording } from '../notification/public-wording.ts';
import { createCallsNow } from '../ticket/check-caller.ts';
import { createConversationStore } from '../ticket/conversation-store.ts';
import { createCountQueue } from '../ticket/count-queue.ts';
import type { NoteAnswer } from '../ticket/note-answer.ts';
import { createReadLinks } from '../ticket/read-links.ts';
import { createShownVersionsStore } from '../ticket/shown-versions-store.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { customerView, wholeView } from '../ticket/ticket-view.ts';
import type { Rooms } from './rooms.ts';

/** The alerts a customer may look back at. */
const RECENT_DAYS = 30;
/** Most versions of a ticket that a client is told it missed; of more the latest. */
const MISSED_VERSIONS = 100;

/**
 * What a customer sees of their own; undefined: there is no such thing, or it is somebody else's (I11). What is said of one
 * ticket is noted (K6).
 */
export function createCustomerReadings(rooms: Rooms, noteAnswer: NoteAnswer) {
  const { alerts, cards, now, tickets } = rooms;
  const callsNow = createCallsNow(rooms);
  const conversations = createConversationStore(rooms);
  const shownVersions = createShownVersionsStore(rooms);
  const readLinks = createReadLinks(rooms);
  const queue = createCountQueue(rooms);

  async function ownTicket(customerId: string, number: string): Promise<Ticket | undefined> {
    const ticket = await tickets.byNumber(number);
    return ticket?.body.customerId === customerId ? ticket.body : undefined;
  }

  return {
    cards: async (customerId: string) => {
      const [held, owned] = await Promise.all([
        cards.ofCardholder(customerId),
        cards.ofAccountOwner(customerId),
      ]);
      return [
        ...held.map(({ body }) => ({ ...cardView(body), role: 'cardholder' as const })),
        ...owned.map(({ body }) => ({ ...cardView(body), role: 'account_owner' as const })),
      ];
    },
    alerts: async (customerId: string) => {
      const own = await cards.ofCardholder(customerId);
      const found = await alerts.ofCustomer(customerId, {
        from: new Date(now().getTime() - RECENT_DAYS * 86_400_000).toISOString(),
        cardTokens: own.map(({ body }) => body.cardToken),
      });
      const lastFours = new Map(own.map(({ body }) => [body.cardToken, body.lastFour]));
      const ofAlerts = await Promise.all(found.map(({ ticketId }) => tickets.get(ticketId)));
      return found.map((alert, index) =>
        alertView(alert, {
          lastFour: lastFours.get(alert.cardToken),
          ticketNumber: ofAlerts[index]?.body.number,
        }),
      );
    },
    tickets: async (customerId: string) => (await tickets.ofCustomer(customerId)).map(customerView),
    /** `since`: the version the reader has; what was shown after it comes along. */
    ticket: async (customerId: string, number: string, since?: number) => {
      const ticket = await ownTicket(customerId, number);
      if (ticket === undefined) return undefined;
      const [position, links, missed] = await Promise.all([
        ticket.status === 'queued' ? queue.positionOf(ticket) : undefined,
        readLinks(ticket),
        since === undefined ? undefined : shownVersions.after(ticket.ticketId, since, MISSED_VERSIONS),
      ]);
      await noteAnswer(ticket, 'app');
      return {
        ...wholeView(ticket, { at: now().toISOString(), position, links }),
        missed: missed?.map((one) => ({ ...one, wording: publicWording[one.status] })),
      };
    },
    messages: async (customerId: string, number: string, of: { after: number; limit: number }) => {
      const ticket = await ownTicket(customerId, number);
      if (ticket === undefined) return undefined;
      const { messages, more } = await conversations.page(ticket.ticketId, of);
      return { messages, ...(more ? { next: String(messages.at(-1)?.seq) } : {}) };
    },
    /** Whether somebody of ours is calling right now, in so many words (D10). */
    calling: async (customerId: string) => {
      const calls = await callsNow(customerId);
      const [first] = calls;
      return {
        calling: first !== undefined,
        calls,
        words: first === undefined ? callCheckWording.notCalling : callCheckWording.calling(first),
      };
    },
  };
}
export type CustomerReadings = ReturnType<typeof createCustomerReadings>;
