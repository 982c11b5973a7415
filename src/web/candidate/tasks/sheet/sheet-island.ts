import { type EvaluateSheet, filledText, outcomeText, type SheetData, type SheetTexts } from './sheet-texts.ts'

/** A sheet for formulas: what each comes to while it is typed, and where it goes. The exam's island saves them. */

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T
const card = byId('sheet')
const sheet = JSON.parse(card.dataset.sheet ?? '') as SheetData
const texts = JSON.parse(card.dataset.texts ?? '') as SheetTexts
const asked = [...document.querySelectorAll<HTMLElement>('.ask')].map((ask) => ({
  ask,
  field: ask.dataset.q ?? '',
  range: ask.dataset.range ?? '',
  input: ask.querySelector('input') as HTMLInputElement,
  came: ask.querySelector('.came') as HTMLElement,
}))
let evaluate: EvaluateSheet | undefined

const cellsOf = (field: string) => card.querySelectorAll<HTMLElement>(`td[data-q="${field}"]`)

function drawCount() {
  const count = asked.filter(({ input }) => input.value.trim() !== '').length
  byId('sheet-count').textContent = filledText(texts, count, asked.length)
}

function draw() {
  drawCount()
  const typed = Object.fromEntries(asked.map(({ field, input }) => [field, input.value]))
  const outcomes = new Map(evaluate?.(sheet, typed).map((outcome) => [outcome.field, outcome]))
  for (const { field, range, input, came } of asked) {
    const outcome = outcomes.get(field)
    for (const td of cellsOf(field)) td.textContent = outcome?.cells[td.dataset.at ?? ''] ?? ''
    came.textContent = outcomeText(outcome, range, texts)
    came.toggleAttribute('data-bad', outcome?.problem !== undefined)
    input.toggleAttribute('aria-invalid', false)
    if (outcome?.problem) input.setAttribute('aria-invalid', 'true')
  }
}

let due = 0
/** Once for all that changes together. */
function drawSoon() {
  if (due) return
  due = requestAnimationFrame(() => {
    due = 0
    if (evaluate) return draw()
    drawCount()
    void load()
  })
}

let loading: Promise<void> | undefined
let tries = 0
/** The calculator is larger than the page, which came with what its formulas come to: it is there once somebody goes to one. */
function load() {
  // what failed under an address fails there again in some browsers
  loading ??= (import(`${card.dataset.evaluator}#${tries}`) as Promise<{ evaluateSheet: EvaluateSheet }>).then(
    (found) => {
      evaluate = found.evaluateSheet
      draw()
    },
    () => {
      // without a connection; asked for again with the next sign that is typed
      loading = undefined
      tries += 1
    },
  )
  return loading
}

/** Signs before column and row, in the order in which spreadsheets change them: A1, $A$1, A$1, $A1. */
const NEXT: Readonly<Record<string, string>> = { '|': '$|$', '$|$': '|$', '|$': '$|', '$|': '|' }

function turnDollars(input: HTMLInputElement) {
  const at = input.selectionStart ?? 0
  for (const found of input.value.matchAll(/(\$?)([A-Za-z]{1,2})(\$?)(\d{1,3})/g)) {
    const [all, column = '', letters = '', row = '', digits = ''] = found
    if (found.index > at || found.index + all.length < at) continue
    const [before = '', after = ''] = (NEXT[`${column}|${row}`] ?? '|').split('|')
    input.setRangeText(before + letters + after + digits, found.index, found.index + all.length, 'end')
    input.dispatchEvent(new Event('input', { bubbles: true }))
    return
  }
}

function onKey(e: KeyboardEvent) {
  const at = asked.findIndex(({ input }) => input === e.target)
  if (at < 0 || e.isComposing || e.keyCode === 229) return
  if (e.key === 'F4') turnDollars(e.target as HTMLInputElement)
  else if (e.key === 'Enter' && !e.ctrlKey && !e.metaKey) asked[at + (e.shiftKey ? -1 : 1)]?.input.focus()
  else return
  e.preventDefault()
}

/** Where the formula goes is marked in the sheet, and brought into sight there. */
function mark(field: string | undefined) {
  for (const td of card.querySelectorAll('td[data-now]')) td.removeAttribute('data-now')
  const cells = field ? [...cellsOf(field)] : []
  for (const td of cells) td.dataset.now = ''
  const [first] = cells
  const view = card.querySelector('.sheet-scroll')
  if (!first || !view) return
  const [cell, frame] = [first.getBoundingClientRect(), view.getBoundingClientRect()]
  if (cell.right > frame.right || cell.left < frame.left + 48)
    view.scrollLeft += cell.left - frame.left - frame.width / 2
  if (cell.bottom > frame.bottom || cell.top < frame.top + 32) view.scrollTop += cell.top - frame.top - frame.height / 3
}

/** A cell that is pressed while a formula is written is put into it. */
function onPress(e: PointerEvent) {
  const td = (e.target as Element).closest<HTMLElement>('td[data-at]')
  const input = asked.find((one) => one.input === document.activeElement)?.input
  if (!td || !input || e.pointerType === 'touch') return
  e.preventDefault()
  const [from, to] = [input.selectionStart ?? 0, input.selectionEnd ?? 0]
  if (!/[=(,:+\-*/^&<>＝（，：]\s*$/.test(input.value.slice(0, from))) return
  input.setRangeText(td.dataset.at ?? '', from, to, 'end')
  input.dispatchEvent(new Event('input', { bubbles: true }))
}

async function copySheet() {
  const lines = [...card.querySelectorAll<HTMLTableRowElement>('tbody tr')].map((row) =>
    [...row.querySelectorAll('td')].map((td) => ('q' in td.dataset ? '' : (td.textContent ?? ''))).join('\t'),
  )
  await navigator.clipboard.writeText(lines.join('\n'))
  byId('say').textContent = texts.copied
}

const form = byId('paper')
for (const kind of ['input', 'change'] as const)
  form.addEventListener(kind, (e) => asked.some(({ input }) => input === e.target) && drawSoon())
form.addEventListener('keydown', onKey)
form.addEventListener('focusin', (e) => {
  const one = asked.find(({ input }) => input === e.target)
  if (!one) return
  mark(one.field)
  if (!evaluate) void load()
})
card.addEventListener('pointerdown', onPress)
const copy = byId('copy-sheet')
// a page without TLS has no clipboard
copy.hidden = !navigator.clipboard
copy.onclick = () => void copySheet()
drawCount()
// what the exam's island put into a formula, the page does not show yet; after the first frame, which it would hold up
if (asked.some(({ input }) => input.value !== input.defaultValue)) requestAnimationFrame(() => setTimeout(load))
