import type { Diagnostic } from '../authoring/diagnostic.ts'
import { escapeHtml } from '../authoring/escape-html.ts'
import type { CompiledItem, ItemVariant } from '../authoring/merge-locales.ts'
import type { PlacedItem, PresentedChoice, PresentedItem } from '../form/form.ts'
import { presentItem } from '../form/present-form.ts'
import type { Choice, Item, Key, Stem } from '../item/item.ts'
import type { CheckedFolder } from './check-folder.ts'
import { asText } from './format-diagnostics.ts'

const indices = (list: readonly unknown[]) => list.map((_, i) => i)

/** The item on a paper of its own, everything in the order of the bank. */
function placedAsWritten(item: Item, stem: Stem): PlacedItem {
  const placed = { ref: 'q1', itemId: item.id, itemHash: item.hash }
  switch (stem.type) {
    case 'match':
      return { ...placed, left: indices(stem.left), choices: indices(stem.right) }
    case 'cloze':
      return { ...placed, blanks: Object.fromEntries(stem.blanks.flatMap((blank) => (blank.choices ? [[blank.ref, indices(blank.choices)]] : []))) }
    case 'numeric':
    case 'short':
      return placed
    default:
      return { ...placed, choices: indices(stem.choices) }
  }
}

const picker = (name: string, choices: readonly PresentedChoice[], type: 'radio' | 'checkbox'): string =>
  `<ul class="options">${choices.map((choice) => `<li><label><input type="${type}" name="${escapeHtml(name)}"><span>${choice.html}</span></label></li>`).join('')}</ul>`

const select = (label: string, choices: readonly PresentedChoice[]): string =>
  `<select aria-label="${escapeHtml(label)}"><option></option>${choices.map((choice) => `<option>${escapeHtml(plain(choice.html))}</option>`).join('')}</select>`

const plain = (html: string): string => html.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '')

/** What a candidate sees: made of a `PresentedItem` alone, so there is no key to show. */
function candidateView(id: string, item: PresentedItem): string {
  const stem = item.stemHtml.replace(/<span class="blank" data-blank="(\d+)"><\/span>/g, (_, ref: string) => {
    const options = item.blanks?.find((blank) => blank.ref === ref)?.options
    return options ? select(`(${ref})`, options) : `<input class="gap" aria-label="(${ref})">`
  })
  switch (item.type) {
    case 'single':
    case 'true-false':
      return stem + picker(id, item.options ?? [], 'radio')
    case 'multiple':
      return stem + picker(id, item.options ?? [], 'checkbox')
    case 'order':
      return `${stem}<ul class="rows">${(item.options ?? []).map((option) => `<li>${option.html}</li>`).join('')}</ul>`
    case 'match':
      return `${stem}<table><tbody>${(item.left ?? []).map((left) => `<tr><th scope="row">${left.html}</th><td>${select(plain(left.html), item.right ?? [])}</td></tr>`).join('')}</tbody></table>`
    case 'numeric':
    case 'short':
      return `${stem}<p><input class="answer" aria-label="answer"></p>`
    case 'cloze':
      return stem
    default:
      return item.type satisfies never
  }
}

const listed = (lines: readonly string[], tag: 'ul' | 'ol' = 'ul'): string => `<${tag}>${lines.map((line) => `<li>${line}</li>`).join('')}</${tag}>`

function keyView(stem: Stem, key: Key): string {
  const html = (choices: readonly Choice[], i: number) => choices[i]?.html ?? '?'
  switch (key.type) {
    case 'single':
    case 'true-false':
      return listed([html('choices' in stem ? stem.choices : [], key.choice)])
    case 'multiple':
      return listed(key.choices.map((i) => html('choices' in stem ? stem.choices : [], i))) + (key.partial ? '<p>部分点 / partial</p>' : '')
    case 'numeric':
      return `<p>${key.value} ± ${key.tolerance} ${escapeHtml(key.unit)}</p>`
    case 'short':
      return listed(key.accepted.map(escapeHtml))
    case 'cloze': {
      const blanks = stem.type === 'cloze' ? stem.blanks : []
      return listed(
        Object.entries(key.blanks).map(([ref, blank]) => ('choice' in blank ? html(blanks.find((one) => one.ref === ref)?.choices ?? [], blank.choice) : escapeHtml(blank.accepted.join(' / ')))),
        'ol',
      )
    }
    case 'order':
      return listed(
        key.order.map((i) => html('choices' in stem ? stem.choices : [], i)),
        'ol',
      )
    case 'match':
      return stem.type === 'match' ? listed(key.pairs.map((right, left) => `${html(stem.left, left)} → ${html(stem.right, right)}`)) : ''
    default:
      return key satisfies never
  }
}

