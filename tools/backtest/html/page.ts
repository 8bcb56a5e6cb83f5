import { createHash } from 'node:crypto';
import type { BacktestFigures } from '../figures.ts';
import { about } from './about.ts';
import { charts } from './charts.ts';
import { comparison } from './comparison.ts';
import { examples, examplesByRule } from './example-cards.ts';
import { html, type Markup, trusted } from './markup.ts';
import { inAll, overview } from './overview.ts';
import { rulesTable } from './rules-table.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

/**
 * The report as one HTML file that loads nothing: style, script and plots are in it, and its own policy forbids the
 * browser any address. The same figures give the same bytes.
 */
export function page(figures: BacktestFigures): string {
  const { rules, compare, data } = figures;
  const title =
    compare === undefined
      ? `Backtest of ${rules.version}`
      : `Backtest of ${rules.version} against ${compare.version}`;
  const isEmpty = data.transactions === 0;
  return `<!doctype html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the figures</a>
<div class="wrap">
${overview(figures)}
<main id="main">
${isEmpty ? nothing() : [inAll(figures), charts(figures), rulesTable(figures), comparison(figures), examples(figures), examplesByRule(figures)]}
${about(figures)}
</main>
</div>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`.markup
  }`;
}

function policy(): string {
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  return `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

const nothing =
  (): Markup => html`<p class="note warn">There is no transaction in the days asked for, hence no figure.
Look at the days of <span class="code">--from</span> and <span class="code">--to</span> and at the files below.</p>`;
