import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { BacktestFigures } from '../../../tools/backtest/figures.ts';
import { html } from '../../../tools/backtest/html/markup.ts';
import { page } from '../../../tools/backtest/html/page.ts';
import type { Judged } from '../../../tools/backtest/judged.ts';
import { printed } from '../../../tools/backtest/print.ts';
import { run } from '../../../tools/backtest/run.ts';
import { type Hand, handRules, judgedByHand } from './hand.ts';

const HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)> \u202egnp.exe';
const DAY = 1440;

/** Ten days with something of every kind in them, and names that try to break out. */
const hands: readonly Hand[] = Array.from({ length: 10 }, (_, day): readonly Hand[] => [
  {
    minute: day * DAY,
    card: `F${day}`,
    isFraud: true,
    value: 900,
    outcome: 'freeze',
    codes: [['strong', 90]],
  },
  { minute: day * DAY + 1, card: `F${day}`, isFraud: true, value: 300, merchant: HOSTILE },
  {
    minute: day * DAY + 2,
    card: `G${day}`,
    value: 50,
    outcome: 'freeze',
    codes: [['strong', 90]],
    merchant: HOSTILE,
  },
  { minute: day * DAY + 3, card: `H${day}`, value: 20, outcome: 'alert', codes: [['weak', 50]] },
  { minute: day * DAY + 4, card: `I${day}`, isFraud: true, value: 70, merchant: HOSTILE },
  { minute: day * DAY + 5, card: `J${day}` },
]).flat();

/** `</style>` and the like in a rule's words: a rule file may come from anywhere. */
const hostileRules = {
  ...handRules,
  rules: handRules.rules.map((rule) => ({
    ...rule,
    words: { zh: `“${HOSTILE}”`, en: `</style>${HOSTILE} {amount}` },
  })),
};

async function figuresOf(options: { hands: readonly Hand[]; compared: boolean }): Promise<BacktestFigures> {
  async function* judged(): AsyncGenerator<{ one: Judged; base: Judged | undefined }> {
    for (const [index, hand] of options.hands.entries()) {
      const one = { ...judgedByHand({ ...hand, id: `t-${index}` }), ruleSet: hostileRules };
      const base = { ...one, outcome: 'clear', reasons: [], rank: 0, score: 0 } as const;
      yield { one, base: options.compared ? base : undefined };
    }
  }
  const found = await run({
    judged: judged(),
    ruleSet: hostileRules,
    compare: options.compared ? { ...handRules, version: 'hand-0' } : undefined,
    policy: { answerMs: 900_000, replacedAfterMs: 14 * DAY * 60_000 },
    from: undefined,
    to: undefined,
    onProgress: () => undefined,
  });
  const { transactions, cards, span, rules, compare, comparison } = found;
  return {
    product: '0.1.0',
    command: `npm run backtest -- --data '${HOSTILE}'`,
    data: {
      files: [HOSTILE],
      about: 'Made by hand.',
      isMadeUp: true,
      transactions,
      cards,
      badRows: { count: 4, first: [{ file: HOSTILE, line: 7, reason: HOSTILE }] },
      withoutRate: 2,
    },
    span,
    currency: 'CNY',
    policy: { answerMinutes: 15, replacedAfterDays: 14, labels: 'By hand.' },
    model: 'trees-3',
    compareModel: undefined,
    rules,
    compare,
    comparison,
  };
}

const opened = (text: string) => parseHTML(text).document;

