import { controlsOf, type IslandType } from './island-type.ts'

export const text: IslandType = {
  read(q) {
    const typed = controlsOf(q)[0]?.value ?? ''
    return typed.trim() ? [{ text: typed }, true] : [null, false]
  },
  write(q, answer) {
    for (const control of controlsOf(q)) control.value = answer && 'text' in answer ? (answer.text as string) : ''
  },
}
