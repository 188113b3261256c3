const LIGHT = `
  --paper: #ffffff; --ground: #f3f5f8; --ink: #1b2330; --quiet: #535e70; --rule: #d6dbe4; --strong-rule: #7a8597;
  --accent: #2c4a7c; --header: #e9eef6; --good: #1a6b47; --good-soft: #e3f2ea; --bad: #b0261d; --bad-soft: #fbe9e7;
  --caution: #825500; --caution-soft: #faf0d9; --muted-soft: #f1f3f7;
  --arm0: #4a648c; --arm1: #c0481c; --arm2: #0f746b; --arm3: #6b4eb0;`

const DARK = `
  --paper: #1b212b; --ground: #12161d; --ink: #e6eaf0; --quiet: #a7b1c1; --rule: #364152; --strong-rule: #76839a;
  --accent: #9db7e8; --header: #25303f; --good: #74cfa2; --good-soft: #1b3529; --bad: #ff9389; --bad-soft: #45211f;
  --caution: #e6b85c; --caution-soft: #3b2f17; --muted-soft: #242c38;
  --arm0: #8fabdb; --arm1: #f08c60; --arm2: #55c4b6; --arm3: #baa3f1;`

const SPANS = Array.from({ length: 12 }, (_, index) => `.span${index + 1} { grid-column: span ${index + 1} }`)

const TONES = ['good', 'bad', 'caution'].map(
  (tone) => `.${tone} { --tone: var(--${tone}); color: var(--${tone}) }`,
)

const SERIES = ['arm0', 'arm1', 'arm2', 'arm3', 'good', 'bad', 'caution'].map(
  (name) => `svg .${name} { --series: var(--${name}) }`,
)

