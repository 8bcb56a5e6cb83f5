import type { AskCustomer } from '../alert/ask-customer.ts';
import { noticeOf } from '../notification/notices.ts';
import type { Database, Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import type { Outbox } from '../platform/outbox.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { FUTURE_SKEW_SECONDS } from '../transaction/envelope.ts';
import { type Card, desiredState, freezeStage, withIssuerAnswer, withIssuersOwnRelease } from './card.ts';
import type { CardStore } from './card-store.ts';
import type { CardStatusChanged } from './events.ts';

export type StatusRecorded =
  | { readonly outcome: 'confirmed'; readonly stage: string }
  | { readonly outcome: 'freeze_failed' }
  /** The issuer released a card of ours by itself; it is asked to freeze it again. */
  | { readonly outcome: 'frozen_again' }
  | { readonly outcome: 'closed' }
  /** Older than what is known, or of no request of ours. */
  | { readonly outcome: 'ignored' }
  | { readonly outcome: 'unknown_card' };

export interface RecordCardStatusDeps {
  readonly db: Database;
  readonly cards: CardStore;
  readonly outbox: Outbox;
  readonly askCustomer: AskCustomer;
  /** Brings a person to the card's case when the issuer could not freeze, or released by itself (H17). */
  readonly raiseCase: (card: Card, reason: string) => Promise<void>;
  readonly now: () => Date;
}

/**
 * Takes the issuer's word on a card. A confirmed freeze ends its effect and puts the question out; a failed one
 * leaves the effect pending (the sweep sends it again) and brings a person in.
 */
export function createRecordCardStatus(
  deps: RecordCardStatusDeps,
): (event: CardStatusChanged) => Promise<StatusRecorded> {
  return async (event) => {
    const { recorded, card } = await retryWhenChanged(8, () => recordOnce(deps, event));
    const alertId = card?.holds.fraud?.alertId;
    if (recorded.outcome === 'confirmed' && alertId !== undefined)
      await deps.askCustomer(alertId, 'confirmed');
    if (card !== undefined && recorded.outcome === 'freeze_failed')
      await deps.raiseCase(card, 'freeze_failed');
    if (card !== undefined && recorded.outcome === 'frozen_again')
      await deps.raiseCase(card, 'released_by_issuer');
    return recorded;
  };
}

interface Recorded {
  readonly recorded: StatusRecorded;
  readonly card?: Card;
}

async function recordOnce(
  deps: RecordCardStatusDeps,
  event: CardStatusChanged,
): Promise<Recorded | 'changed'> {
  const stored = await deps.cards.get(event.cardToken);
  if (stored === undefined) return { recorded: { outcome: 'unknown_card' } };
  if (event.status === 'closed') return close(deps, stored, event.occurredAt);
  if (event.holdsVersion === undefined) return ownDoing(deps, stored, event);
  const now = deps.now();
  const { holdsVersion, occurredAt: saidAt, status } = event;
  const after = withIssuerAnswer(stored.body, { status, holdsVersion, saidAt, at: now.toISOString() });
  if (after === undefined) return { recorded: known(stored.body, event.holdsVersion), card: stored.body };
  const confirmed =
    after.issuer.confirmedVersion === event.holdsVersion && event.status === desiredState(after);
  const effect = deps.cards.issuerEffect(event.cardToken, event.holdsVersion);
  const notice = noticeOfState(deps, stored.body, after, now);
  const told = notice.length === 0 ? after : { ...after, toldVersion: after.holdsVersion };
  const writes: readonly Write<unknown>[] = [
    deps.cards.save(stored, told),
    ...(confirmed ? [deps.outbox.done(effect, now, 'confirmed')] : []),
    ...notice,
  ];
  if ((await deps.db.commit(writes)).outcome === 'refused') return 'changed';
  const recorded: StatusRecorded = confirmed
    ? { outcome: 'confirmed', stage: freezeStage(after) }
    : { outcome: 'freeze_failed' };
  return { recorded, card: after };
}

/**
 * What the customer is written when the card became frozen or free, as the notice table wants it. Once per version of
 * the holds: an issuer that forgot a freeze and confirms it again changes nothing for the customer.
 */
function noticeOfState(
  { cards }: Pick<RecordCardStatusDeps, 'cards'>,
  before: Card,
  after: Card,
  now: Date,
): readonly Write<unknown>[] {
  const stage = freezeStage(after);
  const became =
    stage === 'frozen' && freezeStage(before) !== 'frozen'
      ? 'freeze_confirmed'
      : after.issuer.confirmed === 'active' && before.issuer.confirmed === 'frozen'
        ? 'freeze_lifted'
        : undefined;
  if (before.toldVersion === after.holdsVersion) return [];
  if (became === undefined || noticeOf(became, 'email').how === 'none') return [];
  return cards.putNotice(after, became, now);
}

/** A repeat after a crash between the two steps: what follows the record is done again, harmlessly. */
function known(card: Card, holdsVersion: number): StatusRecorded {
  if (card.issuer.confirmedVersion === holdsVersion)
    return { outcome: 'confirmed', stage: freezeStage(card) };
  return { outcome: card.issuer.failedVersion === holdsVersion ? 'freeze_failed' : 'ignored' };
}

async function close(
  deps: RecordCardStatusDeps,
  stored: Versioned<Card>,
  closedAt: string,
): Promise<Recorded | 'changed'> {
  const closed: Recorded = { recorded: { outcome: 'closed' } };
  if (stored.body.closedAt !== undefined) return closed;
  const writes: readonly Write<unknown>[] = [deps.cards.save(stored, { ...stored.body, closedAt })];
  return (await deps.db.commit(writes)).outcome === 'refused' ? 'changed' : closed;
}

/** What the issuer did without being asked: only a release against our holds concerns us. */
async function ownDoing(
  deps: RecordCardStatusDeps,
  stored: Versioned<Card>,
  event: CardStatusChanged,
): Promise<Recorded | 'changed'> {
  if (event.status !== 'active' || !undoesFreeze(stored.body, Date.parse(event.occurredAt)))
    return { recorded: { outcome: 'ignored' } };
  const card = withIssuersOwnRelease(stored.body, event.occurredAt);
  const change = { now: deps.now(), by: 'bank', type: 'released_by_issuer' };
  const writes: readonly Write<unknown>[] = deps.cards.saveHolds(stored, card, change);
  if ((await deps.db.commit(writes)).outcome === 'refused') return 'changed';
  return { recorded: { outcome: 'frozen_again' }, card };
}

/**
 * Whether a release at this time (the issuer's clock) comes after the freeze that stands. While the answer to our
 * request is still under way, the release may have overtaken it: then that answer must not count any more.
 */
function undoesFreeze(card: Card, releasedAt: number): boolean {
  const { confirmedAt, requestedAt, requestedVersion, saidAt } = card.issuer;
  const known = saidAt ?? confirmedAt;
  if (known !== undefined && releasedAt <= Date.parse(known)) return false;
  const stage = freezeStage(card);
  if (stage !== 'freezing') return stage === 'frozen';
  const asked = requestedAt !== undefined && requestedVersion >= card.frozenSinceVersion;
  return asked && releasedAt >= Date.parse(requestedAt) - FUTURE_SKEW_SECONDS * 1000;
}
