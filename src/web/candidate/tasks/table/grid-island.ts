import type { GridTexts } from './grid-texts.ts'

/** The cells of a table to put in order: keys, pasting and copying, and what cannot be seen in a cell. The exam's island saves them. */

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T
const card = byId('gridcard')
const texts = JSON.parse(card.dataset.texts ?? '{}') as GridTexts
const here = { at: byId('here-at'), was: byId('here-was'), width: byId('here-width'), undo: byId('here-undo') }
const below = byId<HTMLTemplateElement>('below')
const rows = [...card.querySelectorAll<HTMLTableRowElement>('tbody tr')].map((row) => ({
  row,
  name: row.querySelector('th span')?.textContent ?? '',
  cells: [...row.querySelectorAll<HTMLInputElement>('td input')],
}))
const all = rows.flatMap(({ cells }) => cells)
// before the exam's island puts anything into them
const initial = new Map(all.map((cell) => [cell, cell.dataset.was ?? cell.defaultValue]))
let entered = ''

const fill = (text: string, values: Record<string, string | number>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
const was = (cell: HTMLInputElement) => initial.get(cell) ?? ''
const tdOf = (cell: Element) => cell.closest('td') as HTMLTableCellElement
const labelOf = (cell: Element) => tdOf(cell).dataset.label ?? ''
const placeOf = (cell: Element) => {
  const at = rows.findIndex(({ row }) => row.contains(cell))
  return { at, column: rows[at]?.cells.indexOf(cell as HTMLInputElement) ?? -1 }
}
const changed = (cells: readonly HTMLInputElement[]) => cells.filter((cell) => cell.value !== was(cell))

function say(text: string) {
  byId('say').textContent = text
}

/** Half-width and full-width characters, and spaces at both ends: none of it can be heard, and some of it not be seen. */
function widthOf(value: string): string {
  if (value === '') return texts.empty
  const half = [...value].filter((sign) => /[\u0020-\u007e\uff61-\uff9f]/.test(sign)).length
  const counts = {
    half,
    full: [...value].length - half,
    before: value.length - value.trimStart().length,
    after: value.length - value.trimEnd().length,
  }
  return (['half', 'full', 'before', 'after'] as const)
    .filter((name) => counts[name] > 0)
    .map((name) => fill(texts[name], { count: counts[name] }))
    .join(texts.comma)
}

/** The bar above the table: where one is, what stood there, what stands there. */
function drawHere(cell: HTMLInputElement) {
  const isChanged = cell.value !== was(cell)
  here.at.textContent = `${rows[placeOf(cell).at]?.name ?? ''} ${labelOf(cell)}`
  here.was.hidden = here.undo.hidden = !isChanged
  ;(here.was.querySelector('q') as HTMLElement).textContent = was(cell)
  here.width.hidden = false
  ;(here.width.lastElementChild as HTMLElement).textContent = widthOf(cell.value)
  here.undo.onclick = () => restore(cell, was(cell))
}

function drawCell(cell: HTMLInputElement) {
  const td = tdOf(cell)
  const isChanged = cell.value !== was(cell)
  td.toggleAttribute('data-changed', isChanged)
  const note = td.querySelector('.orig')
  if (!isChanged) note?.remove()
  else if (!note) {
    const copy = below.content.cloneNode(true) as DocumentFragment
    const undo = copy.querySelector('button') as HTMLButtonElement
    ;(copy.querySelector('q') as HTMLElement).textContent = was(cell)
    undo.value += cell.name.replace(/^[^.]+[.]/, '')
    undo.setAttribute('aria-label', `${labelOf(cell)} ${undo.textContent}`)
    td.appendChild(copy)
  }
}

function drawCounts() {
  for (const { row, cells } of rows) {
    const mark = row.querySelector('.row-changed') as HTMLElement
    const count = changed(cells).length
    mark.hidden = count === 0
    mark.textContent = fill(texts.changedRow, { count })
  }
  const own = (cell: Element) => 'own' in tdOf(cell).dataset
  for (const mark of card.querySelectorAll<HTMLElement>('[data-count]')) {
    const column = mark.dataset.count ?? ''
    const count = changed(all).filter((cell) => (column ? labelOf(cell) === column : !own(cell))).length
    ;(mark.lastChild as Text).textContent = fill(column ? texts.filled : texts.changed, { column, count })
  }
}

let due = 0
/** Once for all cells that change together. */
function drawCountsSoon() {
  if (due) return
  due = requestAnimationFrame(() => {
    due = 0
    drawCounts()
  })
}

function draw(cell: HTMLInputElement) {
  drawCell(cell)
  drawCountsSoon()
  if (cell === document.activeElement) drawHere(cell)
}

function restore(cell: HTMLInputElement, value: string): true {
  cell.value = value
  cell.focus()
  cell.dispatchEvent(new Event('input', { bubbles: true }))
  return true
}

function go(cell: HTMLInputElement | undefined): boolean {
  cell?.focus()
  cell?.select()
  return cell !== undefined
}

function onKey(e: KeyboardEvent) {
  const cell = e.target as HTMLInputElement
  if (!initial.has(cell) || e.isComposing || e.keyCode === 229 || e.altKey || e.ctrlKey || e.metaKey) return
  const { at, column } = placeOf(cell)
  const { selectionStart: from, selectionEnd: to, value } = cell
  const isWhole = from === 0 && to === value.length
  const side = (by: number) => rows[at]?.cells[column + by]
  const beside = (by: number) => rows[at + by]?.cells[column]
  const moves: Readonly<Record<string, () => boolean>> = {
    ArrowUp: () => go(beside(-1)),
    ArrowDown: () => go(beside(1)),
    Enter: () => go(beside(e.shiftKey ? -1 : 1)) || true,
    // within a text the arrows move in it, at its ends out of it
    ArrowLeft: () => !e.shiftKey && (isWhole || to === 0) && go(side(-1)),
    ArrowRight: () => !e.shiftKey && (isWhole || from === value.length) && go(side(1)),
    Escape: () => value !== entered && restore(cell, entered),
  }
  if (moves[e.key]?.()) e.preventDefault()
}

/** A block of a spreadsheet, cell by cell. */
const blockOf = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t').map((cell) => cell.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"')))

