import type { SmsMessage } from '../../functions/notification/sms.ts';
import type { Chance } from './chance.ts';
import type { Sent } from './sent.ts';
import { CALM_AFTER_MS, eventBody, NIGHT, type SimulatedWorld } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Person {
  readonly customerId: string;
  readonly number: string | null;
  readonly cards: readonly { readonly cardToken: string; readonly lastFour: string }[];
}

/** How much goes wrong in one schedule; some are calm, so that a failure there is easy to read. */
export interface Weather {
  readonly copies: number;
  readonly longestDelayMs: number;
  readonly bankClockMs: number;
}

const ANSWERS = {
  yes: ['1', '１', '是', '是我', 'YES', 'yes', '1.'],
  no: ['2', '２', '不是', '不是我', 'NO', 'not me', '2 not mine', '否'],
  unclear: ['??', 'what is this', 'yes but not the second', '你们是谁', '👍👎'],
  other: [
    'STOP',
    'TD',
    'STOP',
    '退订',
    'START',
    'HELP',
    '帮助',
    '进度',
    'STATUS',
    'FREEZE 4417',
    '冻结 4417',
    '打错了',
    'wrong number',
  ],
  cardNumber: ['my card is 4111 1111 1111 1111'],
} as const;

/** Reads a tag out of a text that asks: `Reply 3 1 = mine`, 回3 1. */
const tagIn = (text: string): string => /(?<!\d)([3-9]) ?1(?!\d)/.exec(text)?.[1] ?? '';

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

