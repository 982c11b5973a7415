import type { FileFault } from '../detector/judge/file-fault.ts'
import type { Translate } from './texts.ts'

/** What is wrong with a file, where in it, and what to write there. */
export function sayFault(fault: FileFault, t: Translate): string {
  switch (fault.is) {
    case 'no-json':
    case 'weights-misfit':
      return t(`sandbox.fault.${fault.is}`)
    case 'missing':
    case 'unusable':
      return t(`sandbox.fault.${fault.is}`, { path: fault.path })
    case 'another-type':
      return t('sandbox.fault.another-type', { path: fault.path, expected: fault.expected })
    case 'not-a-choice':
      return t('sandbox.fault.not-a-choice', { path: fault.path, choices: fault.choices })
    case 'too-small':
    case 'too-large':
      return t(`sandbox.fault.${fault.is}`, { path: fault.path, limit: fault.limit })
  }
}
