import { ofRule, type RuleFigures } from '../by-rule.ts';
import type { BacktestFigures } from '../figures.ts';
import { amountOf, percent, ratio, signed } from '../shown.ts';
import { html, type Markup } from './markup.ts';

interface Column {
  readonly name: string;
  readonly of: (rule: RuleFigures) => number | undefined;
  readonly shown: (value: number | undefined, rule: RuleFigures) => string;
  /** Drawn under the figure as a bar, 0 to 1. */
  readonly bar?: 'true' | 'false';
}

/** Each rule with what it finds and what it costs; sortable, words in the language chosen. */
export function rulesTable(figures: BacktestFigures): Markup {
  const { rules, compare } = figures;
  const columns = columnsOf(figures);
  const before = new Map(compare?.rules.map((rule) => [rule.code, rule]));
  const gone = compare?.rules.filter(({ code }) => !rules.rules.some((rule) => rule.code === code)) ?? [];
  const held = rules.rules.filter((rule) => isHeld(rule) || isHeld(before.get(rule.code)));
  const silent = rules.rules.filter((rule) => !held.includes(rule));
  return html`<h2 id="rules">Rule by rule</h2>
<p class="soft">A fraud found by three rules counts for each of them, so columns add up to more than the whole. “Without it”: how
many transactions more or fewer would be suspicious if that one rule were taken out.
${compare && html`The smaller line is ${compare.version}.`}</p>
<div class="scroll full" role="region" tabindex="0" aria-label="Rules with their figures">
<table class="sortable rules"><caption>Choose a heading to sort by it. “–”: nothing to divide by.</caption>
<thead><tr><th scope="col">rule</th>${columns.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${held.map((rule) => row(rule, columns, before.get(rule.code)))}</tbody></table></div>
${silent.length > 0 && html`<p class="soft small">Never held in these data: ${codes(silent)}.</p>`}
${gone.length > 0 && html`<p class="soft small">In ${compare?.version} only: ${codes(gone)}.</p>`}`;
}

const isHeld = (rule: RuleFigures | undefined): boolean => rule !== undefined && rule.fired > 0;

const codes = (rules: readonly RuleFigures[]): Markup =>
  html`${rules.map(({ code }, index) => html`${index > 0 && ', '}<span class="code">${code}</span>`)}`;

function columnsOf({ rules }: BacktestFigures): readonly Column[] {
  const of = (name: keyof ReturnType<typeof ofRule>) => (rule: RuleFigures) =>
    ofRule(rule, rules.totals)[name];
  const figure = (value: number | undefined) => (value === undefined ? '–' : amountOf(value));
  const change = (value: number | undefined) => signed(value ?? 0);
  return [
    {
      name: 'weight',
      of: ({ weight }) => weight,
      shown: (value, { action }) => {
        if (value === undefined) return '–';
        const weight = String(value).replace('-', '−');
        return action === undefined ? weight : `${weight}, ${action}`;
      },
    },
    { name: 'alerts per day', of: of('alertsPerDay'), shown: figure },
    { name: 'false for one true', of: of('falsePerTrue'), shown: ratio },
    { name: 'frauds found', of: of('found'), shown: percent, bar: 'true' },
    { name: 'by value', of: of('foundValue'), shown: percent, bar: 'true' },
    { name: 'value saved', of: of('saved'), shown: percent, bar: 'true' },
    { name: 'wrongly frozen per day', of: of('wronglyFrozenPerDay'), shown: figure },
    {
      name: 'without it: frauds found',
      of: (rule) => rule.clearedFrauds - rule.decisiveFrauds,
      shown: change,
    },
    {
      name: 'without it: genuine alarmed',
      of: (rule) => rule.clearedGenuine - rule.decisiveGenuine,
      shown: change,
    },
    { name: 'held, per day', of: of('firedPerDay'), shown: figure },
    { name: 'of these fraud', of: of('firedPrecision'), shown: percent, bar: 'true' },
  ];
}

function row(rule: RuleFigures, columns: readonly Column[], before: RuleFigures | undefined): Markup {
  return html`<tr><th scope="row" data-sort="${rule.code}"><span class="code">${rule.code}</span>${
    rule.words &&
    html`<span class="words"><bdi class="en">${template(rule.words.en)}</bdi><bdi class="zh" lang="zh">${template(rule.words.zh)}</bdi></span>`
  }</th>${columns.map((column) => {
    const value = column.of(rule);
    const was = before === undefined ? undefined : column.shown(column.of(before), before);
    const shown = column.shown(value, rule);
    return html`<td data-sort="${value ?? ''}">${shown}${was !== undefined && was !== shown && html`<br><span class="soft small">${was}</span>`}${
      column.bar &&
      html`<span class="bar" aria-hidden="true"><i class="c-${column.bar}" style="width:${barWidth(value)}%"></i></span>`
    }</td>`;
  })}</tr>`;
}

/** Words with the places of their values marked. */
const template = (words: string): Markup =>
  html`${words.split(/\{([^{}]*)\}/).map((part, index) => (index % 2 === 0 ? part : html`<var>${part}</var>`))}`;

const barWidth = (share: number | undefined): string => (Math.min(1, share ?? 0) * 100).toFixed(1);
