import { minorUnitDecimals } from '../../../functions/transaction/currency.ts';
import type { Example } from '../examples.ts';
import type { BacktestFigures } from '../figures.ts';
import { html, type Markup } from './markup.ts';

/** Transactions as a person would look at them, with the reasons in words. */
export function examples({ rules }: BacktestFigures): Markup {
  const { found, falseFreezes, falseAlerts, missed } = rules.examples;
  return html`<h2 id="examples">Examples</h2>
<p class="soft">Drawn evenly from all of their kind, at most one of a card, the same in every run; of the missed the dearest.</p>
${cards('Frauds found', found)}${cards('Frozen in vain', falseFreezes)}${cards('Asked in vain', falseAlerts)}${cards('Frauds missed, the dearest', missed)}`;
}

/** Folded away, as there are many. */
export function examplesByRule({ rules }: BacktestFigures): Markup {
  const { ofRules } = rules.examples;
  const spoken = rules.rules.filter(({ code }) => ofRules[code] !== undefined);
  return html`${spoken.length > 0 && html`<h3>Rule by rule</h3>`}${spoken.map(
    ({ code }) =>
      html`<details><summary><span class="code">${code}</span></summary>${list(ofRules[code] ?? [])}</details>`,
  )}`;
}

export const cards = (title: string, some: readonly Example[]): Markup =>
  html`${some.length > 0 && html`<h3>${title}</h3>${list(some)}`}`;

const list = (some: readonly Example[]): Markup => html`<ul class="examples">${some.map(card)}</ul>`;

function card(example: Example): Markup {
  const { isFraud, outcome, declined } = example;
  const kind = outcome === 'clear' ? 'miss' : isFraud ? 'fraud' : 'genuine';
  return html`<li class="example ${kind}"><div class="head"><span class="money">${example.currency} ${moneyOf(example)}</span>
<span class="tag">${isFraud ? 'fraud' : 'genuine'} → ${outcome === 'clear' ? 'cleared' : outcome}</span></div>
<div><bdi>${example.merchant}</bdi> <span class="soft small">${example.country} · ${example.mcc} · ${example.entryMode}${declined && ' · declined'}</span></div>
<div class="soft small">${example.occurredAt.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')} · card <bdi class="code">${example.card}</bdi> · <bdi class="code">${example.transactionId}</bdi></div>
<ul>${example.reasons.map(
    ({ en, zh, weight }) =>
      html`<li><span><bdi class="en">${en}</bdi><bdi class="zh" lang="zh">${zh}</bdi></span><span>${weightOf(weight)}</span></li>`,
  )}<li><span class="soft">score</span><span>${Math.round(example.score * 100) / 100}</span></li></ul></li>`;
}

const weightOf = (weight: number): string =>
  `${weight < 0 ? '−' : '+'}${Math.round(Math.abs(weight) * 100) / 100}`;

function moneyOf({ minor, currency }: Example): string {
  const places = minorUnitDecimals(currency);
  return (minor / 10 ** places).toLocaleString('en-US', {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
}
