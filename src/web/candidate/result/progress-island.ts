// Shows a pass as it is at this moment: asks for its state, ever less often, and takes over what the page says then.
// Nothing is asked while nobody looks, nor when nothing more will change by itself.

/** How long to wait before each further question; the last one goes on for the rest. */
const WAITS = [2, 2, 2, 2, 3, 5, 5, 10, 10, 20, 30]
/** After so many questions the page is left as it is; whoever wants to know opens it again. */
const MOST = 40

let asked = 0

const moment = () => document.getElementById('moment')
const isOpen = () => moment() !== null && moment()?.dataset.settled === undefined && asked < MOST

/** Puts what the page says now in the place of what it said. */
async function takeOver(): Promise<void> {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } })
  if (!response.ok) return
  const told = new DOMParser().parseFromString(await response.text(), 'text/html')
  const [main, now] = [document.getElementById('main'), told.getElementById('main')]
  if (!main || !now) return
  const { activeElement } = document
  const href = main.contains(activeElement) ? activeElement?.getAttribute('href') : undefined
  main.replaceChildren(...now.childNodes)
  document.dispatchEvent(new Event('taken-over'))
  // whoever stood on a link goes on from it, or from the heading
  if (href == null) return
  const heading = document.getElementById('outcome')
  heading?.setAttribute('tabindex', '-1')
  const same = [...main.querySelectorAll<HTMLElement>('a[href]')].find((link) => link.getAttribute('href') === href)
  ;(same ?? heading)?.focus()
}

async function look(): Promise<void> {
  asked += 1
  try {
    const response = await fetch(`${location.pathname}/state`, { headers: { accept: 'application/json' } })
    if (!response.ok) return
    const { key } = (await response.json()) as { readonly key: string }
    if (key !== moment()?.dataset.state) await takeOver()
  } catch {
    // the network may come back
  }
}

const seconds = (count: number) => new Promise<void>((done) => setTimeout(done, count * 1_000))

const seen = () =>
  document.visibilityState === 'visible'
    ? Promise.resolve()
    : new Promise<void>((done) => document.addEventListener('visibilitychange', () => done(), { once: true }))

while (isOpen()) {
  await seconds(WAITS[Math.min(asked, WAITS.length - 1)] ?? 30)
  await seen()
  if (isOpen()) await look()
}