/** All looks of the page: light or dark on a screen, always light on paper. */
export const STYLESHEET = `
:root {${LIGHT} color-scheme: light }
@media screen and (prefers-color-scheme: dark) { :root {${DARK} color-scheme: dark } }
* { box-sizing: border-box }
html { scroll-behavior: smooth; scroll-padding-top: 3.5rem; -webkit-text-size-adjust: 100% }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto } }
body {
  margin: 0; background: var(--ground); color: var(--ink); font-size: 14px; line-height: 1.6; line-break: strict;
  font-family: "Yu Gothic UI", "Yu Gothic Medium", "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", Meiryo, system-ui, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
nav { position: sticky; top: 0; z-index: 1; background: var(--paper); border-bottom: 1px solid var(--rule) }
nav ul { display: flex; gap: 0 .25rem; max-width: 1160px; margin: 0 auto; padding: 0 1rem; list-style: none; overflow-x: auto }
nav a { display: block; padding: .7rem .7rem; color: var(--accent); text-decoration: none; white-space: nowrap }
nav a:hover { text-decoration: underline }
a:focus-visible, summary:focus-visible, .wide:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px }
section {
  max-width: 1160px; margin: 1.25rem auto; padding: 1.75rem 2rem 2rem; background: var(--paper);
  border: 1px solid var(--rule); border-radius: 8px;
}
h1, h2 { margin: 0 0 1rem; padding-bottom: .5rem; border-bottom: 2px solid var(--accent); color: var(--accent); line-height: 1.3 }
h1 { font-size: 1.75rem }
h2 { font-size: 1.45rem }
h3 { margin: 1.75rem 0 .5rem; color: var(--accent); font-size: 1.1rem; line-height: 1.4 }
p { margin: .35rem 0 }
${TONES.join('\n')}
.muted { --tone: var(--quiet); color: var(--quiet) }
.bold { font-weight: 700 }
.right { text-align: right }
dl { display: grid; grid-template-columns: minmax(9rem, 15rem) 1fr; margin: .5rem 0 }
dt, dd { margin: 0; padding: .3rem 0; border-bottom: 1px solid var(--rule) }
dt { padding-right: 1.5rem; color: var(--quiet) }
.verdict { margin: .6rem 0; padding: .7rem 1rem; border-left: 5px solid var(--tone); border-radius: 4px; color: var(--ink) }
.verdict.good { background: var(--good-soft) }
.verdict.bad { background: var(--bad-soft) }
.verdict.caution { background: var(--caution-soft) }
.verdict.muted { background: var(--muted-soft) }
.verdict .label { color: var(--tone); font-size: 1.25rem; font-weight: 700; line-height: 1.4 }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: .75rem 0 }
.figure { padding: .7rem 1rem; border: 1px solid var(--rule); border-top: 3px solid var(--accent); border-radius: 4px }
.figure .name, .figure .note { color: var(--quiet); font-size: .9em }
.figure .amount { margin: .1rem 0; font-size: 1.75rem; font-weight: 700; line-height: 1.3 }
.figure .amount.long { font-size: 1.2rem; line-height: 1.5 }
.wide { margin: .5rem 0; overflow-x: auto }
table { width: 100%; border-collapse: collapse; font-size: .93em; line-height: 1.45 }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: middle; unicode-bidi: isolate }
td { white-space: nowrap; overflow-wrap: normal }
td.long { min-width: 8em; white-space: normal; overflow-wrap: anywhere }
th { font-weight: 600 }
thead th { background: var(--header); overflow-wrap: normal; word-break: auto-phrase }
th.right, td.right { text-align: right }
tbody tr:hover { background: var(--muted-soft) }
.charts { display: grid; grid-template-columns: repeat(12, 1fr); gap: 1rem; margin: .75rem 0 }
${SPANS.join('\n')}
.chart { min-width: 0; margin: 0; padding: .75rem .9rem .6rem; border: 1px solid var(--rule); border-radius: 4px }
figcaption { font-weight: 700 }
.legend { display: flex; flex-wrap: wrap; gap: 0 1.1rem; margin: .15rem 0 .3rem; padding: 0; list-style: none; font-size: .88em }
.legend li { display: flex; align-items: center; gap: .4rem }
.swatch { flex: none; width: 28px; height: 14px }
.chart > svg { display: block; width: 100%; height: auto }
.chart details { margin-top: .3rem; font-size: .93em }
summary { color: var(--accent); cursor: pointer }
svg { --series: var(--quiet) }
${SERIES.join('\n')}
svg text { fill: var(--quiet); font-size: 12px }
svg text.value { fill: var(--ink) }
svg text.axis-title { font-size: 11.5px }
.grid { stroke: var(--rule); stroke-width: 1 }
.axis, .zero { stroke: var(--strong-rule); stroke-width: 1.2 }
.line { fill: none; stroke: var(--series); stroke-width: 2; stroke-linejoin: round }
.line.unmeasured { stroke-dasharray: 6 4 }
.point { fill: var(--series); stroke: var(--paper); stroke-width: 1 }
.point.unmeasured { fill: var(--paper); stroke: var(--series); stroke-width: 1.6 }
.bar { fill: var(--series) }
.bar.unmeasured { fill-opacity: .45; stroke: var(--series); stroke-dasharray: 4 3 }
@media screen and (max-width: 760px) {
  section { margin: .5rem 0; padding: 1rem; border-radius: 0 }
  .chart { grid-column: 1 / -1 }
  dl { grid-template-columns: 1fr }
  dt { padding-bottom: 0; border-bottom: 0 }
}
@page { size: A4 landscape; margin: 10mm 11mm 12mm; @bottom-center { content: counter(page) " / " counter(pages); color: #535e70; font-size: 8pt } }
@media print {
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  body { background: none; font-size: 9.5pt; line-height: 1.45 }
  nav, details:not([open]) { display: none }
  section { max-width: none; margin: 0; padding: 0; border: 0; border-radius: 0; break-before: page }
  section:first-child { break-before: auto }
  h1, h2, h3, figcaption { break-after: avoid }
  h3 { margin-top: 4mm }
  tr, dt, dd, .verdict, .figure, .chart, .charts { break-inside: avoid }
  tr:has(.long) { break-inside: auto }
  thead { display: table-header-group }
  .wide { overflow: visible }
  td.long, thead th { min-width: 0; overflow-wrap: anywhere }
  tbody tr:hover { background: none }
  .one-page { font-size: 7.3pt; line-height: 1.25 }
  .one-page h1, .one-page h2 { margin-bottom: 1.5mm; padding-bottom: .5mm; font-size: 13pt }
  .one-page h3 { margin: 1.8mm 0 .6mm; font-size: 9pt }
  .one-page p { margin: .4mm 0 }
  .one-page dl { grid-template-columns: 34mm 1fr; margin: 1mm 0 }
  .one-page dt, .one-page dd { padding: .4mm 0 }
  .one-page .verdict { margin: 1mm 0; padding: 1.4mm 3mm }
  .one-page .verdict .label { font-size: 10.5pt }
  .one-page .figures { gap: 2mm; margin: 1mm 0 }
  .one-page .figure { padding: 1mm 3mm }
  .one-page .figure .amount { margin: 0; font-size: 14pt }
  .one-page th, .one-page td { padding: .4mm 1.5mm }
  .one-page .figure .amount.long { font-size: 10.5pt }
  /* Charts take what the page has left. */
  .one-page { display: flex; flex-direction: column; min-height: 186mm }
  .one-page .charts { flex: 1 0 34mm; gap: 2mm; margin: 1mm 0 }
  .one-page .chart { display: flex; flex-direction: column; padding: 1.5mm 2mm }
  .one-page .chart > svg { flex: 1 1 1px; height: 1px; min-height: 0 }
}
`
