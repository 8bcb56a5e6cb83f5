import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { templateOf } from '../../functions/notification/sms-template.ts';
import { textFacts } from '../../functions/notification/text-facts.ts';
import {
  renderText,
  type Speaker,
  type TextKind,
  type TextOrder,
  textOrder,
} from '../../functions/notification/texts.ts';
import { actions } from '../../functions/verification/verification-policy.ts';

const bank = { zh: '示例银行', en: 'Example Bank' };
const longBank = { zh: '示例农村商业银行', en: 'Example Savings Bank' };
const zone = 'Asia/Shanghai';
const en: Speaker = { language: 'en', bank, zone, twoWay: true };
const zh: Speaker = { ...en, language: 'zh-CN' };

const purchase = {
  lastFour: '4417',
  hold: 'none',
  amount: { minor: 128_800, currency: 'CNY' },
  merchant: 'STARBUCKS',
  occurredAt: '2026-11-22T15:40:00Z',
  count: 1,
  recurring: false,
} as const;

/** The longest facts each kind can have. */
const worst: { readonly [Kind in TextKind]: readonly TextOrder<Kind>['facts'][] } = {
  question: holds((hold) => worstQuestion(hold)),
  secondNotice: holds((hold) => worstQuestion(hold)),
  notMineReceived: holds((hold) => ({ lastFour: '4417', hold, ticketNumber: 'FR-20261122-7K3M9Q' })),
  mineOnAlert: [{ lastFour: '4417', declined: true, recurring: false }],
  mineOnFrozen: holds((hold) => ({ lastFour: '4417', hold })),
  whichAlert: [
    { held: true, choices: ['3', '4', '5', '6', '7', '8', '9'].map((tag) => ({ lastFour: '4417', tag })) },
    { held: true, choices: ['4417', '8890', '1203', '5521'].map((lastFour) => ({ lastFour })) },
  ],
  unclear: [{ tag: '3' }],
  nothingOpen: [{}],
  lateYes: holds((hold) => ({ lastFour: '4417', hold })),
  alreadyNotMine: holds((hold) => ({ lastFour: '4417', hold, ticketNumber: 'FR-20261122-7K3M9Q' })),
  stopConfirmed: [{}],
  startConfirmed: [{}],
  help: [{}],
  freezeReceived: holds((hold) => ({ lastFour: '4417', hold })),
  freezeUnknownCard: [{}],
  freezeWhichCard: [{}],
  ticketStatus: [
    {
      ticketNumber: 'FR-20261122-7K3M9Q',
      status: 'awaiting_customer',
      version: 9999,
      asOf: '2026-11-22T15:40:00Z',
    },
  ],
  personAsked: [{}, { ticketNumber: 'FR-20261122-7K3M9Q' }],
  ticketNews: [
    {
      ticketNumber: 'FR-20261122-7K3M9Q',
      status: 'awaiting_customer',
      version: 9999,
      asOf: '2026-11-22T15:40:00Z',
    },
  ],
  statusWhichCase: [{}],
  cardNumberWarning: [{}],
  verificationCode: actions.map((action) => ({ action, lastFour: '4417', code: '12345678' })),
  contactChanged: (
    ['phone', 'email', 'sim', 'device_added', 'device_removed', 'authenticator_added'] as const
  ).map((what) => ({ what })),
  wrongNumberNoted: [{}],
};

type Hold = 'none' | 'requested' | 'confirmed';
function holds<Facts>(make: (hold: Hold) => Facts): readonly Facts[] {
  return (['none', 'requested', 'confirmed'] as const).map(make);
}

function worstQuestion(hold: Hold) {
  return {
    lastFour: '4417',
    hold,
    amount: { minor: 999_999_999_999, currency: 'KWD' },
    merchant: '“Ünïcödé” MERCHANT €€€ '.repeat(40),
    occurredAt: '2026-11-22T15:40:00Z',
    count: 1000,
    recurring: true,
    tag: '9',
  };
}

const everyText = (['en', 'zh-CN'] as const).flatMap((language) =>
  [true, false].flatMap((twoWay) =>
    Object.entries(worst).flatMap(([kind, list]) =>
      list.map((facts) => ({
        kind,
        facts,
        twoWay,
        language,
        ...renderText({ language, twoWay, zone, bank: longBank, ...textOrder.parse({ kind, facts }) }),
      })),
    ),
  ),
);

