import { heldPartitions } from '../../card/card-store.ts';
import { createReconcileCard, type Reconciled } from '../../card/reconcile-card.ts';
import type { Page } from '../../platform/database.ts';
import { createKeepTicket, findToKeep } from '../../ticket/keep-ticket.ts';
import { createTicketKeepingStore } from '../../ticket/ticket-keeping-store.ts';
import type { PlainWork } from './work.ts';

const PAGE_SIZE = 100;
/** Cards of one page looked at side by side. */
const AT_ONCE = 10;
/** So much must be left to begin another page; what is not reached today is reached tomorrow. */
const MUST_REMAIN_MS = 60_000;

export interface ReconcileCounts {
  cards: number;
  askedAgain: number;
  unwatched: number;
  withoutTicket: number;
  tickets: number;
  failed: number;
  /** False: time ran out before the end. */
  finished: boolean;
}

/**
 * The daily look at what should be: every card with a hold or a difference against the issuer's last word, every
 * ticket that is over against how long it is kept. `onFinding` hears of each card with a finding.
 */
export function reconcileCards({
  rooms,
  telemetry,
  onFinding,
}: PlainWork & { readonly onFinding?: (found: Reconciled) => void }) {
  const reconcile = createReconcileCard(rooms);
  const keep = { ...rooms, keeping: createTicketKeepingStore(rooms) };
  const keepTicket = createKeepTicket(keep);

  async function card(cardToken: string, counts: ReconcileCounts): Promise<void> {
    try {
      const found = await reconcile(cardToken);
      if (found === undefined) return;
      counts.cards += 1;
      const asked = found.issuer === 'asked_again';
      if (asked) telemetry.count('CardsDiffer');
      if (found.withoutTicket) telemetry.count('HoldsWithoutTicket');
      counts.askedAgain += asked ? 1 : 0;
      counts.unwatched += found.unwatched ? 1 : 0;
      counts.withoutTicket += found.withoutTicket ? 1 : 0;
      if (!asked && !found.withoutTicket) return;
      telemetry.log('card_reconciled', { ...found });
      onFinding?.(found);
    } catch (error) {
      counts.failed += 1;
      telemetry.warn('message_failed', error);
    }
  }

  async function cardsOf(pk: string, counts: ReconcileCounts, remainingMs: () => number): Promise<void> {
    let after: string | undefined;
    do {
      if (remainingMs() < MUST_REMAIN_MS) {
        counts.finished = false;
        return;
      }
      const page: Page = await rooms.cards.held(pk, { limit: PAGE_SIZE, after });
      const tokens = page.items.map((item) => item.pk.slice('CARD#'.length));
      for (let at = 0; at < tokens.length; at += AT_ONCE)
        await Promise.all(tokens.slice(at, at + AT_ONCE).map((token) => card(token, counts)));
      after = page.next;
    } while (after !== undefined);
  }

  async function tickets(counts: ReconcileCounts, remainingMs: () => number): Promise<void> {
    for (const ticketId of await findToKeep(keep)) {
      if (remainingMs() < MUST_REMAIN_MS) {
        counts.finished = false;
        return;
      }
      try {
        await keepTicket(ticketId);
        counts.tickets += 1;
      } catch (error) {
        counts.failed += 1;
        telemetry.warn('message_failed', error);
      }
    }
  }

  return async (remainingMs: () => number): Promise<ReconcileCounts> => {
    const counts: ReconcileCounts = {
      cards: 0,
      askedAgain: 0,
      unwatched: 0,
      withoutTicket: 0,
      tickets: 0,
      failed: 0,
      finished: true,
    };
    for (const pk of heldPartitions) await cardsOf(pk, counts, remainingMs);
    await tickets(counts, remainingMs);
    telemetry.log('cards_reconciled', { ...counts });
    return counts;
  };
}
