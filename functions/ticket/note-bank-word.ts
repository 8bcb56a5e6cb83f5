import type { CardStore } from '../card/card-store.ts';
import type { Database, Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { type BankWord, disputesOf, withBankWord } from './dispute.ts';
import { shown, type Ticket } from './ticket.ts';
import type { TicketStore } from './ticket-store.ts';

/** Earlier tickets of a card that are looked through for a dispute; a card has a few in all its years. */
const MOST_EARLIER = 10;

/**
 * What the bank's systems tell of a transaction is noted where it is disputed (H23): in the dispute's history and the
 * ticket's journal, and the customer sees it. Its status stays, nothing is released: who works on it says what follows.
 */
export function createNoteBankWord(deps: {
  db: Database;
  tickets: Pick<TicketStore, 'ofIncident' | 'get' | 'save'>;
  cards: Pick<CardStore, 'get'>;
  now: () => Date;
}) {
  return (cardToken: string, word: BankWord): Promise<'noted' | 'not_disputed'> =>
    retryWhenChanged(5, async () => {
      const card = await deps.cards.get(cardToken);
      if (card === undefined) return 'not_disputed';
      const latest = await deps.tickets.ofIncident(card.body.cardholderId, cardToken);
      const ticket = await disputing(deps, latest, word.transactionId);
      const disputes = ticket && withBankWord(disputesOf(ticket.body), word);
      if (ticket === undefined || disputes === undefined) return 'not_disputed';
      const now = deps.now();
      const after: Ticket = { ...shown(ticket.body, now.toISOString()), disputes: [...disputes] };
      const writes: readonly Write<unknown>[] = deps.tickets.save(ticket, after, {
        now,
        entries: [{ type: 'dispute_noted', by: 'bank', data: { ...word } }],
      });
      return (await deps.db.commit(writes)).outcome === 'refused' ? 'changed' : 'noted';
    });
}

/** The ticket of the card that disputes it: the latest, or one of those it follows. */
async function disputing(
  deps: Parameters<typeof createNoteBankWord>[0],
  latest: Versioned<Ticket> | undefined,
  transactionId: string,
): Promise<Versioned<Ticket> | undefined> {
  let ticket = latest;
  for (let looked = 0; ticket !== undefined && looked < MOST_EARLIER; looked += 1) {
    if (disputesOf(ticket.body).some((one) => one.transactionId === transactionId)) return ticket;
    const before: string | undefined = ticket.body.follows;
    ticket = before === undefined ? undefined : await deps.tickets.get(before);
  }
  return undefined;
}