function variantView(item: Item, variant: ItemVariant, diagnostics: readonly Diagnostic[]): string {
  const { wording, source, locale } = variant
  if (!wording) return ''
  const { stem, secret } = wording
  const facts = [item.type, `${item.points}pt`, `★${item.difficulty}`, item.skill, item.level, item.status, `v${item.version}`, locale].filter((fact) => fact !== undefined)
  return `<section class="item" id="${item.id}-${locale}"><h2>${item.id} <small>${escapeHtml(source.title)}</small></h2><div class="sides"><div class="candidate" lang="${locale}">${candidateView(`${item.id}-${locale}`, presentItem(placedAsWritten(item, stem), stem, item.points))}</div><aside class="author"><p class="facts">${escapeHtml(facts.join(' · '))}</p>${keyView(stem, secret.key)}<pre>${escapeHtml(secret.rationale)}</pre>${listed(secret.references.map(escapeHtml))}<pre>${escapeHtml(secret.notes)}</pre>${problemList(diagnostics)}</aside></div></section>`
}

const problemList = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics.length === 0 ? '' : `<ul class="problems">${diagnostics.map((diagnostic) => `<li class="${diagnostic.severity}">${escapeHtml(asText(diagnostic))}</li>`).join('')}</ul>`

/** Diagnostics between this item's heading and the next one's. */
function problemsOf(variant: ItemVariant, all: readonly CompiledItem[], diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const from = variant.places.heading.line
  const later = all.flatMap(({ variants }) => variants).filter((other) => other.path === variant.path && other.places.heading.line > from)
  const to = Math.min(...later.map((other) => other.places.heading.line))
  return diagnostics.filter((diagnostic) => diagnostic.file === variant.path && diagnostic.line >= from && diagnostic.line < to)
}

/** The whole page of the preview. */
export function previewPage(checked: readonly CheckedFolder[]): string {
  const body = checked.map(({ compiled, diagnostics }) => {
    const { exam, items } = compiled
    const rules = Object.values(exam?.rulesHtml ?? {}).map((html) => `<details><summary>受験前の説明 / Rules</summary><div class="candidate">${html}</div></details>`)
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    const sections = items.flatMap(({ item, variants }) => (item ? variants.map((variant) => variantView(item, variant, problemsOf(variant, items, diagnostics))) : []))
    return `<h1>${escapeHtml(exam?.title.ja ?? exam?.title.en ?? 'kentei')}</h1>${problemList(errors)}${rules.join('')}${sections.join('')}`
  })
  return `<!doctype html><html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>kentei preview</title><link rel="stylesheet" href="/preview.css"><script src="/preview.js" defer></script></head><body>${body.join('')}</body></html>`
}

export const PREVIEW_CSS = `:root{color-scheme:light dark;font:16px/1.8 "Hiragino Sans","BIZ UDPGothic","Noto Sans JP",sans-serif}
body{max-width:90rem;margin:0 auto;padding:1rem;word-break:keep-all;overflow-wrap:anywhere}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1rem}
.item{border-top:1px solid color-mix(in srgb,currentColor 25%,transparent);padding-block:1rem}
.candidate,.author{min-width:0;padding:1rem;border-radius:.5rem}
.candidate{border:1px solid color-mix(in srgb,currentColor 30%,transparent)}
.author{background:color-mix(in srgb,currentColor 6%,transparent);font-size:.9rem}
h1{font-size:1.4rem}h2{font-size:1.05rem}small,.facts{opacity:.75}
pre{white-space:pre-wrap;font:inherit}.candidate pre{font-family:monospace}
blockquote{margin:1em 0;padding:.2em 1em;border-inline-start:3px solid color-mix(in srgb,currentColor 40%,transparent)}
table{border-collapse:collapse}th,td{border:1px solid color-mix(in srgb,currentColor 30%,transparent);padding:.2em .6em}[data-align=right]{text-align:right}[data-align=center]{text-align:center}
.options,.rows{list-style:none;padding:0}.options label{display:flex;gap:.6em}.rows li{border:1px solid color-mix(in srgb,currentColor 30%,transparent);padding:.2em .6em;margin:.3em 0}
.gap{width:8em}.problems{padding-inline-start:1.2em}.error{color:light-dark(#b00020,#ff8a8a)}img{max-width:100%}`

export const PREVIEW_JS = `new EventSource('/events').addEventListener('change', () => location.reload())`
