import { freezeStage } from '../card/card.ts';
import { type Contact, commonLanguage } from '../card/contact.ts';
import type { createPlaceHold, HoldPlaced } from '../card/place-hold.ts';
import type { PhoneDigests } from '../notification/phone-keys.ts';
import type { PhoneSays } from '../notification/phone-words.ts';
import type { Database, Write } from '../platform/database.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import type { ContactLogStore } from '../ticket/contact-log-store.ts';
import type { OpenCallerTicket } from '../ticket/open-caller-ticket.ts';
import type { createReportLost } from '../ticket/report-lost.ts';
import type { StatusAnswerStore } from '../ticket/status-answer-store.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { type FindSenderDeps, findSender } from './find-sender.ts';
import { type CallerMatched, type CallersCard, type MatchCallerDeps, matchCaller } from './match-caller.ts';
import { holdWord } from './question.ts';
import { type SettleDeps, settleAlert } from './settle-alert.ts';

export type CallStep = 'greet' | 'freeze' | 'lost' | 'report' | 'status' | 'person';

export interface Call {
  readonly contactId: string;
  readonly step: CallStep;
  /** Of the calling number; absent where it is withheld or no number. */
  readonly digests?: PhoneDigests;
  /** As the caller keyed them in. */
  readonly lastFour?: string;
  /** The write that keeps the answer for a repeat of this step of this call. */
  readonly remember: (said: Said) => Write<unknown>;
}

/** What the caller is told, in which language, and what goes with the call to a person (D8). */
export interface Said {
  readonly says: PhoneSays;
  /** That all share who have the number. */
  readonly language?: Contact['language'];
  readonly ticket?: Ticket;
}

export type CallAnswered = Said | 'repeated';

export interface AnswerCallDeps extends FindSenderDeps, MatchCallerDeps, SettleDeps {
  readonly db: Database;
  readonly cards: SettleDeps['cards'];
  readonly placeHold: ReturnType<typeof createPlaceHold>;
  readonly reportLost: ReturnType<typeof createReportLost>;
  readonly openCallerTicket: OpenCallerTicket;
  readonly contactLog: ContactLogStore;
  readonly statusAnswers: Pick<StatusAnswerStore, 'note'>;
  readonly now: () => Date;
}

interface Acting {
  readonly call: Call;
  readonly language: Contact['language'] | undefined;
  readonly first: CallersCard;
  readonly cards: readonly CallersCard[];
}

/**
 * One step of a call: freezing, lost and "not mine" act at once on basic identity (D5), the status is told as every
 * channel tells it (D3), a person gets all that is known (D8). Repeating a step of a call does nothing twice.
 */
export function createAnswerCall(deps: AnswerCallDeps): (call: Call) => Promise<CallAnswered> {
  return async (call) => {
    const sender = call.digests && (await findSender(deps, call.digests));
    const language = commonLanguage(sender?.owners ?? []);
    if (call.step === 'greet') return { says: { say: 'menu' }, language };
    const matched: CallerMatched | 'unknown' =
      sender === undefined ? 'unknown' : await matchCaller(deps, sender, call);
    if (matched === 'unknown' || matched.outcome !== 'matched') {
      return { says: unmatched(call.step, matched), language };
    }
    const acting = { ...matched, call, language: matched.first.owner.language };
    switch (call.step) {
      case 'freeze':
        return freeze(deps, acting);
      case 'lost':
        return reportLost(deps, acting);
      case 'report':
        return report(deps, acting);
      case 'status':
        return tellStatus(deps, acting);
      case 'person':
        return askPerson(deps, acting);
    }
  };
}

/** Who asks for a person gets one, known or not. */
function unmatched(
  step: CallStep,
  matched: Exclude<CallerMatched, { outcome: 'matched' }> | 'unknown',
): PhoneSays {
  if (step === 'person') return { say: 'person' };
  if (matched === 'unknown') return { say: 'unknown_caller' };
  switch (matched.outcome) {
    case 'digits_wanted':
      return { say: 'digits' };
    case 'no_match':
      return matched.triesLeft > 0 ? { say: 'no_match' } : { say: 'too_many' };
    case 'too_many':
      return { say: 'too_many' };
  }
}

/** Every card of the digits: of two that share them both, because freezing only blocks. */
async function freeze(deps: AnswerCallDeps, { call, language, first, cards }: Acting): Promise<CallAnswered> {
  let said: Said | undefined;
  for (const { card, owner } of cards) {
    const isFirst = card === first.card;
    const placed = await deps.placeHold({
      cardToken: card.body.cardToken,
      kind: 'customer',
      asks: { customerId: owner.customerId },
      together: async (after) => {
        if (!isFirst) return [];
        said = { says: { say: 'frozen', ...digitsAndHold(after) }, language };
        return [call.remember(said), deps.contactLog.about(call.contactId, owner)];
      },
    });
    if (isFirst) said = withoutHold(placed, said, language, first) ?? said;
    if (isFirst && placed.outcome === 'repeated') return 'repeated';
  }
  if (said === undefined) throw new Error('a freeze that says nothing');
  return said;
}

