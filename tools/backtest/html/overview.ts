import { placeOf } from '../../offline/labelled.ts';
import type { BacktestFigures } from '../figures.ts';
import { type Measure, measuresOf } from '../measures.ts';
import { percent, plural, spoken, whole } from '../shown.ts';
import { html, type Markup } from './markup.ts';

/** Title, what it comes to in a sentence, what the data are. */
export function overview(figures: BacktestFigures): Markup {
  const { rules, compare, data } = figures;
  return html`<header class="top">
<div class="brand"><span>cardguard · backtest</span>
<div class="switches">
${group('words', 'Language of the reasons', [
  ['en', 'Reasons: English'],
  ['zh', '中文'],
])}
${group('theme', 'Colours', [
  ['', 'Auto'],
  ['light', 'Light'],
  ['dark', 'Dark'],
])}
</div></div>
<h1>${rules.version}${compare && html` <span class="against">against ${compare.version}</span>`}</h1>
${data.transactions > 0 && html`<p class="soft">${spanOf(figures)}</p><p class="lead">${verdict(figures)}</p>`}
${data.isMadeUp && html`<p class="small"><span class="badge">made-up data</span> <span class="soft">${data.about}</span></p>`}
${badRows(figures)}
${data.transactions > 0 && jump(figures)}
</header>`;
}

export const inAll = (figures: BacktestFigures): Markup =>
  html`<h2 id="all">In all</h2><ul class="tiles">${measuresOf(figures).map(tile)}</ul>`;

function group(sets: string, label: string, options: readonly (readonly [string, string])[]): Markup {
  return html`<div class="switch" role="group" aria-label="${label}" data-sets="${sets}">${options.map(
    ([value, name], index) =>
      html`<button type="button" value="${value}" aria-pressed="${index === 0 ? 'true' : 'false'}">${name}</button>`,
  )}</div>`;
}

function spanOf({ span, rules }: BacktestFigures): string {
  const { days, transactions, frauds } = rules.totals;
  return `${span.from} to ${span.to}, ${plural(days, 'day')}: ${plural(transactions, 'transaction')}, ${plural(frauds, 'fraud')} among them.`;
}

function verdict({ rules, currency }: BacktestFigures): string {
  const { totals } = rules;
  const found = `This rule set finds ${percent(totals.foundShare)} of the frauds and ${percent(totals.foundValueShare)} of their value`;
  const asked = `asks ${customers(totals.alertsPerDay)} a day`;
  const inVain =
    totals.falsePerTrue === undefined
      ? 'all in vain'
      : `${spoken(totals.falsePerTrue)} in vain for each who was robbed`;
  const frozen = `and wrongly freezes ${customers(totals.wronglyFrozenPerDay)} a day`;
  const saved = `Freezing at the first true alert saves ${currency} ${whole(totals.savedValue)}, ${percent(totals.savedValueShare)} of what was at stake`;
  return totals.frauds === 0
    ? `There is no fraud in these days: this rule set ${asked}, all in vain, ${frozen}.`
    : `${found}; it ${asked}, ${inVain}, ${frozen}. ${saved}.`;
}

const customers = (count: number): string =>
  spoken(count) === '1' ? '1 customer' : `${spoken(count)} customers`;

function badRows({ data }: BacktestFigures): Markup {
  const { count, first } = data.badRows;
  return html`${
    count > 0 &&
    html`<div class="note warn"><strong>${plural(count, 'row')} could not be read and ${count === 1 ? 'was' : 'were'} left out.</strong>
<ul class="plain">${first.map((row) => html`<li><span class="code">${placeOf(row)}</span>: <bdi>${row.reason}</bdi></li>`)}</ul>
${count > first.length && html`<p class="small">… and ${whole(count - first.length)} more.</p>`}</div>`
  }${
    data.withoutRate > 0 &&
    html`<p class="note warn">${plural(data.withoutRate, 'transaction')} in a currency the rule set has no rate for: counted by number, without value.</p>`
  }`;
}

const jump = ({ comparison }: BacktestFigures): Markup => html`<nav class="jump" aria-label="On this page">
<a href="#all">In all</a><a href="#ranking">Precision and recall</a><a href="#days">Day by day</a><a href="#rules">Rule by rule</a>
${comparison && html`<a href="#comparison">What changes</a>`}<a href="#examples">Examples</a><a href="#about">Data and assumptions</a></nav>`;

function tile({ name, value, base, difference, isBetter, meaning }: Measure): Markup {
  const judged = isBetter === undefined ? '' : isBetter ? 'better' : 'worse';
  return html`<li class="tile" title="${meaning}"><div class="name">${name}</div><div class="figure">${value}</div>
${base !== undefined && html`<div class="was">was ${base}</div>`}
${difference !== undefined && html`<div class="was"><span class="${judged}">${difference}${judged !== '' && ` ${judged}`}</span></div>`}</li>`;
}
