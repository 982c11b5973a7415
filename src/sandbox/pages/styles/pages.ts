/** What only one page has. */
export const pages = `@layer pages {
  .find { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--gap-8); }
  .finder { flex: 1 1 20rem; max-inline-size: 27rem; }
  .switch { display: flex; flex-wrap: wrap; gap: var(--gap-8); margin-block-end: var(--gap-24); }
  .switch a { display: inline-flex; align-items: center; min-block-size: 2.75rem; padding-inline: var(--gap-16); background: var(--card); border: 1px solid var(--line); border-radius: 99px; color: var(--ink); font-size: var(--type-15); line-height: 1.4; text-decoration: none; }
  .switch a:hover { border-color: var(--ai); color: var(--ai); }
  .switch a[aria-current] { background: var(--ai-wash); border-color: var(--ai); box-shadow: inset 0 0 0 1px var(--ai); }

  .market { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: var(--gap-32); align-items: start; }
  .filters fieldset { margin-block-end: var(--gap-24); }
  .filters legend { inline-size: 100%; margin-block-end: var(--gap-8); padding-block-end: var(--gap-4); border-block-end: 1px solid var(--line); }
  .filters summary { display: flex; align-items: center; justify-content: space-between; gap: var(--gap-12); min-block-size: 3rem; font-size: var(--type-15); font-weight: 700; }

  .results { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--gap-16); }
  .person { display: grid; grid-template-columns: 2.25rem 3.5rem minmax(0, 1fr) 17rem; gap: 0 var(--gap-24); padding: var(--gap-24) var(--pad) var(--gap-8) var(--gap-24); }
  .person.trial { background: none; border-style: dashed; border-color: var(--edge); }
  .person .rank { color: var(--ink-soft); font-size: var(--type-20); font-weight: 700; line-height: 3.5rem; text-align: center; font-variant-numeric: tabular-nums; }
  .person h2 { font-size: var(--type-17); }
  .person h2 a { color: inherit; text-decoration: none; }
  .person h2 a:hover { color: var(--ai); text-decoration: underline; }
  .reading { color: var(--ink-soft); font-size: var(--type-13); font-weight: 400; margin-inline-start: .5em; }
  .person .skills { color: var(--ink-soft); font-size: var(--type-15); line-height: 1.6; }
  .person .chips { margin-block-start: var(--gap-12); }
  .person .figures { display: flex; flex-wrap: wrap; gap: 0 var(--gap-16); margin-block-start: var(--gap-8); color: var(--ink-soft); font-size: var(--type-13); line-height: 1.7; font-variant-numeric: tabular-nums; }
  .person .figures b { color: var(--ink); }
  .score { display: flex; align-items: baseline; gap: .5em; margin-block-end: var(--gap-8); color: var(--ink-soft); font-size: var(--type-13); line-height: 1.4; font-variant-numeric: tabular-nums; }
  .score b { color: var(--ink); font-size: var(--type-20); }

  .why { grid-column: 3 / -1; margin-block-start: var(--gap-12); border-block-start: 1px solid var(--line); }
  .why > summary { display: flex; flex-wrap: wrap; align-items: center; gap: 0 .5em; min-block-size: 2.75rem; padding-block: .25rem; color: var(--ai); font-size: var(--type-15); line-height: 1.5; }
  .why > summary:hover { color: var(--ai-strong); }
  .why > summary small { margin-inline-start: var(--gap-12); color: var(--ink-soft); font-size: var(--type-13); }
  .why .turning { transition: rotate .15s; }
  .why[open] .turning { rotate: 90deg; }
  .why-body { display: grid; grid-template-columns: minmax(0, 1fr) 15rem; gap: var(--gap-12) var(--gap-32); padding-block: var(--gap-4) var(--gap-16); }
  .reasons { display: grid; gap: var(--gap-8); font-size: var(--type-15); line-height: 1.75; }
  .reasons li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .6em; }
  .reasons .icon { inline-size: 1.125rem; block-size: 1.125rem; margin-block-start: .3em; color: var(--ai); }
  .reasons code { display: block; color: var(--ink-soft); font-size: var(--type-12); line-height: 1.5; }
  .gauges { display: grid; gap: var(--gap-8); align-content: start; }
  .gauges > div { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr) 4rem; gap: var(--gap-12); align-items: center; font-size: var(--type-13); line-height: 1.5; }
  .gauges dt { color: var(--ink-soft); }
  .gauges dd:last-child { font-weight: 700; text-align: end; }
  .gauges svg { inline-size: 100%; block-size: 10px; }
  .gauges .off { fill: var(--ai-tint); }
  .gauges .on { fill: var(--ai); }
  .gauges .certificate .off { fill: var(--matsu-wash); }
  .gauges .certificate .on { fill: var(--matsu); }

  .identity { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr) auto; gap: var(--gap-24); align-items: center; padding: var(--gap-32) var(--pad); }
  .identity .avatar { inline-size: 5.5rem; block-size: 5.5rem; }
  .identity .offer { display: flex; flex-wrap: wrap; gap: 0 var(--gap-16); }
  .identity .chips { margin-block-start: var(--gap-12); }
  .badge-frame { inline-size: 100%; block-size: 7rem; border: 0; }
  .certificate + .certificate { padding-block-start: var(--gap-16); border-block-start: 1px solid var(--line); }
  .certificate > .button { margin-block-start: var(--gap-12); }
  .review { display: grid; gap: var(--gap-12); grid-template-columns: minmax(0, 1fr); padding: var(--gap-16); background: var(--wash); border-radius: var(--round-12); }
  .review h3 { display: flex; justify-content: space-between; gap: var(--gap-12); color: var(--ink-soft); font-size: var(--type-13); }
  .review h3 b { color: var(--ink); font-size: var(--type-15); font-variant-numeric: tabular-nums; }
  .review p { font-size: var(--type-15); line-height: 1.75; }
  .review .meter { background: color-mix(in oklab, var(--ai) 16%, transparent); }
  .stages { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); }
  .stages > div { position: relative; padding: var(--gap-12) var(--gap-16) var(--gap-12) var(--gap-24); border: 1px solid var(--line); border-inline-end-width: 0; }
  .stages > div:first-child { padding-inline-start: var(--gap-16); border-start-start-radius: var(--round-8); border-end-start-radius: var(--round-8); }
  .stages > div:last-child { background: var(--matsu-wash); border-inline-end-width: 1px; border-start-end-radius: var(--round-8); border-end-end-radius: var(--round-8); }
  .stages > div + div::before { content: ""; position: absolute; inset: 50% auto auto -.4rem; inline-size: .75rem; block-size: .75rem; translate: 0 -50%; rotate: 45deg; background: var(--card); border: solid var(--line); border-width: 1px 1px 0 0; }
  .stages dt, .stage-facts dt { color: var(--ink-soft); font-size: var(--type-13); line-height: 1.5; }
  .stages dd, .stage-facts dd { font-size: var(--type-20); font-weight: 700; line-height: 1.4; font-variant-numeric: tabular-nums; }
  .stage-facts { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); border-block: 1px solid var(--line); }
  .stage-facts > div { padding: var(--gap-12) var(--gap-8) var(--gap-12) var(--gap-16); border-inline-start: 1px solid var(--line); }
  .stage-facts > div:first-child { padding-inline-start: 0; border-inline-start: 0; }
  .stage-facts dd { font-size: var(--type-17); }
  .both-means { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: var(--gap-24); }
  .both-means h3 { margin-block-end: var(--gap-8); font-size: var(--type-15); }
  .works > li + li { margin-block-start: var(--gap-24); padding-block-start: var(--gap-24); border-block-start: 1px solid var(--line); }
  .work { display: grid; gap: var(--gap-12); grid-template-columns: minmax(0, 1fr); }
  .work > .chips { font-size: var(--type-13); }
  .review-grid { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--gap-16); }

  .formula { padding: var(--gap-16) var(--gap-24); background: var(--wash); border-radius: var(--round-12); font-family: var(--mono); font-size: var(--type-15); line-height: 1.9; word-break: normal; overflow-wrap: anywhere; text-autospace: no-autospace; }
  .ticks { display: grid; gap: var(--gap-8); font-size: var(--type-15); line-height: 1.75; }
  .ticks li { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .6em; }
  .ticks .icon { inline-size: 1.125rem; block-size: 1.125rem; margin-block-start: .28em; color: var(--matsu); stroke-width: 2.2; }
  .hero { display: grid; grid-template-columns: 4rem minmax(0, 1fr); gap: var(--gap-24); align-items: center; margin-block-end: var(--gap-32); }
}
`
