import { commonLanguage } from '../card/contact.ts';
import type { PhoneCipher } from '../notification/phone-cipher.ts';
import type { Database, Value, Write } from '../platform/database.ts';
import type { Sender } from './find-sender.ts';
import {
  COMMAND_ANSWERS_PER_DAY,
  NEUTRAL_ANSWERS_PER_DAY,
  newPhone,
  noTextsTo,
  withNeutralAnswer,
} from './phone.ts';
import type { PhoneStore } from './phone-store.ts';
import type { Reading } from './reply.ts';

/** A text a customer sent, as the provider handed it over. */
export interface InboundText {
  /** The provider's id of this text; absent where it gives none, or none that can be used. */
  readonly messageId?: string;
  /** Which provider; `aws` unless told. */
  readonly provider?: string;
  readonly from: string;
  readonly body: string;
  /** The provider's time stamp. */
  readonly sentAt: string;
  /** The text of ours this one answers, as far as the provider knows. */
  readonly previousMessageId?: string;
}

/** A text with what was found out about it. */
export interface Inbound {
  readonly text: InboundText & { readonly messageId: string };
  readonly reading: Reading;
  readonly sender: Sender;
  /** The body as it may be stored. */
  readonly words: string;
  /** It held a card number or security code, now masked (H15). */
  readonly cardData: boolean;
  /** The alert that the text answered by this one asked about. */
  readonly answers?: string;
}

export interface AnswerPhoneDeps {
  readonly db: Database;
  readonly phones: PhoneStore;
  readonly cipher: Pick<PhoneCipher, 'encrypt'>;
  readonly now: () => Date;
}

/** Nothing is open: a neutral answer that reveals nothing, at most twice a day (H30). */
export function answerNeutrally(deps: AnswerPhoneDeps, inbound: Inbound): Promise<string | 'changed'> {
  const plain = inbound.reading.kind === 'help' ? 'help' : 'nothingOpen';
  return answerAlone(deps, inbound, {
    words: { kind: inbound.cardData ? 'cardNumberWarning' : plain, facts: {} },
    mostPerDay: NEUTRAL_ANSWERS_PER_DAY,
    effect: 'neutral_answer',
  });
}

/**
 * Answers the number itself, with no alert concerned, within its cap of the day; the writes of what the text did go
 * together with the answer, and are made whether or not there is one.
 */
export async function answerAlone(
  deps: AnswerPhoneDeps,
  inbound: Inbound,
  order: {
    words: { kind: string; facts: Readonly<Record<string, Value>> };
    effect: string;
    mostPerDay?: number;
    /** The ticket whose status the words tell. */
    ticketId?: string;
    writes?: readonly Write<unknown>[];
  },
): Promise<string | 'changed'> {
  const now = deps.now();
  const { digest, phone } = inbound.sender;
  const known = phone?.body ?? newPhone(digest);
  const silent = noTextsTo(known) !== undefined;
  const most = order.mostPerDay ?? COMMAND_ANSWERS_PER_DAY;
  const after = silent ? undefined : withNeutralAnswer(known, now.toISOString(), most);
  const writes: readonly Write<unknown>[] = [
    ...(order.writes ?? []),
    deps.phones.see(inbound.text.messageId, now),
    ...(after === undefined
      ? []
      : [
          deps.phones.save(phone, after),
          deps.phones.answer(after, now, {
            ...(await directText(deps, inbound, order.words.kind, order.words.facts)),
            ...(order.ticketId === undefined ? {} : { ticketId: order.ticketId }),
          }),
        ]),
  ];
  if ((await deps.db.commit(writes)).outcome === 'refused') return 'changed';
  return after === undefined && order.writes === undefined ? 'silence' : order.effect;
}

/** A text to the number that wrote; in the language that all who have it share. */
export async function directText(
  deps: AnswerPhoneDeps,
  inbound: Inbound,
  kind: string,
  facts: Readonly<Record<string, Value>> = {},
): Promise<Record<string, Value>> {
  const byNumber = inbound.text.from.startsWith('+86') ? 'zh-CN' : 'en';
  const language = commonLanguage(inbound.sender.owners) ?? byNumber;
  return { text: { kind, facts }, language, to: await replyTo(deps, inbound) };
}

export async function replyTo(
  deps: AnswerPhoneDeps,
  inbound: Inbound,
): Promise<{ phoneCipher: string; owner: string }> {
  const owner = inbound.sender.digest;
  return { phoneCipher: await deps.cipher.encrypt({ e164: inbound.text.from, owner }), owner };
}
