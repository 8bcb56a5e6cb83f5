import type { Contact } from '../card/contact.ts';
import type { Database, Key } from '../platform/database.ts';
import type { Effect, Outbox } from '../platform/outbox.ts';
import type { EmailOutcome, EmailPort } from './email.ts';
import { EmailNotSent } from './email.ts';
import { type EmailPayload, emailPayloadOf } from './email-payload.ts';
import { emailThread } from './email-thread.ts';
import { renderEmail } from './emails.ts';
import type { PhoneCipher } from './phone-cipher.ts';
import type { ProjectionStore } from './projection-store.ts';

/** A claim nobody finished within this time is given up: one e-mail missing, never two. */
const CLAIM_LEASE_SECONDS = 120;

export type Emailed =
  | { readonly outcome: 'accepted' | 'unknown' | 'skipped' }
  /** There is nothing to send it to, or from. */
  | { readonly outcome: 'none'; readonly reason: 'no_address' | 'no_sender' }
  | { readonly outcome: 'refused'; readonly reason: string };

export interface SendEmailDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly projections: ProjectionStore;
  readonly contactOf: (customerId: string) => Promise<Contact | undefined>;
  readonly cipher: Pick<PhoneCipher, 'decrypt'>;
  readonly email: EmailPort;
  readonly now: () => Date;
  readonly sender: {
    /** Absent: this stage sends no e-mail. */
    readonly from?: string;
    readonly bank: { readonly zh: string; readonly en: string };
    readonly zone: string;
  };
}

/**
 * Sends the e-mail of one effect: claim, send, record, as a text is sent. The claim notes the version it shows, in one
 * transaction: whatever order effects are delivered in, an older version is never sent after a newer one (I8).
 */
export function createSendEmail(deps: SendEmailDeps): (key: Key) => Promise<Emailed> {
  return async (key) => {
    const effect = await deps.outbox.get(key);
    if (effect === undefined || effect.doneAt !== undefined || effect.claimedAt !== undefined) {
      return { outcome: 'skipped' };
    }
    const payload = emailPayloadOf(effect);
    const contact = await deps.contactOf(payload.customerId);
    const to = await addressOf(deps, payload, contact);
    const { from, bank, zone } = deps.sender;
    if (to === undefined || from === undefined) {
      const reason = to === undefined ? 'no_address' : 'no_sender';
      await deps.db.commit([deps.outbox.done(key, deps.now(), reason)]);
      return { outcome: 'none', reason };
    }
    const language = contact?.language ?? 'en';
    const message = {
      ...renderEmail({ ...payload.mail, language, bank, zone }),
      ...{ to, from, fromName: language === 'en' ? bank.en : bank.zh },
      ...(payload.mail.kind === 'ticket'
        ? { thread: emailThread(payload.mail.facts.ticketNumber, from) }
        : {}),
    };
    if (!(await claim(deps, effect, payload))) return { outcome: 'skipped' };
    const sent = await sendOnce(deps, key, message);
    const how = sent.outcome === 'refused' ? sent.reason : sent.outcome;
    await deps.db.commit([deps.outbox.done(key, deps.now(), how)]);
    return sent.outcome === 'refused'
      ? { outcome: 'refused', reason: sent.reason }
      : { outcome: sent.outcome };
  };
}

/** Whether it is ours to send; one about an older version than was shown is done with that. */
async function claim(deps: SendEmailDeps, effect: Effect, payload: EmailPayload): Promise<boolean> {
  const at = deps.now();
  const { version } = payload;
  const shown = version === undefined ? [] : [deps.projections.show(effect.pk, 'email', { version, at })];
  const committed = await deps.db.commit<unknown>([
    deps.outbox.claim(effect, at, CLAIM_LEASE_SECONDS),
    ...shown,
  ]);
  if (committed.outcome === 'done') return true;
  if (committed.refusals.every(isOlder)) await deps.db.commit([deps.outbox.done(effect, at, 'outdated')]);
  return false;
}

const isOlder = (refusal: unknown): boolean =>
  typeof refusal === 'object' && refusal !== null && 'projection' in refusal;

async function addressOf(
  deps: SendEmailDeps,
  { to }: EmailPayload,
  contact: Contact | undefined,
): Promise<string | undefined> {
  if (to === undefined) return contact?.email;
  return deps.cipher.decrypt({ ciphertext: to.cipher, owner: to.owner });
}

/** One try. What certainly sent nothing gives its claim back and is thrown: the queue brings it again. */
async function sendOnce(
  deps: SendEmailDeps,
  key: Key,
  message: Parameters<EmailPort['send']>[0],
): Promise<EmailOutcome> {
  try {
    return await deps.email.send(message);
  } catch (error) {
    if (error instanceof EmailNotSent) await deps.db.commit([deps.outbox.release(key, deps.now())]);
    throw error;
  }
}