describe('the report', () => {
  it('loads nothing: no address, no script or style but its own, and its policy forbids all else', async () => {
    const text = page(await figuresOf({ hands, compared: true }));
    const document = opened(text);
    expect(document.querySelectorAll('link, iframe, object, embed, img, video, base, form')).toHaveLength(0);
    expect(document.querySelectorAll('script')).toHaveLength(1);
    expect(document.querySelectorAll('[src]')).toHaveLength(0);
    const addresses = [...document.querySelectorAll('[href]')].map((link) => link.getAttribute('href'));
    expect(addresses.every((address) => address?.startsWith('#'))).toBe(true);
    // Names of XML are no addresses: nothing is fetched from them.
    expect(text.replaceAll(/xmlns(:xlink)?="[^"]*"/g, '')).not.toMatch(/https?:|\/\/www|@import|url\(/);
    const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content');
    expect(policy).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-/);
  });

  it('lets no name of the data out of its place (H19)', async () => {
    const text = page(await figuresOf({ hands, compared: true }));
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('<img');
    expect(text).not.toMatch(/<\/style>["&]/);
    const document = opened(text);
    const handlers = [...document.querySelectorAll('*')].flatMap((element) =>
      [...element.attributes].filter(({ name }) => name.startsWith('on')),
    );
    expect(handlers).toEqual([]);
    // It is there, as text: nobody has to guess what was meant.
    expect(document.querySelector('.note.warn li')?.textContent).toContain('<script>alert(1)</script>');
    const merchants = [...document.querySelectorAll('.example bdi')].map(({ textContent }) => textContent);
    expect(merchants.some((name) => name?.includes('alert(1)'))).toBe(true);
    expect(text).not.toMatch(/\p{Bidi_Control}/u);
  });

  it('escapes whatever is put into a template', () => {
    expect(html`<p title="${`"'&`}">${['<a>', html`<b>${'&'}</b>`, 1, undefined, false]}</p>`.markup).toBe(
      '<p title="&quot;&#39;&amp;">&lt;a&gt;<b>&amp;</b>1</p>',
    );
  });

  it('describes every plot and gives its figures as a table', async () => {
    const document = opened(page(await figuresOf({ hands, compared: true })));
    const figures = [...document.querySelectorAll('figure')];
    expect(figures).toHaveLength(4);
    for (const figure of figures) {
      const plots = [...figure.querySelectorAll('svg[role="img"]')];
      expect(plots).toHaveLength(2);
      for (const plot of plots) expect(plot.getAttribute('aria-label')).toMatch(/hand-1.*hand-0/);
      const table = figure.parentElement?.querySelector('details table');
      expect(table?.querySelectorAll('tbody tr').length).toBeGreaterThan(1);
    }
    const regions = [...document.querySelectorAll('.scroll')];
    expect(
      regions.every((region) => region.getAttribute('tabindex') === '0' && region.getAttribute('aria-label')),
    ).toBe(true);
  });

  it('says what it comes to, with reasons in both languages', async () => {
    const document = opened(page(await figuresOf({ hands, compared: true })));
    // 30 frauds worth 12,700: 10 found (9,000), 10 met the frozen card (3,000).
    expect(document.querySelector('.lead')?.textContent).toBe(
      'This rule set finds 33.3 % of the frauds and 70.9 % of their value; it asks 3 customers a day, 2 in vain for each who was robbed, and wrongly freezes 1 customer a day. Freezing at the first true alert saves CNY 3,000, 23.6 % of what was at stake.',
    );
    expect(document.querySelector('.example .zh')?.getAttribute('lang')).toBe('zh');
    expect(document.querySelector('.facts')?.textContent).toContain(
      'rule set hand-1 (model trees-3), compared to hand-0 (no model); cardguard 0.1.0',
    );
    expect(document.querySelector('#comparison')?.textContent).toBe('What changes: hand-1 against hand-0');
    expect([...document.querySelectorAll('#rules ~ p')].map(({ textContent }) => textContent)).toContain(
      'Never held in these data: acting, known.',
    );
  });

  it('tells of data without a transaction, without a fraud, and of one rule set', async () => {
    const empty = await figuresOf({ hands: [], compared: false });
    expect(opened(page(empty)).querySelector('main .note')?.textContent).toMatch(
      /no transaction in the days/,
    );
    expect(printed(empty)).toMatch(/No transactions in the days asked for/);
    const honest = opened(
      page(await figuresOf({ hands: hands.filter(({ isFraud }) => !isFraud), compared: false })),
    );
    expect(honest.querySelectorAll('figure')).toHaveLength(3);
    expect(honest.querySelector('.lead')?.textContent).toMatch(/^There is no fraud in these days/);
    expect(honest.querySelector('#comparison')).toBeNull();
  });

  it('is the same to the byte from the same figures', async () => {
    const [one, two] = [
      await figuresOf({ hands, compared: true }),
      await figuresOf({ hands, compared: true }),
    ];
    expect(page(one)).toBe(page(two));
    expect(printed(one)).toBe(printed(two));
  });
});

it('prints the same figures for a terminal', async () => {
  const text = printed(await figuresOf({ hands, compared: true }));
  expect(text).toMatch(
    /^Backtest of hand-1 against hand-0\n2030-01-01 to 2030-01-10: 60 transactions, 30 frauds worth CNY 12,700/,
  );
  expect(text).toMatch(/\n {2}… and 3 more\n2 transactions in a currency the rule set has no rate for/);
  expect(text).toMatch(/\ncustomers wrongly frozen per day +1\.00 +0\n/);
  expect(text).toMatch(/\nfrauds: 0 found by both, 10 newly found, 0 no longer found, 20 by neither/);
  expect(text).toMatch(/\nstrong +2\.00 +1\.00 +33\.3 % +70\.9 % +23\.6 % +1\.00 +−10 +−10\n/);
  expect(
    Math.max(
      ...text
        .split('\n')
        .filter((line) => /^(in all|strong|weak)/.test(line))
        .map(({ length }) => length),
    ),
  ).toBeLessThan(121);
});