describe('every text, with the longest facts', () => {
  it('fits one GSM-7 part in English', () => {
    for (const text of everyText.filter(({ language }) => language === 'en')) {
      expect(text, text.text).toMatchObject({ parts: 1, encoding: 'GSM-7' });
    }
  });

  it('fits one part in Chinese, the questions too; only the list of seven open alerts takes two', () => {
    for (const text of everyText.filter(({ language }) => language === 'zh-CN')) {
      const limit = text.kind === 'whichAlert' ? 2 : 1;
      expect(text.parts, text.text).toBeLessThanOrEqual(limit);
      expect(text.encoding).toBe('UCS-2');
    }
  });

  it('is one of every kind there is: a new kind without its longest facts fails here', () => {
    expect(Object.keys(worst).toSorted()).toEqual(Object.keys(textFacts).toSorted());
    for (const [kind, list] of Object.entries(worst)) expect(list.length, kind).toBeGreaterThan(0);
  });

  it('with a code names what it is for, and says that we never ask for it', () => {
    for (const { text, language } of everyText.filter(({ kind }) => kind === 'verificationCode')) {
      expect(text).toContain('12345678');
      expect(text).toContain('4417');
      expect(text).toMatch(language === 'en' ? /never ask for it by phone/ : /绝不来电索要/);
    }
    const unfreeze = { kind: 'verificationCode', facts: { action: 'unfreeze', code: '12345678' } } as const;
    expect(renderText({ ...en, ...unfreeze }).text).toMatch(/unfreeze/);
    expect(renderText({ ...zh, ...unfreeze }).text).toMatch(/解冻/);
  });

  it('names the merchant in one part wherever the facts are not absurd, down to six characters', () => {
    const facts = { ...worstQuestion('confirmed'), amount: { minor: 9_999_999, currency: 'CNY' }, count: 20 };
    for (const merchant of ['星巴克咖啡（上海虹桥机场二号航站楼店）', 'STARBUCKS SHANGHAI HONGQIAO T2']) {
      for (const kind of ['question', 'secondNotice'] as const) {
        const zhText = renderText({ ...zh, bank: longBank, kind, facts: { ...facts, merchant } });
        expect(zhText.parts).toBe(1);
        expect(zhText.text).toMatch(/“.{4,}”(定期扣款)?99,999\.99元/);
        const enText = renderText({
          ...en,
          bank: longBank,
          kind,
          facts: { ...facts, merchant: 'STARBUCKS' },
        });
        expect(enText.text).toMatch(/CNY 99,999\.99 at "STARBU/);
      }
    }
  });

  it('names its sender, has no link, no sign ¥, no phone number, and asks for no secret', () => {
    for (const { kind, text, language } of everyText) {
      expect(
        text.startsWith(language === 'en' ? 'Example Savings Bank: ' : '【示例农村商业银行】'),
        text,
      ).toBe(true);
      expect(text).not.toMatch(/[¥￥]|https?:|www\.|\b[a-z]+\.[a-z]{2,}\b/i);
      if (kind === 'verificationCode') continue;
      expect(text.replace(/[\d,.]+(元|KWD)|KWD [\d,.]+|FR-\d+/g, '')).not.toMatch(/\d{5}/);
      expect(text).not.toMatch(/\b(code|pin|password|otp|cvv)\b|验证码|密码|口令/i);
    }
  });

  it('asks for no reply where customers cannot answer (two-way off)', () => {
    for (const { text, twoWay } of everyText) {
      if (!twoWay) expect(text).not.toMatch(/\bReply\b|回\d|回复\d|退订|STOP/);
    }
    const question = everyText.filter(({ kind, twoWay }) => kind === 'question' && !twoWay);
    for (const { text } of question)
      expect(text).toMatch(/app or call the number on your card|App或拨(打卡背面的|卡背)电话/);
  });
});

describe('question', () => {
  it('says what happened, to which card, and how to answer', () => {
    expect(renderText({ ...en, kind: 'question', facts: purchase }).text).toBe(
      'Example Bank: Card 4417: CNY 1,288.00 at "STARBUCKS", 22 Nov 23:40. Reply 1 = mine, 2 = not mine. If someone tells you what to answer, stop.',
    );
    expect(renderText({ ...zh, kind: 'question', facts: { ...purchase, merchant: '星巴克' } })).toEqual({
      text: '【示例银行】尾号4417的卡：22日23:40“星巴克”1,288.00元。本人回1，非本人回2。如有人教您怎么回，请停止。',
      parts: 1,
      encoding: 'UCS-2',
    });
  });

  it('H17: says frozen only of a hold the issuer confirmed', () => {
    for (const speaker of [en, zh]) {
      const say = (hold: Hold) =>
        renderText({ ...speaker, kind: 'question', facts: { ...purchase, hold } }).text;
      expect(say('confirmed')).toMatch(/frozen|已冻结/);
      expect(say('requested')).not.toMatch(/fr[eo]e?z|block|冻/i);
      expect(say('none')).not.toMatch(/fr[eo]e?z|block|冻/i);
    }
    // Asking for the keyword is no word on a card.
    for (const { text, facts } of everyText.filter(({ kind }) => kind !== 'freezeWhichCard')) {
      if (/frozen|已?冻结/.test(text)) expect(facts, text).toMatchObject({ hold: 'confirmed' });
    }
  });

  it('counts the others, and the answer is about all of them', () => {
    const facts = { ...purchase, count: 3 };
    expect(renderText({ ...en, kind: 'question', facts }).text).toMatch(
      /and 2 more\. Reply 1 = all mine, 2 = not mine\./,
    );
    expect(renderText({ ...zh, kind: 'question', facts }).text).toMatch(
      /1,288\.00元等3笔。均为本人回1，非本人回2。/,
    );
  });

  it('H3, H9: carries the alert tag in the way it is to be answered', () => {
    const facts = { ...purchase, tag: '3' };
    expect(renderText({ ...en, kind: 'question', facts }).text).toContain(
      'Reply 3 1 = mine, 3 2 = not mine.',
    );
    expect(renderText({ ...zh, kind: 'question', facts }).text).toContain('本人回3 1，非本人回3 2。');
  });

  it('H31: warns of a caller who dictates the answer wherever it fits', () => {
    expect(renderText({ ...en, kind: 'question', facts: purchase }).text).toMatch(
      /If someone tells you what to answer, stop\.$/,
    );
    expect(
      renderText({ ...zh, kind: 'mineOnFrozen', facts: { lastFour: '4417', hold: 'confirmed' } }).text,
    ).toMatch(/如有人教您怎么回，请停止。$/);
  });

  it('H31: warns in every question and claim with facts a customer can meet', () => {
    const some = { maxLength: 60 };
    const facts = fc.record({
      lastFour: fc.constant('4417'),
      hold: fc.constantFrom('none' as const, 'requested' as const, 'confirmed' as const),
      amount: fc.record({
        minor: fc.integer({ min: 1, max: 99_999_999 }),
        currency: fc.constantFrom('CNY', 'USD', 'JPY'),
      }),
      merchant: fc.string({ unit: 'grapheme', ...some }),
      occurredAt: fc.constant('2026-11-22T15:40:00Z'),
      count: fc.integer({ min: 1, max: 99 }),
      recurring: fc.boolean(),
      tag: fc.option(fc.constantFrom('3', '9'), { nil: undefined }),
    });
    const kinds = fc.constantFrom('question' as const, 'secondNotice' as const);
    fc.assert(
      fc.property(facts, kinds, fc.constantFrom(en, zh), (given, kind, speaker) => {
        const rendered = renderText({ ...speaker, kind, facts: given });
        expect(rendered.text).toMatch(/what to answer|教您|人教/);
        expect(rendered.parts).toBe(1);
        const claimed = { lastFour: given.lastFour, hold: given.hold };
        expect(renderText({ ...speaker, kind: 'mineOnFrozen', facts: claimed }).text).toMatch(
          /what to answer|教您|人教/,
        );
      }),
    );
  });

  it('writes amounts in the minor units of their currency', () => {
    const say = (minor: number, currency: string) =>
      [en, zh].map(
        (speaker) =>
          renderText({ ...speaker, kind: 'question', facts: { ...purchase, amount: { minor, currency } } })
            .text,
      );
    const expected: [number, string, string, string][] = [
      [128_800, 'JPY', 'JPY 128,800 at', '128,800日元'],
      [1_234_567, 'KWD', 'KWD 1,234.567 at', '1,234.567KWD'],
      [5, 'CNY', 'CNY 0.05 at', '0.05元'],
      [100, 'USD', 'USD 1.00 at', '1.00美元'],
      [123_456_789, 'IDR', 'IDR 1,234,567.89 at', '1,234,567.89IDR'],
      [7, 'KWD', 'KWD 0.007 at', '0.007KWD'],
    ];
    for (const [minor, currency, english, chinese] of expected) {
      const [inEnglish, inChinese] = say(minor, currency);
      expect(inEnglish).toContain(english);
      expect(inChinese).toContain(`”${chinese}。`);
    }
  });

  it('tells the time in the zone of the issuer', () => {
    const facts = { ...purchase, occurredAt: '2026-11-22T16:05:00.5Z' };
    expect(renderText({ ...en, kind: 'question', facts }).text).toContain(', 23 Nov 00:05.');
    expect(renderText({ ...en, zone: 'America/New_York', kind: 'question', facts }).text).toContain(
      ', 22 Nov 11:05.',
    );
  });

  it('H19, H24: keeps any merchant name from breaking a text, and never says try again', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 500 }),
        fc.constantFrom(en, zh),
        (merchant, speaker) => {
          const facts = { ...purchase, merchant, recurring: true };
          const rendered = renderText({ ...speaker, kind: 'question', facts });
          expect(rendered.parts).toBe(1);
          expect(rendered.encoding).toBe(speaker.language === 'en' ? 'GSM-7' : 'UCS-2');
          expect(rendered.text).not.toMatch(/\n|try again|重新支付/);
          expect(rendered.text.match(/【/g)?.length ?? 0).toBe(speaker.language === 'en' ? 0 : 1);
        },
      ),
    );
  });
});

