import { deskBoard } from './desk-board.ts';
import { byDue, type HeldPlace } from './desk-places.ts';
import { isOver, type Ticket } from './ticket.ts';
import type { TicketReadings } from './ticket-reading-store.ts';

/** Tickets in hand that a board lists: those whose clocks are due first. */
const LISTED_IN_HAND = 50;
/** Agents whose names are learnt in one reading, and remembered in all. */
const NAMES_AT_ONCE = 100;
const MOST_NAMES = 5_000;

export interface ReadBoardDeps {
  readonly tickets: Pick<TicketReadings, 'queue' | 'waitingPlaces' | 'heldPlaces' | 'these'>;
  readonly now: () => Date;
}

/**
 * The whole desk counted by the places in its index, and its first tickets listed: ten thousand that wait are counted as
 * they are and fit an answer. `more`: not even all places were read.
 */
export function createReadBoard({ tickets, now }: ReadBoardDeps) {
  const names = new Map<string, string>();

  function learn(read: readonly Ticket[]): void {
    if (names.size > MOST_NAMES) names.clear();
    for (const { claimedBy, claimedByName } of read)
      if (claimedBy !== undefined && claimedByName !== undefined) names.set(claimedBy, claimedByName);
  }

  /** A place names its agent by id: one ticket of each whose name is not known tells it. */
  function namelessOf(held: readonly HeldPlace[], listed: readonly Ticket[]): readonly string[] {
    learn(listed);
    const one = new Map(held.map(({ agentId, ticketId }) => [agentId, ticketId]));
    return [...one]
      .filter(([agentId]) => !names.has(agentId))
      .slice(0, NAMES_AT_ONCE)
      .map(([, ticketId]) => ticketId);
  }

  const nameOf = (agentId: string) => names.get(agentId) ?? agentId;

  async function readBoard() {
    const at = now().toISOString();
    const [waiting, queue, hands] = await Promise.all([
      tickets.queue(),
      tickets.waitingPlaces(),
      tickets.heldPlaces(),
    ]);
    const first = hands.places.toSorted(byDue).slice(0, LISTED_IN_HAND);
    const listed = await tickets.these(first.map(({ ticketId }) => ticketId));
    learn(await tickets.these(namelessOf(hands.places, listed)));
    return {
      at,
      waiting,
      inHand: listed.filter((ticket) => ticket.status !== 'queued' && !isOver(ticket)),
      figures: deskBoard({ waiting: queue.places, held: hands.places, nameOf, at }),
      more: queue.more || hands.more,
    };
  }

  /** Who has tickets in hand, and how many: those whom another one can be handed to by name. */
  async function readAgents() {
    const at = now().toISOString();
    const { places } = await tickets.heldPlaces();
    learn(await tickets.these(namelessOf(places, [])));
    return { at, agents: deskBoard({ waiting: [], held: places, nameOf, at }).agents };
  }

  return { readBoard, readAgents };
}
