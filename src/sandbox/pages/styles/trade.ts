/** Forms, contracts, jobs and what a person is told. */
export const trade = `@layer trade {
  textarea, select { font: inherit; color: inherit; }
  textarea.input { min-block-size: 6rem; resize: vertical; line-height: 1.75; }
  select.input { appearance: auto; }
  .input.few { max-inline-size: 6rem; text-align: end; }
  .input.short { max-inline-size: 14rem; }
  .input[aria-invalid="true"] { border-color: var(--shu); border-width: 2px; }
  .with-unit { display: flex; align-items: center; gap: .6em; max-inline-size: 16rem; }
  .with-unit > span { flex: none; }
  .with-unit .input { text-align: end; font-variant-numeric: tabular-nums; }

  .form { display: grid; gap: var(--gap-16); grid-template-columns: minmax(0, 1fr); }
  .form h3 { margin-block-start: var(--gap-8); }
  .field { display: grid; gap: var(--gap-4); grid-template-columns: minmax(0, 1fr); min-inline-size: 0; }
  .field > label, .field > legend { font-size: var(--type-15); font-weight: 700; line-height: 1.6; }
  .field label > small, .field legend > small { margin-inline-start: .6em; color: var(--ink-soft); font-size: var(--type-13); font-weight: 400; }
  .field .tiny { word-break: normal; }
  .issue { display: flex; align-items: center; gap: .4em; color: var(--shu); font-size: var(--type-15); font-weight: 700; line-height: 1.6; }
  .side-by-side { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr)); gap: var(--gap-16); align-items: end; }
  .trouble ul { display: grid; gap: var(--gap-4); margin-block-start: var(--gap-4); }
  .typed { margin: 0; padding: var(--gap-8) var(--gap-12); background: var(--wash); border-inline-start: 3px solid var(--edge); border-radius: 0 var(--round-8) var(--round-8) 0; font-size: var(--type-15); line-height: 1.75; white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere; }
  .trouble .typed { margin-block-start: var(--gap-8); background: var(--card); }
  .written { white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere; }

  .options { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr)); gap: var(--gap-8); margin-block-start: var(--gap-4); }
  .option { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .7em; align-items: center; min-block-size: 3.25rem; padding: .4rem var(--gap-16); background: var(--card); border: 1px solid var(--edge); border-radius: var(--round-12); font-size: var(--type-15); line-height: 1.5; cursor: pointer; }
  .option:hover { border-color: var(--ai); }
  .option:has(:checked) { background: var(--ai-wash); border-color: var(--ai); box-shadow: inset 0 0 0 1px var(--ai); }
  .option:has(:focus-visible) { outline: 3px solid var(--ai); outline-offset: 2px; }
  .option :focus-visible { outline: none; }
  .option input { inline-size: 1.25rem; block-size: 1.25rem; margin: 0; accent-color: var(--ai); }
  .option small { display: block; color: var(--ink-soft); font-size: var(--type-13); }
  .scale { display: grid; grid-template-columns: repeat(auto-fit, minmax(2.75rem, 1fr)); gap: var(--gap-4); margin-block-start: var(--gap-4); }
  .scale .option { grid-template-columns: minmax(0, 1fr); gap: .1rem; justify-items: center; min-block-size: 3.25rem; padding: .35rem .2rem; border-radius: var(--round-8); font-weight: 700; font-variant-numeric: tabular-nums; }
  .axes-asked { display: grid; gap: var(--gap-24); grid-template-columns: minmax(0, 1fr); max-inline-size: 34rem; }
  .scale-ends { display: flex; justify-content: space-between; margin-block-end: calc(-1 * var(--gap-16)); }
  .hidden-part { padding: var(--gap-24); background: var(--wash); border: 1px dashed var(--edge); border-radius: var(--round-12); }
  .hidden-part h3 { display: flex; align-items: center; gap: .5em; margin: 0; }
  .hidden-part ul { display: grid; gap: var(--gap-4); padding-inline-start: 1.2em; color: var(--ink-soft); }
  .hidden-part ul li { list-style: disc; }
  .flow > * + * { margin-block-start: var(--gap-16); }

  .headline { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--gap-16); padding-block: var(--gap-24); border-inline-start-width: 6px; }
  .headline > .icon { inline-size: 2rem; block-size: 2rem; margin-block-start: .15rem; }
  .headline h2 { font-size: var(--type-24); line-height: 1.45; }
  .headline p { margin-block-start: var(--gap-8); max-inline-size: 38em; }
  .headline.yours { border-color: var(--ai); }
  .headline.yours > .icon { color: var(--ai); }
  .headline.good { border-inline-start-color: var(--matsu); }
  .headline.good > .icon { color: var(--matsu); }
  .headline.waiting { border-inline-start-color: var(--yamabuki); }
  .headline.waiting > .icon { color: var(--yamabuki); }
  .headline.bad { border-inline-start-color: var(--shu); }
  .headline.bad > .icon { color: var(--shu); }
  .headline.inactive { border-inline-start-color: var(--edge); }
  .headline.inactive > .icon { color: var(--ink-soft); }
  .deadline { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .5em; font-size: var(--type-15); line-height: 1.7; }
  .deadline .icon { margin-block-start: .32em; color: var(--yamabuki); }
  .deadline time { font-weight: 700; font-variant-numeric: tabular-nums; }
  .deadline small { margin-inline-start: .6em; color: var(--ink-soft); font-size: var(--type-13); }
  .chip.yours { background: var(--ai-tint); border-color: transparent; color: var(--ai-strong); font-weight: 700; }
  .chip.inactive { background: var(--wash); }

  .folds { border-block-end: 1px solid var(--line); }
  .folds > .fold { border-block-start: 1px solid var(--line); }
  .fold > summary { display: flex; align-items: center; justify-content: space-between; gap: var(--gap-12); min-block-size: 3rem; padding-block: .4rem; color: var(--ai); font-size: var(--type-15); font-weight: 700; line-height: 1.5; }
  .fold > summary:hover { color: var(--ai-strong); }
  .fold > summary .turning { transition: rotate .15s; }
  .fold[open] > summary .turning { rotate: 90deg; }
  .folds > .fold > :not(summary), .card .fold > .form { padding-block: var(--gap-8) var(--gap-24); }
  .card.fold { padding-block: var(--gap-8); }
  .card.fold > summary { flex-wrap: wrap; color: var(--ink); }
  .card.fold > summary small { margin-inline-end: auto; color: var(--ink-soft); font-size: var(--type-13); font-weight: 400; }
  .card.fold[open] { padding-block-end: var(--pad); }

  .facts small { display: block; color: var(--ink-soft); font-size: var(--type-13); }
  .facts.sums { grid-template-columns: minmax(0, 1fr) auto; }
  .facts.sums dd { text-align: end; font-weight: 700; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .facts.sums small { font-weight: 400; }
  .facts.stacked { grid-template-columns: minmax(0, 1fr); }
  .facts.stacked dt { padding-block-end: 0; font-size: var(--type-13); }
  .facts.stacked dd { padding-block-start: 0; border-block-start: 0; }
  .facts.stacked > div:first-child > dt { border-block-start: 1px solid var(--line); }
  .milestones li { display: grid; grid-template-columns: minmax(0, 1fr) auto 6.5rem; gap: var(--gap-4) var(--gap-16); align-items: center; padding-block: var(--gap-12); border-block-start: 1px solid var(--line); font-size: var(--type-15); line-height: 1.6; }
  .sum { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .timeline li { position: relative; display: grid; gap: var(--gap-4); padding: 0 0 var(--gap-16) var(--gap-24); font-size: var(--type-15); line-height: 1.7; }
  .timeline li::before { content: ""; position: absolute; inset-block-start: .4rem; inset-inline-start: 0; inline-size: .65rem; block-size: .65rem; background: var(--card); border: 2px solid var(--ai); border-radius: 50%; }
  .timeline li:not(:last-child)::after { content: ""; position: absolute; inset-block: 1.25rem -.2rem; inset-inline-start: .28rem; inline-size: 1px; background: var(--line); }
  .timeline li:last-child { padding-block-end: 0; }
  .timeline .tiny { display: flex; flex-wrap: wrap; gap: 0 var(--gap-12); }
  .lines > li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--gap-8) var(--gap-16); padding-block: var(--gap-12); border-block-start: 1px solid var(--line); font-size: var(--type-15); line-height: 1.65; }

  .rows { inline-size: 100%; border-collapse: collapse; font-size: var(--type-13); line-height: 1.6; word-break: normal; }
  .rows :is(th, td) { padding: var(--gap-8) var(--gap-8); border-block-end: 1px solid var(--line); text-align: start; vertical-align: top; }
  .rows :is(th, td):first-child { padding-inline-start: 0; }
  .rows :is(th, td):last-child { padding-inline-end: 0; }
  .rows thead th { color: var(--ink-soft); font-weight: 400; white-space: nowrap; }
  .rows .figures { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .rows tfoot :is(th, td) { border-block: 2px solid var(--edge) 0; font-weight: 700; }

  .review { align-content: start; }
  .review .when { margin-inline-start: .75em; font-weight: 400; }
  .review h4 { color: var(--ink-soft); font-size: var(--type-13); font-weight: 700; line-height: 1.6; }
  .review.empty { background: none; border: 1px dashed var(--edge); align-content: start; }
  .reply { display: grid; gap: var(--gap-4); padding-inline-start: var(--gap-12); border-inline-start: 3px solid var(--ai-tint); }

  .rules { display: grid; gap: var(--gap-8); margin-block-start: var(--gap-8); font-size: var(--type-15); line-height: 1.7; }
  .rules li { display: grid; padding-inline-start: var(--gap-12); border-inline-start: 3px solid var(--edge); }
  .points { display: grid; gap: var(--gap-8); padding-inline-start: 1.2em; }
  ul.points > li { list-style: disc; }
  ol.points > li { list-style: decimal; }
  .points > li::marker { color: var(--ink-soft); }
  .job-chips { margin-block-start: var(--gap-8); font-size: var(--type-15); }
  .inline { display: inline; }

  .job { padding-block-end: var(--gap-8); }
  .job h2 { font-size: var(--type-17); line-height: 1.6; }
  .job h2 a { color: inherit; text-decoration: none; }
  .job h2 a:hover { color: var(--ai); text-decoration: underline; }
  .job-pay { display: flex; flex-wrap: wrap; gap: 0 var(--gap-16); margin-block: var(--gap-4) var(--gap-8); color: var(--ink-soft); font-size: var(--type-13); line-height: 1.8; font-variant-numeric: tabular-nums; }
  .job-pay b { color: var(--ink); font-size: var(--type-15); }
  .by { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--gap-12); align-items: center; font-size: var(--type-15); line-height: 1.6; }
  .by .avatar { inline-size: 2.5rem; block-size: 2.5rem; }
  .by small { display: block; color: var(--ink-soft); font-size: var(--type-13); word-break: normal; }
  .job .by { margin-block-start: var(--gap-12); }
  .job .why > .reasons { padding-block: var(--gap-4) var(--gap-16); }
  .range label { display: grid; gap: var(--gap-4); margin-block-end: var(--gap-8); color: var(--ink-soft); font-size: var(--type-13); }

  .applicant { display: grid; grid-template-columns: minmax(0, 1fr) 17rem; gap: var(--gap-16) var(--gap-24); }
  .applicant .who { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--gap-16); }
  .applicant h2 { font-size: var(--type-17); }
  .applicant .chips { margin-block-start: var(--gap-8); }
  .applicant .letter { grid-column: 1 / -1; display: grid; gap: var(--gap-12); }
  .part { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); gap: var(--gap-12); align-items: start; }
  .said { display: grid; gap: var(--gap-4); }

  .entries, .notices, .timeline, .milestones, .lines, .tasks ul { display: grid; grid-template-columns: minmax(0, 1fr); }
  .entries > li { display: flex; align-items: center; justify-content: space-between; gap: var(--gap-8) var(--gap-16); padding-block: var(--gap-12); border-block-start: 1px solid var(--line); font-size: var(--type-15); line-height: 1.6; }
  .entries > li > div { min-inline-size: 0; }
  .entries .tiny { display: flex; flex-wrap: wrap; gap: 0 var(--gap-12); }
  .tasks ul { gap: var(--gap-8); }
  .task { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: var(--gap-12); align-items: center; min-block-size: 3.75rem; padding: var(--gap-8) var(--gap-16); background: var(--ai-wash); border: 1px solid var(--ai); border-radius: var(--round-12); font-size: var(--type-15); line-height: 1.6; text-decoration: none; }
  .task:hover { background: var(--ai-tint); }
  .task small { display: block; color: var(--ink-soft); font-size: var(--type-13); }
  .notices > li { display: grid; gap: var(--gap-4); justify-items: start; padding-block: var(--gap-12); border-block-start: 1px solid var(--line); font-size: var(--type-15); line-height: 1.7; }
  .notices .tiny { display: flex; flex-wrap: wrap; align-items: center; gap: 0 var(--gap-12); }
  .mark { padding: 0 .6em; border: 1px solid var(--line); border-radius: 99px; font-size: var(--type-12); }
  .mark.new { background: var(--ai); border-color: var(--ai); color: var(--on-ai); font-weight: 700; }

  .statement { display: grid; gap: var(--gap-4); grid-template-columns: minmax(0, 1fr); max-inline-size: 40em; font-size: var(--type-15); line-height: 1.85; word-break: normal; }
  .statement h3 { margin-block-start: var(--gap-12); font-size: var(--type-15); }
  .statement h3:first-child { margin-block-start: 0; }
  .clause { margin: 0; padding-inline-start: var(--gap-16); border-inline-start: 3px solid var(--ai); font-family: "Hiragino Mincho ProN", "BIZ UDPMincho", "Noto Serif JP", "Noto Serif CJK JP", serif; white-space: pre-line; }

  @media (max-width: 60rem) {
    .applicant, .part { grid-template-columns: minmax(0, 1fr); }
    .headline { grid-template-columns: minmax(0, 1fr); gap: var(--gap-8); }
    .rows, .rows :is(thead, tbody, tfoot, tr, th, td) { display: block; }
    .rows thead { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .rows tr { padding-block: var(--gap-12); border-block-start: 1px solid var(--line); }
    .rows :is(td, tfoot th) { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: var(--gap-12); padding: .1rem 0; border: 0; text-align: start; }
    .rows td::before { content: attr(data-label); color: var(--ink-soft); font-weight: 400; }
    .rows tfoot tr { border-block-start: 2px solid var(--edge); }
    .rows tfoot :is(th, td) { border: 0; }
    .rows .figures { text-align: start; }
    .rows .void { display: none; }
    .milestones li { grid-template-columns: minmax(0, 1fr) auto; }
    .milestones li > div { grid-column: 1 / -1; }
  }
  @media (max-width: 30rem) {
    .entries > li { flex-direction: column; align-items: start; }
    .hidden-part { padding: var(--gap-16); }
    .scale:has(:nth-child(11)) { grid-template-columns: repeat(6, minmax(0, 1fr)); }
  }
  @media (forced-colors: active) {
    .option:has(:checked) { outline: 2px solid Highlight; }
    .headline, .typed, .reply { border-color: CanvasText; }
  }
}
`
