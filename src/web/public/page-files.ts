import { printCss } from './print-css.ts'
import { verifyCss } from './verify-css.ts'

/** Makes the copy buttons work where there is a clipboard, and selects the text where there is none. */
const script = `for (const button of document.querySelectorAll('[data-copy]')) {
  const source = document.getElementById(button.dataset.copy)
  const label = button.lastElementChild
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

/** The button prints; without a script there is none, since the browser's own menu does. */
const printing = `const button = document.getElementById('print')
button.hidden = false
button.addEventListener('click', () => print())
`

/** FNV-1a, 32 bits: the address changes with the content, so that the file may be cached for ever. */
function version(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(36)
}

const fileOf = (path: string, type: string, body: string) => ({ path, type, body, href: `${path}?v=${version(body)}` })

export const pageScript = fileOf('/credentials/assets/copy.js', 'text/javascript; charset=utf-8', script)
export const pageStyles = fileOf('/credentials/assets/verify.css', 'text/css; charset=utf-8', verifyCss)
export const printScript = fileOf('/credentials/assets/print.js', 'text/javascript; charset=utf-8', printing)
export const printStyles = fileOf('/credentials/assets/print.css', 'text/css; charset=utf-8', printCss)
