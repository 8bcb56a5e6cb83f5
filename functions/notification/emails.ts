import type { MailOrder } from './email-facts.ts';
import { englishMail } from './emails-en.ts';
import { chineseMail } from './emails-zh.ts';
import type { Language } from './merchant-name.ts';

export interface Writer {
  readonly language: Language;
  readonly bank: { readonly zh: string; readonly en: string };
  /** IANA zone of the issuer, in which times are written. */
  readonly zone: string;
}

export interface WrittenMail {
  readonly subject: string;
  readonly text: string;
}

/** What each language has to say, for every kind of e-mail. */
export interface MailWords {
  readonly subject: (bank: string, about: string) => string;
  readonly ticket: (facts: Extract<MailOrder, { kind: 'ticket' }>['facts'], when: string) => Parts;
  readonly card: (facts: Extract<MailOrder, { kind: 'card' }>['facts'], when: string) => Parts;
  readonly contactChanged: (facts: Extract<MailOrder, { kind: 'contactChanged' }>['facts']) => Parts;
  /** Under every e-mail: who wrote it, and what we never do. */
  readonly foot: (bank: string) => string;
}

/** The subject, and paragraphs. */
export interface Parts {
  readonly about: string;
  readonly paragraphs: readonly string[];
}

/**
 * Makes an e-mail, plain text: no link, no number to call but "the number on your card", never a request for a code, a
 * PIN or a card number. One about a ticket names number, status, version and as-of (D3); the app is what counts.
 */
export function renderEmail(order: MailOrder & Writer): WrittenMail {
  const words = order.language === 'en' ? englishMail : chineseMail;
  const bank = order.language === 'en' ? order.bank.en : order.bank.zh;
  const { about, paragraphs } = partsOf(order, words);
  return {
    subject: words.subject(bank, about),
    text: `${[...paragraphs, words.foot(bank)].join('\n\n')}\n`,
  };
}

function partsOf(order: MailOrder & Writer, words: MailWords): Parts {
  switch (order.kind) {
    case 'ticket':
      return words.ticket(order.facts, whenOf(order, order.facts.asOf));
    case 'card':
      return words.card(order.facts, whenOf(order, order.facts.asOf));
    case 'contactChanged':
      return words.contactChanged(order.facts);
  }
}

/** `10 March 2026 at 23:41 (Asia/Shanghai)` */
function whenOf({ language, zone }: Writer, iso: string): string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: zone,
    dateStyle: 'long',
    timeStyle: 'short',
  });
  return language === 'en'
    ? `${format.format(new Date(iso))} (${zone})`
    : `${format.format(new Date(iso))}（${zone}）`;
}