describe('answers', () => {
  const text = (speaker: Speaker, order: TextOrder) => renderText({ ...speaker, ...order }).text;

  it('H24: offers to try again only for a declined purchase the customer can repeat', () => {
    const say = (declined: boolean, recurring: boolean) =>
      [en, zh].map((speaker) =>
        text(speaker, { kind: 'mineOnAlert', facts: { lastFour: '4417', declined, recurring } }),
      );
    for (const words of say(true, false)) expect(words).toMatch(/try again|重新支付/);
    for (const words of [...say(true, true), ...say(false, false), ...say(false, true)]) {
      expect(words).not.toMatch(/again|重新/);
    }
  });

  it('confirms a "not mine" with the ticket, and promises a person', () => {
    const facts = { lastFour: '4417', hold: 'confirmed', ticketNumber: 'FR-7K3M9Q2X' } as const;
    expect(text(en, { kind: 'notMineReceived', facts })).toBe(
      'Example Bank: Thank you, noted as not yours. Card 4417 is frozen. Ticket FR-7K3M9Q2X: a person will follow up.',
    );
    expect(text(zh, { kind: 'notMineReceived', facts })).toBe(
      '【示例银行】已记录非本人交易。尾号4417的卡已冻结。工单FR-7K3M9Q2X，将由专人跟进。',
    );
  });

  it('leaves a frozen card frozen after a YES, early or late', () => {
    for (const kind of ['mineOnFrozen', 'lateYes'] as const) {
      expect(text(en, { kind, facts: { lastFour: '4417', hold: 'confirmed' } })).toContain(
        'Card 4417 stays frozen.',
      );
      expect(text(zh, { kind, facts: { lastFour: '4417', hold: 'confirmed' } })).toContain(
        '尾号4417的卡仍冻结',
      );
    }
  });

  it('H3: asks which alert by last four and digit, or by tag and digit', () => {
    const choices = [{ lastFour: '4417' }, { lastFour: '8890' }];
    expect(text(en, { kind: 'whichAlert', facts: { held: false, choices } })).toBe(
      'Example Bank: Which one: 4417, 8890? Reply 4417 1 = mine, 4417 2 = not mine.',
    );
    const tagged = [
      { lastFour: '4417', tag: '3' },
      { lastFour: '4417', tag: '4' },
    ];
    expect(text(zh, { kind: 'whichAlert', facts: { held: true, choices: tagged } })).toBe(
      '【示例银行】已记录并保护相关卡。请问是哪一条：3(4417)、4(4417)？例如回3 1为本人，3 2为非本人。',
    );
  });

  it('H30: reveals nothing when nothing is open', () => {
    for (const speaker of [en, zh]) {
      const words = text(speaker, { kind: 'nothingOpen', facts: {} });
      expect(words).not.toMatch(/\d|frozen|冻结|alert|ticket|工单|customer|客户/i);
      expect(words).toMatch(/number on your card|卡背面的电话/);
    }
  });

  it('H11: HELP names the programme and the number on the card; STATUS has number, status, version and time', () => {
    expect(text(en, { kind: 'help', facts: {} })).toMatch(
      /^Example Bank: Fraud alerts.*call the number on your card\.$/,
    );
    expect(text(zh, { kind: 'help', facts: {} })).toMatch(/^【示例银行】用卡安全提醒.*卡背面的电话。$/);
    const facts = {
      ticketNumber: 'FR-7K3M9Q2X',
      status: 'in_progress',
      version: 7,
      asOf: '2026-11-22T15:40:00Z',
    } as const;
    expect(text(zh, { kind: 'ticketStatus', facts })).toBe(
      '【示例银行】工单FR-7K3M9Q2X：处理中（版本7，截至22日23:40）。',
    );
    expect(text(en, { kind: 'ticketStatus', facts })).toBe(
      'Example Bank: Ticket FR-7K3M9Q2X: In progress (version 7, as of 22 Nov 23:40).',
    );
  });

  it('H10: an opt-out is confirmed without touching card or case', () => {
    expect(text(en, { kind: 'stopConfirmed', facts: {} })).toMatch(/no more texts.*stay protected.*go on/);
  });

  it('H15: warns of card numbers in texts', () => {
    expect(text(zh, { kind: 'cardNumberWarning', facts: {} })).toContain('请勿通过短信发送完整卡号');
  });
});

