// Makes the copy buttons work where there is a clipboard, and selects the text where there is none.

const SHOWN_MS = 4_000

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  const { copy = '', copied = '' } = button.dataset
  const source = document.getElementById(copy)
  const label = button.querySelector('[aria-live]')
  if (!source || !label) continue
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
