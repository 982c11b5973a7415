import { css } from '../../web/ui/kentei-css.ts'

/** The body of each `@media` block with this condition. */
function mediaBodies(sheet: string, condition: string): string[] {
  const bodies: string[] = []
  const opening = `@media (${condition}) {`
  for (let at = sheet.indexOf(opening); at >= 0; at = sheet.indexOf(opening, at + 1)) {
    const from = at + opening.length
    let depth = 1
    let to = from
    for (; depth > 0 && to < sheet.length; to++) depth += sheet[to] === '{' ? 1 : sheet[to] === '}' ? -1 : 0
    bodies.push(sheet.slice(from, to - 1))
  }
  return bodies
}

/** What the product does on a narrow screen, done to whatever stands in `.phone` on a wide one. */
const phone = `@layer states { .phone .candidate { ${['max-width: 60rem', 'max-width: 30rem']
  .flatMap((condition) => mediaBodies(css, condition))
  .join('\n')
  .replaceAll(':root {', '& {')} } }`

const own = `@layer pages {
  .desk { max-inline-size: 96rem; margin-inline: auto; padding: var(--s6) var(--s5) var(--s7); display: grid; gap: var(--s5); grid-template-columns: minmax(0, 1fr); }
  .topin p.logo { margin: 0; }
  .filters { display: grid; gap: var(--s3); }
  .pick { display: grid; grid-template-columns: 4rem minmax(0, 1fr); gap: var(--s2); align-items: start; }
  .pick > .tiny { padding-block-start: .35rem; }
  .pick .filt a, .desk > .filt a { min-block-size: 2.125rem; padding-inline: var(--s3); font-size: var(--t-1); }
  .switches { position: sticky; inset-block-start: 0; z-index: 4; display: flex; flex-wrap: wrap; gap: var(--s2) var(--s5); align-items: center; padding-block: var(--s3); background: var(--paper); border-block-end: 1px solid var(--line); }
  .switch { display: flex; gap: var(--s1); }
  .switches [aria-pressed="true"] { border-color: var(--ai); background: var(--ai-1); color: var(--ai-d); box-shadow: inset 0 0 0 1px var(--ai); }
  .items { display: grid; gap: var(--s6); grid-template-columns: minmax(0, 1fr); }
  .item { display: grid; gap: var(--s4); grid-template-columns: minmax(0, 1fr); padding-block-start: var(--s5); border-block-start: 2px solid var(--line); scroll-margin-block-start: 4rem; content-visibility: auto; contain-intrinsic-size: auto 44rem; }
  .item:first-child { border-block-start: 0; padding-block-start: 0; }
  .item > header { display: grid; gap: var(--s1); }
  .item > header h2 { font-size: var(--t1); }
  .item > header code { color: var(--ai); margin-inline-end: .5em; word-break: normal; }
  .numbers { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s3); align-items: center; }
  .sides { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--s5); align-items: start; }
  .sides:not(:has(> :nth-child(2))), [data-locale="ja"] .sides, [data-locale="en"] .sides { grid-template-columns: minmax(0, 1fr); }
  html[data-locale="ja"] .oneside[data-locale="en"], html[data-locale="en"] .oneside[data-locale="ja"] { display: none; }
  .oneside { display: grid; gap: var(--s3); grid-template-columns: minmax(0, 1fr); }
  .phone .sides:has(.candidate) { grid-template-columns: repeat(auto-fit, minmax(0, 390px)); }
  .phone .candidate { inline-size: 390px; max-inline-size: 100%; border: 1px solid var(--line); border-radius: var(--r2); overflow: clip; background: var(--card); }
  .gone { padding: var(--s5); border: 1px dashed var(--edge); border-radius: var(--r2); }
  .secret { background: var(--wash); border-radius: var(--r2); font-size: var(--t0); line-height: 1.75; }
  .secret > summary { padding: var(--s2) var(--s4); min-block-size: 2.75rem; display: flex; align-items: center; gap: .5em; color: var(--ai); }
  .secret > summary::before { content: "▸"; }
  .secret[open] > summary::before { content: "▾"; }
  .secret > div { padding: 0 var(--s4) var(--s4); }
  .secret h3 { margin: var(--s3) 0 0; font-size: var(--t-1); color: var(--ink2); font-weight: 700; }
  .secret ul, .secret ol { padding-inline-start: 1.4em; }
  .secret ul > li { list-style: disc; }
  .secret ol > li { list-style: decimal; }
  .stats { display: grid; gap: var(--s3); grid-template-columns: repeat(2, minmax(0, 1fr)); column-gap: var(--s5); padding: var(--s3) var(--s4); border: 1px solid var(--line); border-radius: var(--r2); font-size: var(--t0); line-height: 1.75; }
  .stats > :is(h3, details), .stat:only-of-type { grid-column: 1 / -1; }
  .stats h3 { font-size: var(--t-1); color: var(--ink2); }
  .stat { display: grid; gap: var(--s2); align-content: start; grid-template-columns: minmax(0, 1fr); }
  html[data-locale="ja"] .stat[data-locale="en"], html[data-locale="en"] .stat[data-locale="ja"] { display: none; }
  .counts { inline-size: 100%; }
  .counts .key { white-space: nowrap; }
  .counts :is(th, td) { padding: .3rem .5rem .3rem 0; border-block-end: 1px solid var(--line); text-align: start; font-weight: 400; }
  .counts :is(th, td):not(:first-child) { text-align: end; white-space: nowrap; }
  .asis { white-space: pre-wrap; }
  .rubric dt { font-weight: 700; margin-block-start: var(--s2); }
  .rubric dd { padding-inline-start: 1em; }
  .found { display: grid; gap: var(--s2); }
  .found li { padding: var(--s3) var(--s4); border-radius: var(--r2); background: var(--yama-1); font-size: var(--t0); line-height: 1.7; }
  .found b { color: var(--yama); margin-inline-end: .5em; }
  .found .tiny { color: var(--ink); }
  .found .tiny a { display: inline-block; padding-block: .35rem; }
  .rule { max-inline-size: 52rem; }
  .rule h2 { font-size: var(--t1); margin: 0; }
  .rule pre { margin: 0; padding: var(--s4); background: var(--wash); border-radius: var(--r2); white-space: pre-wrap; overflow-wrap: anywhere; font-size: var(--t0); line-height: 1.7; }
  .found li[data-severity="error"] { background: var(--shu-1); }
  .found li[data-severity="error"] b { color: var(--shu); }
  #head { display: grid; gap: var(--s3); grid-template-columns: minmax(0, 1fr); }
  #head > .filters { margin-block-end: var(--s3); }
  .js .q[data-current] { display: block; }
  .figures { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--s5); align-items: start; }
  .figures .long { grid-column: 1 / -1; }
  .figures .fig { padding-inline-end: var(--s5); }
  .rows { columns: 2 24rem; column-gap: var(--s6); }
  .rows li { break-inside: avoid; padding-block-end: var(--s3); font-size: var(--t-1); line-height: 1.5; }
  .plot .mark { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 4 3; }
  .plot .cap { stroke: var(--shu); stroke-width: 1.5; }
  .figures details > summary { color: var(--ai); font-size: var(--t-1); min-block-size: 2.75rem; display: flex; align-items: center; gap: .5em; }
  .figures details > summary::before { content: "▸"; }
  .figures details[open] > summary::before { content: "▾"; }
  .numeric { max-block-size: 24rem; overflow: auto; }
  .numeric :is(th, td) { font-size: var(--t-1); padding-block: .25rem; }
}
@layer states {
  @media (max-width: 60rem) {
    .sides, .figures, .stats { grid-template-columns: minmax(0, 1fr); }
    .desk { padding-inline: 1.125rem; }
  }
  @media (max-width: 30rem) {
    .pick { grid-template-columns: minmax(0, 1fr); gap: 0; }
    .pick .filt, .desk > .filt { flex-wrap: nowrap; overflow-x: auto; margin-inline: -1.125rem; padding: 3px 1.125rem; }
    .switches { position: static; }
    /* a phone is its own phone */
    [data-switch="width"] { display: none; }
  }
}`

/** The product's own sheet, its narrow layout for `.phone`, and what only authors see. */
export const PREVIEW_CSS = `${css}\n${phone}\n${own}`
