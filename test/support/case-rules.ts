import { alertSchema } from '../../functions/alert/alert.ts';
import { CUSTOMER_REPORTED } from '../../functions/alert/reported-alert.ts';
import type { Item } from '../../functions/platform/database.ts';
import { withOwnDeadline } from '../../functions/platform/documents.ts';
import { kindOf, retention } from '../../functions/platform/retention.ts';
import { readTimeline } from '../../functions/platform/sealed-words.ts';
import { parseStored } from '../../functions/platform/stored.ts';
import { decodeProfile } from '../../functions/screening/profile.ts';
import { decisionSchema, type StoredDecision } from '../../functions/transaction/decision.ts';
import { entriesOf, type Read, type Violation } from './rule.ts';

/** The US rule for bank fraud texts without consent: 3 per incident in 3 days (DOMAIN 2). */
const TEXTS_PER_INCIDENT = 3;

const all = ({ caseItems }: Read): readonly Item[] => [...caseItems.values()].flat();

/** I3, I4: each transaction counted exactly once, decided once, and asked about once when it was suspicious. */
export function* transactionsCountOnce(world: Read): Iterable<Violation> {
  const asked = all(world)
    .filter(({ pk, sk }) => pk.startsWith('ALERT#') && sk === 'META')
    .flatMap((item) => parseStored(alertSchema, withOwnDeadline(item)).transactions)
    // What a customer reports unasked may be clear to us.
    .filter(({ reasons }) => reasons.every(({ code }) => code !== CUSTOMER_REPORTED))
    .map((one) => one.transactionId);
  const closed = new Set(
    world.cards.flatMap((card) => (card.closedAt === undefined ? [] : [card.cardToken])),
  );
  for (const [at, ids] of world.sent.transactions) {
    const items = world.cardItems.get(`CARD#${at}`) ?? [];
    const bytes = items.find(({ sk }) => sk === 'PROFILE')?.p;
    const attempts = bytes instanceof Uint8Array ? decodeProfile(bytes).attempts : 0;
    if (attempts !== ids.size) yield { rule: 'I3', at, says: `${attempts} of ${ids.size} counted` };
    const decisions = items
      .filter(({ sk }) => sk.startsWith('TXN#'))
      .map((item) => parseStored(decisionSchema, item));
    const decided = new Set(decisions.map(({ transactionId }) => transactionId));
    if (decided.size !== ids.size || decisions.length !== ids.size)
      yield { rule: 'I4', at, says: `${decisions.length} decisions on ${ids.size} transactions` };
    // A card that is closed by then is not asked about any more.
    yield* suspiciousAreAsked(decisions, asked, { at, closed: closed.has(at) });
  }
}

function* suspiciousAreAsked(
  decisions: readonly StoredDecision[],
  asked: readonly string[],
  card: { at: string; closed: boolean },
): Iterable<Violation> {
  for (const { transactionId, outcome } of decisions) {
    const times = asked.filter((id) => id === transactionId).length;
    const expected = outcome === 'clear' ? 0 : 1;
    if (times === expected || (card.closed && times < expected)) continue;
    yield { rule: 'I4', at: card.at, says: `${transactionId}, ${outcome}, is in ${times} alerts` };
  }
}

