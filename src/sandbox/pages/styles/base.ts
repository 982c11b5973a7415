/** Elements without classes, and the frame around every page. */
export const base = `@layer base {
  *, ::before, ::after { box-sizing: border-box; }
  html { -webkit-text-size-adjust: 100%; scroll-padding-block: 2rem; }
  body {
    margin: 0;
    background: var(--paper);
    color: var(--ink);
    font: 400 var(--type-17)/1.85 var(--sans);
    line-break: strict;
    word-break: auto-phrase;
    overflow-wrap: anywhere;
    text-spacing-trim: trim-start;
    text-autospace: normal;
  }
  h1, h2, h3, h4, p, ol, ul, dl, dd, fieldset, figure { margin: 0; padding: 0; border: 0; list-style: none; font-size: inherit; font-weight: inherit; }
  h1, h2, h3, p, li, dt, dd { text-wrap: pretty; }
  h1 { font-size: var(--type-30); font-weight: 700; line-height: 1.4; }
  h2 { font-size: var(--type-20); font-weight: 700; line-height: 1.5; }
  h3 { font-size: var(--type-17); font-weight: 700; line-height: 1.6; }
  legend { padding: 0; font-size: var(--type-15); font-weight: 700; }
  button, input { font: inherit; color: inherit; }
  svg, img { display: block; }
  a { color: var(--ai); text-decoration-thickness: 1px; text-underline-offset: .22em; }
  a:hover { color: var(--ai-strong); text-decoration-thickness: 2px; }
  summary { cursor: pointer; list-style: none; }
  summary::-webkit-details-marker { display: none; }
  code { font-family: var(--mono); font-size: .92em; text-autospace: no-autospace; word-break: break-all; }
  :focus-visible { outline: 3px solid var(--ai); outline-offset: 2px; border-radius: var(--round-8); }
  .unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .unbroken { white-space: nowrap; }
  .icon { inline-size: 1.25rem; block-size: 1.25rem; flex: none; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; }
  .icon.small { inline-size: 1rem; block-size: 1rem; stroke-width: 2; }
}

@layer frame {
  .skip { position: absolute; inset-inline-start: 1rem; inset-block-start: -4rem; z-index: 9; padding: .5rem 1rem; background: var(--card); }
  .skip:focus { inset-block-start: .5rem; }

  .top { background: var(--card); border-block-end: 1px solid var(--line); }
  .top-inner { display: flex; align-items: center; gap: 0 var(--gap-32); max-inline-size: var(--wide); min-block-size: var(--bar); margin-inline: auto; padding-inline: var(--gutter); }
  .logo { display: flex; align-items: center; gap: var(--gap-12); min-block-size: 3.25rem; color: var(--ink); line-height: 1.3; text-decoration: none; }
  .logo:hover { color: var(--ink); }
  .logo b { display: block; font-size: var(--type-15); }
  .logo small { display: block; font-size: var(--type-12); color: var(--ink-soft); }
  .tabs ul { display: flex; gap: var(--gap-4); }
  .tabs a { position: relative; display: flex; align-items: center; min-block-size: var(--bar); padding-inline: var(--gap-12); color: var(--ink-soft); font-size: var(--type-15); text-decoration: none; white-space: nowrap; }
  .tabs a:hover { color: var(--ai); }
  .tabs a[aria-current] { color: var(--ink); font-weight: 700; }
  .tabs a[aria-current]::after { content: ""; position: absolute; inset: auto var(--gap-12) -1px; block-size: 3px; border-radius: 3px 3px 0 0; background: var(--ai); }
  .tools { margin-inline-start: auto; font-size: var(--type-13); white-space: nowrap; }
  .tools a { display: inline-flex; align-items: center; gap: .35em; min-block-size: 2.75rem; color: var(--ink-soft); text-decoration: none; }
  .tools a:hover { color: var(--ai); text-decoration: underline; }

  .tools { display: flex; align-items: center; gap: 0 var(--gap-16); }
  .tools .plain { min-block-size: 2.75rem; padding: 0; background: none; border: 0; color: var(--ink-soft); cursor: pointer; }
  .tools .plain:hover { color: var(--ai); text-decoration: underline; }

  .wrap { max-inline-size: var(--wide); margin-inline: auto; padding: var(--gap-32) var(--gutter) var(--gap-44); }
  .wrap.narrow { max-inline-size: 64rem; }
  .columns { display: grid; grid-template-columns: minmax(0, 1fr) var(--side); gap: var(--gap-24); align-items: start; }
  .stack { display: grid; gap: var(--gap-24); align-content: start; grid-template-columns: minmax(0, 1fr); }
  .stack.tight { gap: var(--gap-16); }
  .head { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: var(--gap-12) var(--gap-32); margin-block-end: var(--gap-24); }
  .head > div:first-child { flex: 1 1 20rem; }
  .lead { max-inline-size: 38em; margin-block-start: var(--gap-8); color: var(--ink-soft); }
  .crumb { margin-block-end: var(--gap-16); font-size: var(--type-13); line-height: 1.5; }
  .crumb a { display: inline-flex; align-items: center; gap: .25em; min-block-size: 1.75rem; text-decoration: none; }
  .crumb a:hover { text-decoration: underline; }
  .plain-words { word-break: normal; }
  .plain-words h2 { word-break: auto-phrase; }

  .foot { border-block-start: 1px solid var(--line); color: var(--ink-soft); font-size: var(--type-13); }
  .foot-inner { display: flex; flex-wrap: wrap; gap: var(--gap-8) var(--gap-24); max-inline-size: var(--wide); margin-inline: auto; padding: var(--gap-24) var(--gutter) var(--gap-32); }
  .foot p { margin-inline-end: auto; }
  .foot a { display: inline-block; padding-block: .2rem; color: inherit; line-height: 1.6; }
}
`
