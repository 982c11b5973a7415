// Makes the copy buttons work where there is a clipboard, and selects the text where there is none.

const SHOWN_MS = 4_000

function bind(button: HTMLButtonElement): void {
  const { copy = '', copied = '' } = button.dataset
  const source = document.getElementById(copy)
  const label = button.querySelector('[aria-live]')
  if (!source || !label) return
  const word = label.textContent
  button.hidden = false
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(source.textContent)
      label.textContent = copied
      setTimeout(() => {
        label.textContent = word
      }, SHOWN_MS)
    } catch {
      getSelection()?.selectAllChildren(source)
    }
  })
}

const bindAll = () => document.querySelectorAll<HTMLButtonElement>('[data-copy][hidden]').forEach(bind)

bindAll()
// a page that takes over what it says now has other buttons
document.addEventListener('taken-over', bindAll)
