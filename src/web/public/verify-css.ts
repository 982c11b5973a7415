/** Style of the verification pages, in the layers and tokens of the house's sheet. */
export const verifyCss = `
@layer pages {
  .cert { padding: 0; overflow: clip; }
  .cert > * + * { margin-block-start: 0; }
  .guil { inline-size: 100%; block-size: 22px; }
  .verdict { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: var(--s4); align-items: center; padding: var(--s5) var(--s7); }
  .verdict .mk { inline-size: 3.25rem; block-size: 3.25rem; border-radius: 50%; display: grid; place-items: center; color: var(--card); }
  .verdict .mk .i { inline-size: 1.875rem; block-size: 1.875rem; stroke-width: 2.2; }
  .verdict h1 { font-size: var(--t4); font-weight: 700; line-height: 1.35; }
  .verdict p { font-size: var(--t0); line-height: 1.6; color: var(--ink2); }
  .verdict .when { text-align: end; font-size: var(--t-1); font-variant-numeric: tabular-nums; }
  .verdict.ok { background: var(--matsu-1); } .verdict.ok h1 { color: var(--matsu); } .verdict.ok .mk { background: var(--matsu); }
  .verdict.wait { background: var(--yama-1); } .verdict.wait h1 { color: var(--yama); } .verdict.wait .mk { background: var(--yama); }
  .verdict.bad { background: var(--shu-1); } .verdict.bad h1 { color: var(--shu); } .verdict.bad .mk { background: var(--shu); }
  .verdict.off { background: var(--wash); } .verdict.off .mk { background: var(--ink2); }
  .certin { display: grid; grid-template-columns: 13.75rem minmax(0, 1fr); gap: var(--s7); padding: var(--s6) var(--s7); align-items: center; }
  .certin.fallen { grid-template-columns: 10rem minmax(0, 1fr) 18.5rem; gap: var(--s6); }
  .fallen .what { font-size: var(--t0); line-height: 1.8; }
  .fallen .what p + p { margin-block-start: var(--s3); }
  .fallen .quiet { color: var(--ink2); }
  .w4 { display: grid; grid-template-columns: max-content minmax(0, 1fr); }
  .w4 > div { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1; align-items: baseline; padding-block: var(--s3); border-block-start: 1px solid var(--line); }
  .w4 > div:first-child { border-block-start: 0; padding-block-start: 0; }
  .w4 > div:last-child { padding-block-end: 0; }
  .w4 dt { font-size: var(--t-1); color: var(--ink2); padding-inline-end: var(--s6); white-space: nowrap; line-height: 1.6; }
  .w4 dd { font-size: var(--t2); font-weight: 700; line-height: 1.5; font-variant-numeric: tabular-nums; }
  .w4 dd.big { font-size: var(--t3); }
  .w4 dd small { display: block; font-size: var(--t-1); font-weight: 400; color: var(--ink2); line-height: 1.6; }

  .sumt { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s1) var(--s3); }
  .expert .in2 { padding: var(--pad); display: grid; gap: var(--s6); grid-template-columns: minmax(0, 1fr); }
  .checks { display: grid; }
  .checks li { display: grid; grid-template-columns: 1.25rem 12.5rem minmax(0, 1fr); gap: .1rem var(--s4); padding-block: .6rem; border-block-start: 1px solid var(--line); font-size: var(--t0); line-height: 1.65; align-items: baseline; }
  .checks li:first-child { border-block-start: 0; padding-block-start: 0; }
  .checks li > .i { align-self: start; margin-block-start: .25em; stroke-width: 2.3; color: var(--ink2); }
  .checks li > .ok { color: var(--matsu); } .checks li > .ng { color: var(--shu); }
  .checks li > :nth-child(2) { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 var(--s3); }
  .checks code { color: var(--ink2); font-size: var(--t-2); }
  .bits { display: flex; flex-wrap: wrap; align-items: start; gap: var(--s3) var(--s4); font: 400 var(--t-1)/1 var(--mono); }
  .byte { display: grid; gap: .4rem; }
  .byte .row { display: flex; gap: 2px; }
  .byte i { font-style: normal; inline-size: 1.625rem; block-size: 1.75rem; display: grid; place-items: center; border-radius: 4px; background: var(--wash); color: var(--ink2); }
  .byte i.on { background: var(--ai); color: var(--on-ai); font-weight: 700; }
  .byte small { font: 400 var(--t-2)/1.5 var(--sans); color: var(--ink2); display: flex; flex-wrap: wrap; gap: 0 1em; max-inline-size: 14.5rem; }
  .token { background: var(--wash); border-radius: var(--r2); padding: var(--s4); font: 400 var(--t-2)/1.65 var(--mono); max-block-size: 13.5rem; overflow: auto; white-space: pre-wrap; word-break: break-all; text-autospace: no-autospace; }
  .token .h { color: var(--ai); } .token .s { color: var(--matsu); } .token i { font-style: normal; font-weight: 700; color: var(--shu); }

  .share { display: grid; grid-template-columns: minmax(0, 1fr) 22rem; gap: var(--s6); align-items: start; }
  .share .stack { gap: var(--s4); }
  .copy .ch { align-items: center; min-block-size: 2.25rem; }
  .field > .label, .field .ch .label { font-size: var(--t0); font-weight: 700; line-height: 1.6; }
  .copy pre { background: var(--wash); border-radius: var(--r1); padding: .55rem .75rem; font: 400 var(--t-1)/1.6 var(--mono); overflow: auto; white-space: pre-wrap; word-break: break-all; text-autospace: no-autospace; min-inline-size: 0; }
  .embed { display: inline-grid; grid-template-columns: 3.5rem auto; gap: var(--s3); align-items: center; justify-self: start; padding: .6rem 1rem .6rem .7rem; border: 1px solid var(--line); border-radius: var(--r2); background: var(--card); line-height: 1.45; max-inline-size: 100%; text-decoration: none; color: var(--ink); word-break: normal; }
  .embed:hover { border-color: var(--ai); color: var(--ink); }
  .embed .badge { inline-size: 3.5rem; }
  .embed b { display: block; font-size: var(--t0); }
  .embed .st { display: flex; align-items: center; gap: .3em; font-size: var(--t-1); font-weight: 700; }
  .embed .sub { display: block; }
  .st.ok { color: var(--matsu); } .st.wait { color: var(--yama); } .st.bad { color: var(--shu); } .st.off { color: var(--ink2); }
  .files { display: flex; flex-wrap: wrap; gap: var(--s2); list-style: none; margin: 0; padding: 0; }
  .way .copy .label { font-weight: 400; color: var(--ink2); font-size: var(--t-1); }
  .way .ch { gap: var(--s3); align-items: start; flex-wrap: nowrap; justify-content: space-between; } .way .ch .btn { flex: none; }
  .blank { padding: var(--s5) var(--s7); display: grid; gap: var(--s3); line-height: 1.8; }
  .framed, .framed body, .framed main { background: transparent; block-size: 100%; }
  .framed .embed { display: grid; justify-self: stretch; align-content: center; block-size: 100%; grid-template-columns: 3.5rem minmax(0, 1fr); padding-block: .3rem; overflow: hidden; }
  .framed .embed.bare { grid-template-columns: minmax(0, 1fr); padding: var(--s4); text-wrap: balance; }
  .framed .embed b { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
}
@layer states {
  @media (max-width: 17.5rem) {
    .framed .embed:not(.bare) { grid-template-columns: 2.5rem minmax(0, 1fr); gap: var(--s2); padding-inline: .5rem; }
    .framed .embed .badge { inline-size: 2.5rem; } .framed .embed b { font-size: var(--t-1); -webkit-line-clamp: 3; } .framed .embed .sub { white-space: nowrap; }
  }
  @media (max-height: 6rem) { .framed .embed .sub { display: none; } }
  @media (max-width: 60rem) {
    .verdict { padding: var(--s4) var(--pad); grid-template-columns: auto minmax(0, 1fr); gap: var(--s3); }
    .verdict .mk { inline-size: 2.75rem; block-size: 2.75rem; }
    .verdict .when { grid-column: 1 / -1; text-align: start; }
    .verdict .when br { display: none; }
    .certin, .certin.fallen { grid-template-columns: minmax(0, 1fr); padding: var(--s5) var(--pad); gap: var(--s5); }
    .certin > .badge { inline-size: 10rem; margin-inline: auto; }
    .checks li { grid-template-columns: 1.25rem minmax(0, 1fr); column-gap: var(--s3); }
    .checks li > :last-child { grid-column: 2; }
    .share { grid-template-columns: minmax(0, 1fr); }
    .blank { padding: var(--s5) var(--pad); }
  }
  @media (max-width: 30rem) {
    .w4 dt { padding-inline-end: var(--s4); } .w4 dd { font-size: var(--t1); } .w4 dd.big { font-size: var(--t2); }
  }
  @media (forced-colors: active) {
    .verdict { border: 1px solid CanvasText; }
    .byte i.on { outline: 2px solid Highlight; }
  }
  @media print {
    :root { color-scheme: light; }
    .verdict, .guil, .badge, .byte i { print-color-adjust: exact; }
    .expert:not([open]), .showit { display: none; }
    .certin { grid-template-columns: 11rem minmax(0, 1fr); }
  }
}
`