/** Bank, customers and agents of one schedule, all by chance. */
export function createStory(options: { chance: Chance; sent: Sent; world: () => SimulatedWorld }) {
  const { chance, sent } = options;
  const weather: Weather = {
    copies: chance.pick([0, 0, 1, 2, 4]),
    longestDelayMs: chance.pick([0, 0, 2_000, 10 * MINUTE, 25 * HOUR]),
    bankClockMs: chance.pick([0, 0, -5 * MINUTE, 4 * MINUTE, 5 * MINUTE - 1_000]),
  };
  const people = castOf(chance);
  let sentAtBefore = 0;

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
      occurredAt: '2026-01-01T00:00:00Z',
      name: `客户${customerId}v${sourceVersion}`,
      phone,
      language: chance.pick(['zh-CN', 'en']),
      identities: [],
    };
    sent.contact(detail);
    options.world().customers.push(eventBody('CustomerContactChanged', detail), arriving());
  }

  function cardIssued(person: Person, card: Person['cards'][number], sourceVersion: number): void {
    const detail = {
      cardToken: card.cardToken,
      lastFour: sourceVersion === 1 ? card.lastFour : String(2000 + sourceVersion),
      cardholderId: person.customerId,
      accountOwnerId: person.customerId,
      issuedAt: '2026-01-01T00:00:00Z',
      sourceVersion,
      billingCurrency: 'CNY',
    };
    sent.card(detail);
    options.world().customers.push(eventBody('CardIssued', detail), arriving());
  }

  function buys(person: Person, cardToken: string, kind: Kind): void {
    const { minor, ...what } = purchases[kind];
    const transactionId = `T-${cardToken}-${sent.nextTransaction()}`;
    const at = options.world().engine.now() - chance.pick([1_000, 3_000, 20_000, 2 * HOUR]);
    const money = { minor: minor + chance.below(50), currency: 'CNY' };
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
    const { transactions } = options.world();
    transactions.push(eventBody('TransactionAuthorized', detail), arriving());
    // The same id with another body, once the first was certainly decided.
    if (chance.oneIn(25)) {
      const other = { ...detail, amount: { minor: 1, currency: 'CNY' } };
      transactions.push(eventBody('TransactionAuthorized', other), { delayMs: delay() });
    }
    if (chance.oneIn(8)) {
      const back = { transactionId, cardToken, amount: money, kind: chance.pick(['reversal', 'refund']) };
      const reversedAt = bankTime(at + 1_000);
      transactions.push(eventBody('TransactionReversed', { ...back, reversedAt }), arriving());
    }
    if (chance.oneIn(8)) {
      const posted = { transactionId, cardToken, postedAt: bankTime(at), amount: money, billing: money };
      transactions.push(eventBody('TransactionPosted', posted), arriving());
    }
  }

  function texts(number: string, words: string): void {
    const { engine, replies } = options.world();
    // The provider's stamp; of two texts of one moment the later one is later.
    const sentAt = Math.max(engine.now(), sentAtBefore + 1);
    sentAtBefore = sentAt;
    const inboundMessageId = `in-${sent.replies.length + 1}`;
    sent.reply({ messageId: inboundMessageId, number, words, sentAt });
    const message = {
      originationNumber: number,
      destinationNumber: '+8610000',
      messageBody: words,
      inboundMessageId,
    };
    const envelope = {
      Type: 'Notification',
      Message: JSON.stringify(message),
      Timestamp: new Date(sentAt).toISOString(),
    };
    replies.push(JSON.stringify(envelope), arriving());
  }

  function words(tag: string): string {
    const kind = chance.pick([
      'yes',
      'yes',
      'yes',
      'no',
      'no',
      'no',
      'unclear',
      'other',
      'cardNumber',
    ] as const);
    const said = chance.pick<string>(ANSWERS[kind]);
    const named = tag !== '' && (kind === 'yes' || kind === 'no') && !chance.oneIn(4);
    return named ? `${tag} ${said}` : said;
  }

  /** A person who reads the text answers at once, later, or hours too late; or not at all. */
  function onText({ kind, text, to }: SmsMessage): void {
    const asks =
      kind === 'question' || kind === 'secondNotice' || kind === 'whichAlert' || kind === 'unclear';
    if (!asks || chance.oneIn(4)) return;
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
    options.world().engine.after(after, () => texts(to, words(tagIn(text))));
    if (chance.oneIn(4))
      options.world().engine.after(after + chance.pick([0, 0, MINUTE]), () => texts(to, words(tagIn(text))));
  }

  async function holds(person: Person, cardToken: string, kind: 'customer' | 'lost'): Promise<void> {
    const { placeHold, recorder, reportLost } = options.world();
    const by = `customer:${person.customerId}`;
    recorder.note(`${person.customerId} asks for a ${kind} hold on ${cardToken}`);
    await again(async () => {
      const placed = await placeHold({
        cardToken,
        kind,
        customerId: person.customerId,
        together: async (card, isNew) =>
          kind === 'lost' ? (await reportLost({ ...card, isNew, by })).writes : [],
      });
      sent.held(cardToken, kind, placed.outcome, person.customerId);
    });
  }

  /** As a client does: a request that failed is made again. */
  async function again(ask: () => Promise<void>): Promise<void> {
    const { engine, recorder } = options.world();
    for (let tries = 1; tries <= 8; tries += 1) {
      try {
        await ask();
        return;
      } catch (error) {
        recorder.fault(error);
        await engine.sleep(5_000);
      }
    }
  }

  async function claims(agent: string): Promise<void> {
    const { claimTicket, rooms } = options.world();
    await again(async () => {
      const [first] = await rooms('api').tickets.queue();
      if (first !== undefined) await claimTicket(first.number, { id: agent, name: agent });
    });
  }

  function deed(): () => Promise<void> | void {
    const person = chance.pick(people);
    const { cardToken } = chance.pick(person.cards);
    const { engine, issuer } = options.world();
    switch (chance.below(16)) {
      case 0:
        return () => holds(person, cardToken, 'customer');
      case 1:
        return () => holds(person, cardToken, 'lost');
      case 2:
        return () => holds({ ...person, customerId: 'C-stranger' }, cardToken, 'customer');
      case 3:
        return async () => {
          engine.after(0, () => claims('agent-li'));
          await claims('agent-wu');
        };
      case 4:
        return () => issuer.feel(cardToken, chance.pick(['fail', 'silent', 'late', 'down']));
      case 5:
        return () => issuer.actAlone(cardToken, chance.oneIn(3) ? 'closed' : 'active');
      case 6:
        return () => {
          if (person.number !== null) texts(person.number, words(''));
        };
      case 7:
        return () => contact(person, sent.nextVersion());
      case 8:
        return () => cardIssued(person, chance.pick(person.cards), sent.nextVersion());
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
      const { engine } = options.world();
      for (const person of people) {
        contact(person, 1);
        for (const card of person.cards) cardIssued(person, card, 1);
      }
      const bursts = Array.from({ length: chance.between(1, 3) }, () =>
        chance.pick([MINUTE, 3 * MINUTE, 9 * MINUTE, 14 * MINUTE, 40 * MINUTE, 5 * HOUR, DAY]),
      );
      for (const at of bursts)
        for (let count = chance.between(1, 4); count > 0; count -= 1)
          engine.after(at + chance.pick([0, 0, 0, 10_000]), deed());
    },
    endsAt: NIGHT + CALM_AFTER_MS,
  };
}

const newNumber = (chance: Chance): string => `+86138${chance.between(10_000_000, 99_999_999)}`;

function castOf(chance: Chance): readonly Person[] {
  const count = chance.pick([1, 1, 1, 2]);
  const shared = chance.oneIn(4);
  const numbers = Array.from({ length: count }, () =>
    chance.pick([
      newNumber(chance),
      newNumber(chance),
      newNumber(chance),
      '+85291234567',
      '+861065551234',
      null,
    ]),
  );
  return numbers.map((number, index) => ({
    customerId: `C-${index + 1}`,
    number: shared ? (numbers[0] ?? null) : number,
    cards: Array.from({ length: chance.pick([1, 1, 2]) }, (_, card) => ({
      cardToken: `card-${index + 1}-${card + 1}`,
      lastFour: card === 0 ? '4417' : `900${index}`,
    })),
  }));
}
