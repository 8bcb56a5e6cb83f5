import type { Alert } from '../alert/alert.ts';
import type { TextsPreference } from '../alert/opt-out.ts';
import type { RecordText, TextFate } from '../alert/record-text.ts';
import type { SentTextStore } from '../alert/sent-text-store.ts';
import type { Contact } from '../card/contact.ts';
import type { Database, Key, Write } from '../platform/database.ts';
import type { Effect, Outbox } from '../platform/outbox.ts';
import { ticketPk } from '../ticket/ticket-keys.ts';
import type { MakeCode } from '../verification/make-code.ts';
import { type Claimed, claimText } from './claim-text.ts';
import { findRecipient, type Recipient } from './find-recipient.ts';
import type { PhoneCipher } from './phone-cipher.ts';
import type { ProjectionStore } from './projection-store.ts';
import type { SmsMessage, SmsPort } from './sms.ts';
import type { SmsCapStore } from './sms-cap-store.ts';
import { type Cap, countersOf, laneOf } from './sms-caps.ts';
import type { RouteDefaults } from './sms-routes.ts';
import { templateOf } from './sms-template.ts';
import { type Payload, payloadOf } from './text-payload.ts';
import { renderText, type TextOrder } from './texts.ts';

export type Sent =
  | { readonly outcome: 'accepted' | 'unknown' | 'skipped' }
  | { readonly outcome: 'refused'; readonly reason: string };

export interface SendTextDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly contactOf: (customerId: string) => Promise<Contact | undefined>;
  /** Why the number behind this digest gets no texts: it wants none, or is somebody else's (H8). */
  readonly noTextsTo: (digest: string) => Promise<'opted_out' | 'wrong_number' | undefined>;
  /** The digest a number is known by today: an older key's may have been rotated since. */
  readonly presentDigest: (digest: string) => Promise<string>;
  /** Notes an opt-out that only the provider knew of. */
  readonly setTexts: TextsPreference;
  readonly cipher: Pick<PhoneCipher, 'decrypt'>;
  readonly sms: SmsPort;
  readonly smsCaps: SmsCapStore;
  readonly projections: ProjectionStore;
  readonly recordText: RecordText;
  readonly sentTexts: SentTextStore;
  /** The alert a text asks about, as it stands now. */
  readonly alertOf: (
    alertId: string,
  ) => Promise<Pick<Alert, 'status' | 'question' | 'phoneDigest' | 'cardToken'> | undefined>;
  readonly makeCode: MakeCode;
  /** Whether the customer wants quiet at that time. */
  readonly wantsQuiet: (customerId: string, at: string) => Promise<boolean>;
  readonly now: () => Date;
  readonly sender: {
    readonly bank: { readonly zh: string; readonly en: string };
    readonly zone: string;
    readonly twoWay: boolean;
    readonly maxPriceUsd: string;
    readonly senderId?: string;
    readonly originationNumber?: string;
    readonly countries: readonly string[];
    /** Countries whose texts go another way. */
    readonly routes?: RouteDefaults['routes'];
    /** Figures of the stage; the shipped ones unless given. */
    readonly caps?: readonly Cap[];
  };
}

/**
 * Sends the text of one effect: claim, send, record. SNS has no idempotency key, so exactly one try is ever
 * made after the claim; everything that may fail harmlessly is read before it.
 */
export function createSendText(deps: SendTextDeps): (key: Key) => Promise<Sent> {
  return async (key) => {
    const effect = await deps.outbox.get(key);
    if (effect === undefined || effect.doneAt !== undefined || effect.claimedAt !== undefined) {
      return { outcome: 'skipped' };
    }
    const payload = payloadOf(effect);
    const contact = payload.customerId === undefined ? undefined : await deps.contactOf(payload.customerId);
    const recipient = await findRecipient(deps, payload, contact);
    const claimedAt = deps.now();
    const made = await codeFor(deps, payload, recipient, claimedAt);
    if (recipient.kind === 'outdated' || made === 'outdated') {
      await deps.db.commit([deps.outbox.done(key, claimedAt, 'outdated')]);
      return { outcome: 'skipped' };
    }
    if (await isForDaytime(deps, payload, claimedAt)) {
      await deps.db.commit([deps.outbox.done(key, claimedAt, 'quiet')]);
      return { outcome: 'skipped' };
    }
    if (recipient.kind === 'none') {
      await record(deps, key, payload, { fate: 'refused', reason: recipient.reason });
      return { outcome: 'refused', reason: recipient.reason };
    }
    const speaker = { ...deps.sender, language: contact?.language ?? payload.language ?? 'en' };
    const order = withCode(payload.text, made?.code);
    const { text } = renderText({ ...order, ...speaker });
    const counters = countersOf(
      { ...recipient, lane: laneOf(payload.text.kind), at: claimedAt, spread: `${key.pk}/${key.sk}` },
      deps.sender.caps,
    );
    const claimed = await claimText({ ...deps, caps: deps.smsCaps }, effect, {
      at: claimedAt,
      counters,
      together: [...(made?.writes ?? []), ...shownBy(deps, payload, claimedAt)],
    });
    if (claimed.outcome !== 'claimed') return leaveUnsent(deps, { key, payload, claimed, at: claimedAt });
    const message = {
      to: recipient.e164,
      country: recipient.country,
      text,
      template: templateOf(order, speaker),
      kind: payload.text.kind,
      ...recipient.route,
    };
    const fate = await sendOnce(deps, key, message, claimedAt.toISOString());
    await noteOptOut(deps, fate, recipient.phoneDigest);
    await record(deps, key, payload, fate, recipient.phoneDigest);
    return fate.fate === 'refused' ? { outcome: 'refused', reason: fate.reason } : { outcome: fate.fate };
  };
}

