import type { BacktestFigures } from '../figures.ts';
import type { Comparison, Difference, Pairs } from '../pairing.ts';
import { differenceName } from '../print.ts';
import { plural, signed, whole } from '../shown.ts';
import { cards } from './example-cards.ts';
import { html, type Markup } from './markup.ts';

/** Both rule sets on the same transactions: what is newly found, who is newly alarmed, and the reverse. */
export function comparison(figures: BacktestFigures): Markup {
  const { comparison: found, rules, compare, currency } = figures;
  if (found === undefined || compare === undefined) return html``;
  const { examples } = found;
  return html`<h2 id="comparison">What changes: ${rules.version} against ${compare.version}</h2>
<p class="soft">Both judged every transaction, each with the card's state as it would be under its own decisions. Differences are
${rules.version} minus ${compare.version}.</p>
<div class="pair">
<div class="panel"><h3>Per day</h3><div class="scroll plain" role="region" tabindex="0" aria-label="Differences per day">${differences(found.differences)}</div></div>
<div class="panel"><h3>On the same transactions</h3><div class="scroll plain" role="region" tabindex="0" aria-label="Transactions judged by both">${pairs(found, figures)}</div></div>
</div>
<div class="panel"><h3>Cards frozen</h3><div class="scroll plain" role="region" tabindex="0" aria-label="Cards frozen">${frozen(found)}</div></div>
${cards(`Newly found frauds (${whole(found.frauds.only)}, worth ${currency} ${whole(found.fraudValue.only)})`, examples.newlyFound)}
${cards(`Newly alarmed customers (${plural(found.genuine.only, 'genuine transaction')})`, examples.newlyAlarmed)}
${cards(`Frauds no longer found (${whole(found.frauds.base)}, worth ${currency} ${whole(found.fraudValue.base)}), as ${compare.version} judged them`, examples.noLongerFound)}
${cards(`No longer alarmed (${plural(found.genuine.base, 'genuine transaction')}), as ${compare.version} judged them`, examples.noLongerAlarmed)}`;
}

const moreIsBetter: Readonly<Record<Difference['name'], boolean | undefined>> = {
  alerts: undefined,
  falseAlerts: false,
  foundFrauds: true,
  foundValue: true,
  savedValue: true,
  wronglyFrozen: false,
};

function differences(rows: readonly Difference[]): Markup {
  return html`<table><caption>Mean difference per day; 95 % interval by resampling whole days</caption>
<thead><tr><th scope="col">per day</th><th scope="col">difference</th><th scope="col">interval</th></tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row">${differenceName(row)}</th><td class="${judgement(row)}">${signed(row.perDay)}</td><td>${
        row.interval === undefined
          ? 'needs a week'
          : `${signed(row.interval[0])} to ${signed(row.interval[1])}`
      }</td></tr>`,
  )}</tbody></table>`;
}

/** Coloured only where the interval leaves zero out. */
function judgement({ name, interval }: Difference): string {
  const isMoreBetter = moreIsBetter[name];
  if (interval === undefined || isMoreBetter === undefined) return '';
  if (interval[0] <= 0 && interval[1] >= 0) return '';
  return interval[0] > 0 === isMoreBetter ? 'better' : 'worse';
}

function pairs({ frauds, genuine }: Comparison, { rules, compare }: BacktestFigures): Markup {
  const row = (name: string, of: keyof Pairs) =>
    html`<tr><th scope="row">${name}</th><td>${whole(frauds[of])}</td><td>${whole(genuine[of])}</td></tr>`;
  return html`<table><caption>Transactions judged suspicious (alert or freeze)</caption>
<thead><tr><th scope="col">suspicious to</th><th scope="col">frauds</th><th scope="col">genuine</th></tr></thead>
<tbody>${row('both', 'both')}${row(`only ${rules.version}`, 'only')}${row(`only ${compare?.version}`, 'base')}${row('neither', 'neither')}</tbody></table>`;
}

function frozen({ newlyFrozen, noLongerFrozen }: Comparison): Markup {
  const row = (name: string, { rightly, wrongly }: Comparison['newlyFrozen']) =>
    html`<tr><th scope="row">${name}</th><td>${whole(rightly + wrongly)}</td><td>${whole(rightly)}</td><td>${whole(wrongly)}</td></tr>`;
  return html`<table><caption>Cards that one rule set freezes at least once in these days, and the other never</caption>
<thead><tr><th scope="col">cards</th><th scope="col">in all</th><th scope="col">with a fraud in the alert</th><th scope="col">wrongly</th></tr></thead>
<tbody>${row('newly frozen', newlyFrozen)}${row('no longer frozen', noLongerFrozen)}</tbody></table>`;
}
