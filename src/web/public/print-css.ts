/** Style of the certificate on paper: one sheet of A4, the same on screen as in print. Paper is white in the dark too. */
export const printCss = `
@page { size: A4; margin: 0; }
@layer pages {
  :root { color-scheme: light; }
  body { background: var(--wash); }
  .printbar { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2) var(--s5); max-inline-size: 210mm; margin-inline: auto; padding: var(--s4); font-size: var(--t0); }
  .printbar p { flex: 1 1 16rem; }
  .paper { inline-size: min(210mm, 100%); min-block-size: 297mm; margin-inline: auto; background: #fff; border: 1px solid var(--line); display: flex; flex-direction: column; word-break: normal; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .paper .guil { inline-size: 100%; block-size: 7mm; flex: none; }
  .paper .inner { flex: 1; min-block-size: 0; display: flex; flex-direction: column; align-items: center; text-align: center; padding: 11mm clamp(1rem, 8%, 18mm) 8mm; font-size: 10pt; line-height: 1.65; }
  .paper h1 { font: 700 25pt/1.3 var(--serif); letter-spacing: .18em; margin-inline-end: -.18em; }
  .paper:lang(en) h1 { letter-spacing: .06em; margin-inline-end: -.06em; }
  .paper h1, .holder, .passed { overflow-wrap: anywhere; }
  /* a sheet is never too short: where words need the room, the picture gives it */
  .paper .inner > * { flex-shrink: 0; }
  .paper .inner > .badge { flex: 0 1 63mm; min-block-size: 20mm; inline-size: 54mm; margin-block: 6mm 4mm; }
  .holder { font: 700 21pt/1.4 var(--serif); padding-inline: 8mm; border-block-end: 1px solid var(--edge); }
  .holder.long { font-size: 14pt; }
  .passed { font: 500 14pt/1.7 var(--serif); margin-block-start: 2mm; text-wrap: balance; }
  .ended .ending { margin-block-start: 3mm; padding: 2mm 6mm; border: 1.5pt solid var(--shu); border-radius: 4px; color: var(--shu); }
  .ended .ending.wait { border-color: var(--yama); color: var(--yama); }
  .ended .ending h2 { display: flex; align-items: center; justify-content: center; gap: .4em; font-size: 14pt; }
  .deeds { display: grid; grid-template-columns: auto auto; gap: 1.2mm 8mm; margin-block-start: 6mm; text-align: start; font-size: 11.5pt; }
  .deeds > div { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1; align-items: baseline; }
  .deeds dt { color: var(--ink2); font-size: 10pt; }
  .deeds dd { font-variant-numeric: tabular-nums; }
  .bounds { display: grid; grid-template-columns: 3fr 2fr; gap: 8mm; margin-block: auto; padding-block: 4mm; text-align: start; font-size: 10pt; line-height: 1.6; }
  .paper h2 { font-size: 11pt; line-height: 1.6; }
  .bounds ul { margin-block-start: 1mm; padding-inline-start: 1.2em; columns: 2; column-gap: 8mm; }
  .bounds li { list-style: disc; break-inside: avoid; }
  .proof { display: grid; grid-template-columns: 32mm minmax(0, 1fr); gap: 5mm; align-items: center; align-self: stretch; text-align: start; border-block-start: 1px solid var(--line); padding-block-start: 4mm; font-size: 9pt; line-height: 1.6; }
  .proof .qr { inline-size: 32mm; block-size: 32mm; }
}
@layer states {
  @media screen and (max-width: 40rem) {
    .paper { min-block-size: 0; border-inline: 0; }
    .paper .inner { padding-inline: var(--s4); }
    .bounds { grid-template-columns: minmax(0, 1fr); gap: 4mm; }
    .bounds ul { columns: 1; }
    .deeds dd { overflow-wrap: anywhere; }
  }
  @media print {
    body { background: #fff; }
    .printbar { display: none; }
    .paper { inline-size: 210mm; block-size: 297mm; min-block-size: 0; border: 0; overflow: hidden; }
  }
}
`
