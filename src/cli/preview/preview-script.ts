/**
 * Runs in the author's browser: fetches the cards that a save has changed and puts them where the old ones stand, so
 * that the place on the page, open keys and the answers in other cards stay. Without it the pages can still be read.
 */
export const PREVIEW_JS = `
const root = document.documentElement
const { exam, tab, updated, lost } = document.body.dataset
const state = document.getElementById('state')
const items = document.getElementById('items')

/* switches, kept for the next visit */
const remember = (key, value) => { try { localStorage.setItem(key, value) } catch {} }
const recall = (key) => { try { return localStorage.getItem(key) } catch { return null } }
function set(key, value) {
  const buttons = document.querySelectorAll('[data-set="' + key + '"]')
  if (![...buttons].some((button) => button.dataset.value === value)) return
  for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.value === value))
  if (key === 'width') root.classList.toggle('phone', value === 'phone')
  else root.dataset.locale = value
  remember('kentei-preview-' + key, value)
}
for (const key of ['width', 'locale']) { const value = recall('kentei-preview-' + key); if (value) set(key, value) }

const all = document.querySelector('[data-all]')
const isOpen = () => all?.getAttribute('aria-pressed') === 'true'
function dress(card, old) {
  for (const question of card.querySelectorAll('.q')) question.dataset.current = ''
  for (const details of card.querySelectorAll('details[data-part]')) {
    const before = old?.querySelector('details[data-part="' + details.dataset.part + '"]')
    details.open = before ? before.open : isOpen()
  }
  return card
}
for (const card of document.querySelectorAll('.item')) dress(card)

async function fetchCard(id, draw, old) {
  const answer = await fetch('/card?' + new URLSearchParams({ exam, id, draw }))
  if (!answer.ok) return undefined
  const template = document.createElement('template')
  template.innerHTML = await answer.text()
  return dress(template.content.firstElementChild, old)
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest('button')
  if (!button) return
  if (button.dataset.set) return set(button.dataset.set, button.dataset.value)
  if (button === all) {
    all.setAttribute('aria-pressed', String(!isOpen()))
    all.textContent = isOpen() ? all.dataset.close : all.dataset.open
    for (const details of items.querySelectorAll('details')) details.open = isOpen()
    return
  }
  if ('redraw' in button.dataset) {
    const old = button.closest('.item')
    const card = await fetchCard(old.id, Number(old.dataset.draw) + 1, old)
    if (!card) return
    old.replaceWith(card)
    card.querySelector('[data-redraw]')?.focus()
    return
  }
  if (button.dataset.move) {
    const row = button.closest('li')
    const other = button.dataset.move < 0 ? row.previousElementSibling : row.nextElementSibling
    if (other) { if (button.dataset.move < 0) other.before(row); else other.after(row); button.focus() }
    return
  }
  if ('clear' in button.dataset) for (const field of button.closest('.q').querySelectorAll('fieldset :is(input, select, textarea)')) { if (/radio|checkbox/.test(field.type)) field.checked = false; else field.value = '' }
})

/* the card that is being read stays where it is */
function keepPlace(change) {
  const read = [...items.children].find((card) => card.getBoundingClientRect().bottom > 80)
  const before = read?.getBoundingClientRect().top
  change()
  const now = read && document.getElementById(read.id)
  if (now) scrollBy({ top: now.getBoundingClientRect().top - before, behavior: 'instant' })
}

let headHtml
async function update() {
  const query = new URLSearchParams(location.search)
  query.set('exam', exam)
  const answer = await fetch('/outline?' + query)
  if (!answer.ok) return location.reload()
  const outline = await answer.json()
  const wanted = await Promise.all(outline.cards.map(({ id, print }) => {
    const old = document.getElementById(id)
    return old?.dataset.print === print ? old : fetchCard(id, old?.dataset.draw ?? 0, old)
  }))
  keepPlace(() => {
    const head = document.getElementById('head')
    if (headHtml !== outline.head) {
      const open = new Map([...head.querySelectorAll('details')].map((details) => [details.dataset.part, details.open]))
      head.innerHTML = outline.head
      headHtml = outline.head
      for (const details of head.querySelectorAll('details')) details.open = open.get(details.dataset.part) ?? details.open
    }
    let at = items.firstElementChild
    for (const card of wanted) {
      if (!card) continue
      if (card === at) { at = at.nextElementSibling; continue }
      const old = card.isConnected ? null : document.getElementById(card.id)
      if (old && old === at) { at = old.nextElementSibling; old.replaceWith(card); continue }
      old?.remove()
      items.insertBefore(card, at)
    }
    while (at) { const next = at.nextElementSibling; at.remove(); at = next }
    document.getElementById('none').hidden = items.childElementCount > 0
  })
  state.textContent = updated + ' ' + new Date().toLocaleTimeString()
}

let queue = Promise.resolve()
const events = new EventSource('/events')
events.addEventListener('change', (event) => {
  if (JSON.parse(event.data).exam !== exam) return
  queue = queue.then(() => (tab === 'items' ? update() : location.reload())).catch(() => location.reload())
})
events.addEventListener('error', () => { state.textContent = lost })
events.addEventListener('open', () => { if (state.textContent === lost) location.reload() })
`
