/** J and K go through the queue: on the list from case to case, on a case to the next and the one before. Everything is a link as well. */

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null

/** On the list: moves the focus, so that Enter opens what it stands on. */
function moveFocus(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-queue] h2 a')]
  const at = links.indexOf(document.activeElement as HTMLAnchorElement)
  links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by))]?.focus()
}

document.addEventListener('keydown', (event) => {
  const { key, target, ctrlKey, metaKey, altKey } = event
  if (ctrlKey || metaKey || altKey || isTyping(target)) return
  const pressed = key.toLowerCase()
  const link = document.querySelector<HTMLAnchorElement>(`a[data-key="${CSS.escape(pressed)}"]`)
  if (link) link.click()
  else if (pressed === 'j' || pressed === 'k') moveFocus(pressed === 'j' ? 1 : -1)
  else return
  event.preventDefault()
})
