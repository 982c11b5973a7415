// Keeps the first page of staff as it is now: every fifteen seconds it takes over what the page says then. It can be paused,
// and stops by itself where nobody touches the page, so that a screen that was left does not keep somebody signed in.

const EVERY = 15_000
/** After so long without a touch. */
const LEFT_AFTER = 15 * 60_000

const state = document.getElementById('refresh')
let paused = false
let touched = Date.now()

const now = () => document.getElementById('now')

/** Whoever works on something here keeps it. */
function isBusy(): boolean {
  const { activeElement } = document
  return now()?.querySelector('details[open]') != null || activeElement?.matches('input, select, textarea') === true
}

async function takeOver(): Promise<void> {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } })
  if (!response.ok || response.redirected) return
  const told = new DOMParser().parseFromString(await response.text(), 'text/html')
  const [here, there] = [now(), told.getElementById('now')]
  if (!here || !there || paused || isBusy()) return
  const { activeElement } = document
  const href = here.contains(activeElement) ? activeElement?.getAttribute('href') : undefined
  here.replaceChildren(...there.childNodes)
  const [asOf, then] = [document.getElementById('as-of'), told.getElementById('as-of')]
  if (asOf && then) asOf.textContent = then.textContent
  if (href == null) return
  ;[...here.querySelectorAll<HTMLElement>('a[href]')].find((link) => link.getAttribute('href') === href)?.focus()
}

if (state) {
  const { on = '', off = '', pause = '', resume = '' } = state.dataset
  const word = document.createElement('span')
  const button = document.createElement('button')
  button.type = 'button'
  const show = () => {
    word.textContent = paused ? off : on
    word.className = paused ? '' : 'live'
    button.textContent = paused ? resume : pause
  }
  button.addEventListener('click', () => {
    paused = !paused
    touched = Date.now()
    show()
    if (!paused) takeOver().catch(() => {})
  })
  show()
  state.replaceChildren(word, ' ', button)
  for (const kind of ['pointerdown', 'keydown', 'scroll'])
    addEventListener(kind, () => (touched = Date.now()), { passive: true })
  setInterval(() => {
    if (paused || document.visibilityState !== 'visible') return
    if (Date.now() - touched > LEFT_AFTER) {
      paused = true
      show()
      return
    }
    // the network may come back
    takeOver().catch(() => {})
  }, EVERY)
}
