import { relative } from 'node:path'

/** A file as the user would name it: from where they are if it lies below, else in full. */
export function showPath(cwd: string, file: string): string {
  const shown = relative(cwd, file)
  return shown.startsWith('..') ? file : shown || '.'
}
