import { type Edit, editsOf, piecesOf, shorten, signsIn, undo } from '../../../../task/draft/present.ts'
import type { DraftTexts } from './draft-texts.ts'

/** The margin of a manuscript: what was changed, the way back, and the text with its changes. The exam's island saves it. */

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T
const desk = byId('desk')
const texts = JSON.parse(desk.dataset.texts ?? '{}') as DraftTexts
const field = desk.querySelector('textarea') as HTMLTextAreaElement
// before the exam's island puts anything into it
const initial = field.dataset.was ?? field.defaultValue
const [write, compare, compared] = [byId('to-write'), byId('to-compare'), byId('compare')]
const MOST_LISTED = 100
let edits: readonly Edit[] = []
let due = 0

const fill = (text: string, values: Record<string, string | number>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
function say(text: string) {
  byId('say').textContent = text
}

const element = (name: 'del' | 'ins', text: string) =>
  Object.assign(document.createElement(name), { textContent: text })

function lineOf(edit: Edit): DocumentFragment {
  const line = byId<HTMLTemplateElement>('edit').content.cloneNode(true) as DocumentFragment
  const find = (selector: string) => line.querySelector(selector) as HTMLElement
  const [was, now] = [shorten(edit.was), shorten(edit.now)]
  const said = fill(texts[was === '' ? 'added' : now === '' ? 'removed' : 'changed'], { was, now })
  const place = find('small')
  place.textContent = (place.textContent ?? '').replace('1', String(edit.paragraph))
  find('.unseen').textContent = said
  const parts = [was && element('del', was), was && now && ' → ', now && element('ins', now)]
  find('.what').replaceChildren(...parts)
  find('button').setAttribute('aria-label', fill(texts.undo, { change: said }))
  ;(find('button') as HTMLButtonElement).value = `edit.${edit.from}`
  return line
}

function draw() {
  due = 0
  const current = field.value
  const before = JSON.stringify(edits)
  edits = editsOf(initial, current)
  byId('length').textContent = fill(texts.length, {
    now: signsIn(current).toLocaleString('ja'),
    was: signsIn(initial).toLocaleString('ja'),
  })
  byId('edit-count').textContent = String(edits.length)
  byId('no-edits').hidden = edits.length > 0
  // pressing a button of the list leaves the field, which draws: the button must still be there when it is let go
  if (JSON.stringify(edits) !== before) byId('edits').replaceChildren(...edits.slice(0, MOST_LISTED).map(lineOf))
  const more = byId('more-edits')
  more.hidden = edits.length <= MOST_LISTED
  more.textContent = fill(texts.more, { count: edits.length - MOST_LISTED })
  byId('doubled').hidden = current.length <= initial.length * 1.5
  const isTooLong = current.normalize('NFC').length > Number(desk.dataset.max)
  byId('too-long').hidden = !isTooLong
  field.setAttribute('aria-invalid', String(isTooLong))
  if (!compared.hidden)
    compared.replaceChildren(
      ...piecesOf(edits, current).map(({ as, text }) => (as === 'same' ? text : element(as, text))),
    )
}

/** Once for whatever was typed within a moment. */
function drawSoon() {
  clearTimeout(due)
  due = window.setTimeout(draw, 200)
}

function show(compares: boolean) {
  write.setAttribute('aria-pressed', String(!compares))
  compare.setAttribute('aria-pressed', String(compares))
  field.hidden = compares
  compared.hidden = !compares
  draw()
}

/** Goes to a change in the text. */
function select({ at, now }: Edit) {
  show(false)
  field.focus()
  field.setSelectionRange(at, at + now.length)
}

desk.addEventListener('click', (e) => {
  const target = e.target as Element
  if (write.contains(target) || compare.contains(target)) {
    e.preventDefault()
    return show(compare.contains(target))
  }
  const line = target.closest('#edits li')
  if (!line) return
  e.preventDefault()
  // what was typed since the margin was drawn moves what it lists
  const listed = edits[[...byId('edits').children].indexOf(line)]
  draw()
  const edit = edits.find(({ from, was }) => from === listed?.from && was === listed.was)
  if (!edit) return
  if (!target.closest('button')) return select(edit)
  field.value = undo(field.value, edit)
  field.dispatchEvent(new Event('input', { bubbles: true }))
  draw()
  say(texts.undone)
  if (compared.hidden) select({ ...edit, now: edit.was })
  else compare.focus()
})
field.addEventListener('input', (e) => {
  // a word that is being composed is none yet; its end comes with an input of its own
  if (!(e as InputEvent).isComposing) drawSoon()
})
field.addEventListener('compositionend', drawSoon)
field.addEventListener('change', draw)

const copy = byId('copy-text')
// a page without TLS has no clipboard
copy.hidden = !navigator.clipboard
copy.onclick = () => void navigator.clipboard.writeText(field.value).then(() => say(texts.copied))
show(!compared.hidden)
