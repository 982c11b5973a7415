import { script, styleSheet } from '../../platform/page/asset.ts'
import printCss from './print.css?asset'
import printing from './print.ts?asset'
import verify from './verify.css?asset'

export const verifyStyles = styleSheet('/credentials/assets/verify.css', verify)
export const printScript = script('/credentials/assets/print.js', printing)
export const printStyles = styleSheet('/credentials/assets/print.css', printCss)
