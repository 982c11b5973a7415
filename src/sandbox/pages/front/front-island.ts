/** The front page moves its picture once; a page that follows a play asks how far it has come. */

const EVERY_MS = 700
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches

document.documentElement.classList.add('js')

/** The still picture is the finished state; this moves it when it comes into sight, where motion is welcome. */
function animate(figure: HTMLElement, again: HTMLElement | null): void {
  if (calm) {
    again?.remove()
    return
  }
  const move = () => {
    figure.classList.remove('moving')
    // read, so that the browser begins anew
    void figure.offsetWidth
    figure.classList.add('moving')
  }
  again?.addEventListener('click', move)
  new IntersectionObserver(
    (seen, watch) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return
      watch.disconnect()
      move()
    },
    { threshold: 0.6 },
  ).observe(figure)
}

/** Takes over what has changed, piece by piece, so that focus and folds stay as they are. */
function take(next: Document): void {
  for (const piece of next.querySelectorAll('[data-live]')) {
    const here = document.querySelector(`[data-live="${(piece as HTMLElement).dataset.live}"]`)
    if (!here || here.isEqualNode(piece)) continue
    // a live region speaks when its content changes, and a button keeps its focus
    for (const { name, value } of piece.attributes) here.setAttribute(name, value)
    here.replaceChildren(...document.importNode(piece, true).childNodes)
  }
}

async function load(address: string, init?: RequestInit): Promise<Document | undefined> {
  const response = await fetch(address, init).catch(() => undefined)
  return response?.ok ? new DOMParser().parseFromString(await response.text(), 'text/html') : undefined
}

/** Follows a play to its end, and then shows the page of its end. */
function follow(watch: HTMLElement, address: string): void {
  const look = (next: Document | undefined): boolean => {
    if (!next) return true
    if (!next.querySelector('[data-watch]')) {
      location.replace(address)
      return false
    }
    take(next)
    return true
  }
  const ask = async () => {
    if (look(await load(address))) setTimeout(ask, EVERY_MS)
  }
  setTimeout(ask, EVERY_MS)
  watch.querySelector('[data-controls]')?.addEventListener('submit', async (event) => {
    const { submitter, target } = event as SubmitEvent
    event.preventDefault()
    const body = new URLSearchParams(new FormData(target as HTMLFormElement, submitter) as never)
    look(await load((target as HTMLFormElement).action, { method: 'POST', body }))
  })
}

const figure = document.querySelector<HTMLElement>('.climb[data-state="still"]')
if (figure) animate(figure, document.querySelector('[data-again]'))
const watch = document.querySelector<HTMLElement>('[data-watch]')
if (watch?.dataset.watch) follow(watch, watch.dataset.watch)
