import type { PhoneCipher } from '../notification/phone-cipher.ts';
import type { Database, Value, Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import type { Candidate } from './choose-alert.ts';
import { hasOptedOut, newPhone, type Phone, withNeutralAnswer } from './phone.ts';
import type { PhoneStore } from './phone-store.ts';
import type { Reading } from './reply.ts';

/** A text a customer sent, as the provider handed it over. */
export interface InboundText {
  readonly messageId: string;
  readonly from: string;
  readonly body: string;
  /** The provider's time stamp. */
  readonly sentAt: string;
}

/** The number a text came from, with the alerts that were asked there. */
export interface Sender {
  readonly digest: string;
  readonly phone: Versioned<Phone> | undefined;
  readonly candidates: readonly Candidate[];
}

export interface Inbound {
  readonly text: InboundText;
  readonly reading: Reading;
  readonly sender: Sender;
}

export interface AnswerPhoneDeps {
  readonly db: Database;
  readonly phones: PhoneStore;
  readonly cipher: Pick<PhoneCipher, 'encrypt'>;
  readonly now: () => Date;
}

/** Nothing is open: a neutral answer that reveals nothing, at most twice a day (H30). */
export async function answerNeutrally(deps: AnswerPhoneDeps, inbound: Inbound): Promise<string | 'changed'> {
  const now = deps.now();
  const { digest, phone } = inbound.sender;
  const seen = deps.phones.see(inbound.text.messageId, now);
  const known = phone?.body ?? newPhone(digest);
  const after = !hasOptedOut(known) ? withNeutralAnswer(known, now.toISOString()) : undefined;
  const kind = inbound.reading.kind === 'help' ? 'help' : 'nothingOpen';
  const writes: readonly Write<unknown>[] =
    after === undefined
      ? [seen]
      : [
          seen,
          deps.phones.save(phone, after),
          deps.phones.answer(after, now, await directText(deps, inbound, kind)),
        ];
  if ((await deps.db.commit(writes)).outcome === 'refused') return 'changed';
  return after === undefined ? 'silence' : 'neutral_answer';
}

/** A text to the number that wrote, in the language its country suggests: nothing more is known of it. */
export async function directText(
  deps: AnswerPhoneDeps,
  inbound: Inbound,
  kind: string,
): Promise<Record<string, Value>> {
  const language = inbound.text.from.startsWith('+86') ? 'zh-CN' : 'en';
  return { text: { kind, facts: {} }, language, to: await replyTo(deps, inbound) };
}

export async function replyTo(
  deps: AnswerPhoneDeps,
  inbound: Inbound,
): Promise<{ phoneCipher: string; owner: string }> {
  const owner = inbound.sender.digest;
  return { phoneCipher: await deps.cipher.encrypt({ e164: inbound.text.from, owner }), owner };
}
