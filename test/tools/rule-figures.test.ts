import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { fraudPatterns } from '../../tools/generator/events.ts';
import { DEFAULT_FRAUD_SHARE } from '../../tools/generator/generate.ts';
import { measureOnLife } from '../../tools/rule-figures/measure.ts';
import { fingerprintLine, fingerprintOf, pageOf } from '../../tools/rule-figures/page.ts';

const DAYS = 60;
const WARM_UP = 25;
const CARDS = 900;
/** Many frauds, so that a small life has some of every kind. */
const figures = measureOnLife(defaultRuleSet, {
  seed: 8,
  cards: CARDS,
  days: DAYS,
  warmUpDays: WARM_UP,
  from: '2026-01-01',
  fraudShare: 0.03,
});
const perHundredThousand = (count: number): number => (count / (DAYS - WARM_UP) / CARDS) * 100_000;

describe('the shipped rules on generated life', () => {
  test.each(defaultRuleSet.rules.map(({ code, weight }) => [code, weight] as const))(
    '%s is exercised: it holds in some transaction, and one against the customer in some fraud',
    (code, weight) => {
      const rule = figures.rules.find((one) => one.code === code);
      expect(rule?.fired).toBeGreaterThan(0);
      if (weight > 0) expect(rule?.firedFrauds).toBeGreaterThan(0);
    },
  );

  test('every pattern of fraud is there to be found', () => {
    expect(figures.patterns.map(({ pattern }) => pattern).sort()).toEqual([...fraudPatterns].sort());
    for (const { pattern, thefts } of figures.patterns) expect(thefts, pattern).toBeGreaterThan(0);
  });

  test('a bank could live with them: few are asked in vain, fewer frozen', () => {
    const usual = measureOnLife(defaultRuleSet, { ...figures.options, fraudShare: DEFAULT_FRAUD_SHARE });
    const { falseAlerts, wronglyFrozen, foundShare = 0 } = usual.set.totals;
    expect(perHundredThousand(falseAlerts)).toBeLessThan(300);
    expect(perHundredThousand(wronglyFrozen)).toBeLessThan(60);
    expect(foundShare).toBeGreaterThan(0.35);
  });

  test('what only looks odd is not found more often than it is: counts add up', () => {
    const { totals } = figures.set;
    expect(totals.transactions).toBe(figures.transactions);
    expect(totals.frauds).toBe(figures.frauds);
    expect(Object.values(figures.falseBy).reduce((sum, count) => sum + count, 0)).toBe(totals.flaggedGenuine);
    for (const { pattern, thefts, found, frozen } of figures.patterns) {
      expect(frozen, pattern).toBeLessThanOrEqual(found);
      expect(found, pattern).toBeLessThanOrEqual(thefts);
    }
  });

  test('a rule that asks about every dear purchase is seen to flood', () => {
    const flooding = {
      ...defaultRuleSet,
      rules: defaultRuleSet.rules.map((rule) =>
        rule.code === 'amount_far_above_usual' ? { ...rule, weight: 80 } : rule,
      ),
    };
    const flooded = measureOnLife(flooding, { ...figures.options, cards: 200, fraudShare: 0.004 });
    expect((flooded.set.totals.wronglyFrozen / (DAYS - WARM_UP) / 200) * 100_000).toBeGreaterThan(500);
  });
});

describe('docs/rule-figures.md', () => {
  const page = readFileSync(fileURLToPath(new URL('../../docs/rule-figures.md', import.meta.url)), 'utf8');

  test('is about the rules that ship: npm run rules:measure -- --write', () => {
    expect(page).toContain(fingerprintLine(defaultRuleSet));
    for (const { code } of defaultRuleSet.rules) expect(page).toContain(`| \`${code}\` |`);
    expect(page).toContain('**Synthetic.**');
  });

  test('tells another rule set from the shipped one, whatever decides in it; words do not', () => {
    const [first, ...others] = defaultRuleSet.rules;
    if (!first) throw new Error('no rules');
    const changed = { ...defaultRuleSet, rules: [{ ...first, weight: first.weight + 1 }, ...others] };
    const reworded = {
      ...defaultRuleSet,
      rules: [{ ...first, words: { zh: '甲', en: 'other' } }, ...others],
    };
    expect(fingerprintOf(changed)).not.toBe(fingerprintOf(defaultRuleSet));
    expect(fingerprintOf(reworded)).toBe(fingerprintOf(defaultRuleSet));
  });

  test('shows what was measured, each rule in its row', () => {
    const made = pageOf(defaultRuleSet, figures);
    const rows = made.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows).toHaveLength(defaultRuleSet.rules.length);
    expect(made).not.toMatch(/NaN|undefined|Infinity/);
  });
});
