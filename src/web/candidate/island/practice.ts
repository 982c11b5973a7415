import { order } from '../types/order-island.ts'

/** A practice page: what its task's own script needs of the page, and lists that are put in order by buttons. Nothing is saved. */

document.documentElement.classList.add('js')

document.getElementById('paper')?.addEventListener('input', (e) => {
  const control = e.target as HTMLInputElement
  const length = control.parentElement?.querySelector('output')
  if (length) length.textContent = String([...control.value.replace(/\s/g, '')].length)
})

/** The form sends places, so that each line has its own as soon as one was moved. */
document.addEventListener('click', ({ target }) => {
  const q = (target as HTMLElement).closest<HTMLElement>('.q[data-type="order"]')
  const said = q?.querySelector<HTMLElement>('[data-moved]')
  if (!q || !said) return
  const tell = (_: unknown, { place = '' }: Readonly<Record<string, string | number>>) => {
    said.textContent = (said.dataset.moved as string).replace('{place}', String(place))
  }
  if (!order.click?.(q, target as HTMLElement, tell)) return
  for (const [place, select] of [...q.querySelectorAll<HTMLInputElement>('.order select')].entries())
    select.value = String(place + 1)
  order.draw?.(q, true)
})
