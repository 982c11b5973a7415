/** Pages of operators, and the story on the first page. */
export const operators = `@layer operators {
  .tabs a[aria-current] { scroll-initial-target: nearest; }
  .queue-facts { display: flex; flex-wrap: wrap; gap: 0 var(--gap-16); align-items: center; }
  .chip.yours { background: var(--ai-tint); border-color: transparent; color: var(--ai-strong); font-weight: 700; }
  .chip.inactive { background: var(--wash); }
  .count { margin-inline-start: .35em; font-variant-numeric: tabular-nums; }
  .switch a { gap: .35em; }
  .under { display: block; color: var(--ink-soft); font-size: var(--type-13); font-weight: 400; line-height: 1.6; }
  .halves { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--gap-24); }
  .halves.plain { align-items: start; }
  .one-button { display: inline-block; }
  .checks { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: var(--gap-12) var(--gap-24); margin-block-start: var(--gap-8); }
  .checks .check { align-items: start; min-block-size: 2.75rem; }
  .checks .check input { margin-block-start: .15em; }
  .checks small { display: block; color: var(--ink-soft); font-size: var(--type-13); line-height: 1.6; }
  .quiet-fold > summary { display: inline-flex; align-items: center; min-block-size: 2rem; color: var(--ai); text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: .22em; }
  .quiet-fold > summary:hover { color: var(--ai-strong); }
  .quiet-fold > :not(summary) { margin-block-start: var(--gap-8); }
  .evidence { margin-inline: 0; margin-block-end: 0; padding: var(--gap-12) var(--gap-16); overflow-x: auto; background: var(--wash); border-radius: var(--round-8); font-family: var(--mono); font-size: var(--type-13); line-height: 1.7; white-space: pre-wrap; overflow-wrap: anywhere; text-autospace: no-autospace; }
  .line { display: block; }

  .queue-row { display: grid; grid-template-columns: 5rem minmax(0, 1fr) auto; gap: var(--gap-24); align-items: center; padding-block: var(--gap-16); }
  .queue-row { word-break: normal; }
  .queue-row h2 { font-size: var(--type-17); }
  .queue-row h2 a { color: inherit; text-decoration: none; }
  .queue-row h2 a:hover { color: var(--ai); text-decoration: underline; }
  .queue-measure { display: grid; gap: .15rem; justify-items: start; }
  .queue-measure b { font-size: var(--type-20); line-height: 1.3; font-variant-numeric: tabular-nums; }
  .queue-measure small { color: var(--ink-soft); font-size: var(--type-12); line-height: 1.4; }
  .pager { margin-block-start: var(--gap-24); }

  .case { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: var(--gap-24); align-items: start; }
  .case .head { margin-block-end: 0; align-items: center; }
  .case .head h1 { font-size: var(--type-24); }
  .case .head .lead { margin-block-start: .15rem; font-size: var(--type-15); }
  .queue-list.card { padding: 0; overflow: hidden; }
  .queue-list > summary { padding-inline: var(--pad); }
  .queue-list-title { padding: var(--gap-16) var(--gap-16) var(--gap-12); font-weight: 700; font-size: var(--type-15); line-height: 1.5; }
  .queue-list-title a { color: inherit; text-decoration: none; }
  .queue-list-title a:hover { color: var(--ai); text-decoration: underline; }
  .queue-entry { position: relative; display: grid; gap: .1rem; padding: var(--gap-12) var(--gap-16); border-block-start: 1px solid var(--line); color: var(--ink); font-size: var(--type-13); line-height: 1.6; text-decoration: none; word-break: normal; }
  .queue-entry:hover { background: var(--wash); color: var(--ink); }
  .queue-entry:focus-visible { outline-offset: -3px; }
  .queue-entry[aria-current] { background: var(--ai-wash); box-shadow: inset 4px 0 var(--ai); }
  .queue-head, .queue-foot { display: flex; justify-content: space-between; gap: var(--gap-8); }
  .queue-head b { font-size: var(--type-15); line-height: 1.5; }
  .queue-priority { font-weight: 700; font-variant-numeric: tabular-nums; }
  .queue-title { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
  .queue-title, .queue-foot { color: var(--ink-soft); }
  .queue-entry .chip { padding-block: 0; font-size: var(--type-12); }

  .case-columns { display: grid; grid-template-columns: minmax(0, 1fr) 17rem; gap: var(--gap-24); }
  .post-title { font-size: var(--type-20); line-height: 1.8; }
  .post-body { line-height: 2.1; }
  .weighed { background: var(--shu-wash); color: inherit; border-block-end: 2px solid var(--shu); border-radius: 3px 3px 0 0; }
  .weighed.strong { border-block-end-width: 4px; font-weight: 700; }
  .weighed.lowering { background: var(--matsu-wash); border-block-end: 3px dotted var(--matsu); }
  .weighed sup { margin-inline-start: .15em; color: var(--shu); font-size: .65em; font-weight: 700; font-variant-numeric: tabular-nums; line-height: 0; }
  .weighed.lowering sup { color: var(--matsu); }
  .legend { display: flex; flex-wrap: wrap; gap: var(--gap-4) var(--gap-16); padding-block-start: var(--gap-12); border-block-start: 1px solid var(--line); }
  .probabilities { display: grid; gap: var(--gap-12); }
  .probabilities > div { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .2rem var(--gap-12); font-size: var(--type-13); line-height: 1.5; }
  .probabilities dd { font-weight: 700; text-align: end; font-variant-numeric: tabular-nums; }
  .probabilities dd:last-child { grid-column: 1 / -1; }
  .meter.probability rect { fill: var(--edge); }
  .meter.probability.over rect { fill: var(--shu); }
  .meter.probability { block-size: 10px; }
  .meter.probability line { stroke: var(--ink); stroke-width: 2.5; }

  .reports { display: grid; }
  .report { display: grid; gap: var(--gap-4); padding-block: var(--gap-12); border-block-start: 1px solid var(--line); font-size: var(--type-15); line-height: 1.65; }
  .report:first-child { border-block-start: 0; padding-block-start: 0; }
  .taken { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--gap-8) var(--gap-16); }
  .taken .deadline { margin: 0; }
  .preview { border: 2px solid var(--ai); }
  .preview h2 { display: flex; align-items: center; gap: .5em; }
  .as-read { max-inline-size: 42em; padding: var(--gap-16) var(--gap-24); background: var(--wash); border: 1px solid var(--line); border-radius: var(--round-12); }
  .appeal-row h3 a { color: inherit; }

  .sides { display: flex; flex-wrap: wrap; align-items: end; gap: var(--gap-8) var(--gap-24); }
  .sides dt, .figures-row dt { color: var(--ink-soft); font-size: var(--type-13); line-height: 1.5; }
  .sides dd, .figures-row dd { font-size: var(--type-20); font-weight: 700; line-height: 1.5; font-variant-numeric: tabular-nums; }
  .sides dd { font-size: var(--type-24); }
  .sides > span { font-size: var(--type-24); font-weight: 700; line-height: 1.5; color: var(--matsu); }
  .figures-row { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9rem), 1fr)); gap: var(--gap-12) var(--gap-24); }
  .figures-row > div { padding-inline-start: var(--gap-12); border-inline-start: 3px solid var(--ai-tint); }

  .tries { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 0 .5em; }
  .tries i { display: inline-block; inline-size: 1.05em; font-style: normal; font-weight: 700; text-align: center; }
  .tries .failed { color: var(--shu); }
  .tries .there { color: var(--matsu); }
  .tries .open { color: var(--ink-soft); font-weight: 400; }
  .schedule { display: grid; grid-template-columns: repeat(8, minmax(0, 1fr)); gap: var(--gap-8); }
  .schedule li { display: grid; padding: var(--gap-8) var(--gap-12); background: var(--wash); border-radius: var(--round-8); font-size: var(--type-15); line-height: 1.5; }
  .schedule small { color: var(--ink-soft); font-size: var(--type-12); }
  .note .one-button { margin-block-start: var(--gap-8); }

  .metered { display: grid; grid-template-columns: minmax(3rem, 1fr) 3.4rem; max-inline-size: 9rem; gap: var(--gap-8); align-items: center; text-align: end; font-variant-numeric: tabular-nums; }
  .legend-list dt, .legend-list dd { padding-block: .25rem; border: 0; font-size: var(--type-13); }
  .bands { inline-size: 100%; border-radius: 7px; overflow: hidden; }
  .bands .publish, .band-key.publish { fill: var(--ai-tint); background: var(--ai-tint); }
  .bands .queue, .band-key.queue { fill: var(--yamabuki); background: var(--yamabuki); }
  .bands .hold, .band-key.hold { fill: var(--shu); background: var(--shu); }
  .band-key { display: inline-block; inline-size: .75rem; block-size: .75rem; margin-inline-end: .2em; border-radius: 3px; }
  .plot-frame.square { max-inline-size: 24rem; }
  .hit { color: var(--matsu); }
  .confusion .nth { display: inline-block; min-inline-size: 1.4em; color: var(--ink-soft); font-variant-numeric: tabular-nums; }
  .confusion .figures { padding-inline: .35rem; }
  .halves.plain { gap: var(--gap-16) var(--gap-32); }

  .choice.first { border-color: var(--ai); background: var(--ai-wash); box-shadow: inset 0 0 0 1px var(--ai); }
  .heroine { display: grid; grid-template-columns: auto minmax(0, auto) minmax(0, 1fr); gap: var(--gap-12) var(--gap-24); align-items: center; }
  .heroine h2 a { color: inherit; }
  .heroine .figures-row { grid-template-columns: repeat(3, minmax(0, 1fr)); }
  .heroine .figures-row dd { font-size: var(--type-17); }
  .heroine .moved { grid-column: 1 / -1; }
  .story .number.done { background: var(--matsu-wash); border-color: transparent; color: var(--matsu); }
  .story h3 small { margin-inline-start: .8em; color: var(--matsu); font-size: var(--type-13); }
  .story .later h3 { color: var(--ink-soft); font-weight: 400; }
  .story .buttons { margin-block-start: var(--gap-12); }
  .story code { display: inline-block; padding: .1rem .5rem; background: var(--wash); border-radius: 4px; }
  .story .tiny { font-size: var(--type-13); }
  .ways { display: grid; gap: var(--gap-4); margin-block-start: var(--gap-8); padding: var(--gap-12) var(--gap-16); background: var(--wash); border-radius: var(--round-12); }
  .ways .buttons { margin-block: 0 var(--gap-8); }
  .story .buttons + .tiny { margin-block-start: var(--gap-8); }
  .ways .tiny span { margin-inline-start: .6em; }
  .ways .buttons + .tiny { margin-block-start: 0; }
  .preview-steps > li { padding-block-end: var(--gap-8); }
  .preview-steps > li:not(:last-child)::before { inset-block: 2.25rem -.15rem; }
  .hints { display: grid; gap: .1rem; padding-inline-start: 1.2em; }
  .hints li { list-style: disc; }
  .more { display: grid; gap: var(--gap-16); }
  .more li { display: grid; gap: var(--gap-8); justify-items: start; }

  @media (max-width: 75rem) { .case-columns { grid-template-columns: minmax(0, 1fr); } }
  @media (max-width: 60rem) {
    .case, .halves { grid-template-columns: minmax(0, 1fr); }
    .queue-row { grid-template-columns: 4rem minmax(0, 1fr); gap: var(--gap-8) var(--gap-16); align-items: start; }
    .queue-row > .chips { grid-column: 2; }
    .queue-list-title { display: none; }
    .schedule { grid-template-columns: repeat(4, minmax(0, 1fr)); }
    .heroine { grid-template-columns: auto minmax(0, 1fr); }
    .heroine .figures-row { grid-column: 1 / -1; grid-template-columns: repeat(auto-fit, minmax(min(100%, 8rem), 1fr)); }
    .as-read { padding-inline: var(--gap-16); }
  }
  @media (forced-colors: active) {
    .weighed { border-color: CanvasText; }
    .meter.probability line { stroke: CanvasText; }
    .bands rect { stroke: CanvasText; }
    .queue-entry[aria-current] { outline: 2px solid Highlight; outline-offset: -2px; }
  }
}
`
