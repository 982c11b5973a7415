import type { IslandType, Tell } from './island-type.ts'

const listOf = (q: HTMLElement) => q.querySelector('.order') as HTMLElement

function move(q: HTMLElement, button: HTMLElement, tell: Tell): boolean {
  const list = listOf(q)
  const li = button.closest('li') as HTMLElement
  const by = Number(button.dataset.move)
  const other = by < 0 ? li.previousElementSibling : li.nextElementSibling
  if (!other) return false
  list.insertBefore(li, by < 0 ? other : other.nextElementSibling)
  // the moved row keeps the focus, so that it can be moved on
  button.focus()
  list.dataset.a = ''
  tell('moved', { place: [...list.children].indexOf(li) + 1 })
  return true
}

/** The list is the answer as soon as something was moved, or its order was taken as it is: `data-a`. */
export const order: IslandType = {
  read(q) {
    const list = listOf(q)
    return 'a' in list.dataset
      ? [{ order: [...list.children].map((li) => (li as HTMLElement).dataset.ref as string) }, true]
      : [null, false]
  },
  write(q, answer) {
    const list = listOf(q)
    if (!answer) delete list.dataset.a
    else if ('order' in answer) {
      list.dataset.a = ''
      for (const ref of answer.order as string[]) list.appendChild(list.querySelector(`[data-ref="${ref}"]`) as Node)
    }
  },
  click(q, target, tell) {
    const mover = target.closest<HTMLElement>('[data-move]')
    if (mover) return move(q, mover, tell)
    if (!target.closest('[data-keep-order]')) return false
    listOf(q).dataset.a = ''
    return true
  },
  draw(q, isComplete) {
    q.querySelector<HTMLElement>('[data-keep-order]')?.toggleAttribute('hidden', isComplete)
  },
}
