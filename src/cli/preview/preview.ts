// Runs in the author's browser: fetches the cards that a save has changed and puts them where the old ones stand, so that the
// place on the page, open keys and the answers in other cards stay. Without it the pages can still be read.

interface Outline {
  readonly head: string
  readonly cards: readonly { readonly id: string; readonly print: string }[]
}

const root = document.documentElement
const { exam = '', tab, updated = '', lost = '' } = document.body.dataset
const byId = (id: string) => document.getElementById(id)
const state = byId('state') as HTMLElement
const items = byId('items') as HTMLElement

// switches, kept for the next visit; a browser may forbid that
const remember = (key: string, value: string) => {
  try {
    localStorage.setItem(`kentei-preview-${key}`, value)
  } catch {}
}
const recall = (key: string) => {
  try {
    return localStorage.getItem(`kentei-preview-${key}`)
  } catch {
    return null
  }
}

function set(key: string, value: string): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>(`[data-set="${key}"]`)]
  if (!buttons.some((button) => button.dataset.value === value)) return
  for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.value === value))
  if (key === 'width') root.classList.toggle('phone', value === 'phone')
  else root.dataset.locale = value
  remember(key, value)
}
for (const key of ['width', 'locale']) {
  const value = recall(key)
  if (value) set(key, value)
}

const all = document.querySelector<HTMLButtonElement>('[data-all]')
const isOpen = () => all?.getAttribute('aria-pressed') === 'true'

/** Makes a card as the reader left the one before it. */
function dress(card: HTMLElement, old?: HTMLElement | null): HTMLElement {
  for (const question of card.querySelectorAll<HTMLElement>('.q')) question.dataset.current = ''
  for (const details of card.querySelectorAll<HTMLDetailsElement>('details[data-part]')) {
    const before = old?.querySelector<HTMLDetailsElement>(`details[data-part="${details.dataset.part}"]`)
    details.open = before ? before.open : isOpen()
  }
  return card
}
for (const card of document.querySelectorAll<HTMLElement>('.item')) dress(card)

async function fetchCard(id: string, draw: string | number, old: HTMLElement | null): Promise<HTMLElement | undefined> {
  const answer = await fetch(`/card?${new URLSearchParams({ exam, id, draw: String(draw) })}`)
  if (!answer.ok) return undefined
  const template = document.createElement('template')
  template.innerHTML = await answer.text()
  return dress(template.content.firstElementChild as HTMLElement, old)
}

async function redraw(old: HTMLElement): Promise<void> {
  const card = await fetchCard(old.id, Number(old.dataset.draw) + 1, old)
  if (!card) return
  old.replaceWith(card)
  card.querySelector<HTMLElement>('[data-redraw]')?.focus()
}

function toggleAll(button: HTMLButtonElement): void {
  button.setAttribute('aria-pressed', String(!isOpen()))
  button.textContent = (isOpen() ? button.dataset.close : button.dataset.open) ?? ''
  for (const details of items.querySelectorAll('details')) details.open = isOpen()
}

function move(button: HTMLButtonElement): void {
  const row = button.closest('li')
  const up = Number(button.dataset.move) < 0
  const other = up ? row?.previousElementSibling : row?.nextElementSibling
  if (!row || !other) return
  row.parentElement?.insertBefore(row, up ? other : other.nextSibling)
  button.focus()
}

function clear(question: Element | null): void {
  for (const field of question?.querySelectorAll<HTMLInputElement>('fieldset :is(input, select, textarea)') ?? []) {
    if (/radio|checkbox/.test(field.type)) field.checked = false
    else field.value = ''
  }
}

document.addEventListener('click', (event) => {
  const button = (event.target as Element).closest('button')
  if (!button) return
  const { dataset } = button
  if (dataset.set) return set(dataset.set, dataset.value ?? '')
  if (button === all) return toggleAll(button)
  if ('redraw' in dataset) return void redraw(button.closest('.item') as HTMLElement)
  if (dataset.move) return move(button)
  if ('clear' in dataset) clear(button.closest('.q'))
})

/** The card that is being read stays where it is. */
function keepPlace(change: () => void): void {
  const read = [...items.children].find((card) => card.getBoundingClientRect().bottom > 80)
  const before = read?.getBoundingClientRect().top ?? 0
  change()
  const now = read && byId(read.id)
  if (now) scrollBy({ top: now.getBoundingClientRect().top - before, behavior: 'instant' })
}

let headHtml: string | undefined
function showHead(html: string): void {
  if (headHtml === html) return
  const head = byId('head') as HTMLElement
  const open = new Map([...head.querySelectorAll('details')].map((details) => [details.dataset.part, details.open]))
  head.innerHTML = html
  headHtml = html
  for (const details of head.querySelectorAll('details')) details.open = open.get(details.dataset.part) ?? details.open
}

/** Puts the cards into their order and leaves alone those that stand in it already. */
function showCards(cards: readonly (HTMLElement | undefined)[]): void {
  let at = items.firstElementChild
  for (const card of cards) {
    if (!card) continue
    if (card === at) {
      at = at.nextElementSibling
      continue
    }
    const old = card.isConnected ? null : byId(card.id)
    if (old && old === at) {
      at = old.nextElementSibling
      old.replaceWith(card)
      continue
    }
    old?.remove()
    items.insertBefore(card, at)
  }
  while (at) {
    const next: Element | null = at.nextElementSibling
    at.remove()
    at = next
  }
}

async function update(): Promise<void> {
  const query = new URLSearchParams(location.search)
  query.set('exam', exam)
  const answer = await fetch(`/outline?${query}`)
  if (!answer.ok) return location.reload()
  const outline = (await answer.json()) as Outline
  const cards = await Promise.all(
    outline.cards.map(({ id, print }) => {
      const old = byId(id)
      return old?.dataset.print === print ? old : fetchCard(id, old?.dataset.draw ?? 0, old)
    }),
  )
  keepPlace(() => {
    showHead(outline.head)
    showCards(cards)
    const none = byId('none')
    if (none) none.hidden = items.childElementCount > 0
  })
  state.textContent = `${updated} ${new Date().toLocaleTimeString()}`
}

/** Fetches the page of tasks again, and puts it where it stood: what is open stays open, and the place stays. */
async function turn(href: string): Promise<void> {
  const answer = await fetch(href)
  if (!answer.ok) return location.assign(href)
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('tasks')
  const old = byId('tasks')
  if (!next || !old) return location.assign(href)
  const open = new Map([...old.querySelectorAll('details')].map((details) => [details.dataset.part, details.open]))
  for (const details of next.querySelectorAll('details')) details.open = open.get(details.dataset.part) ?? details.open
  const across = old.querySelector('[data-scroll]')?.scrollLeft ?? 0
  const focused = old.contains(document.activeElement) ? document.activeElement?.textContent : undefined
  old.replaceWith(next)
  next.querySelector('[data-scroll]')?.scrollTo({ left: across, behavior: 'instant' })
  if (focused)
    [...next.querySelectorAll('a')].find((link) => link.textContent === focused)?.focus({ preventScroll: true })
  history.replaceState(null, '', href)
}

document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-turn]')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  void turn(link.href)
})

let queue = Promise.resolve()
const events = new EventSource('/events')
events.addEventListener('change', (event) => {
  if (JSON.parse(event.data).exam !== exam) return
  const act = { items: update, tasks: () => turn(location.href) }[tab ?? ''] ?? (() => location.reload())
  queue = queue.then(act).catch(() => location.reload())
})
events.addEventListener('error', () => {
  state.textContent = lost
})
events.addEventListener('open', () => {
  if (state.textContent === lost) location.reload()
})