/** I5: texts asking about an incident within the budget; none for one effect twice; none after an opt-out. */
export function* textsStayInBudget(world: Read): Iterable<Violation> {
  const items = all(world);
  const effects = items.filter(({ sk }) => /^OUT#\d+#sms(#\d+)?$/.test(sk));
  for (const ticket of world.tickets) {
    const asking = effects.filter(
      ({ pk, payload }) =>
        pk === `TICKET#${ticket.ticketId}` && /"(question|secondNotice)"/.test(json(payload)),
    );
    if (asking.length > TEXTS_PER_INCIDENT)
      yield { rule: 'I5', at: ticket.ticketId, says: `${asking.length} texts for one incident` };
  }
  for (const { customerId, number, ...phone } of world.sent.phones) {
    const digest = phone.digest ?? world.cardItems.get(`CUSTOMER#${customerId}`)?.[0]?.phoneDigest;
    const own = effects.filter(({ payload }) =>
      [customerId, digest].some((id) => id && json(payload).includes(json(id))),
    );
    const texts = world.texts.filter((text) => text.number === number);
    if (texts.length > own.length)
      yield { rule: 'I5', at: customerId, says: `${texts.length} texts of ${own.length} effects` };
    const optedOutAt = optOutOf(world.caseItems.get(`PHONE#${digest}`)?.[0]);
    const unasked = texts.filter((text) => !showsCode(text));
    const late = unasked.filter(({ at }) => typeof optedOutAt === 'string' && at > Date.parse(optedOutAt));
    if (late.length > 1) yield { rule: 'I5', at: customerId, says: 'texted after the opt-out was confirmed' };
  }
}

/** A code its owner asked for in the app goes to a number that opted out as well. */
export const showsCode = ({ text }: { readonly text: string }): boolean => /(?<!\d)\d{8}(?!\d)/.test(text);

function optOutOf(phone: Readonly<Record<string, unknown>> | undefined): unknown {
  const { optedOut, optedOutAt } = phone ?? {};
  return typeof optedOut === 'object' && optedOut !== null && 'at' in optedOut ? optedOut.at : optedOutAt;
}

const json = (value: unknown): string => JSON.stringify(value) ?? '';

/** I6: two open tickets of one incident; a fraud hold without a ticket. */
export function* oneOpenTicket(world: Read): Iterable<Violation> {
  const open = world.tickets.filter(({ status }) => !['resolved', 'closed', 'merged'].includes(status));
  const incidents = Map.groupBy(open, ({ customerId, cardToken }) => `${customerId} ${cardToken}`);
  for (const [at, tickets] of incidents) {
    if (tickets.length > 1) yield { rule: 'I6', at, says: `${tickets.length} open tickets of one incident` };
  }
  for (const { cardToken, holds } of world.cards) {
    const owned = holds.fraud === undefined || world.tickets.some((ticket) => ticket.cardToken === cardToken);
    if (!owned) yield { rule: 'I6', at: cardToken, says: 'a fraud hold without a ticket' };
  }
}

/** D11: every timeline is whole, and the aggregate knows its head. */
export function* timelinesAreIntact(world: Read): Iterable<Violation> {
  const aggregates = [
    ...world.tickets.map(({ ticketId, chain }) => ({ pk: `TICKET#${ticketId}`, chain })),
    ...world.cards.map(({ cardToken, chain }) => ({ pk: `CARD#${cardToken}`, chain })),
  ];
  for (const { pk, chain } of aggregates) {
    const bodies = (world.caseItems.get(pk) ?? []).filter(({ sk }) => sk.startsWith('MSG#'));
    const checked = readTimeline(entriesOf(world, pk), bodies);
    if (!checked.intact) yield { rule: 'D11', at: pk, says: `the timeline breaks at ${checked.brokenAt}` };
    else if (checked.head?.chain !== chain)
      yield { rule: 'D11', at: pk, says: 'the timeline has another head' };
  }
}

/** Every item is of a kind whose days are known, and carries its expiry where that kind does from the first. */
export function* everyItemIsKept(world: Read): Iterable<Violation> {
  const tables = [
    ['Cards', world.cardItems],
    ['Cases', world.caseItems],
  ] as const;
  for (const [table, items] of tables) {
    for (const item of [...items.values()].flat()) {
      const kind = kindOf(table, item);
      const at = `${item.pk} ${item.sk}`;
      if (kind === undefined) yield { rule: 'retention', at, says: 'is of no kind that has a row' };
      else if (retention[kind].expires === 'always' && typeof item.expiresAt !== 'number')
        yield { rule: 'retention', at, says: 'never expires' };
      else if (kind === 'effect' && (item.doneAt === undefined) !== (item.expiresAt === undefined))
        yield { rule: 'retention', at, says: 'an effect expires when it is done' };
    }
  }
}

/** I9: no effect still to do, no dead letter. */
export function* nothingWaits(world: Read): Iterable<Violation> {
  for (const { pk, sk, pendingSince } of all(world)) {
    if (pendingSince !== undefined) yield { rule: 'I9', at: pk, says: `${sk} was never done` };
  }
  for (const [at, depth] of Object.entries(world.deadLetters)) {
    if (depth > 0) yield { rule: 'I9', at, says: `${depth} dead letters` };
  }
}

/** I10: a number, name or text in a log line or metric; a full card number anywhere. */
export function* nothingPrivateIsLogged(world: Read): Iterable<Violation> {
  const { secrets, cardNumbers } = world.sent;
  for (const line of world.logLines) {
    const found = [...secrets, ...cardNumbers].find((secret) => line.includes(secret));
    if (found !== undefined) yield { rule: 'I10', at: found, says: `logged: ${line.slice(0, 300)}` };
  }
  if (cardNumbers.length === 0) return;
  for (const item of [...world.tables.cards, ...world.tables.cases]) {
    const stored = json(item);
    if (cardNumbers.some((number) => stored.includes(number)))
      yield { rule: 'I10', at: item.pk, says: `${item.sk} holds a card number` };
  }
}

/** I12: every text a customer sent has left its mark. */
export function* repliesAreHeard(world: Read): Iterable<Violation> {
  for (const id of world.sent.replies) {
    if (!world.caseItems.has(`IN#sms#${id}`)) yield { rule: 'I12', at: id, says: 'a reply was lost' };
  }
}
