import { script } from '../../../platform/page/asset.ts'
import copy from './copy.ts?asset'

/** Makes the copy buttons work. */
export const copyScript = script('/credentials/assets/copy.js', copy)
