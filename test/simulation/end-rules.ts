import { type Alert, alertSchema } from '../../functions/alert/alert.ts';
import { coveredAt } from '../../functions/alert/alert-texts.ts';
import { readReply } from '../../functions/alert/reply.ts';
import { type Card, cardSchema, freezeStage } from '../../functions/card/card.ts';
import type { Item } from '../../functions/platform/database.ts';
import { withOwnDeadline } from '../../functions/platform/documents.ts';
import { parseStored } from '../../functions/platform/stored.ts';
import { showsCode } from '../support/case-rules.ts';
import type { World } from '../support/invariants.ts';
import type { Violation } from '../support/rule.ts';
import { proofRules } from './proof-rules.ts';
import type { Sent } from './sent.ts';

/** What the end is judged by beside the tables. */
export interface Seen {
  readonly issuer: { readonly cards: ReadonlyMap<string, { readonly status: string }> };
  readonly provider: { readonly texts: World['texts'] };
  /** The digest a number is known under. */
  readonly digestOf: (e164: string) => string;
}

interface End {
  readonly alerts: readonly Alert[];
  readonly cards: readonly Card[];
  readonly cases: readonly Item[];
  readonly contacts: readonly Item[];
  readonly journal: readonly Item[];
  readonly world: Seen;
  readonly sent: Sent;
}
type EndRule = (end: End) => Iterable<Violation>;

const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** I1: in the end the issuer works: what is held is frozen there, and called so; nothing is called so that is not. */
function* frozenAtTheIssuer({ cards, world }: End): Iterable<Violation> {
  for (const card of cards) {
    const stage = freezeStage(card);
    const there = world.issuer.cards.get(card.cardToken)?.status ?? 'active';
    const at = card.cardToken;
    if (there === 'closed' || stage === 'closed') continue;
    if (stage === 'freezing') yield { rule: 'I1', at, says: 'a hold was never confirmed' };
    if (stage === 'frozen' && there !== 'frozen')
      yield { rule: 'I1', at, says: `called frozen, and is ${there}` };
    if (stage === 'active' && there === 'frozen') yield { rule: 'I1', at, says: 'frozen without a hold' };
  }
}

/** I2: an alert is genuine only by a YES to all of it while nothing was held, by a used proof, or by two people. */
function* genuineByTheBook({ alerts, cases, journal }: End): Iterable<Violation> {
  const used = cases.filter(({ pk, status }) => pk.startsWith('VER#') && status === 'used');
  const proven = new Set([...used.map(({ alertId }) => alertId), ...undoneAlerts(journal)]);
  for (const alert of alerts) {
    if (alert.status !== 'settled_genuine' || proven.has(alert.alertId)) continue;
    const at = alert.alertId;
    const yes = journal
      .map(({ data }) => fields(data))
      .find((data) => data.alertId === at && String(data.effect).startsWith('genuine'));
    if (yes === undefined) yield { rule: 'I2', at, says: 'genuine without an answer' };
    else if (coveredAt(alert, String(yes.sentAt)) < alert.transactionCount)
      yield { rule: 'I2', at, says: 'genuine by a YES that did not cover all of it' };
  }
}

/** I6, H2: a card has one open alert, and its guard names it. */
function* oneOpenAlert({ alerts, cases }: End): Iterable<Violation> {
  const open = alerts.filter(({ status }) => !status.startsWith('settled'));
  for (const [at, ofCard] of Map.groupBy(open, ({ cardToken }) => cardToken))
    if (ofCard.length > 1) yield { rule: 'I6', at, says: `${ofCard.length} open alerts of one card` };
  const guards = new Map(
    cases
      .filter(({ pk }) => pk.startsWith('OPENALERT#'))
      .map((item) => [item.pk.slice('OPENALERT#'.length), item.alertId]),
  );
  for (const { alertId, cardToken } of open)
    if (guards.get(cardToken) !== alertId)
      yield { rule: 'I6', at: alertId, says: 'the guard does not name it' };
}