describe('textOrder', () => {
  it('knows every kind, and refuses facts of another kind or out of shape', () => {
    expect(
      Object.keys(worst).every((kind) =>
        textOrder.def.options.some((option) => option.def.shape.kind.def.values.includes(kind as never)),
      ),
    ).toBe(true);
    expect(textOrder.safeParse({ kind: 'question', facts: { lastFour: '4417', hold: 'none' } }).success).toBe(
      false,
    );
    expect(
      textOrder.safeParse({ kind: 'lateYes', facts: { lastFour: '4111111111111111', hold: 'none' } }).success,
    ).toBe(false);
    expect(textOrder.safeParse({ kind: 'unclear', facts: { tag: '1' } }).success).toBe(false);
    expect(textOrder.safeParse({ kind: 'advert', facts: {} }).success).toBe(false);
  });
});

describe('a text by its template', () => {
  it('has gaps in the order of the facts, and a template of its own for each wording', () => {
    const facts = {
      ...purchase,
      hold: 'confirmed',
      count: 3,
      tag: '4',
      merchant: '【星巴克】http://x.y',
    } as const;
    expect(templateOf({ kind: 'question', facts }, zh)).toEqual({
      id: 'question.confirmed.several.tag',
      language: 'zh-CN',
      parameters: [
        { name: 'lastFour', type: 'text', value: '4417' },
        { name: 'amount', type: 'money', value: '1,288.00元' },
        { name: 'merchant', type: 'text', value: '星巴克' },
        { name: 'occurredAt', type: 'time', value: '22日23:40' },
        { name: 'count', type: 'number', value: '3' },
        { name: 'tag', type: 'text', value: '4' },
      ],
    });
    const shuffled = Object.fromEntries(Object.entries(facts).toReversed());
    const order = textOrder.parse({ kind: 'question', facts: shuffled });
    expect(templateOf(order, zh)).toEqual(templateOf({ kind: 'question', facts }, zh));
  });

  it('fits what template providers take, for every kind and its longest facts', () => {
    for (const { kind, facts, language } of everyText) {
      const made = templateOf(textOrder.parse({ kind, facts }), { language, zone });
      expect(made.id, kind).toMatch(/^[a-zA-Z]+(\.[a-zA-Z_]+)*$/);
      for (const { value } of made.parameters) {
        expect(value.length, `${kind} ${value}`).toBeLessThanOrEqual(35);
        expect(value).toMatch(/^[^\n\p{C}【】]+$/u);
      }
    }
  });
});