/** News that app and e-mail tell as well wakes nobody who wants quiet; what was asked for, or asks, never waits. */
const isForDaytime = async (
  { wantsQuiet }: Pick<SendTextDeps, 'wantsQuiet'>,
  { text, customerId }: Payload,
  at: Date,
): Promise<boolean> =>
  text.kind === 'ticketNews' && customerId !== undefined && (await wantsQuiet(customerId, at.toISOString()));

/** A number that the provider knows to have opted out is not texted again. */
async function noteOptOut(
  { setTexts }: Pick<SendTextDeps, 'setTexts'>,
  fate: TextFate,
  phoneDigest: string | undefined,
): Promise<void> {
  if (fate.fate !== 'refused' || fate.reason !== 'opted_out' || phoneDigest === undefined) return;
  await setTexts(phoneDigest, { wanted: false, source: 'provider' });
}

/** A text that could not be claimed: somebody else sends it, it is older than what was told, or a cap is reached. */
async function leaveUnsent(
  deps: SendTextDeps,
  unsent: { key: Key; payload: Payload; claimed: Exclude<Claimed, { outcome: 'claimed' }>; at: Date },
): Promise<Sent> {
  const { key, payload, claimed, at } = unsent;
  if (claimed.outcome === 'over') {
    await record(deps, key, payload, { fate: 'refused', reason: claimed.reason });
    return { outcome: 'refused', reason: claimed.reason };
  }
  if (claimed.outcome === 'older') await deps.db.commit([deps.outbox.done(key, at, 'outdated')]);
  return { outcome: 'skipped' };
}

/** A text that tells a status notes its version with its claim: none tells an older one after it (D3, I8). */
function shownBy(deps: SendTextDeps, { text, ticketId }: Payload, at: Date): readonly Write<unknown>[] {
  if ((text.kind !== 'ticketStatus' && text.kind !== 'ticketNews') || ticketId === undefined) return [];
  const { version } = text.facts;
  return [deps.projections.show(ticketPk(ticketId), 'sms', { version, at })];
}

type RecordDeps = Pick<SendTextDeps, 'db' | 'outbox' | 'recordText' | 'sentTexts' | 'now'>;

/** Ends a claim that was never finished: whoever made it died between sending and recording. */
export function createGiveUpText(deps: RecordDeps) {
  return (effect: Effect): Promise<void> =>
    record(deps, { pk: effect.pk, sk: effect.sk }, payloadOf(effect), { fate: 'unknown' });
}

async function codeFor(deps: SendTextDeps, payload: Payload, recipient: Recipient, at: Date) {
  if (payload.code === undefined || recipient.kind !== 'number') return undefined;
  return deps.makeCode(payload.code, at);
}

/** The order with the code that was made for it; any other order as it is. */
const withCode = (order: TextOrder, code: string | undefined): TextOrder =>
  order.kind === 'verificationCode' ? { kind: order.kind, facts: { ...order.facts, code } } : order;

async function sendOnce(deps: SendTextDeps, key: Key, message: SmsMessage, at: string): Promise<TextFate> {
  try {
    const sent = await deps.sms.send(message);
    if (sent.outcome === 'accepted') return { fate: 'accepted', messageId: sent.messageId, at };
    return sent.outcome === 'refused' ? { fate: 'refused', reason: sent.reason } : { fate: 'unknown' };
  } catch (error) {
    // The port throws only when certainly nothing was sent: the claim goes back and the queue tries again.
    await deps.db.commit([deps.outbox.release(key, deps.now())]);
    throw error;
  }
}

async function record(
  deps: RecordDeps,
  key: Key,
  payload: Payload,
  fate: TextFate,
  phoneDigest?: string,
): Promise<void> {
  const { kind } = payload.text;
  const { alertId, question, ticketId } = payload;
  if ((kind === 'question' || kind === 'secondNotice') && alertId !== undefined) {
    const text = { effectKey: key, alertId, kind, covers: payload.covers ?? 1, question, phoneDigest };
    await deps.recordText(text, fate);
    return;
  }
  const outcome = fate.fate === 'refused' ? fate.reason : fate.fate;
  const remembered =
    fate.fate === 'accepted'
      ? [
          deps.sentTexts.remember({
            messageId: fate.messageId,
            acceptedAt: fate.at,
            kind,
            ticketId,
            phoneDigest,
          }),
        ]
      : [];
  await deps.db.commit([deps.outbox.done(key, deps.now(), outcome), ...remembered]);
}
