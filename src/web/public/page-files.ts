import { fileOf } from '../ui/share/copy-script.ts'
import { printCss } from './print-css.ts'
import { verifyCss } from './verify-css.ts'

/** The button prints; without a script there is none, since the browser's own menu does. */
const printing = `const button = document.getElementById('print')
button.hidden = false
button.addEventListener('click', () => print())
`

export const pageStyles = fileOf('/credentials/assets/verify.css', 'text/css; charset=utf-8', verifyCss)
export const printScript = fileOf('/credentials/assets/print.js', 'text/javascript; charset=utf-8', printing)
export const printStyles = fileOf('/credentials/assets/print.css', 'text/css; charset=utf-8', printCss)
