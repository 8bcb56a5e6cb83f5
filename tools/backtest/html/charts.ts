import type { DayFigures } from '../by-day.ts';
import type { BacktestFigures } from '../figures.ts';
import { countOrMean, decimals, percent, whole } from '../shown.ts';
import type { SetFigures } from '../tally.ts';
import type { Drawn } from './draw.ts';
import { html, type Markup } from './markup.ts';
import { precisionRecall } from './precision-recall.ts';
import { daysPerBar, type Layer, perDayTitle, stackedByDay } from './stacked-days.ts';

/** The plots, each with its sentence, its legend and its figures as a table. */
export function charts(figures: BacktestFigures): Markup {
  const sets = figures.compare === undefined ? [figures.rules] : [figures.rules, figures.compare];
  return html`${rankingChart(sets)}
<h2 id="days">Day by day</h2>
<p class="soft">Days are UTC days. ${daysPerBar(figures.rules.days.length) > 1 && 'Each bar is the mean of a week. '}Point at a bar for its figure.</p>
${alertsChart(sets)}${valueChart(sets, figures.currency)}${frozenChart(sets)}`;
}

interface Chart {
  readonly title: string;
  readonly says: Markup | string;
  readonly legend: Markup;
  readonly drawn: Drawn;
  readonly table: Markup;
}

const chart = ({ title, says, legend, drawn, table }: Chart): Markup => html`<div class="panel"><figure>
<figcaption><h3>${title}</h3><p class="soft small">${says}</p>${legend}</figcaption>
<div class="wide">${drawn.wide}</div><div class="narrow">${drawn.narrow}</div>
</figure><details><summary>These figures as a table</summary>${table}</details></div>`;

function rankingChart(sets: readonly SetFigures[]): Markup {
  const [rules, compare] = sets;
  if (rules === undefined) return html``;
  const { averagePrecision, aucRoc } = rules.ranking;
  if (averagePrecision === undefined) {
    return html`<h2 id="ranking">Precision and recall</h2><p class="note">Without a fraud in the data there is no curve to draw.</p>`;
  }
  const label = `Precision over recall. Average precision: ${sets.map(({ version, ranking }) => `${version} ${decimals(ranking.averagePrecision)}`).join(', ')}.`;
  return html`<h2 id="ranking">Precision and recall</h2>
${chart({
  title: 'If the threshold were moved',
  says: `Every point is one threshold of the score, which ranks each transaction by itself. The mark is where the rule set works today. Average precision ${decimals(averagePrecision)}${compare ? ` (${compare.version}: ${decimals(compare.ranking.averagePrecision)})` : ''}, area under the ROC curve ${decimals(aucRoc)}.`,
  legend: html`<ul class="legend"><li><i class="c-true"></i>${rules.version}</li>${compare && html`<li><i class="dash c-base"></i>${compare.version}</li>`}</ul>`,
  drawn: precisionRecall(sets, label),
  table: html`${sets.map(rankingTable)}`,
})}`;
}

/** One row of about every twentieth of the recall. */
function rankingTable({ version, ranking }: SetFigures): Markup {
  let next = 0;
  const rows = ranking.points.filter(({ recall }, index) => {
    if (recall < next && index !== ranking.points.length - 1) return false;
    next = Math.max(recall, next) + 0.05;
    return true;
  });
  return scroll(
    `Precision and recall of ${version}`,
    html`<table><caption>${version}: flagging all that score at least …</caption>
<thead><tr><th scope="col">score, unclipped</th><th scope="col">flagged</th><th scope="col">precision</th><th scope="col">frauds found</th><th scope="col">by value</th></tr></thead>
<tbody>${rows.map(
      ({ rank, flagged, precision, recall, valueRecall }) =>
        html`<tr><th scope="row">${decimals(rank, 2)}</th><td>${whole(flagged)}</td><td>${percent(precision)}</td><td>${percent(recall)}</td><td>${percent(valueRecall)}</td></tr>`,
    )}</tbody></table>`,
  );
}

const alertLayers: readonly Layer[] = [
  { name: 'with a fraud in it', colour: 'true', of: (day) => day.trueAlerts },
  { name: 'in vain', colour: 'false', of: (day) => day.falseAlerts },
];

