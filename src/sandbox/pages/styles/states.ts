/** Small screens, forced colours, print and motion. */
export const states = `@layer states {
  @media (max-width: 60rem) {
    :root { --pad: 1.25rem; --bar: 3.75rem; --gutter: 1.125rem; --type-24: 1.375rem; --type-30: 1.5625rem; }
    .top-inner { flex-wrap: wrap; gap: 0 var(--gap-12); }
    .tabs { order: 3; flex: 0 0 calc(100% + 2 * var(--gutter)); margin-inline: calc(-1 * var(--gutter)); border-block-start: 1px solid var(--line); overflow-x: auto; scrollbar-width: none; }
    .tabs ul { padding-inline: .5rem; }
    .tabs a { min-block-size: 2.875rem; padding-inline: .625rem; }
    .tabs a[aria-current]::after { inset-inline: .625rem; }
    .wrap { padding-block: var(--gap-24) var(--gap-44); }
    .columns, .market, .review-grid, .why-body { grid-template-columns: minmax(0, 1fr); }
    .stages, .stage-facts { grid-template-columns: repeat(2, minmax(0, 1fr)); }
    .stages > div, .stages > div:first-child, .stages > div:last-child { padding: var(--gap-8) var(--gap-12); border-width: 0 0 0 1px; border-radius: 0; }
    .stages > div + div::before { content: none; }
    .stage-facts > div { padding: var(--gap-8) var(--gap-12); }
    .stage-facts > div:nth-child(odd) { padding-inline-start: 0; border-inline-start: 0; }
    .foot p { flex-basis: 100%; }
    .market { gap: var(--gap-24); }
    .filters.card { padding-block: 0; }
    .filters[open] { padding-block-end: var(--gap-16); }

    .person { grid-template-columns: 3rem minmax(0, 1fr) auto; gap: 0 var(--gap-12); padding: var(--gap-16) var(--pad) var(--gap-4); }
    .person .avatar { grid-area: 1 / 1; inline-size: 3rem; block-size: 3rem; }
    .person .rank { grid-area: 1 / 3; line-height: 1.5; text-align: end; }
    .person .about { grid-area: 1 / 2; }
    .person .about :is(.chips, .figures) { margin-inline: -3.75rem -2.5rem; }
    .person .given { grid-column: 1 / -1; margin-block-start: var(--gap-16); }
    .why { grid-column: 1 / -1; }
    .why > summary small { flex-basis: 100%; margin-inline-start: 1.5rem; }
    .score { margin-block-end: var(--gap-8); }
    .identity { grid-template-columns: 4rem minmax(0, 1fr); gap: var(--gap-16); align-items: start; padding: var(--gap-24) var(--pad); }
    .identity .avatar { inline-size: 4rem; block-size: 4rem; }
    .identity .chips { margin-inline-start: -5rem; }
    .identity .buttons { grid-column: 1 / -1; }
    .identity .buttons > *, .identity .buttons .button { flex: 1 1 auto; inline-size: 100%; }
  }
  @media (max-width: 30rem) {
    .tabs a { padding-inline: .5rem; font-size: var(--type-13); }
    .tabs a[aria-current]::after { inset-inline: .5rem; }
    .axis-list:not(.compact) > div { grid-template-columns: 8.25rem minmax(0, 1fr) 2.25rem; }
    .hero { gap: var(--gap-16); align-items: start; }
    .hero .lead { margin-inline-start: -5rem; }
    .plot-frame { padding-inline: 2.75rem .5rem; }
    .note { padding-inline: var(--gap-16); }
    .formula { padding-inline: var(--gap-16); }
  }
  @media (min-width: 60.01rem) {
    /* on a wide screen the filters are always open, where the browser can do that */
    @supports selector(::details-content) {
      .filters > summary { display: none; }
      .filters::details-content { content-visibility: visible; block-size: auto; }
    }
  }
  @media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
  @media (forced-colors: active) {
    .chip, .badge-chip, .note, .review { border: 1px solid CanvasText; }
    .tabs a[aria-current]::after { background: Highlight; }
    .meter { border: 1px solid CanvasText; }
    .meter rect, .gauges .on { fill: Highlight; }
    .gauges .off { fill: Canvas; stroke: CanvasText; }
    .plot text { fill: CanvasText; }
  }
  @media print {
    .top, .foot, .filters, .find, .switch, .buttons, .skip { display: none; }
    body { background: #fff; }
    .card { border-color: #999; break-inside: avoid; }
  }
}
`