/** Whole rows with their numbers go where the numbers say; every other block goes down and right from the cell. */
function targetsOf(cell: HTMLInputElement, block: readonly string[][]): [HTMLInputElement | undefined, string][] {
  const { at, column } = placeOf(cell)
  const byName = new Map(rows.map((row) => [row.name, row]))
  const head = card.querySelector('thead th')?.textContent ?? ''
  const numbered = block.filter(([name]) => name !== head)
  if (numbered.every((line) => line.length > 1 && byName.has(line[0] ?? '')))
    return numbered.flatMap(([name = '', ...values]) =>
      values.map((value, i): [HTMLInputElement | undefined, string] => [byName.get(name)?.cells[i], value]),
    )
  return block.flatMap((line, down) =>
    line.map((value, right): [HTMLInputElement | undefined, string] => [rows[at + down]?.cells[column + right], value]),
  )
}

function onPaste(e: ClipboardEvent) {
  const cell = e.target as HTMLInputElement
  const text = e.clipboardData?.getData('text/plain') ?? ''
  if (!initial.has(cell) || !/[\t\n]/.test(text.replace(/\r?\n$/, ''))) return
  e.preventDefault()
  let count = 0
  for (const [target, value] of targetsOf(cell, blockOf(text))) {
    if (!target || target.value === value) continue
    target.value = value.slice(0, target.maxLength)
    drawCell(target)
    count += 1
  }
  cell.dispatchEvent(new Event('input', { bubbles: true }))
  say(fill(texts.pasted, { count }))
}

async function copyTable() {
  const head = [...card.querySelectorAll('thead th')].map(({ textContent }) => textContent ?? '')
  const lines = rows.map(({ row, name }) => [
    name,
    ...[...row.querySelectorAll('td')].map((td) => td.querySelector('input')?.value ?? td.textContent ?? ''),
  ])
  await navigator.clipboard.writeText([head, ...lines].map((line) => line.join('\t')).join('\n'))
  say(texts.copied)
}

card.addEventListener('focusin', (e) => {
  const cell = e.target as HTMLInputElement
  if (!initial.has(cell)) return
  entered = cell.value
  drawHere(cell)
})
for (const kind of ['input', 'change'] as const)
  card.addEventListener(kind, (e) => initial.has(e.target as HTMLInputElement) && draw(e.target as HTMLInputElement))
card.addEventListener('keydown', onKey)
card.addEventListener('paste', onPaste)
const copy = byId('copy-table')
// a page without TLS has no clipboard
copy.hidden = !navigator.clipboard
copy.onclick = () => void copyTable()
// the page came with what the server knows; only what the exam's island put into it is drawn here
const since = changed(all)
for (const cell of since) drawCell(cell)
if (since.length > 0) drawCounts()
