import type { PhoneStore } from '../alert/phone-store.ts';
import type { Card } from '../card/card.ts';
import type { CardStore } from '../card/card-store.ts';
import type { ContactStore } from '../card/contact-store.ts';
import type { PhoneDigests } from '../notification/phone-keys.ts';
import type { Ticket } from './ticket.ts';
import type { TicketReadings } from './ticket-reading-store.ts';
import type { TicketStore } from './ticket-store.ts';

/** What a caller can say of themselves or their ticket; each finds by itself, together they find all of it. */
export interface Sought {
  readonly number?: string;
  readonly phone?: PhoneDigests;
  readonly lastFour?: { readonly digits: string; readonly day: string };
}

export interface Found {
  readonly tickets: readonly Ticket[];
  readonly cards: readonly Card[];
}

interface FindDeps {
  readonly tickets: Pick<TicketStore, 'byNumber'> & Pick<TicketReadings, 'ofCustomer' | 'ofLastFour'>;
  readonly cards: Pick<CardStore, 'ofCardholder'>;
  readonly phones: Pick<PhoneStore, 'get'>;
  readonly contacts: Pick<ContactStore, 'get'>;
}

const DAY_MS = 86_400_000;

/** Finds tickets the way callers know them; by phone also the cards of whose number it is, to freeze one. */
export function createFindTickets(deps: FindDeps): (sought: Sought) => Promise<Found> {
  return async ({ number, phone, lastFour }) => {
    const [byNumber, byFour, byPhone] = await Promise.all([
      number === undefined ? undefined : deps.tickets.byNumber(number),
      lastFour === undefined ? [] : deps.tickets.ofLastFour(lastFour.digits, around(lastFour.day)),
      phone === undefined ? undefined : ofPhone(deps, phone),
    ]);
    const all = [...(byNumber ? [byNumber.body] : []), ...byFour, ...(byPhone?.tickets ?? [])];
    const tickets = [...new Map(all.map((ticket) => [ticket.ticketId, ticket])).values()];
    return { tickets, cards: byPhone?.cards ?? [] };
  };
}

/** The day by any clock of the world: from a day before it begins in UTC to a day after it ends. */
function around(day: string): { from: string; to: string } {
  const start = Date.parse(`${day}T00:00:00.000Z`);
  return {
    from: new Date(start - DAY_MS).toISOString(),
    to: new Date(start + 2 * DAY_MS).toISOString(),
  };
}

/** What the phone remembers only finds: whose number it is says the contact of today (H9). */
async function ofPhone(deps: FindDeps, digests: PhoneDigests): Promise<Found> {
  const phones = await Promise.all(digests.all.map((digest) => deps.phones.get(digest)));
  const known = new Set(phones.flatMap((phone) => phone?.body.customers ?? []));
  const contacts = await Promise.all([...known].map((customerId) => deps.contacts.get(customerId)));
  const owners = contacts.filter(
    (contact) => contact?.phoneDigest !== undefined && digests.all.includes(contact.phoneDigest),
  );
  const found = await Promise.all(
    owners.map(async (owner) => {
      if (owner === undefined) return { tickets: [], cards: [] };
      const { customerId } = owner;
      const [tickets, cards] = await Promise.all([
        deps.tickets.ofCustomer(customerId),
        deps.cards.ofCardholder(customerId),
      ]);
      return { tickets, cards: cards.map(({ body }) => body) };
    }),
  );
  return { tickets: found.flatMap(({ tickets }) => tickets), cards: found.flatMap(({ cards }) => cards) };
}
