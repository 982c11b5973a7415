/** Pieces that several pages share. */
export const parts = `@layer parts {
  .card { min-inline-size: 0; padding: var(--pad); background: var(--card); border: 1px solid var(--line); border-radius: var(--round-18); }
  .card.flow > * + * { margin-block-start: var(--gap-16); }
  .card-head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: var(--gap-4) var(--gap-16); }
  .card-head small, .tiny { color: var(--ink-soft); font-size: var(--type-13); line-height: 1.7; }
  .small-text { font-size: var(--type-15); line-height: 1.75; }
  .quiet { color: var(--ink-soft); }

  .button { display: inline-flex; align-items: center; justify-content: center; gap: .45em; min-block-size: 2.75rem; padding: .35rem 1.1rem; background: none; border: 1px solid transparent; border-radius: var(--round-12); font-size: var(--type-15); font-weight: 700; line-height: 1.35; text-align: center; text-decoration: none; cursor: pointer; }
  .button.full { inline-size: 100%; }
  .button.primary { background: var(--ai); color: var(--on-ai); }
  .button.primary:hover { background: var(--ai-strong); color: var(--on-ai); }
  .button.outline { border-color: var(--ai); color: var(--ai); }
  .button.outline:hover { background: var(--ai-wash); color: var(--ai-strong); }
  .button.ghost { background: var(--card); border-color: var(--edge); color: var(--ink); font-weight: 400; }
  .button.ghost:hover { border-color: var(--ai); color: var(--ai); }
  .button[aria-pressed="true"] { background: var(--ai-wash); border-color: var(--ai); color: var(--ai-strong); font-weight: 700; }
  .buttons { display: flex; flex-wrap: wrap; gap: var(--gap-12); align-items: center; }

  /* a state is an icon, a word and a tint, never a colour alone */
  .chip { display: inline-flex; align-items: center; gap: .4em; padding: .2rem .7rem .2rem .55rem; background: var(--card); border: 1px solid var(--line); border-radius: 99px; color: var(--ink-soft); font-size: var(--type-13); line-height: 1.5; white-space: nowrap; }
  .chip.good { background: var(--matsu-wash); border-color: transparent; color: var(--matsu); font-weight: 700; }
  .chip.waiting { background: var(--yamabuki-wash); border-color: transparent; color: var(--yamabuki); font-weight: 700; }
  .chip.bad { background: var(--shu-wash); border-color: transparent; color: var(--shu); font-weight: 700; }
  .chip.hollow { border-style: dashed; border-color: var(--edge); }
  .chips { display: flex; flex-wrap: wrap; gap: var(--gap-8); align-items: center; }

  .badge-chip { display: inline-flex; align-items: center; gap: .5em; min-block-size: 2.25rem; padding: .2rem .8rem .2rem .3rem; background: var(--card); border: 1px solid var(--line); border-radius: 99px; color: var(--ink); font-size: var(--type-13); line-height: 1.5; text-decoration: none; }
  .badge-chip span:last-child { white-space: nowrap; }
  .badge-chip:hover { border-color: var(--ai); color: var(--ai); text-decoration: none; }
  .badge-chip .icon { color: var(--matsu); }
  .badge-chip.inactive, .badge-chip.inactive .icon { color: var(--ink-soft); }
  .seal { flex: none; }
  .avatar { flex: none; inline-size: 3.5rem; block-size: 3.5rem; }
  .avatar text { font-weight: 700; }
  .tools .avatar { inline-size: 2rem; block-size: 2rem; }
  .me bdi { overflow: hidden; max-inline-size: 9em; text-overflow: ellipsis; }

  .state { display: flex; align-items: center; gap: .3em; font-size: var(--type-15); font-weight: 700; line-height: 1.6; }
  .state.good { color: var(--matsu); }
  .state.waiting { color: var(--yamabuki); }
  .state.bad { color: var(--shu); }
  .state.inactive { color: var(--ink-soft); }

  .note { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--gap-12); padding: var(--gap-16) var(--gap-24); background: var(--ai-wash); border-radius: var(--round-12); font-size: var(--type-15); line-height: 1.75; }
  .note > .icon { margin-block-start: .2em; color: var(--ai); }
  .note.waiting { background: var(--yamabuki-wash); }
  .note.waiting > .icon { color: var(--yamabuki); }
  .note.bad { background: var(--shu-wash); }
  .note.bad > .icon { color: var(--shu); }

  /* bars in percent, so that no style attribute is needed */
  .meter { inline-size: 100%; block-size: 8px; border-radius: 4px; background: var(--ai-tint); overflow: hidden; }
  .meter rect { fill: var(--ai); }
  .meter.empty { background: none; box-shadow: inset 0 0 0 1px var(--line); }

  .axis-list { display: grid; gap: var(--gap-8); }
  .axis-list > div { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr) 2.25rem; gap: var(--gap-12); align-items: center; font-size: var(--type-15); line-height: 1.5; }
  .axis-list dt { color: var(--ink-soft); white-space: nowrap; }
  .axis-list dd:last-child { font-weight: 700; text-align: end; font-variant-numeric: tabular-nums; }
  .axis-list.compact { gap: .15rem; }
  .axis-list.compact > div { grid-template-columns: 7.75rem minmax(0, 1fr) 1.75rem; font-size: var(--type-12); line-height: 1.5; }
  .axis-list.compact .meter { block-size: 6px; }
  legend:has(+ .segments) { margin-block-end: var(--gap-8); }
  .segments { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: var(--gap-8); }
  .segments .button { padding-inline: .35rem; font-size: var(--type-13); word-break: normal; overflow-wrap: normal; }

  .input { inline-size: 100%; min-block-size: 2.75rem; padding: .4rem .75rem; background: var(--card); border: 1px solid var(--edge); border-radius: var(--round-8); line-height: 1.6; }
  .check { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .7em; align-items: center; min-block-size: 2.25rem; font-size: var(--type-15); line-height: 1.6; cursor: pointer; }
  .check input { inline-size: 1.25rem; block-size: 1.25rem; margin: 0; accent-color: var(--ai); }

  .choices { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: var(--gap-12); }
  .choices form { block-size: 100%; }
  .choice { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--gap-12); align-items: center; inline-size: 100%; block-size: 100%; min-block-size: 3.75rem; padding: var(--gap-12); background: var(--card); border: 1px solid var(--line); border-radius: var(--round-12); text-align: start; cursor: pointer; }
  .choice:hover { border-color: var(--ai); background: var(--ai-wash); }
  .choice .avatar { inline-size: 2.75rem; block-size: 2.75rem; }
  .choice b { display: block; font-size: var(--type-15); line-height: 1.5; }
  .choice small { display: block; color: var(--ink-soft); font-size: var(--type-13); line-height: 1.55; }
  .issues { display: grid; gap: var(--gap-4); font-size: var(--type-15); }

  .steps > li { position: relative; display: grid; grid-template-columns: 2rem minmax(0, 1fr); gap: var(--gap-16); padding-block-end: var(--gap-24); }
  .steps > li:last-child { padding-block-end: 0; }
  .steps > li:not(:last-child)::before { content: ""; position: absolute; inset: 2.25rem auto .25rem 1rem; inline-size: 1px; background: var(--line); }
  .steps .number { display: grid; place-items: center; inline-size: 2rem; block-size: 2rem; border: 1.5px solid var(--edge); border-radius: 50%; color: var(--ink-soft); font-size: var(--type-13); font-weight: 700; line-height: 1; }
  .steps .number.now { background: var(--ai); border-color: transparent; color: var(--on-ai); }
  .steps h3 { line-height: 2rem; }
  .steps p { color: var(--ink-soft); font-size: var(--type-15); line-height: 1.75; }
  .steps .buttons { margin-block-start: var(--gap-12); }

  .facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); }
  .facts > div { display: contents; }
  .facts dt, .facts dd { padding-block: .5rem; border-block-start: 1px solid var(--line); font-size: var(--type-15); line-height: 1.65; }
  .facts > div:first-child > * { border-block-start: 0; }
  .facts dt { padding-inline-end: var(--gap-24); color: var(--ink-soft); }

  .plot-frame { padding: var(--gap-12) var(--gap-12) 3rem 3.25rem; }
  .plot { inline-size: 100%; overflow: visible; }
  .plot text { fill: var(--ink-soft); font-size: 12px; font-variant-numeric: tabular-nums; }
  .plot .label { fill: var(--ink); font-weight: 700; }
  .plot .grid { stroke: var(--line); }
  .plot .area { fill: var(--ai-wash); }
  .plot .curve { fill: none; stroke: var(--ai); stroke-width: 2.5; vector-effect: non-scaling-stroke; }
  .plot .drop { stroke: var(--ai); stroke-width: 1.5; stroke-dasharray: 3 3; }
  .plot .here { fill: var(--card); stroke: var(--ai); stroke-width: 2; }
}
`
