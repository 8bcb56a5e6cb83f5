import type { BacktestFigures } from '../figures.ts';
import { plural, whole } from '../shown.ts';
import { html, type Markup } from './markup.ts';

/** What the data are, what was assumed, and how to get the same figures again. */
export function about({
  data,
  span,
  policy,
  model,
  compareModel,
  product,
  command,
  rules,
  compare,
  currency,
}: BacktestFigures): Markup {
  return html`<h2 id="about">Data and assumptions</h2>
<div class="panel"><dl class="facts">
<dt>Data</dt><dd>${data.about} ${plural(data.transactions, 'transaction')} of ${plural(data.cards, 'card')}: ${data.files.map((file, index) => html`${index > 0 && ', '}<span class="code">${file}</span>`)}.</dd>
${
  data.transactions > 0 &&
  html`<dt>Days measured</dt><dd>${span.from} to ${span.to} (UTC). ${
    span.warmUpDays > 0
      ? `The ${plural(span.warmUpDays, 'day')} before only taught the cards' profiles.`
      : 'Nothing came before: in the first days every card is new and no label is known, so these days look worse than a running system.'
  }</dd>`
}
<dt>Labels</dt><dd>${policy.labels}</dd>
<dt>Judged by</dt><dd>The code that screens live transactions, one after the other, each as of its own time and with what was known then.</dd>
<dt>An alert</dt><dd>One question to a customer. It is opened by a suspicious transaction; later ones of the card join it until the customer answers, after ${plural(policy.answerMinutes, 'minute')}. Everybody is taken to answer, truthfully. It is true when a fraud is in it.</dd>
<dt>The freeze</dt><dd>The traffic is taken as it was recorded; beside it every card is followed. With a fraud in its alert a card counts as frozen, by <em>freeze</em> at once and by <em>alert</em> with the answer, until it is replaced ${plural(policy.replacedAfterDays, 'day')} after the latest fraud found. Frauds that meet the frozen card are <em>saved</em>; the first one, which was found, is not. Thieves are taken to go on as recorded. Meanwhile ${whole(rules.totals.refusedOnStolen)} genuine purchases met such a card.</dd>
<dt>Wrongly frozen</dt><dd>A customer whose card was frozen in an alert without any fraud; several on one day count once.</dd>
<dt>Value</dt><dd>Approved amounts in ${currency}, by the rule set's rough rates; declined ones have none.</dd>
<dt>Versions</dt><dd>rule set ${withModel(rules.version, model)}${compare && html`, compared to ${withModel(compare.version, compareModel)}`}; cardguard ${product}</dd>
<dt>The same again</dt><dd><pre>${command}</pre></dd>
</dl></div>`;
}

const withModel = (version: string, model: string | undefined): string =>
  model === undefined ? `${version} (no model)` : `${version} (model ${model})`;