/** What is said where no hold came about. */
function withoutHold(
  placed: HoldPlaced,
  said: Said | undefined,
  language: Said['language'],
  { card }: CallersCard,
): Said | undefined {
  if (placed.outcome === 'not_yours') return { says: { say: 'no_match' }, language };
  if (placed.outcome === 'closed') {
    return { says: { say: 'closed', lastFour: card.body.lastFour ?? '' }, language };
  }
  return said;
}

async function reportLost(deps: AnswerCallDeps, acting: Acting): Promise<CallAnswered> {
  return holdWithTicket(deps, acting, 'lost', async (card, isNew) => {
    const by = `customer:${card.cardholderId}`;
    return deps.reportLost({ ...card, isNew, by });
  });
}

/** A charge that is not the caller's: the NO to the alert that asks, else a hold and a ticket at P1. */
async function report(deps: AnswerCallDeps, acting: Acting): Promise<CallAnswered> {
  const { call, language, first } = acting;
  const { cardToken } = first.card.body;
  const open = await deps.alerts.openFor(cardToken);
  if (open === undefined) {
    const { contactId } = call;
    return holdWithTicket(deps, acting, 'customer', ({ cardholderId, lastFour }) =>
      deps.openCallerTicket({ wish: 'report', contactId, customerId: cardholderId, cardToken, lastFour }),
    );
  }
  return retryWhenChanged(8, async () => {
    const now = deps.now();
    const answer = { says: 'not_mine', at: now.toISOString(), channel: 'phone' } as const;
    const settled = await settleAlert(deps, open.body.alertId, answer, now);
    const { card, ticket } = settled.after;
    const said: Said = {
      says: { say: 'reported', ticketNumber: ticket.number, ...digitsAndHold(card) },
      ...{ language, ticket },
    };
    const about = deps.contactLog.about(call.contactId, first.owner, ticket);
    const committed = await deps.db.commit<unknown>([...settled.writes, call.remember(said), about]);
    if (committed.outcome === 'done') return said;
    return committed.refusals.some(isRequestKnown) ? 'repeated' : 'changed';
  });
}

type CardOfHold = Parameters<Parameters<AnswerCallDeps['placeHold']>[0]['together']>[0];

/** A hold and what puts the card before a person, in one. */
async function holdWithTicket(
  deps: AnswerCallDeps,
  { call, language, first }: Acting,
  kind: 'customer' | 'lost',
  open: (card: CardOfHold, isNew: boolean) => Promise<{ ticket: Ticket; writes: readonly Write<unknown>[] }>,
): Promise<CallAnswered> {
  let said: Said | undefined;
  const placed = await deps.placeHold({
    cardToken: first.card.body.cardToken,
    kind,
    asks: { customerId: first.owner.customerId },
    together: async (card, isNew) => {
      const { ticket, writes } = await open(card, isNew);
      const say = kind === 'lost' ? 'lost' : 'reported';
      said = {
        says: { say, ticketNumber: ticket.number, ...digitsAndHold(card) },
        ...{ language, ticket },
      };
      const about = deps.contactLog.about(call.contactId, first.owner, ticket);
      return [...writes, call.remember(said), about];
    },
  });
  if (placed.outcome === 'repeated') return 'repeated';
  const done = withoutHold(placed, said, language, first);
  if (done === undefined) throw new Error('a hold that says nothing');
  return done;
}

/** The incident's latest ticket, in the words and with the version of every other channel (D3). */
async function tellStatus(deps: AnswerCallDeps, { call, language, first }: Acting): Promise<CallAnswered> {
  const { cardToken, lastFour = '' } = first.card.body;
  const ticket = await deps.tickets.ofIncident(first.owner.customerId, cardToken);
  if (ticket === undefined) return { says: { say: 'no_ticket', lastFour }, language };
  await deps.db.commit([
    deps.contactLog.about(call.contactId, first.owner, ticket.body),
    deps.statusAnswers.note(ticket.body, 'phone', deps.now()),
  ]);
  const { number, status, version, asOf } = ticket.body;
  return {
    says: { say: 'status', ticketNumber: number, status, version, asOf },
    ...{ language, ticket: ticket.body },
  };
}

async function askPerson(deps: AnswerCallDeps, { call, language, first }: Acting): Promise<CallAnswered> {
  return retryWhenChanged(8, async () => {
    const { cardToken, lastFour } = first.card.body;
    const { customerId } = first.owner;
    const { contactId } = call;
    const { ticket, writes } = await deps.openCallerTicket({
      ...{ wish: 'person', contactId, customerId, cardToken, lastFour },
    });
    const said: Said = { says: { say: 'person', ticketNumber: ticket.number }, language, ticket };
    const about = deps.contactLog.about(contactId, first.owner, ticket);
    const committed = await deps.db.commit([...writes, call.remember(said), about]);
    if (committed.outcome === 'done') return said;
    return committed.refusals.some(isRequestKnown) ? 'repeated' : 'changed';
  });
}

const digitsAndHold = (card: CardOfHold) => ({
  lastFour: card.lastFour ?? '',
  hold: holdWord(freezeStage(card)),
});
