import { cardSchema } from '../../functions/card/card.ts';
import type { Item } from '../../functions/platform/database.ts';
import { parseStored } from '../../functions/platform/stored.ts';
import { ticketSchema } from '../../functions/ticket/ticket.ts';
import type { PhoneMessage } from '../../infra/local/front/phone.ts';
import { freezesReachTheIssuer, holdsStand, issuerStaysBehind } from './card-rules.ts';
import {
  everyItemIsKept,
  nothingPrivateIsLogged,
  nothingWaits,
  oneOpenTicket,
  repliesAreHeard,
  textsStayInBudget,
  timelinesAreIntact,
  transactionsCountOnce,
} from './case-rules.ts';
import type { Read, Rule, Violation } from './rule.ts';
import type { Tables } from './tables.ts';

/** The system at rest, as it is checked for what must never happen (I1–I12). */
export interface World {
  readonly tables: Tables;
  /** Texts that reached phones. */
  readonly texts: readonly PhoneMessage[];
  readonly logLines: readonly string[];
  /** Messages in each dead-letter queue. */
  readonly deadLetters: Readonly<Record<string, number>>;
  readonly sent: Sent;
}

/** What was sent in, by whoever drives the system. */
export interface Sent {
  /** Distinct authorisations by card. */
  readonly transactions: ReadonlyMap<string, ReadonlySet<string>>;
  /** Ids of the texts customers sent. */
  readonly replies: readonly string[];
  readonly phones: readonly {
    readonly customerId: string;
    readonly number: string;
    /** Where the contact may name another number by now. */
    readonly digest?: string;
  }[];
  /** Belongs in no log, metric or error: numbers, names, bodies of texts. */
  readonly secrets: readonly string[];
  /** Belongs in no table either: full card numbers. */
  readonly cardNumbers: readonly string[];
}

const rules: readonly Rule[] = [
  freezesReachTheIssuer,
  holdsStand,
  issuerStaysBehind,
  transactionsCountOnce,
  textsStayInBudget,
  oneOpenTicket,
  timelinesAreIntact,
  nothingWaits,
  everyItemIsKept,
  nothingPrivateIsLogged,
  repliesAreHeard,
];

/** Every violation; none when all is well. Call it once the queues are quiet. */
export function findViolations(world: World): readonly Violation[] {
  const { cards, cases } = world.tables;
  const ofKind = (items: readonly Item[], prefix: string) =>
    items.filter(({ pk, sk }) => pk.startsWith(prefix) && (sk === 'META' || sk === 'STATE'));
  const read: Read = {
    ...world,
    cards: ofKind(cards, 'CARD#').map((item) => parseStored(cardSchema, item)),
    tickets: ofKind(cases, 'TICKET#').map((item) => parseStored(ticketSchema, item)),
    cardItems: Map.groupBy(cards, ({ pk }) => pk),
    caseItems: Map.groupBy(cases, ({ pk }) => pk),
  };
  return rules.flatMap((rule) => [...rule(read)]);
}
