import type { Card } from '../../functions/card/card.ts';
import type { Item } from '../../functions/platform/database.ts';
import type { Ticket } from '../../functions/ticket/ticket.ts';
import type { World } from './invariants.ts';

export interface Violation {
  readonly rule: string;
  /** Key of the item, or the id, it was seen at. */
  readonly at: string;
  readonly says: string;
}

/** The world with its items parsed and sorted. */
export interface Read extends World {
  readonly cards: readonly Card[];
  readonly tickets: readonly Ticket[];
  /** By partition key. */
  readonly cardItems: ReadonlyMap<string, readonly Item[]>;
  readonly caseItems: ReadonlyMap<string, readonly Item[]>;
}

export type Rule = (world: Read) => Iterable<Violation>;

/** The journal of an aggregate, in order. */
export const entriesOf = ({ caseItems }: Read, pk: string): readonly Item[] =>
  (caseItems.get(pk) ?? []).filter(({ sk }) => sk.startsWith('EVT#')).sort((a, b) => (a.sk < b.sk ? -1 : 1));