/** I8: the newest word of the bank stands, whatever came when. */
function* newestStands({ cards, contacts, sent, world }: End): Iterable<Violation> {
  for (const [at, told] of Map.groupBy(sent.contacts, ({ customerId }) => customerId)) {
    const newest = told.reduce((a, b) => (b.sourceVersion > a.sourceVersion ? b : a));
    const stored = contacts.find(({ customerId }) => customerId === at);
    const digest = newest.phone === null ? undefined : world.digestOf(newest.phone);
    if (stored?.name !== newest.name || stored.phoneDigest !== digest)
      yield { rule: 'I8', at, says: `the contact is not of version ${newest.sourceVersion}` };
  }
  for (const [at, told] of Map.groupBy(sent.cards, ({ cardToken }) => cardToken)) {
    const newest = told.reduce((a, b) => (b.sourceVersion > a.sourceVersion ? b : a));
    const stored = cards.find(({ cardToken }) => cardToken === at);
    if (stored?.lastFour !== newest.lastFour)
      yield { rule: 'I8', at, says: 'the card is not of the newest version' };
  }
}

/** I9: no question waits for ever; what is accepted was sent; what was put out has its text. */
function* nothingIsForgotten({ alerts, cases, journal, world }: End): Iterable<Violation> {
  for (const { alertId, dueAt, status } of alerts) {
    if (status === 'open' || status === 'claimed_genuine')
      yield { rule: 'I9', at: alertId, says: `still ${status} when all is quiet` };
    if (dueAt !== undefined) yield { rule: 'I9', at: alertId, says: 'still due when all is quiet' };
  }
  const texts = cases.filter(({ sk }) => /^OUT#\d+#sms(#\d+)?$/.test(sk));
  const accepted = texts.filter(({ outcome }) => outcome === 'accepted').length;
  if (accepted > world.provider.texts.length)
    yield { rule: 'I9', at: 'sms', says: 'a text is called sent that was not' };
  if (world.provider.texts.length > texts.length)
    yield { rule: 'I5', at: 'sms', says: 'more texts than effects' };
  const asking = texts.filter(({ payload }) =>
    /question|secondNotice/.test(String(fields(fields(payload).text).kind)),
  );
  const putOut = journal.filter(
    ({ type }) => type === 'question_put_out' || type === 'second_notice_put_out',
  ).length;
  if (asking.length < putOut) yield { rule: 'I9', at: 'sms', says: 'a question was put out without a text' };
}

/** I5: no text to a number that wants none, but the one that says so and the codes its owner asks for. */
function* silentAfterStop({ cases, world }: End): Iterable<Violation> {
  const optedOut = new Map(
    cases.flatMap((item) => {
      const { at } = fields(item.optedOut);
      return item.pk.startsWith('PHONE#') && typeof at === 'string' ? [[item.digest, Date.parse(at)]] : [];
    }),
  );
  for (const [number, texts] of Map.groupBy(world.provider.texts, (text) => text.number)) {
    const since = optedOut.get(world.digestOf(number)) ?? Number.POSITIVE_INFINITY;
    const late = texts.filter((text) => text.at > since && !showsCode(text));
    if (late.length > 1)
      yield { rule: 'I5', at: number.slice(-2), says: `${late.length} texts after an opt-out` };
  }
}

/** I12, H4: a NO holds and settles; H5: one text is noted once on a ticket. */
function* answersCount({ alerts, cards, cases, journal, sent, world }: End): Iterable<Violation> {
  const undone = undoneAlerts(journal);
  for (const { number, sentAt, words } of sent.replies) {
    const reading = readReply(words, { mainlandChina: number.startsWith('+86') });
    if (reading.kind !== 'not_mine') continue;
    const digest = world.digestOf(number);
    const asked = alerts.filter(({ phoneDigest }) => phoneDigest === digest);
    const [only, ...others] = asked;
    if (
      only === undefined ||
      others.length > 0 ||
      !wasAskedThere(cases, digest, { alertId: only.alertId, sentAt }) ||
      undone.has(only.alertId)
    )
      continue;
    const card = cards.find(({ cardToken }) => cardToken === only.cardToken);
    const at = only.alertId;
    if (only.status !== 'settled_fraud')
      yield { rule: 'I12', at, says: `a NO left the alert ${only.status}` };
    if (card?.holds.fraud === undefined && card?.closedAt === undefined)
      yield { rule: 'I12', at, says: 'a NO holds nothing' };
  }
  const noted = journal.flatMap(({ pk, data }) => {
    // A bare NO may hold first, and settle when another alert was answered meanwhile: two effects, one text.
    const { alertId, effect, sentAt } = fields(data);
    return sentAt === undefined ? [] : [`${pk} ${alertId ?? ''} ${effect ?? ''} ${sentAt}`];
  });
  for (const [at, times] of Map.groupBy(noted, (name) => name))
    if (times.length > 1) yield { rule: 'I12', at, says: `one text was noted ${times.length} times` };
}

/** Alerts of which two people took the "not mine" back. */
const undoneAlerts = (journal: readonly Item[]): ReadonlySet<unknown> =>
  new Set(journal.flatMap(({ type, data }) => (type === 'not_mine_undone' ? [fields(data).alertId] : [])));

/** Whether this alert, and no other, had been put on this phone when the text was sent. */
function wasAskedThere(
  cases: readonly Item[],
  digest: string,
  about: { alertId: string; sentAt: number },
): boolean {
  const phone = cases.find(({ pk, sk }) => pk === `PHONE#${digest}` && sk === 'PHONE');
  const asked = (Array.isArray(phone?.alerts) ? phone.alerts : [])
    .map(fields)
    .filter(({ at }) => Date.parse(String(at)) < about.sentAt);
  return asked.length === 1 && asked[0]?.alertId === about.alertId;
}

/** I11: a hold of the customer's own is by somebody whose card it is. */
function* ownCardsOnly({ cards, journal, sent }: End): Iterable<Violation> {
  for (const { accountOwnerId, cardholderId, cardToken, holds } of cards) {
    const own = [`customer:${cardholderId}`, `customer:${accountOwnerId}`];
    for (const hold of [holds.customer, holds.lost])
      if (hold !== undefined && !own.includes(hold.by))
        yield { rule: 'I11', at: cardToken, says: `held by ${hold.by}` };
    // A request that was answered "held" is in force (D5); of the customer's own, until they lift it by a proof.
    const lifts = journal.filter(
      ({ pk, type }) => pk === `CARD#${cardToken}` && /_hold_lifted$/.test(String(type)),
    );
    for (const { kind, outcome } of sent.holds.filter((one) => one.cardToken === cardToken)) {
      const gone = (kind === 'lost' ? holds.lost : holds.customer) === undefined;
      if (outcome === 'held' && gone && (kind === 'lost' || lifts.length === 0))
        yield { rule: 'I2', at: cardToken, says: `the ${kind} hold is gone` };
    }
  }
}

const letsGo = new Set(['alert_opened', 'lease_expired', 'ticket_handed_back', 'ticket_reopened']);

/** H26: of agents who claim at once, one has it, until it is let go. */
function* oneAgent({ journal }: End): Iterable<Violation> {
  const claims = journal.filter(({ type }) => type === 'ticket_claimed');
  for (const [at, ofTicket] of Map.groupBy(claims, ({ pk }) => pk)) {
    const again = journal.filter(({ pk, type }) => pk === at && letsGo.has(String(type))).length;
    if (ofTicket.length > 1 + again)
      yield { rule: 'I6', at, says: `${ofTicket.length} claims of one ticket` };
  }
}

const rules: readonly EndRule[] = [
  frozenAtTheIssuer,
  genuineByTheBook,
  oneOpenAlert,
  newestStands,
  nothingIsForgotten,
  silentAfterStop,
  answersCount,
  ownCardsOnly,
  oneAgent,
];

/** What a simulation knows beyond the tables: what was sent, and what the issuer really did. */
export function endRules(read: World & { world: Seen; told: Sent }): readonly Violation[] {
  const { cards, cases } = read.tables;
  const end: End = {
    world: read.world,
    sent: read.told,
    cases,
    alerts: cases
      .filter(({ pk, sk }) => pk.startsWith('ALERT#') && sk === 'META')
      .map((item) => parseStored(alertSchema, withOwnDeadline(item))),
    cards: cards
      .filter(({ pk, sk }) => pk.startsWith('CARD#') && sk === 'STATE')
      .map((item) => parseStored(cardSchema, item)),
    contacts: cards.filter(({ sk }) => sk === 'CONTACT'),
    journal: cases.filter(({ sk }) => sk.startsWith('EVT#')),
  };
  return [
    ...rules.flatMap((rule) => [...rule(end)]),
    ...proofRules.flatMap((rule) => [...rule(read.tables)]),
  ];
}
