/**
 * The one style sheet. Layers, weakest first: tokens → base → frame → parts → pages → states.
 * Colours, type, spacing and radii are tokens; a page never invents its own.
 */
export const css = `
@layer tokens, base, frame, parts, pages, states;

@layer tokens {
  :root {
    color-scheme: light dark;
    /* paper and ink */
    --paper: light-dark(oklch(.977 .006 90), oklch(.185 .014 265));
    --card: light-dark(#fff, oklch(.228 .017 265));
    --ink: light-dark(oklch(.255 .03 265), oklch(.94 .008 265));
    --ink2: light-dark(oklch(.46 .025 265), oklch(.75 .015 265));
    --line: light-dark(oklch(.895 .01 265), oklch(.345 .02 265));
    --edge: light-dark(oklch(.62 .02 265), oklch(.58 .02 265));
    --wash: light-dark(oklch(.962 .006 90), oklch(.255 .017 265));
    /* ai, indigo: action and selection */
    --ai: light-dark(oklch(.41 .125 262), oklch(.76 .105 262));
    --ai-d: light-dark(oklch(.34 .12 262), oklch(.84 .08 262));
    --on-ai: light-dark(#fff, oklch(.2 .04 262));
    --ai-1: light-dark(oklch(.966 .014 262), oklch(.275 .04 262));
    --ai-2: light-dark(oklch(.915 .034 262), oklch(.335 .06 262));
    /* shu, vermilion: flags, refusals, the last minute; yama, gold: waiting; matsu, pine: settled */
    --shu: light-dark(oklch(.535 .19 33), oklch(.76 .14 38));
    --shu-1: light-dark(oklch(.965 .018 40), oklch(.3 .06 35));
    --yama: light-dark(oklch(.5 .115 70), oklch(.82 .13 85));
    --yama-1: light-dark(oklch(.965 .035 90), oklch(.31 .05 80));
    --matsu: light-dark(oklch(.46 .1 160), oklch(.78 .12 160));
    --matsu-1: light-dark(oklch(.963 .026 160), oklch(.285 .045 160));
    --sans: "Hiragino Sans", "Hiragino Kaku Gothic ProN", "BIZ UDPGothic", "Noto Sans JP", "Noto Sans CJK JP", system-ui, sans-serif;
    --serif: "Hiragino Mincho ProN", "BIZ UDPMincho", "Noto Serif JP", "Noto Serif CJK JP", serif;
    --mono: ui-monospace, "SFMono-Regular", "Cascadia Mono", "BIZ UDGothic", "Noto Sans Mono CJK JP", monospace;
    --t-2: .75rem; --t-1: .8125rem; --t0: .9375rem; --t1: 1.0625rem; --t2: 1.25rem; --t3: 1.5rem; --t4: 1.875rem;
    --s1: .25rem; --s2: .5rem; --s3: .75rem; --s4: 1rem; --s5: 1.5rem; --s6: 2rem; --s7: 2.75rem;
    --r1: 8px; --r2: 12px; --r3: 18px;
    --bar: 4.75rem; --pad: 1.75rem; --wide: 78rem; --side: 19.5rem;
  }
}

@layer base {
  *, ::before, ::after { box-sizing: border-box; }
  html { scroll-padding-block: 6rem 7rem; -webkit-text-size-adjust: 100%; }
  body {
    margin: 0; background: var(--paper); color: var(--ink); font: 400 var(--t1)/1.85 var(--sans);
    line-break: strict; word-break: auto-phrase; overflow-wrap: anywhere; text-spacing-trim: trim-start; text-autospace: normal;
  }
  h1, h2, h3, h4, p, ol, ul, dl, dd, fieldset, blockquote, figure, pre { margin: 0; padding: 0; border: 0; list-style: none; font-weight: inherit; font-size: inherit; }
  h1, h2, h3, h4, p, li, dt, dd, legend, caption, blockquote { text-wrap: pretty; }
  h1 { font-size: var(--t4); font-weight: 700; line-height: 1.4; letter-spacing: .005em; }
  h2 { font-size: var(--t2); font-weight: 700; line-height: 1.5; }
  h3 { font-size: var(--t1); font-weight: 700; line-height: 1.6; }
  h4 { font-size: var(--t0); font-weight: 700; line-height: 1.6; }
  h2:focus { outline: none; }
  fieldset { min-inline-size: 0; }
  button, input, select, textarea { font: inherit; color: inherit; }
  svg { display: block; }
  img { max-inline-size: 100%; block-size: auto; }
  a { color: var(--ai); text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: .22em; }
  a:hover { color: var(--ai-d); text-decoration-thickness: 2px; }
  b, strong { font-weight: 700; }
  [hidden] { display: none !important; }
  summary { cursor: pointer; list-style: none; }
  summary::-webkit-details-marker { display: none; }
  table { border-collapse: collapse; inline-size: 100%; font-variant-numeric: tabular-nums; }
  th, td { text-align: start; font-weight: 400; padding: 0; }
  code, .mono { font-family: var(--mono); font-size: .92em; text-autospace: no-autospace; word-break: break-all; }
  :focus-visible { outline: 3px solid var(--ai); outline-offset: 2px; border-radius: var(--r1); }
  .vh { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .nb { white-space: nowrap; word-break: normal; }
  .num { font-variant-numeric: tabular-nums; }
  .skip { position: absolute; inset-inline-start: 1rem; inset-block-start: -4rem; background: var(--card); padding: .5rem 1rem; z-index: 9; }
  .skip:focus { inset-block-start: .5rem; }
  .i { inline-size: 1.25rem; block-size: 1.25rem; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; flex: none; }
  .i.s { inline-size: 1rem; block-size: 1rem; stroke-width: 2; }
}

@layer frame {
  .top { background: var(--card); border-block-end: 1px solid var(--line); }
  .topin { max-inline-size: var(--wide); margin-inline: auto; padding-inline: var(--s6); min-block-size: var(--bar); display: flex; align-items: center; gap: 0 var(--s6); }
  .logo { flex: none; display: flex; align-items: center; gap: var(--s3); color: var(--ink); text-decoration: none; line-height: 1.3; }
  .logo:hover { color: var(--ink); }
  .logo b { display: block; font-size: var(--t0); letter-spacing: .01em; }
  .logo small { display: block; font-size: var(--t-2); color: var(--ink2); }
  .seal, .ava { flex: none; }
  .ava { inline-size: 2.5rem; block-size: 2.5rem; }
  .ava text { font-weight: 700; }
  .tabs ul { display: flex; gap: var(--s1); }
  .tabs a { position: relative; display: flex; align-items: center; min-block-size: var(--bar); padding-inline: var(--s3); font-size: var(--t0); color: var(--ink2); text-decoration: none; white-space: nowrap; }
  .tabs a:hover { color: var(--ai); }
  .tabs a[aria-current] { color: var(--ink); font-weight: 700; }
  .tabs a[aria-current]::after { content: ""; position: absolute; inset: auto var(--s3) -1px; block-size: 3px; border-radius: 3px 3px 0 0; background: var(--ai); }
  .who { margin-inline-start: auto; display: flex; align-items: center; gap: var(--s5); font-size: var(--t-1); color: var(--ink2); white-space: nowrap; }
  .who a { color: var(--ink2); display: inline-flex; align-items: center; gap: .35em; min-block-size: 2.75rem; text-decoration: none; }
  .who a:hover { color: var(--ai); text-decoration: underline; }
  .who .wide:empty { display: none; }
  .out button { border: 0; padding: 0; background: none; font: inherit; color: inherit; cursor: pointer; display: inline-flex; align-items: center; gap: .35em; min-block-size: 2.75rem; }
  .out button:hover { color: var(--ai); text-decoration: underline; }
  .foot .out button { min-block-size: 0; padding-block: .2rem; line-height: 1.6; text-decoration: underline; }
  .sitter { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 var(--s3); font-size: var(--t-1); color: var(--ink2); }
  .me { display: inline-flex; align-items: center; gap: .6em; color: var(--ink); }

  .wrap { max-inline-size: var(--wide); margin-inline: auto; padding: var(--s7) var(--s6); }
  .wrap.tight { padding-block-start: var(--s6); }
  .narrow { max-inline-size: 64rem; }
  .cols { display: grid; grid-template-columns: minmax(0, 1fr) var(--side); gap: var(--s6); align-items: start; }
  .cols.even { align-items: stretch; }
  .stack { display: grid; gap: var(--s5); align-content: start; grid-template-columns: minmax(0, 1fr); }
  .stack.s { gap: var(--s4); }
  .halves { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--s5); }
  aside, .note { word-break: normal; }
  .stick { position: sticky; inset-block-start: var(--s6); }
  .head { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: var(--s3) var(--s6); margin-block-end: var(--s6); }
  .lead { max-inline-size: 38em; color: var(--ink2); margin-block-start: var(--s2); }
  .crumb { font-size: var(--t-1); color: var(--ink2); margin-block-end: var(--s4); line-height: 1.5; }
  .crumb a { display: inline-flex; align-items: center; gap: .25em; min-block-size: 1.75rem; text-decoration: none; }
  .crumb a:hover { text-decoration: underline; }
  .foot { border-block-start: 1px solid var(--line); font-size: var(--t-1); color: var(--ink2); }
  .foot > div { max-inline-size: var(--wide); margin-inline: auto; padding: var(--s5) var(--s6) var(--s6); display: flex; flex-wrap: wrap; gap: var(--s2) var(--s5); }
  .foot a { color: inherit; display: inline-flex; align-items: center; gap: .3em; padding-block: .2rem; line-height: 1.6; }
  .foot p:first-child { margin-inline-end: auto; }
  .foot .slim { display: none; }
  /* staff pages read like a table of figures: one step smaller */
  .dense { font-size: var(--t0); line-height: 1.7; }
  .dense h1 { font-size: var(--t3); }
  .dense h2 { font-size: var(--t1); }
  .dense h3 { font-size: var(--t0); }
  .dense .wrap { padding-block: var(--s6); }
  .dense .head { margin-block-end: var(--s5); }

  /* the one sticky bar: only while a clock runs */
  .bar { position: sticky; inset-block-start: 0; z-index: 5; background: color-mix(in oklab, var(--card) 94%, transparent); backdrop-filter: blur(10px); border-block-end: 1px solid var(--line); }
  .barin { max-inline-size: var(--wide); margin-inline: auto; padding-inline: var(--s6); min-block-size: var(--bar); display: flex; flex-wrap: wrap; align-items: center; gap: 0 var(--s5); }
  .brand { display: flex; align-items: center; gap: var(--s3); margin-inline-end: auto; flex: 1 1 8rem; min-inline-size: 0; line-height: 1.4; }
  .brand > div { min-inline-size: 0; }
  .ex { font-size: var(--t0); font-weight: 700; letter-spacing: .01em; line-height: 1.4; }
  .sec { font-size: var(--t-1); color: var(--ink2); }
  .save { display: inline-flex; align-items: center; gap: .4em; font-size: var(--t-1); color: var(--ink2); padding: .3rem .75rem; border-radius: 99px; white-space: nowrap; font-variant-numeric: tabular-nums; }
  .save .i { inline-size: 1rem; block-size: 1rem; color: var(--matsu); stroke-width: 2.2; }
  .save .blob { display: none; inline-size: .6rem; block-size: .6rem; border-radius: 50%; background: currentColor; }
  .save .short { display: none; }
  .timer { display: grid; grid-template: "l v b" auto "e v b" auto / auto auto auto; column-gap: var(--s3); align-items: center; line-height: 1.3; border-inline-start: 1px solid var(--line); padding-inline-start: var(--s5); }
  .tl { grid-area: l; font-size: var(--t-2); color: var(--ink2); text-align: end; align-self: end; }
  .te { grid-area: e; font-size: var(--t-2); color: var(--ink2); text-align: end; align-self: start; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .tv { grid-area: v; font-size: var(--t4); font-weight: 700; line-height: 1; font-variant-numeric: tabular-nums; letter-spacing: -.01em; min-inline-size: 3.2em; text-align: end; white-space: nowrap; }
  .thide { grid-area: b; inline-size: 2.5rem; block-size: 2.5rem; display: grid; place-items: center; background: none; border: 0; border-radius: 50%; color: var(--ink2); cursor: pointer; padding: 0; }
  .thide:hover { background: var(--ai-1); }
  .thide[aria-pressed="true"] { color: var(--ai); background: var(--ai-1); }
  .track { inline-size: 100%; block-size: 3px; margin-block-end: -1px; }
  .track rect { fill: var(--line); }
  .track rect + rect { fill: var(--ai); }
}

@layer parts {
  .card { background: var(--card); border: 1px solid var(--line); border-radius: var(--r3); padding: var(--pad); min-inline-size: 0; }
  .card.flush { padding: 0; overflow: clip; }
  .card:where(:not(.flush, .exam, .outcome, .prose)) > * + * { margin-block-start: var(--s4); }
  .card > .vh + * { margin-block-start: 0 !important; }
  .ch { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: var(--s1) var(--s4); }
  .ch small, .sub { font-size: var(--t-1); color: var(--ink2); line-height: 1.6; }
  .small { font-size: var(--t0); line-height: 1.75; }
  .tiny { font-size: var(--t-1); line-height: 1.7; color: var(--ink2); }
  .quiet { color: var(--ink2); }
  .lv { color: var(--ai); white-space: nowrap; }
  .badge { inline-size: 100%; block-size: auto; max-inline-size: 13.75rem; }

  .btn { display: inline-flex; align-items: center; justify-content: center; gap: .45em; min-block-size: 3.25rem; padding: .35rem 1.6rem; border-radius: var(--r2); border: 1px solid transparent; background: none; font-weight: 700; text-align: center; text-decoration: none; line-height: 1.35; cursor: pointer; word-break: auto-phrase; }
  .btn.s { min-block-size: 2.75rem; padding-inline: 1.1rem; font-size: var(--t0); }
  .btn.xs { min-block-size: 2.25rem; padding: .1rem .8rem; font-size: var(--t-1); border-radius: var(--r1); white-space: nowrap; }
  .btn.full { inline-size: 100%; }
  .primary { background: var(--ai); color: var(--on-ai); }
  .primary:hover { background: var(--ai-d); color: var(--on-ai); }
  .ghost { background: var(--card); border-color: var(--edge); color: var(--ink); font-weight: 400; }
  .ghost:hover { border-color: var(--ai); color: var(--ai); }
  .outline { border-color: var(--ai); color: var(--ai); }
  .outline:hover { background: var(--ai-1); color: var(--ai-d); }
  .btn[disabled], .btn[aria-disabled="true"] { background: var(--wash); border-color: var(--line); color: var(--ink2); font-weight: 400; cursor: default; }
  .btns { display: flex; flex-wrap: wrap; gap: var(--s3); }

  /* a state is an icon, a word and a tint, never a colour alone */
  .chip { display: inline-flex; align-items: center; gap: .4em; padding: .2rem .7rem .2rem .55rem; border-radius: 99px; font-size: var(--t-1); line-height: 1.5; white-space: nowrap; border: 1px solid var(--line); color: var(--ink2); background: var(--card); font-variant-numeric: tabular-nums; }
  .chip .i { inline-size: 1rem; block-size: 1rem; stroke-width: 2; }
  .chip.ok { color: var(--matsu); background: var(--matsu-1); border-color: transparent; font-weight: 700; }
  .chip.wait { color: var(--yama); background: var(--yama-1); border-color: transparent; font-weight: 700; }
  .chip.bad { color: var(--shu); background: var(--shu-1); border-color: transparent; font-weight: 700; }
  .chip.act { color: var(--ai-d); background: var(--ai-2); border-color: transparent; font-weight: 700; }
  .chip.hollow { border-style: dashed; border-color: var(--edge); }

  .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr)); border-block: 1px solid var(--line); }
  .facts > div { padding: var(--s3) var(--s4); border-inline-start: 1px solid var(--line); }
  .facts > div:first-child { border-inline-start: 0; padding-inline-start: 0; }
  .facts dt { font-size: var(--t-1); color: var(--ink2); line-height: 1.5; }
  .facts dd { font-size: var(--t2); font-weight: 700; line-height: 1.45; font-variant-numeric: tabular-nums; }
  .facts dd small { font-size: var(--t-1); font-weight: 400; color: var(--ink2); margin-inline-start: .1em; }

  .kv { display: grid; grid-template-columns: fit-content(55%) minmax(0, 1fr); }
  .kv > div { display: contents; }
  .kv dt, .kv dd { padding-block: .5rem; border-block-start: 1px solid var(--line); font-size: var(--t0); line-height: 1.65; }
  .kv dt { color: var(--ink2); padding-inline-end: var(--s5); }
  .kv > div:first-child > * { border-block-start: 0; }

  .note { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--s3); padding: var(--s4) var(--s5); border-radius: var(--r2); background: var(--ai-1); font-size: var(--t0); line-height: 1.75; }
  .note > .i { margin-block-start: .2em; color: var(--ai); }
  .note.wait { background: var(--yama-1); }
  .note.wait > .i { color: var(--yama); }
  .note.bad { background: var(--shu-1); }
  .note.bad > .i { color: var(--shu); }
  .note.ok { background: var(--matsu-1); }
  .note.ok > .i { color: var(--matsu); }
  .note .nt { font-size: var(--t0); font-weight: 700; line-height: 1.6; }
  .note .btns { margin-block-start: var(--s3); }

  .steps { display: grid; }
  .steps > li { position: relative; display: grid; grid-template-columns: 2rem minmax(0, 1fr); gap: var(--s4); padding-block-end: var(--s5); }
  .steps > li:last-child { padding-block-end: 0; }
  .steps > li:not(:last-child)::before { content: ""; position: absolute; inset: 2.25rem auto .25rem 1rem; inline-size: 1px; background: var(--line); }
  .steps .n { inline-size: 2rem; block-size: 2rem; border-radius: 50%; border: 1.5px solid var(--edge); color: var(--ink2); display: grid; place-items: center; font-weight: 700; font-size: var(--t-1); line-height: 1; font-variant-numeric: tabular-nums; }
  .steps .n.done { background: var(--matsu-1); border-color: transparent; color: var(--matsu); }
  .steps .n.now { background: var(--ai); border-color: transparent; color: var(--on-ai); }
  .steps h3 { line-height: 2rem; font-size: var(--t0); }
  .steps p { font-size: var(--t0); line-height: 1.75; color: var(--ink2); }

  .ticks { display: grid; gap: var(--s2); }
  .ticks li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .6em; font-size: var(--t0); line-height: 1.75; }
  .ticks .i { inline-size: 1.125rem; block-size: 1.125rem; margin-block-start: .28em; color: var(--ink2); }
  .ticks.good .i { color: var(--matsu); stroke-width: 2.2; }
  .ticks b { margin-inline-end: .75em; }
  .ticks.columns { display: block; columns: 3 16rem; }
  .ticks.columns > li { break-inside: avoid; margin-block-end: var(--s2); }

  .sn { inline-size: 1.5em; block-size: 1.5em; flex: none; border-radius: 4px; background: var(--ai-2); color: var(--ai-d); display: inline-grid; place-items: center; font-weight: 700; font-size: var(--t-2); line-height: 1; }
  .cell { position: relative; display: grid; place-items: center; min-inline-size: 2.5rem; min-block-size: 2.5rem; padding: 0; border: 1px solid var(--line); border-radius: var(--r1); background: none; color: var(--ink2); text-decoration: none; font-size: var(--t0); font-variant-numeric: tabular-nums; line-height: 1; }
  a.cell:hover, button.cell:hover { border-color: var(--ai); color: var(--ai); cursor: pointer; }
  .cell[data-a] { background: var(--ai-2); border-color: transparent; color: var(--ai-d); font-weight: 700; }
  .cell[data-a]::after { content: ""; position: absolute; inset: auto 25% 4px; block-size: 2px; border-radius: 2px; background: currentColor; }
  .cell[data-f]::before { content: ""; position: absolute; inset: -1px -1px auto auto; border: 7px solid; border-color: var(--shu) var(--shu) transparent transparent; border-start-end-radius: var(--r1); }
  .cell[aria-current] { outline: 2.5px solid var(--ai); outline-offset: 2px; color: var(--ai-d); font-weight: 700; }

  /* tables: hairlines, one heavy rule on top; on a phone every row becomes a small card */
  .tb caption { text-align: start; font-size: var(--t-1); color: var(--ink2); padding-block-end: var(--s2); }
  .tb th, .tb td { padding: .6rem .75rem; border-block-end: 1px solid var(--line); vertical-align: middle; line-height: 1.6; }
  .tb thead :is(th, td) { font-size: var(--t-1); color: var(--ink2); font-weight: 700; border-block-start: 2px solid var(--ink); padding-block: .45rem; white-space: nowrap; }
  /* a row's name is as wide as its longest word, which would break anywhere else */
  .tb tbody th { overflow-wrap: break-word; }
  .tb tr > :first-child { padding-inline-start: .25rem; }
  .tb .r { text-align: end; }
  .tb tbody tr[data-on] { background: var(--ai-1); }
  .tb th .sn { margin-inline-end: .75em; }
  .tb tbody .sub { display: block; }

  /* bars: SVG in percent, so that no style attribute is needed */
  .meter { inline-size: 100%; block-size: 8px; border-radius: 4px; overflow: hidden; background: var(--ai-2); }
  .meter rect { fill: var(--ai); }
  .picked { display: block; margin-block: var(--s1); }
  tr:has(.picked) .num { white-space: nowrap; }
  .flags { display: grid; gap: var(--s2); font-size: var(--t0); line-height: 1.75; }
  .plot { overflow: visible; inline-size: 100%; }
  .plot text { font-size: 12px; fill: var(--ink2); font-variant-numeric: tabular-nums; }
  .plot .ax { fill: var(--ink); font-weight: 700; }
  .plot .halo { paint-order: stroke; stroke: var(--card); stroke-width: 5px; stroke-linejoin: round; }
  .plot .grid { stroke: var(--line); }
  .plot .zero { stroke: var(--edge); }
  .plot .curve { fill: none; stroke: var(--ai); stroke-width: 2.5; vector-effect: non-scaling-stroke; }
  .plot .fill { fill: var(--ai-1); }
  .plot .obs { fill: var(--card); stroke: var(--ai); stroke-width: 2; }
  .plot .err { stroke: var(--ai); stroke-width: 1.5; stroke-dasharray: 3 3; }
  .fig { padding: var(--s3) var(--s3) 3rem 3.25rem; }

  /* the score's lane, and the sections in words */
  .lane { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr) 4.5rem; align-items: center; column-gap: var(--s5); min-block-size: 4.75rem; padding-block: .3rem; border-block-start: 2px solid var(--ink); }
  .lane .name { font-weight: 700; font-size: var(--t1); line-height: 1.5; }
  .lane .name small { display: block; color: var(--ink2); font-size: var(--t-1); font-weight: 400; }
  .lane .val { text-align: end; font-size: var(--t3); font-weight: 700; line-height: 1.3; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .lane .val small { display: block; font-size: var(--t-1); font-weight: 400; color: var(--ink2); }
  .lane svg { inline-size: 100%; overflow: visible; }
  .dot { fill: var(--ai); }
  .band { fill: var(--ai-2); }
  .cut { stroke: var(--ink); stroke-width: 2; }
  .cuth { fill: var(--ink); }
  .lane :is(.rail, .tick) { stroke: var(--line); }
  .lane .dot { stroke: var(--card); stroke-width: 2; }
  .lane text { font-size: 12px; fill: var(--ink); font-weight: 700; font-variant-numeric: tabular-nums; }
  .scale { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr) 4.5rem; column-gap: var(--s5); border-block-start: 1px solid var(--line); padding-block: .3rem; }
  .scale svg { grid-column: 2; overflow: visible; inline-size: 100%; }
  .scale text { font-size: 12px; fill: var(--ink2); font-variant-numeric: tabular-nums; }
  .standings li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--s1) var(--s4); padding-block: var(--s2); border-block-start: 1px solid var(--line); font-size: var(--t0); line-height: 1.6; }
  .standings li > :first-child { flex: 1 1 14rem; }
  .standings small { color: var(--ink2); }
  .legend { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s5); font-size: var(--t-1); color: var(--ink2); line-height: 1.6; }
  .legend li { display: flex; align-items: center; gap: .5em; }

  .field { display: grid; gap: var(--s1); font-size: var(--t0); line-height: 1.6; }
  .field > label, .field > legend { font-weight: 700; padding: 0; }
  .in { inline-size: 100%; min-block-size: 2.75rem; padding: .4rem .75rem; border: 1px solid var(--edge); border-radius: var(--r1); background: var(--card); line-height: 1.6; }
  .check { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .7em; align-items: start; font-size: var(--t0); line-height: 1.7; cursor: pointer; padding-block: .25rem; }
  .check input { inline-size: 1.25rem; block-size: 1.25rem; margin: .2em 0 0; accent-color: var(--ai); }
  .picks { display: flex; flex-wrap: wrap; gap: 0 var(--s5); }

  .expert > summary { display: flex; align-items: center; gap: var(--s3); padding: var(--s4) var(--pad); min-block-size: 3.75rem; }
  .expert > summary:hover { background: var(--ai-1); }
  .expert > summary h2 { font-size: var(--t1); }
  .expert > summary > .i:last-child { margin-inline-start: auto; transition: rotate .15s; color: var(--ai); }
  .expert[open] > summary > .i:last-child { rotate: 90deg; }
  .expert[open] > summary { border-block-end: 1px solid var(--line); }
  .expert > div { padding: var(--pad); }
  .more > summary { display: inline-flex; align-items: center; gap: .4em; min-block-size: 2.75rem; color: var(--ai); font-size: var(--t-1); text-decoration: underline; text-underline-offset: .22em; }
  .prose { display: grid; gap: var(--s4); font-size: var(--t0); line-height: 1.85; }
  .card.prose { max-inline-size: 54rem; padding-block: var(--s6); }
  .prose > * { max-inline-size: 46em; }
  .prose h2 { font-size: var(--t1); }
  .prose :is(h2, h3):not(:first-child) { margin-block-start: var(--s3); }
  .prose ul { list-style: disc; padding-inline-start: 1.4em; }
  .prose ol { list-style: decimal; padding-inline-start: 1.6em; }
  .prose :is(ul, ol) li { list-style: inherit; margin-block-start: var(--s1); }
  .formula { font-family: var(--serif); background: var(--ai-1); border-radius: var(--r2); padding: var(--s4) var(--s5); line-height: 1.9; }
}

@layer pages {
  /* catalogue */
  .exam { display: grid; grid-template-columns: 10rem minmax(0, 1fr); gap: var(--s6); position: relative; padding: 0; overflow: clip; }
  .exam .art { background: var(--wash); display: grid; place-items: center; padding: var(--s5) var(--s4); border-inline-end: 1px solid var(--line); }
  .exam .art .badge { max-inline-size: 7.75rem; }
  .exam .txt { padding: var(--pad) var(--pad) var(--pad) 0; display: grid; gap: var(--s4); align-content: start; }
  .exam h2 { font-size: var(--t3); }
  .exam h2 a { color: inherit; text-decoration: none; }
  .exam h2 a::after { content: ""; position: absolute; inset: 0; border-radius: var(--r3); }
  .exam:has(h2 a:hover) { border-color: var(--ai); }
  .exam:has(h2 a:focus-visible) { outline: 3px solid var(--ai); outline-offset: 2px; }
  .exam h2 a:focus-visible { outline: 0; }
  .exam .line1, .exam .line3 { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--s2) var(--s4); }
  .exam .go { display: inline-flex; align-items: center; gap: .35em; color: var(--ai); font-weight: 700; font-size: var(--t0); margin-inline-start: auto; }
  .log li { padding-block: var(--s3); border-block-start: 1px solid var(--line); font-size: var(--t0); line-height: 1.6; }
  .log li:first-child { border-block-start: 0; padding-block-start: 0; }
  .log li:last-child { padding-block-end: 0; }
  .log .line { display: block; }
  .log time { display: block; font-size: var(--t-1); color: var(--ink2); }
  .log p { display: flex; justify-content: space-between; gap: var(--s3); }

  /* exam detail */
  .hero { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: var(--s6); align-items: center; margin-block-end: var(--s6); }
  .start .big { font-size: var(--t4); font-weight: 700; line-height: 1.3; font-variant-numeric: tabular-nums; }
  .start .day { font-size: var(--t3); }
  .start .big small { font-size: var(--t0); font-weight: 400; color: var(--ink2); }
  .start .kv dt, .start .kv dd { padding-block: .4rem; }
  .start form { margin-block-start: var(--s5); }
  .mini { display: none; }

  /* the paper */
  .nojs { max-inline-size: 74rem; margin: var(--s5) auto 0; padding: var(--s4) var(--s5); background: var(--yama-1); border-radius: var(--r2); font-size: var(--t0); }
  .layout { max-inline-size: var(--wide); margin-inline: auto; padding: var(--s6); display: grid; grid-template-columns: minmax(0, 1fr) var(--side); gap: var(--s6); align-items: start; }
  .layout > .note { grid-column: 1 / -1; }
  .q { background: var(--card); border: 1px solid var(--line); border-radius: var(--r3); padding: var(--s5) clamp(1.25rem, 3.4vw, 3rem) var(--s6); }
  .q + .q { margin-block-start: var(--s5); }
  .qh { display: flex; align-items: center; justify-content: space-between; gap: var(--s4); margin-block-end: var(--s5); padding-block-end: var(--s3); border-block-end: 1px solid var(--line); }
  .qh h2 { line-height: 1.2; }
  .qn { color: var(--ai); }
  .qn b { font-size: var(--t4); margin-inline-start: .12em; font-variant-numeric: tabular-nums; letter-spacing: -.01em; }
  .of { margin-inline-start: .75em; font-size: var(--t-1); color: var(--ink2); font-weight: 400; white-space: nowrap; }
  .flag { position: relative; display: inline-flex; align-items: center; gap: .45em; min-block-size: 2.75rem; padding: 0 1rem 0 .8rem; border: 1px solid var(--line); border-radius: 99px; font-size: var(--t0); cursor: pointer; color: var(--ink2); user-select: none; white-space: nowrap; }
  .flag input, .opt input { position: absolute; opacity: 0; inset: 0; inline-size: 100%; block-size: 100%; margin: 0; cursor: pointer; }
  .flag:hover { border-color: var(--edge); color: var(--ink); }
  .flag:has(:checked) { color: var(--shu); border-color: var(--shu); background: var(--shu-1); font-weight: 600; }
  .flag:has(:checked) .i { fill: currentColor; }
  .flag:has(:focus-visible), .opt:has(:focus-visible) { outline: 3px solid var(--ai); outline-offset: 3px; }
  .wrong { display: flex; gap: .5em; align-items: center; color: var(--shu); font-size: var(--t0); font-weight: 700; margin-block-end: var(--s4); }
  .stack > .wrong { margin-block-end: 0; }
  .stem { display: grid; gap: var(--s4); margin-block-end: var(--s5); max-inline-size: 46rem; }
  .stem > p:last-of-type { font-size: var(--t2); font-weight: 600; line-height: 1.75; max-inline-size: 38em; }
  .stem > p:last-of-type:has(.gap) { font-size: inherit; font-weight: 400; line-height: 3.2; }
  .stem blockquote { background: var(--ai-1); border-radius: var(--r2); padding: var(--s4) clamp(1rem, 2.4vw, 1.75rem); display: grid; gap: var(--s2); }
  .stem blockquote > p:first-child > strong:only-child { font-size: var(--t-1); color: var(--ai); letter-spacing: .06em; }
  .stem :is(ul, ol) { padding-inline-start: 1.4em; }
  .stem ul > li { list-style: disc; }
  .stem ol > li { list-style: decimal; }
  .stem pre { background: var(--wash); border-radius: var(--r1); padding: var(--s3) var(--s4); overflow-x: auto; font-size: var(--t0); line-height: 1.7; }
  .stem pre code { word-break: normal; white-space: pre; }

  /* banks for those who write them */
  .abreast { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: var(--s5); align-items: start; }
  .filters { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr)); gap: var(--s3) var(--s4); align-items: end; }
  .filters.card > * + * { margin-block-start: 0; }
  .filters.two { grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
  .filters .btns { grid-column: 1 / -1; }
  .choices { list-style: disc; padding-inline-start: 1.4em; font-size: var(--t0); line-height: 1.75; }
  .choices li { list-style: inherit; }
  .asis { white-space: pre-line; overflow-wrap: anywhere; }
  .pic { max-inline-size: 100%; max-block-size: 16rem; border: 1px solid var(--line); }
  .chips { display: flex; flex-wrap: wrap; gap: var(--s2); }
  td.chips { display: table-cell; }
  td.chips .chip { margin-block: 2px; }
  .secret { display: grid; gap: var(--s2); font-size: var(--t0); line-height: 1.75; padding: var(--s4); border-radius: var(--r2); background: var(--ai-1); }
  .secret h4 { font-size: var(--t-1); color: var(--ink2); }
  .change { border: 1px solid var(--line); border-radius: var(--r2); padding: var(--s2) var(--s4); }
  .card > .change + .change { margin-block-start: var(--s2); }
  .change > summary { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s1) var(--s3); min-block-size: 2.75rem; }
  .change > summary::before { content: "▸"; color: var(--ai); }
  .change[open] > summary::before { content: "▾"; }
  .change > :last-child { margin-block: var(--s2); }
  .change .card { border: 0; padding: 0; }
  ins { text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: .2em; background: var(--matsu-1); color: var(--matsu); }
  del { background: var(--shu-1); color: var(--shu); }

  /* the integrator's guide */
  .guide { font-size: var(--t0); line-height: 1.75; scroll-margin-block-start: var(--s5); }
  .guide :is(p, li) { max-inline-size: 46em; }
  .guide ul { list-style: disc; padding-inline-start: 1.4em; }
  .guide ol { list-style: decimal; padding-inline-start: 1.6em; }
  .guide :is(ul, ol) li { list-style: inherit; }
  .guide li + li { margin-block-start: var(--s1); }
  .guide .checks { list-style: "☐ "; }
  .guide h3:not(:first-child) { margin-block-start: var(--s5); }
  .guide .tb :is(th, td) { vertical-align: baseline; font-size: var(--t0); }
  .guide .tb :is(th, td) { overflow-wrap: break-word; }
  .guide .tb tbody th { font-weight: 600; }
  .guide code { word-break: normal; }
  .code { background: var(--wash); border-radius: var(--r1); padding: var(--s3) var(--s4); overflow: auto; max-block-size: 32rem; font-size: var(--t-1); line-height: 1.65; }
  .code code { white-space: pre; overflow-wrap: normal; font-size: 1em; }
  .example { border: 1px solid var(--line); border-radius: var(--r2); }
  .example > summary { display: flex; flex-wrap: wrap; gap: 0 var(--s3); padding: var(--s2) var(--s4); min-block-size: 2.75rem; align-items: center; font-weight: 700; }
  .example > summary::before { content: "▸"; }
  .example[open] > summary::before { content: "▾"; }
  .example > summary code { font-weight: 400; color: var(--ink2); }
  .example > .code { border-radius: 0 0 var(--r2) var(--r2); }
  .example + .example { margin-block-start: var(--s2) !important; }
  .contents ol { columns: 14rem; column-gap: var(--s6); list-style: decimal; padding-inline-start: 1.6em; font-size: var(--t0); }
  .contents li { list-style: inherit; }
  .contents a { display: inline-block; padding-block: .2rem; }
  .stem table { inline-size: auto; min-inline-size: min(28rem, 100%); font-size: var(--t0); line-height: 1.6; }
  .stem :is(th, td) { padding: .55rem var(--s4); border-block: 1px solid var(--line); }
  .stem :is(th, td):first-child { padding-inline-start: .25rem; }
  .stem thead th { font-weight: 700; border-block-start: 2px solid var(--ink); }
  .opts { display: grid; gap: var(--s3); max-inline-size: 46rem; }
  .opt { position: relative; display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--s4); align-items: center; min-block-size: 3.75rem; padding: var(--s3) var(--s5) var(--s3) var(--s4); border: 1px solid var(--edge); border-radius: var(--r2); cursor: pointer; line-height: 1.65; background: var(--card); transition: background .12s, border-color .12s; }
  .opt:hover { background: var(--ai-1); border-color: var(--ai); }
  .k { inline-size: 2.25rem; block-size: 2.25rem; flex: none; border-radius: 50%; border: 1.5px solid var(--edge); display: grid; place-items: center; font-weight: 700; font-size: var(--t0); color: var(--ink2); line-height: 1; background: var(--card); }
  [data-type="multiple"] .k { border-radius: 7px; }
  .opt:has(:checked) { background: var(--ai-1); border-color: var(--ai); box-shadow: inset 0 0 0 1px var(--ai); font-weight: 600; }
  .opt:has(:checked) .k { background: var(--ai); border-color: var(--ai); color: var(--on-ai); }
  .clear { margin-block-start: var(--s4); background: none; border: 0; padding: .5rem .25rem; min-block-size: 2.75rem; color: var(--ink2); text-decoration: underline; text-underline-offset: .25em; font-size: var(--t0); cursor: pointer; }
  .clear:hover { color: var(--ink); }
  .hint { font-size: var(--t-1); color: var(--ink2); line-height: 1.7; margin-block-end: var(--s3); }
  .answer { display: grid; gap: var(--s1); max-inline-size: 24rem; }
  .answer.wide { max-inline-size: 38rem; }
  .answer .in, .gap { font-size: var(--t2); min-block-size: 3.25rem; }
  .answer label { font-size: var(--t0); font-weight: 700; }
  .gap { display: inline-block; inline-size: auto; max-inline-size: 100%; min-inline-size: 6rem; min-block-size: 2.75rem; padding: .2rem .6rem; margin-inline: .2em; border: 1px solid var(--edge); border-radius: var(--r1); background: var(--card); font-size: var(--t1); font-weight: 400; line-height: 1.5; vertical-align: middle; }
  .gapw { display: inline-block; max-inline-size: 100%; }
  .keep { margin-block-start: var(--s4); }
  .gapn { font-size: var(--t-2); font-weight: 700; color: var(--ai); margin-inline-start: .3em; }
  .order { display: grid; gap: var(--s2); max-inline-size: 46rem; }
  .order li { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: var(--s3); align-items: center; min-block-size: 3.75rem; padding: var(--s2) var(--s3) var(--s2) var(--s4); border: 1px solid var(--edge); border-radius: var(--r2); line-height: 1.65; }
  .order[data-a] li { border-color: var(--ai); background: var(--ai-1); }
  .moves { display: flex; gap: var(--s1); }
  .moves button { inline-size: 2.75rem; block-size: 2.75rem; display: grid; place-items: center; padding: 0; border: 1px solid var(--line); border-radius: var(--r1); background: var(--card); cursor: pointer; }
  .moves button:hover { border-color: var(--ai); color: var(--ai); }
  .moves button[aria-disabled="true"] { color: var(--line); cursor: default; }
  .order select { min-block-size: 2.75rem; border: 1px solid var(--edge); border-radius: var(--r1); background: var(--card); }
  .pool { display: grid; gap: var(--s1); margin-block-end: var(--s5); max-inline-size: 46rem; background: var(--ai-1); border-radius: var(--r2); padding: var(--s4); font-size: var(--t0); line-height: 1.7; }
  .pool li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--s3); align-items: center; }
  .pool .k { inline-size: 1.75rem; block-size: 1.75rem; font-size: var(--t-1); }
  .pairs { display: grid; gap: var(--s3); max-inline-size: 46rem; }
  .pairs li { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: var(--s2) var(--s4); align-items: center; border-block-start: 1px solid var(--line); padding-block-start: var(--s3); line-height: 1.65; }

  .turns { display: flex; justify-content: space-between; gap: var(--s4); margin-block-start: var(--s5); }
  .sheet { display: none; }
  .side { position: sticky; inset-block-start: calc(var(--bar) + 2rem); max-block-size: calc(100dvh - var(--bar) - 3rem); overflow: auto; background: var(--card); border: 1px solid var(--line); border-radius: var(--r3); padding: var(--s5); }
  .prog p { display: flex; align-items: baseline; gap: .4em; font-size: var(--t-1); color: var(--ink2); line-height: 1.2; }
  .prog b { font-size: var(--t3); color: var(--ink); font-variant-numeric: tabular-nums; }
  .prog .meter { block-size: 6px; margin-block-start: var(--s3); }
  .navsec { margin-block-start: var(--s5); }
  .navsec h3 { font-size: var(--t-1); font-weight: 400; color: var(--ink2); display: flex; align-items: center; gap: .5em; margin-block-end: var(--s2); line-height: 1.4; }
  .navsec[data-active] h3 { color: var(--ink); font-weight: 700; }
  .navsec[data-active] .sn { background: var(--ai); color: var(--on-ai); }
  .cells { display: grid; grid-template-columns: repeat(auto-fill, minmax(2.5rem, 1fr)); gap: 6px; }
  .cells .cell { inline-size: 100%; }
  .leg { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s4); margin-block-start: var(--s5); padding-block-start: var(--s4); border-block-start: 1px solid var(--line); font-size: var(--t-2); color: var(--ink2); line-height: 1.5; }
  .leg li { display: flex; align-items: center; gap: .45em; }
  .leg .cell, .tally .cell { min-inline-size: 1.5rem; min-block-size: 1.5rem; font-size: .6875rem; border-radius: 5px; }
  .leg .cell[data-a]::after, .tally .cell[data-a]::after { inset-block-end: 2px; }
  .leg .cell[data-f]::before, .tally .cell[data-f]::before { border-width: 5px; border-start-end-radius: 5px; }
  .side > .btn { margin-block-start: var(--s5); }
  .keys { font-size: var(--t-1); color: var(--ink2); margin-block-start: var(--s2); }
  .keys dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem var(--s4); line-height: 1.6; }
  kbd { font: inherit; font-weight: 700; color: var(--ink); }
  .js .nojs-only, .js-only { display: none; }
  .js .js-only { display: revert-layer; }
  .js .moves.js-only { display: flex; }
  .js .q:not([data-current]) { display: none; }
  .js .q + .q { margin-block-start: 0; }
  .js .turns { position: sticky; inset-block-end: 0; z-index: 3; margin-block-start: 0; padding-block: var(--s5) var(--s4); background: linear-gradient(transparent, var(--paper) 32%); }

  /* review before submitting */
  .tally { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); }
  .tally > div { padding-inline: var(--s5); border-inline-start: 1px solid var(--line); margin-block: 0 !important; }
  .tally > div:first-child { padding-inline-start: 0; border: 0; }
  .tally dt { display: flex; align-items: center; gap: .5em; font-size: var(--t-1); color: var(--ink2); line-height: 1.6; }
  .tally dd { font-size: var(--t4); font-weight: 700; line-height: 1.3; font-variant-numeric: tabular-nums; }
  .tally dd small { font-size: var(--t0); font-weight: 400; color: var(--ink2); }
  .sect { display: grid; grid-template-columns: minmax(0, 1fr) 9rem; gap: var(--s3) var(--s6); padding-block: var(--s5); border-block-start: 1px solid var(--line); }
  .card > .sect { margin-block: 0; }
  .sect:first-child { border-block-start: 0; padding-block-start: 0; }
  .sect:last-child { padding-block-end: 0; }
  .sect h2 { display: flex; align-items: center; gap: .6em; font-size: var(--t1); }
  .sect .cnt { text-align: end; font-size: var(--t0); font-variant-numeric: tabular-nums; line-height: 1.6; }
  .sect .cnt b { font-size: var(--t1); }
  .sect .meter { margin-block-start: var(--s1); }
  .todo { grid-column: 1 / -1; display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: var(--s2) var(--s4); align-items: center; font-size: var(--t0); }
  .todo dt { color: var(--ink2); line-height: 1.5; }
  .todo dd { display: flex; flex-wrap: wrap; gap: var(--s2); }
  .todo .cell { min-inline-size: 4.25rem; min-block-size: 2.75rem; color: var(--ink); border-color: var(--edge); }
  .todo .cell[data-a] { border-color: transparent; color: var(--ai-d); }
  .sect .done { grid-column: 1 / -1; display: flex; align-items: center; gap: .45em; font-size: var(--t0); color: var(--matsu); line-height: 1.5; }

  /* result */
  .outcome { display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: var(--s7); align-items: center; padding: var(--s6) var(--s7); }
  .outcome .lead { color: var(--ink); }
  .outcome .btns { margin-block-start: var(--s5); }
  .kicker { display: flex; flex-wrap: wrap; gap: 0 var(--s4); font-size: var(--t0); color: var(--ink2); line-height: 1.6; margin-block-end: var(--s1); }
  .nextday { display: flex; gap: .6em; align-items: center; font-size: var(--t0); line-height: 1.6; margin-block-start: var(--s4); }
  .nextday .i { color: var(--ai); }
  .scoreline { display: flex; flex-wrap: wrap; align-items: baseline; gap: var(--s1) var(--s5); margin-block-start: var(--s4); font-size: var(--t0); color: var(--ink2); font-variant-numeric: tabular-nums; }
  .scoreline b { font-size: var(--t3); color: var(--ink); }
  .topics > li { display: grid; gap: var(--s1); padding-block: var(--s4); border-block-start: 1px solid var(--line); }
  .topics > li:first-child { border-block-start: 0; padding-block-start: 0; }
  .topics > li:last-child { padding-block-end: 0; }
  .topics h3 { display: flex; align-items: center; gap: .6em; flex-wrap: wrap; }
  .topics p { font-size: var(--t0); line-height: 1.8; max-inline-size: 40em; }
  .retake .day { font-size: var(--t3); font-weight: 700; line-height: 1.4; font-variant-numeric: tabular-nums; }
  .share2 { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--s5); }
  .share2 h3 { font-size: var(--t0); display: flex; align-items: center; gap: .4em; margin-block-end: var(--s1); }
  .certs { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: var(--s5); }
  .certs .card { display: grid; grid-template-columns: 6rem minmax(0, 1fr); gap: var(--s5); align-items: start; }
  .certs .card > * { margin: 0; }
  .certs .card > .note { grid-column: 1 / -1; }
  .sel { user-select: all; }
  .profile { display: grid; gap: var(--s2); margin: 0; }
  .profile dt { font-size: var(--t-1); color: var(--ink2); line-height: 1.6; }
  .profile dd { display: flex; gap: var(--s3); align-items: center; justify-content: space-between; margin: 0; font-size: var(--t0); line-height: 1.6; }
  .profile dd .sel { min-inline-size: 0; overflow-wrap: anywhere; }
  .profile dd .btn { flex: none; }
  .way { border-block-end: 1px solid var(--line); }
  .way > summary { display: flex; justify-content: space-between; align-items: center; gap: var(--s3); padding-block: var(--s2); min-block-size: 2.75rem; font-size: var(--t0); cursor: pointer; }
  .way[open] > summary .i { rotate: 90deg; }
  .way > .stack { padding-block-end: var(--s4); }

  /* staff: deliveries */
  .filt { display: flex; flex-wrap: wrap; gap: var(--s2); }
  .filt a { display: inline-flex; align-items: center; gap: .5em; min-block-size: 2.75rem; padding-inline: var(--s4); border: 1px solid var(--line); border-radius: 99px; background: var(--card); color: var(--ink); text-decoration: none; line-height: 1.4; white-space: nowrap; }
  .filt a:hover { border-color: var(--ai); color: var(--ai); }
  .filt a b { font-variant-numeric: tabular-nums; }
  .filt a[aria-current] { border-color: var(--ai); background: var(--ai-1); box-shadow: inset 0 0 0 1px var(--ai); }
  .filt .i { inline-size: 1.0625rem; block-size: 1.0625rem; }
  .pips { display: flex; align-items: center; gap: .5em; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .pips svg { inline-size: 118px; block-size: 14px; flex: none; }
  .pips path, .pips circle { fill: none; stroke: var(--line); stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
  .pips .x { stroke: var(--shu); }
  .pips .v { stroke: var(--matsu); }
  .pips .n { stroke: var(--yama); }
  .chain { display: inline-flex; flex-wrap: wrap; align-items: center; gap: .3em; font-size: var(--t-1); color: var(--ink2); line-height: 1.6; }
  .chain span { display: inline-flex; align-items: center; gap: .2em; white-space: nowrap; }
  .chain .here { color: var(--ink); font-weight: 700; }
  .chain .i { inline-size: .875rem; block-size: .875rem; stroke-width: 2.2; }
  .chain .ok .i { color: var(--matsu); }
  .alog { min-inline-size: min(22rem, 100%); }
  .alog li { display: grid; grid-template-columns: 1.5rem 5rem minmax(0, 1fr) auto; gap: var(--s3); padding-block: .4rem; border-block-start: 1px solid var(--line); font-size: var(--t-1); line-height: 1.6; }
  .alog li:first-child { border: 0; }
  .hours { block-size: 96px; }
  .hourx { display: flex; justify-content: space-between; }
  .sched { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: var(--s2); font-size: var(--t-1); line-height: 1.5; }
  .sched li { display: grid; gap: .1rem; padding: .35rem .5rem; background: var(--wash); border-radius: var(--r1); font-weight: 700; white-space: nowrap; }
  .sched span { font-size: var(--t-2); font-weight: 400; color: var(--ink2); }
  .okb { fill: var(--ai); }
  .ngb { fill: var(--shu); }
  .acts { display: flex; flex-wrap: wrap; gap: var(--s4); align-items: end; }
  .acts .in { inline-size: auto; min-inline-size: 8rem; }
  .acts .wide { flex: 1 1 18rem; max-inline-size: 40rem; }
  .acts .wide .in { inline-size: 100%; }
  .acts .tiny { flex-basis: 100%; }
  .act + .act { padding-block-start: var(--s4); border-block-start: 1px solid var(--line); }
}

@layer states {
  .save[data-s="none"] .i,
  .save:is([data-s="saving"], [data-s="kept"], [data-s="lost"]) .i { display: none; }
  .save[data-s="saving"] .blob { display: block; opacity: .5; }
  .save:is([data-s="kept"], [data-s="lost"]) { background: var(--yama-1); color: var(--yama); font-weight: 600; }
  .save:is([data-s="kept"], [data-s="lost"]) .blob { display: block; }
  body[data-low="1"] .tv { color: var(--yama); }
  body[data-low="1"] .track rect + rect { fill: var(--yama); }
  body[data-low="2"] .tv { color: var(--shu); }
  body[data-low="2"] .track rect + rect { fill: var(--shu); }

  /* the words of many tabs do not fit beside who is signed in */
  @media (max-width: 90rem) {
    .topin:has(.tabs li:nth-child(6)) { flex-wrap: wrap; }
    .topin > .logo { min-block-size: 3.5rem; }
    .tabs:where(:has(li:nth-child(6))) { order: 3; flex: 0 0 calc(100% + 2 * var(--s3)); margin-inline: calc(-1 * var(--s3)); }
    .tabs:where(:has(li:nth-child(6))) a { min-block-size: 2.875rem; }
  }
  @media (max-width: 60rem) {
    :root { --pad: 1.25rem; --bar: 3.75rem; --t3: 1.375rem; --t4: 1.5625rem; }
    .topin { flex-wrap: wrap; padding-inline: 1.125rem; gap: 0 var(--s3); }
    .who { gap: var(--s4); }
    .who .wide { display: none; }
    .tabs { order: 3; flex: 0 0 calc(100% + 2.25rem); margin-inline: -1.125rem; border-block-start: 1px solid var(--line); overflow-x: auto; scrollbar-width: none; }
    .tabs ul { padding-inline: .5rem; }
    .tabs a { min-block-size: 2.875rem; padding-inline: .625rem; }
    .tabs a[aria-current]::after { inset-inline: .625rem; }
    .wrap, .dense .wrap { padding: var(--s5) 1.125rem var(--s7); }
    .head { margin-block-end: var(--s5); }
    .cols, .halves, .share2 { grid-template-columns: minmax(0, 1fr); }
    .stick { position: static; }
    .foot > div { padding-inline: 1.125rem; }
    .foot p:first-child { flex-basis: 100%; }
    .foot .slim { display: contents; }

    .barin { padding-inline: var(--s4); gap: 0 var(--s2); }
    .bar .seal { display: none; }
    .timer { grid-template: "v b" auto / auto auto; border: 0; padding: 0; column-gap: 0; }
    .tl, .te { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; }
    .tv { min-inline-size: 2.6em; }
    .thide { inline-size: 2.25rem; }

    .facts { grid-template-columns: repeat(2, minmax(0, 1fr)); }
    .facts > div:nth-child(odd) { border-inline-start: 0; padding-inline-start: 0; }
    .facts > div:nth-child(n + 3) { border-block-start: 1px solid var(--line); }
    .lane { grid-template-columns: minmax(0, 1fr) auto; padding-block: var(--s3); row-gap: var(--s1); }
    .lane .lanefig { grid-row: 2; grid-column: 1 / -1; padding-inline: .5rem; }
    .lane .val { display: flex; align-items: baseline; gap: .5em; }
    .scale { grid-template-columns: minmax(0, 1fr); padding-inline: .5rem; }
    .scale svg { grid-column: 1; }
    .mini { position: sticky; inset-block-end: 0; z-index: 4; margin: var(--s5) -1.125rem 0; padding: .625rem 1.125rem max(.625rem, env(safe-area-inset-bottom)); display: flex; align-items: center; justify-content: space-between; gap: var(--s3); background: color-mix(in oklab, var(--card) 95%, transparent); backdrop-filter: blur(10px); border-block-start: 1px solid var(--line); font-size: var(--t-1); line-height: 1.5; color: var(--ink2); }
    .mini b { display: block; color: var(--ink); font-size: var(--t0); }
    .outcome { grid-template-columns: minmax(0, 1fr); gap: var(--s4); padding: var(--s5) var(--pad); }
    .outcome .badge { max-inline-size: 9.5rem; margin-inline: auto; }
    .outcome .btn { inline-size: 100%; }
    .hero { grid-template-columns: 5rem minmax(0, 1fr); align-items: start; gap: var(--s4); margin-block-end: var(--s5); }
    .hero .lead { grid-column: 1 / -1; }

    .layout { grid-template-columns: minmax(0, 1fr); padding: 0; gap: 0; }
    .layout > .note { border-radius: 0; }
    .side { position: static; max-block-size: none; border-radius: 0; border-inline: 0; }
    .js .layout { padding-block-end: 5.5rem; }
    .q { border-radius: 0; border-inline: 0; border-block-start: 0; padding: var(--s5) 1.125rem var(--s6); }
    .qh { padding-block-end: var(--s3); margin-block-end: var(--s4); }
    .flag { padding: 0 .8rem 0 .65rem; font-size: var(--t-1); }
    .opt { padding-inline: var(--s3) var(--s4); gap: var(--s3); }
    .stem > p:last-of-type:not(:has(.gap)) { font-size: 1.1875rem; }
    .pairs li { grid-template-columns: minmax(0, 1fr); }
    .turns { margin: var(--s4) 1.125rem; gap: var(--s2); }
    .js .turns { position: fixed; inset: auto 0 0; z-index: 6; margin: 0; padding: .625rem max(1rem, env(safe-area-inset-left)) max(.625rem, env(safe-area-inset-bottom)); background: color-mix(in oklab, var(--card) 95%, transparent); backdrop-filter: blur(10px); border-block-start: 1px solid var(--line); }
    .js .turns > * { flex: 1 1 0; min-inline-size: 0; }
    .turns .btn { padding-inline: .75rem; }
    .js .sheet { display: block; }
    .sheet summary { inline-size: 100%; font-variant-numeric: tabular-nums; white-space: nowrap; padding-inline: .5rem; }
    .sheet[open] summary { border-color: var(--ai); color: var(--ai); }
    .pop { position: fixed; inset: auto 0 calc(4.5rem + env(safe-area-inset-bottom)); max-block-size: calc(100dvh - 9rem); overflow: auto; overscroll-behavior: contain; border-radius: var(--r3) var(--r3) 0 0; box-shadow: 0 -12px 40px oklch(.2 .03 265 / .22); background: var(--card); }
    .pop .side { border-block: 0; border-radius: inherit; padding: 1.125rem 1.25rem; }
    .cells { grid-template-columns: repeat(auto-fill, minmax(2.375rem, 1fr)); gap: 5px; }
    .navsec, .leg { margin-block-start: var(--s4); }

    /* rows become cards; roles keep the table for screen readers */
    .tb thead { position: absolute; clip-path: inset(50%); inline-size: 1px; block-size: 1px; overflow: hidden; }
    .tb, .tb tbody, .tb caption { display: block; }
    .tb tbody tr { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .3rem var(--s4); padding-block: var(--s4); border-block-end: 1px solid var(--line); }
    .tb tbody tr:first-child { border-block-start: 2px solid var(--ink); }
    .tb tbody :is(th, td) { border: 0; padding: 0 !important; text-align: start !important; min-inline-size: 0; }
    .tb tbody :is(th, td).all { grid-column: 1 / -1; }
    .tb [data-l]::before { content: attr(data-l); margin-inline-end: .6em; font-size: var(--t-1); color: var(--ink2); }
    .tb tbody tr[data-on] { margin-inline: calc(-1 * var(--pad)); padding-inline: var(--pad); }
  }
  @media (max-width: 30rem) {
    .ex, .sec { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
    .ex { font-size: var(--t-1); }
    .sec { font-size: var(--t-2); }
    .save { padding: 0; gap: .25em; font-size: var(--t-2); }
    .save .long { position: absolute; clip-path: inset(50%); inline-size: 1px; overflow: hidden; }
    .save:is([data-s="saved"], [data-s="saving"]) .short { display: inline; }
    .save:is([data-s="kept"], [data-s="lost"]) { order: 9; flex: 0 0 calc(100% + 2rem); margin-inline: -1rem; border-radius: 0; justify-content: center; padding: .4rem; font-size: var(--t-1); }
    .save:is([data-s="kept"], [data-s="lost"]) .long { position: static; clip-path: none; inline-size: auto; }
    .exam { grid-template-columns: 5.25rem minmax(0, 1fr); gap: var(--s4); padding: var(--pad); }
    .exam .art { padding: 0; background: none; border: 0; place-items: start center; }
    .exam .txt { display: contents; }
    .exam .line1 { display: grid; gap: var(--s2); justify-items: start; align-content: center; }
    .exam .txt > :not(.line1) { grid-column: 1 / -1; }
    .exam .go { margin: 0; }
    .ticks.good b { display: block; }
    .tally { grid-template-columns: 1.35fr 1fr 1fr; }
    .tally > div:nth-child(n + 2) { padding-inline: var(--s3) 0; }
    .tally > div:first-child { padding-inline: 0; }
    .tally dt { white-space: nowrap; }
    @media (max-width: 22rem) { .tally dt { white-space: normal; flex-wrap: wrap; } }
    .sect { grid-template-columns: minmax(0, 1fr) 6.5rem; column-gap: var(--s4); }
    .fig { padding-inline: 2.5rem .25rem; }
    .kv dt { padding-inline-end: var(--s4); }
    .filt a { padding-inline: var(--s3); font-size: var(--t-1); }
    .alog li { grid-template-columns: 1rem minmax(0, 1fr) auto; row-gap: 0; }
    .alog b { grid-row: 2; grid-column: 2 / -1; }
    .order li { grid-template-columns: minmax(0, 1fr) auto; }
    .order .k { display: none; }
  }
  @media (prefers-reduced-motion: reduce) { * { transition: none !important; scroll-behavior: auto !important; } }
  @media (forced-colors: active) {
    .chip, .note, .cell[data-a], .order[data-a] li { border: 1px solid CanvasText; }
    .tabs a[aria-current]::after, .cell[data-a]::after { background: Highlight; }
    .cell[data-a] { border: 2px solid Highlight; }
    .cell[data-f]::before { forced-color-adjust: none; border-color: CanvasText CanvasText transparent transparent; }
    .cell[aria-current] { outline: 3px solid CanvasText; }
    .opt:has(:checked) { outline: 3px solid Highlight; }
    .meter rect, .band, .okb, .track rect + rect { fill: Highlight; }
    .dot { fill: Canvas; stroke: CanvasText; stroke-width: 2; }
    .cut { stroke: CanvasText; }
    .cuth, .lane text, .plot text { fill: CanvasText; }
  }
  @media print {
    .top, .bar, .foot, .btns, .start, .mini, .skip, .side, .turns, .flag, .clear { display: none; }
    .card, .q { border-color: #999; break-inside: avoid; }
    .js .q:not([data-current]) { display: block; }
    body { background: #fff; }
  }
}
`