function alertsChart(sets: readonly SetFigures[]): Markup {
  const totals = sets.map(
    ({ version, totals: { trueAlerts, falseAlerts } }) =>
      `${version}: ${whole(trueAlerts)} true, ${whole(falseAlerts)} false`,
  );
  return chart({
    title: `Alerts ${perDayTitle(sets[0]?.days.length ?? 0)}`,
    says: `Questions to customers. ${totals.join('; ')}.`,
    legend: legendOf(alertLayers),
    drawn: stackedByDay(
      sets,
      alertLayers,
      { label: 'alerts a day', unit: 'a day' },
      `Alerts per day, true and false stacked. ${totals.join('; ')}.`,
    ),
    table: dayTable(sets, 'Alerts', alertLayers),
  });
}

const valueLayers: readonly Layer[] = [
  { name: 'saved: the card was frozen by then', colour: 'true', of: (day) => day.savedValue },
  { name: 'found, but it had gone through', colour: 'late', of: (day) => day.foundLateValue },
  {
    name: 'missed',
    colour: 'missed',
    of: (day) => Math.max(0, day.fraudValue - day.savedValue - day.foundLateValue),
  },
];

function valueChart(sets: readonly SetFigures[], currency: string): Markup {
  const totals = sets.map(
    ({ version, totals: { savedValueShare, foundValueShare } }) =>
      `${version}: ${percent(foundValueShare)} found, ${percent(savedValueShare)} saved`,
  );
  return chart({
    title: `Frauds found by value, ${perDayTitle(sets[0]?.days.length ?? 0)}`,
    says: `What the frauds of a day were worth, and what became of it. ${totals.join('; ')}.`,
    legend: legendOf(valueLayers),
    drawn: stackedByDay(
      sets,
      valueLayers,
      { label: `${currency} a day`, unit: `${currency} a day` },
      `Value of frauds per day, stacked: saved, found late, missed. ${totals.join('; ')}.`,
    ),
    table: dayTable(sets, 'Value of frauds', valueLayers),
  });
}

const frozenLayers: readonly Layer[] = [
  { name: 'customers wrongly frozen', colour: 'false', of: (day) => day.wronglyFrozen },
];

function frozenChart(sets: readonly SetFigures[]): Markup {
  const totals = sets.map(
    ({ version, totals: { wronglyFrozen, wronglyRefused } }) =>
      `${version}: ${whole(wronglyFrozen)} customers, ${whole(wronglyRefused)} of their purchases refused meanwhile`,
  );
  return chart({
    title: `Customers wrongly frozen ${perDayTitle(sets[0]?.days.length ?? 0)}`,
    says: `What it costs people who did nothing wrong. ${totals.join('; ')}.`,
    legend: legendOf(frozenLayers),
    drawn: stackedByDay(
      sets,
      frozenLayers,
      { label: 'customers a day', unit: 'a day' },
      `Customers wrongly frozen per day. ${totals.join('; ')}.`,
    ),
    table: dayTable(sets, 'Customers wrongly frozen', frozenLayers),
  });
}

const legendOf = (layers: readonly Layer[]): Markup =>
  html`<ul class="legend">${layers.map(({ name, colour }) => html`<li><i class="c-${colour}"></i>${name}</li>`)}</ul>`;

function dayTable(sets: readonly SetFigures[], title: string, layers: readonly Layer[]): Markup {
  const columns = sets.flatMap((set) => layers.map((layer) => ({ set, layer })));
  const nameOf = ({ set, layer }: { set: SetFigures; layer: Layer }) =>
    sets.length > 1 ? `${set.version}: ${layer.name}` : layer.name;
  return scroll(
    title,
    html`<table><caption>${title}, each day</caption>
<thead><tr><th scope="col">day</th>${columns.map((column) => html`<th scope="col">${nameOf(column)}</th>`)}</tr></thead>
<tbody>${(sets[0]?.days ?? []).map(
      (day, index) =>
        html`<tr><th scope="row">${day.day}</th>${columns.map(({ set, layer }) => html`<td>${cell(set.days[index], layer)}</td>`)}</tr>`,
    )}</tbody></table>`,
  );
}

const cell = (day: DayFigures | undefined, { of }: Layer): string =>
  day === undefined ? '–' : countOrMean(of(day));

const scroll = (label: string, table: Markup): Markup =>
  html`<div class="scroll" role="region" tabindex="0" aria-label="${label}">${table}</div>`;
