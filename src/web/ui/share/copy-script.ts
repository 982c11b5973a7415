/** Makes the copy buttons work where there is a clipboard, and selects the text where there is none. */
const script = `for (const button of document.querySelectorAll('[data-copy]')) {
  const source = document.getElementById(button.dataset.copy)
  const label = button.querySelector('[aria-live]')
  const word = label.textContent
  button.hidden = false
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(source.textContent)
      label.textContent = button.dataset.copied
      setTimeout(() => (label.textContent = word), 4000)
    } catch {
      getSelection().selectAllChildren(source)
    }
  })
}
`

/** FNV-1a, 32 bits: the address changes with the content, so that the file may be cached for ever. */
function version(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(36)
}

export const fileOf = (path: string, type: string, body: string) => ({ path, type, body, href: `${path}?v=${version(body)}` })

export const copyScript = fileOf('/credentials/assets/copy.js', 'text/javascript; charset=utf-8', script)
