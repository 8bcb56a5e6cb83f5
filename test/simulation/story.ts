import type { SmsMessage } from '../../functions/notification/sms.ts';
import { castOf, newNumber, type Person } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Outside } from './outside.ts';
import type { Proofs } from './proofs.ts';
import { createProving } from './proving.ts';
import type { Sent } from './sent.ts';
import { tagIn, wordsOf } from './words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Purchases are made for so long; what is late comes up to 25 hours after that. */
const LASTS_MS = DAY + HOUR;
const LONG_AGO = '2026-01-01T00:00:00Z';

/** How much goes wrong in one schedule; some are calm, so that a failure there is easy to read. */
export interface Weather {
  readonly copies: number;
  readonly longestDelayMs: number;
  readonly bankClockMs: number;
}

/** A text as a customer reads it. */
export type ReadText = Pick<SmsMessage, 'text' | 'to'> & { readonly kind: 'asks' | 'code' | 'other' };

const purchases = {
  ordinary: {
    minor: 12_000,
    merchant: { id: 'M-1', name: 'Corner Shop', mcc: '5411', country: 'CN' },
    entryMode: 'chip',
  },
  odd: {
    minor: 500_000,
    merchant: { id: 'M-77', name: 'Night Market', mcc: '5411', country: 'CN' },
    entryMode: 'chip',
  },
  spree: {
    minor: 888_800,
    merchant: { id: 'M-999', name: 'BIT*COIN XCHG', mcc: '6051', country: 'NG' },
    entryMode: 'ecommerce',
  },
} as const;
type Kind = keyof typeof purchases;
/** As a rule about the same again: a pass covers 80 to 110 % (H18). */
const AMOUNTS = [1, 1, 1, 1, 0.85, 1.08, 0.7, 1.3] as const;
const NOBODY = { person: undefined, cardToken: '' };
/** Somebody with a log-in and no card here. */
export const STRANGER = 'C-stranger';
const LOGINS = 'http://127.0.0.1/cardguard/customers';

