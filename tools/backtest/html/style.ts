/** The page's style sheet: light and dark by `light-dark()`, wide and narrow by one breakpoint. No address in it. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f4f5f7, #101317);
  --card: light-dark(#ffffff, #191d23);
  --line: light-dark(#dfe3e8, #2d343d);
  --text: light-dark(#1a2027, #e7ebf0);
  --soft: light-dark(#56616d, #a3aebb);
  --true: light-dark(#0b7a75, #35c9bd);
  --false: light-dark(#b54708, #ff9a4d);
  --late: light-dark(#86c5be, #1f6f69);
  --missed: light-dark(#a8b0ba, #59636f);
  --base: light-dark(#6a5acd, #a99cff);
  --good: light-dark(#0b6b3a, #58d68d);
  --bad: light-dark(#b3261e, #ff8a80);
  --tint: light-dark(#eef2f6, #222830);
}
:root[data-theme='light'] { color-scheme: light; }
:root[data-theme='dark'] { color-scheme: dark; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif;
}
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 2; }
.wrap { max-width: 1120px; margin: 0 auto; padding: 0 1.25rem 4rem; }
header.top { padding: 2rem 0 1rem; }
.brand { display: flex; flex-wrap: wrap; gap: .5rem 1rem; justify-content: space-between; align-items: center; color: var(--soft); font-size: .9rem; }
.switches { display: none; gap: .75rem; flex-wrap: wrap; }
.scripted .switches { display: flex; }
.switch { display: inline-flex; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; background: var(--card); }
.switch button { border: 0; background: none; color: var(--soft); font: inherit; padding: .3rem .75rem; min-height: 2.1rem; cursor: pointer; }
.switch button[aria-pressed='true'] { background: var(--tint); color: var(--text); font-weight: 600; }
:focus-visible { outline: 3px solid var(--base); outline-offset: 2px; border-radius: 4px; }
h1 { font-size: clamp(1.6rem, 4vw, 2.3rem); line-height: 1.2; margin: 1rem 0 .25rem; letter-spacing: -.01em; overflow-wrap: anywhere; }
h1 .against { color: var(--soft); font-weight: 400; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 .35rem; letter-spacing: -.005em; }
h3 { font-size: 1rem; margin: 0 0 .35rem; }
p { margin: .35rem 0; }
.lead { font-size: 1.1rem; max-width: 62rem; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
.note { border-left: 4px solid var(--base); background: var(--card); padding: .6rem 1rem; border-radius: 0 8px 8px 0; margin: 1rem 0; }
.note.warn { border-color: var(--false); }
nav.jump { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; font-size: .9rem; margin-top: .75rem; }
nav.jump a, a { color: var(--base); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: .9rem; margin: 1.25rem 0 .5rem; padding: 0; list-style: none; }
.tile, .panel { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.tile { padding: 1rem 1.1rem; }
.tile .name { color: var(--soft); font-size: .875rem; line-height: 1.3; min-height: 2.3em; display: flex; align-items: flex-end; }
.tile .figure { font-size: 1.95rem; line-height: 1.25; font-weight: 650; font-variant-numeric: tabular-nums; letter-spacing: -.02em; }
.tile .was { font-size: .875rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.better { color: var(--good); font-weight: 600; }
.worse { color: var(--bad); font-weight: 600; }
.panel { padding: 1.1rem 1.25rem; margin: 1rem 0; }
figure { margin: 0; }
figure figcaption { margin-bottom: .5rem; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; font-size: .875rem; color: var(--soft); margin: .35rem 0; padding: 0; list-style: none; }
.legend i { display: inline-block; width: .85rem; height: .85rem; border-radius: 3px; margin-right: .4rem; vertical-align: -.08rem; }
.legend i.dash { height: 0; border-top: 3px dashed var(--base); border-radius: 0; width: 1.4rem; vertical-align: .25rem; background: none !important; }
.c-true { background: var(--true); } .c-false { background: var(--false); } .c-late { background: var(--late); }
.c-missed { background: var(--missed); } .c-base { background: var(--base); }
.plot { display: block; width: 100%; height: auto; max-width: 100%; color: var(--text); overflow: visible; }
.narrow { display: none; }
details { margin-top: .6rem; }
summary { cursor: pointer; color: var(--soft); font-size: .9rem; padding: .25rem 0; }
.scroll { overflow: auto; max-height: 30rem; border: 1px solid var(--line); border-radius: 8px; margin-top: .4rem; }
.scroll.plain { border: 0; border-radius: 0; margin: 0; }
.scroll.full { max-height: none; border-radius: 12px; background: var(--card); }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: .6rem .75rem; color: var(--soft); font-size: .875rem; }
th, td { padding: .5rem .75rem; text-align: right; border-bottom: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
thead th { position: sticky; top: 0; background: var(--tint); font-weight: 600; vertical-align: bottom; z-index: 1; }
tbody th { font-weight: 600; position: sticky; left: 0; background: var(--card); white-space: normal; min-width: 9.5rem; }
tbody tr:last-child > * { border-bottom: 0; }
.rules tbody th { min-width: 15.5rem; max-width: 24rem; }
.rules td { vertical-align: middle; }
.rules th, .rules td { padding-left: .5rem; padding-right: .5rem; }
.rules th:first-child { padding-left: .9rem; }
.rules thead th { white-space: normal; min-width: 4.1rem; font-size: .84rem; line-height: 1.3; }
thead button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: inherit; }
thead button::after { content: ' ↕'; color: var(--soft); opacity: .55; }
th[aria-sort='ascending'] button::after { content: ' ↑'; opacity: 1; }
th[aria-sort='descending'] button::after { content: ' ↓'; opacity: 1; }
.words { font-weight: 400; color: var(--soft); font-size: .84rem; display: block; line-height: 1.4; }
.code { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: .86em; overflow-wrap: anywhere; }
.bar { display: block; height: 4px; border-radius: 2px; background: var(--tint); margin-top: .3rem; min-width: 3rem; }
.words var { font-style: normal; border-bottom: 1px dotted var(--soft); }
.bar i { display: block; height: 100%; border-radius: 2px; }
.examples { display: grid; grid-template-columns: repeat(auto-fill, minmax(310px, 1fr)); gap: .9rem; padding: 0; margin: .75rem 0; list-style: none; }
.example { background: var(--card); border: 1px solid var(--line); border-left-width: 4px; border-radius: 10px; padding: .85rem 1rem; overflow-wrap: anywhere; }
.example.fraud { border-left-color: var(--true); } .example.genuine { border-left-color: var(--false); } .example.miss { border-left-color: var(--missed); }
.example .head { display: flex; justify-content: space-between; gap: .5rem; align-items: baseline; }
.example .money { font-size: 1.15rem; font-weight: 650; font-variant-numeric: tabular-nums; white-space: nowrap; }
.example ul { margin: .5rem 0 0; padding: 0; list-style: none; font-size: .9rem; }
.example li { display: flex; justify-content: space-between; gap: .75rem; padding: .18rem 0; border-top: 1px solid var(--line); }
.example li > :last-child { color: var(--soft); white-space: nowrap; font-variant-numeric: tabular-nums; }
.tag { font-size: .78rem; font-weight: 600; border-radius: 99px; padding: .1rem .6rem; background: var(--tint); white-space: nowrap; }
.badge { display: inline-block; font-size: .8rem; font-weight: 600; border: 1px solid var(--false); color: var(--false); border-radius: 99px; padding: .05rem .65rem; }
.pair .panel { margin: 0; }
.pair { margin: 1rem 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(290px, 1fr)); gap: .9rem; }
dl.facts { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: .45rem 1.25rem; margin: .5rem 0; }
dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--tint); border-radius: 8px; padding: .75rem 1rem; margin: .4rem 0; font-size: .86rem; }
ul.plain { padding-left: 1.2rem; margin: .35rem 0; }
.zh { display: none; }
:root[data-words='zh'] .zh { display: inline; }
:root[data-words='zh'] .en { display: none; }
@media (max-width: 640px) {
  .wrap { padding: 0 .9rem 3rem; }
  header.top { padding-top: 1.1rem; }
  .wide { display: none; } .narrow { display: block; }
  .panel { padding: .9rem .8rem; }
  .tiles { grid-template-columns: 1fr 1fr; gap: .6rem; }
  .tile { padding: .75rem .8rem; } .tile .figure { font-size: 1.5rem; }
  .rules tbody th { min-width: 10.5rem; max-width: 11rem; }
  .plain th, .plain td { padding: .45rem .35rem; white-space: normal; }
  .plain tbody th { min-width: 6.5rem; } .plain caption { padding: .4rem .35rem; }
  .examples { grid-template-columns: 1fr; }
  dl.facts { grid-template-columns: 1fr; gap: 0; } dl.facts dd { margin-bottom: .6rem; }
  .switch button { min-height: 2.6rem; }
}
@media print {
  :root { color-scheme: light; } .switches, nav.jump, .skip { display: none !important; }
  .scroll { overflow: visible; max-height: none; } .panel, .example, .tile { break-inside: avoid; }
}
`;
