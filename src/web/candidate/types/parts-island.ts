import { type Control, controlsOf, type IslandType } from './island-type.ts'

const partOf = (control: Control) => control.name.split('.')[1] as string

/** A control for each of several parts, and a response that holds their values by their refs. */
const parts = (field: string): IslandType => ({
  read(q) {
    const all = controlsOf(q)
    const given = all.filter((control) => control.value.trim())
    return [
      given.length ? { [field]: Object.fromEntries(given.map((control) => [partOf(control), control.value])) } : null,
      given.length === all.length,
    ]
  },
  write(q, answer) {
    const values = (answer as Record<string, Record<string, string>> | null)?.[field]
    for (const control of controlsOf(q)) control.value = values?.[partOf(control)] ?? ''
  },
})

export const cloze = parts('blanks')
export const match = parts('pairs')