/** Bank, customers and agents of one schedule, all by chance. */
export function createStory(options: {
  chance: Chance;
  sent: Sent;
  outside: () => Outside;
  /** In every id, so that many stories share one system. */
  mark?: string;
}) {
  const { chance, sent, outside, mark = '' } = options;
  const weather: Weather = {
    copies: chance.pick([0, 0, 1, 2, 4]),
    longestDelayMs: chance.pick([0, 0, 2_000, 10 * MINUTE, 25 * HOUR]),
    bankClockMs: chance.pick([0, 0, -5 * MINUTE, 4 * MINUTE, 5 * MINUTE - 1_000]),
  };
  const people = castOf(chance, mark);
  const proving = createProving(options);
  const known = new Map<string, Proofs>();
  let sentAtBefore = 0;
  let begunAt = 0;

  /** One for each card, kept: what a device counted, and which codes were seen. */
  function proofsOf({ customerId }: Person, cardToken: string): Proofs {
    const proofs = known.get(cardToken) ?? outside().proofs({ customerId, cardToken });
    known.set(cardToken, proofs);
    return proofs;
  }

  const delay = (): number => {
    if (weather.longestDelayMs === 0 || !chance.oneIn(3)) return chance.pick([0, 0, 50]);
    return chance.pick([0, 1_000, chance.below(weather.longestDelayMs), weather.longestDelayMs]);
  };
  const copies = (): readonly number[] => Array.from({ length: chance.below(weather.copies + 1) }, delay);
  const arriving = () => ({ delayMs: delay(), copiesAfterMs: copies() });
  const bankTime = (atMs: number): string => new Date(atMs + weather.bankClockMs).toISOString();

  function contact(person: Person, sourceVersion: number): void {
    const { customerId } = person;
    const another = sourceVersion > 1 && chance.oneIn(3);
    const phone = another ? chance.pick([null, newNumber(chance)]) : person.number;
    const detail = {
      customerId,
      sourceVersion,
      occurredAt: LONG_AGO,
      name: `客户${customerId}v${sourceVersion}`,
      phone,
      language: chance.pick(['zh-CN', 'en']),
      identities: [{ issuer: LOGINS, subject: customerId }],
    };
    sent.contact(detail);
    outside().bank('CustomerContactChanged', detail, arriving());
  }

  function cardIssued(person: Person, card: Person['cards'][number], sourceVersion: number): void {
    const detail = {
      cardToken: card.cardToken,
      lastFour: sourceVersion === 1 ? card.lastFour : String(2000 + sourceVersion),
      cardholderId: person.customerId,
      accountOwnerId: person.customerId,
      issuedAt: LONG_AGO,
      sourceVersion,
      billingCurrency: 'CNY',
    };
    sent.card(detail);
    outside().bank('CardIssued', detail, arriving());
  }

  function device({ customerId }: Person): void {
    const key = outside().device(customerId);
    const detail = { customerId, deviceId: `device-of-${customerId}`, name: 'Phone', signCount: 0, ...key };
    outside().bank('DeviceRegistered', { ...detail, registeredAt: LONG_AGO }, arriving());
  }

  /** Nobody buys for ever: what follows a purchase may be another one. */
  function buys(person: Person, cardToken: string, kind: Kind, again = false): void {
    if (outside().now() > begunAt + LASTS_MS) return;
    const { minor, ...what } = purchases[kind];
    const transactionId = `T-${cardToken}-${sent.nextTransaction()}`;
    const at = outside().now() - chance.pick([1_000, 3_000, 20_000, 2 * HOUR]);
    const money = { minor: Math.floor(minor * chance.pick(AMOUNTS)) + chance.below(50), currency: 'CNY' };
    const detail = {
      transactionId,
      cardToken,
      cardholderId: person.customerId,
      accountOwnerId: person.customerId,
      occurredAt: bankTime(at),
      outcome: chance.oneIn(6) ? 'declined' : 'approved',
      amount: money,
      billing: money,
      recurring: chance.oneIn(10),
      merchantInitiated: false,
      ...what,
    };
    sent.transaction(cardToken, transactionId);
    const { bank } = outside();
    bank('TransactionAuthorized', detail, arriving());
    // The same id with another body, once the first was certainly decided.
    if (chance.oneIn(25)) {
      const other = { ...detail, amount: { minor: 1, currency: 'CNY' } };
      bank('TransactionAuthorized', other, { delayMs: delay() });
    }
    // The app shows the alert, whether a text came or not.
    if (!again && kind === 'spree' && chance.oneIn(3))
      outside().after(chance.pick([20_000, 2 * MINUTE, 17 * MINUTE, 3 * HOUR]), () =>
        proves(person, cardToken),
      );
    if (chance.oneIn(8)) {
      const back = { transactionId, cardToken, amount: money, kind: chance.pick(['reversal', 'refund']) };
      const reversedAt = bankTime(at + 1_000);
      bank('TransactionReversed', { ...back, reversedAt }, arriving());
    }
    if (chance.oneIn(8)) {
      const posted = { transactionId, cardToken, postedAt: bankTime(at), amount: money, billing: money };
      bank('TransactionPosted', posted, arriving());
    }
  }

  function proves(person: Person, cardToken: string): void {
    proving.proves(proofsOf(person, cardToken), person, () => {
      for (let times = chance.pick([1, 1, 3]); times > 0; times -= 1) buys(person, cardToken, 'spree', true);
    });
  }

  function texts(number: string, words: string): void {
    // The provider's stamp; of two texts of one moment the later one is later.
    const sentAt = Math.max(outside().now(), sentAtBefore + 1);
    sentAtBefore = sentAt;
    const messageId = `in-${mark}${sent.replies.length + 1}`;
    const text = { messageId, number, words, sentAt };
    sent.reply(text);
    outside().text(text, arriving());
  }

  const cardsAt = (number: string) =>
    people
      .filter((person) => person.number === number)
      .flatMap((person) => person.cards.map(({ cardToken }) => ({ person, cardToken })));

  /** A person who reads the text answers at once, later, or hours too late; proves who they are; or does nothing. */
  function onText({ kind, text, to }: ReadText): void {
    if (kind === 'code') {
      for (const { person, cardToken } of cardsAt(to)) proofsOf(person, cardToken).read(text);
      return;
    }
    if (kind !== 'asks' || chance.oneIn(4)) return;
    const after = chance.pick([
      0,
      15_000,
      15_000,
      4 * MINUTE,
      6 * MINUTE,
      14 * MINUTE,
      16 * MINUTE,
      3 * HOUR,
    ]);
    const answers = () => texts(to, wordsOf(chance, tagIn(text)));
    const inTheApp = chance.oneIn(3);
    if (!inTheApp || chance.oneIn(2)) outside().after(after, answers);
    if (chance.oneIn(4)) outside().after(after + chance.pick([0, 0, MINUTE]), answers);
    const { person, cardToken } = chance.pick([...cardsAt(to), NOBODY]);
    if (person === undefined) return;
    if (inTheApp) outside().after(after + 20_000, () => proves(person, cardToken));
    if (chance.oneIn(3))
      outside().after(after + chance.pick([MINUTE, 20 * MINUTE]), () =>
        proving.undoes(proofsOf(person, cardToken)),
      );
  }

  async function holds(customerId: string, cardToken: string, kind: 'customer' | 'lost'): Promise<void> {
    const outcome = await outside().hold({ customerId, cardToken, kind });
    sent.held(cardToken, kind, outcome, customerId);
  }

  function deed(): () => Promise<void> | void {
    const person = chance.pick(people);
    const { cardToken } = chance.pick(person.cards);
    switch (chance.below(18)) {
      case 0:
        return () => holds(person.customerId, cardToken, 'customer');
      case 1:
        return () => holds(person.customerId, cardToken, 'lost');
      case 2:
        return () => holds(STRANGER, cardToken, 'customer');
      case 3:
        return async () => {
          outside().after(0, () => outside().claimNext('agent-li'));
          await outside().claimNext('agent-wu');
        };
      case 4:
        return () => outside().issuerFeels(cardToken, chance.pick(['fail', 'silent', 'late', 'down']));
      case 5:
        return () => outside().issuerActs(cardToken, chance.oneIn(3) ? 'closed' : 'active');
      case 6:
        return () => {
          if (person.number !== null) texts(person.number, wordsOf(chance, ''));
        };
      case 7:
        return () => contact(person, sent.nextVersion());
      case 8:
        return () => cardIssued(person, chance.pick(person.cards), sent.nextVersion());
      case 9:
        return () => proves(person, cardToken);
      default: {
        const kind = chance.pick<Kind>(['ordinary', 'odd', 'odd', 'spree', 'spree']);
        return () => buys(person, cardToken, kind);
      }
    }
  }

  return {
    people,
    weather,
    onText,
    /** Plans everything that happens from outside. */
    begin: (): void => {
      begunAt = outside().now();
      for (const person of people) {
        contact(person, 1);
        for (const card of person.cards) cardIssued(person, card, 1);
        if (person.hasDevice) device(person);
        const [first] = person.cards;
        if (person.hasTotp && first !== undefined)
          outside().after(0, proofsOf(person, first.cardToken).enrol);
      }
      const bursts = Array.from({ length: chance.between(1, 3) }, () =>
        chance.pick([MINUTE, 3 * MINUTE, 9 * MINUTE, 14 * MINUTE, 40 * MINUTE, 5 * HOUR, DAY]),
      );
      for (const at of bursts)
        for (let count = chance.between(1, 4); count > 0; count -= 1)
          outside().after(at + chance.pick([0, 0, 0, 10_000]), deed());
    },
  };
}
