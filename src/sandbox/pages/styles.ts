import { styleSheet } from '../../platform/page/asset.ts'
import sheet from './sandbox.css?asset'

export const sandboxStyles = styleSheet('/assets/sandbox.css', sheet)
