import { islandOf, readAnswer, writeAnswer } from '../island-types.ts'
import type { Answer, Tell } from '../types/island-type.ts'
import { report } from './page-life.ts'
import { element, fill, run, say, texts } from './run-data.ts'
import { enter, flagKey, flush, onAdopt, recall, remember, takeUp } from './saving.ts'

const form = element<HTMLFormElement>('paper')
const questions = [...document.querySelectorAll<HTMLElement>('.q')]
const sheet = element<HTMLDetailsElement>('sheet')
let current = 0

const cellOf = (ref: string) => document.querySelector<HTMLElement>(`[data-cell="${ref}"]`)
const flagOf = (q: HTMLElement) => q.querySelector('.flag input') as HTMLInputElement
const inside = (target: EventTarget | null) => (target as Element).closest<HTMLElement>('.q')
const flags = () => questions.filter((q) => flagOf(q).checked).map((q) => q.id)

/** Brings counts, cells and buttons in line with the controls. */
function draw() {
  let done = 0
  questions.forEach((q, i) => {
    const [, complete] = readAnswer(q)
    const flagged = flagOf(q).checked
    const cell = cellOf(q.id)
    if (complete) done++
    cell?.toggleAttribute('data-a', complete)
    cell?.toggleAttribute('data-f', flagged)
    cell?.setAttribute(
      'aria-label',
      [
        fill(texts.cell, { number: i + 1 }),
        complete ? texts.answered : texts.open,
        ...(flagged ? [texts.flagged] : []),
      ].join(texts.comma),
    )
    ;(q.querySelector('.clear') as HTMLElement).hidden = !readAnswer(q)[0]
    islandOf(q).draw?.(q, complete)
  })
  element('count').textContent = element('count2').textContent = String(done)
  element('meter').setAttribute('width', `${(100 * done) / questions.length}%`)
}

/** Shows one question. The address keeps it, so that a reload comes back to it. */
function turn(to: number, focus = true) {
  const q = questions[to]
  if (!q) return
  current = to
  for (const other of questions) other.toggleAttribute('data-current', other === q)
  document.querySelector('[data-cell][aria-current]')?.removeAttribute('aria-current')
  cellOf(q.id)?.setAttribute('aria-current', 'step')
  const { section } = q.dataset
  for (const nav of document.querySelectorAll<HTMLElement>('[data-nav]'))
    nav.toggleAttribute('data-active', nav.dataset.nav === section)
  element('sec').textContent = (q.closest('.part') as HTMLElement).dataset.title ?? ''
  document.title = fill(texts.title, { number: to + 1 })
  element('prev').setAttribute('aria-disabled', String(to === 0))
  ;(element('next').firstElementChild as HTMLElement).textContent =
    to === questions.length - 1 ? texts.review : texts.next
  history.replaceState(null, '', `#${q.id}`)
  sheet.open = false
  scrollTo(0, 0)
  if (focus) q.querySelector('h2')?.focus({ preventScroll: true })
}

const step = (by: number) => (current + by >= questions.length ? void review() : turn(current + by))

async function review() {
  const saved = await flush()
  const marked = flags().join('.')
  if (saved) location.assign(`/attempts/${run.id}/review${marked && `?flags=${marked}`}`)
  else say(texts.unsaved, 'alert')
}

function answer(q: HTMLElement, response: Answer) {
  enter(q.id, response)
  draw()
}

const tell: Tell = (text, values) => say(fill(texts[text], values))

function onClick(e: MouseEvent) {
  const target = e.target as HTMLElement
  const cell = target.closest<HTMLElement>('[data-cell]')
  if (cell) {
    e.preventDefault()
    return turn(questions.findIndex((q) => q.id === cell.dataset.cell))
  }
  if (target.closest('#review')) {
    e.preventDefault()
    return void review()
  }
  const q = inside(target)
  if (!q) return
  if (target.closest('[data-clear]')) {
    e.preventDefault()
    writeAnswer(q, null)
    answer(q, null)
    q.querySelector('h2')?.focus()
  }
  if (islandOf(q).click?.(q, target, tell)) answer(q, readAnswer(q)[0])
}

/** Letters and digits by their place on the keyboard: a full-width input mode does not matter. Only inside a question (WCAG 2.1.4). */
function onKey(e: KeyboardEvent) {
  if (e.isComposing || e.keyCode === 229 || e.altKey || e.ctrlKey || e.metaKey) return
  const q = inside(e.target)
  if (!q || (e.target as Element).matches('select,input:not([type=radio],[type=checkbox])')) return
  if (/^(?:Digit|Numpad)[1-9]$|^Key[A-E]$/.test(e.code)) {
    // 1 to 9, or A to E: ten and more
    const at = (Number.parseInt(e.code.slice(-1), 16) - 1) % 9
    const option = q.querySelectorAll<HTMLInputElement>('.opt input')[at]
    option?.focus()
    option?.click()
  } else if (e.code === 'KeyF') flagOf(q).click()
  else if (e.code === 'KeyN') step(1)
  else if (e.code === 'KeyP') step(-1)
}

/** Answers that a reload or a lost connection left behind: newer ones go into the page and out again, others give way. */
function restore() {
  for (const q of questions) {
    const kept = takeUp(q.id, Number(q.dataset.rev), readAnswer(q)[0])
    if (kept) writeAnswer(q, kept.response)
  }
  const flagged = recall<string[]>(flagKey, [])
  for (const q of questions) flagOf(q).checked ||= flagged.includes(q.id)
}

function placeNavigator() {
  const narrow = matchMedia('(max-width: 60rem)')
  const place = () => document.querySelector(narrow.matches ? '.pop' : '.layout')?.appendChild(element('side'))
  narrow.addEventListener('change', place)
  place()
}

export function openPaper() {
  document.documentElement.classList.add('js')
  for (const part of document.querySelectorAll<HTMLFieldSetElement>('.part')) part.hidden = part.disabled = false
  restore()
  placeNavigator()
  onAdopt((item, response) => {
    const q = questions.find(({ id }) => id === item)
    if (q) writeAnswer(q, response)
    draw()
  })
  form.addEventListener('input', (e) => {
    const q = inside(e.target)
    if (!q) return
    if (e.target === flagOf(q)) {
      remember(flagKey, flags())
      draw()
    } else answer(q, readAnswer(q)[0])
  })
  form.addEventListener('submit', (e) => {
    e.preventDefault()
    void flush()
  })
  form.addEventListener('keydown', onKey)
  form.addEventListener('paste', (e) => report('paste', inside(e.target)?.id))
  document.addEventListener('click', onClick)
  document.addEventListener('keydown', (e) => {
    if (e.key === 'Escape') sheet.open = false
  })
  element('prev').onclick = () => step(-1)
  element('next').onclick = () => step(1)
  const at = () => questions.findIndex((q) => `#${q.id}` === location.hash)
  addEventListener('hashchange', () => turn(at()))
  const first = questions.findIndex(
    (q) => q.dataset.section === (form.elements.namedItem('section') as HTMLInputElement).value,
  )
  draw()
  turn(Math.max(at(), at() < 0 ? first : 0), false)
}
