import { type Entries, type TaskField, valueIn } from './present.ts'

/** What was entered, beside what would have been right. */
export interface EnteredValue {
  readonly label: string
  readonly entered: string
  /** Any of these is right; of none, any text that says what is asked for. Absent where nothing is to be compared. */
  readonly right?: readonly string[]
  /** So many of what was marked must be named. */
  readonly least?: number
}

/** What one checkpoint looked at. */
export interface Explanation {
  /** The sentence or the mail that it is about. */
  readonly place?: string
  readonly values: readonly EnteredValue[]
  /** Why that is right, as the author wrote it. */
  readonly why?: string
}

/** By the ids of the checkpoints. */
export type Explanations = ReadonlyMap<string, Explanation>

/** Reads what stands in fields, with the labels of what was picked. */
export function openEntered(
  fields: readonly TaskField[],
  entries: Entries,
): (name: string, right?: readonly string[]) => EnteredValue {
  const byName = new Map(fields.map((field) => [field.name, field]))
  return (name, right) => {
    const field = byName.get(name)
    if (!field) return { label: name, entered: '' }
    const said = (value: string): string => {
      if (field.as !== 'one' && field.as !== 'many') return value
      const picked = value.split(' ')
      return field.options
        .filter((option) => picked.includes(option.value))
        .map(({ label }) => label)
        .join(', ')
    }
    return {
      label: field.label,
      entered: said(valueIn(field, entries)),
      ...(right ? { right: right.map(said) } : {}),
    }
  }
}
