import { isRecord } from '../item/types/choice-list.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { type Entries, type FieldProblem, fieldProblem, spell, type TaskField, type TaskResponse } from './present.ts'

/** A response may fill this many fields, of this many bytes of JSON together. */
export const MOST_FIELDS = 600
export const MOST_BYTES = 48 * 1024

function readPicks(field: TaskField & { readonly as: 'one' | 'many' }, value: string): Result<string, string> {
  const picked = value.split(' ').filter((one) => one !== '')
  const known = field.options.filter((option) => picked.includes(option.value)).map((option) => option.value)
  if (known.length !== picked.length) return fail('holds something that cannot be picked')
  if (field.as === 'one' && picked.length > 1) return fail('takes one value')
  return ok(known.join(' '))
}

const PROBLEMS: Readonly<Record<FieldProblem, (field: TaskField) => string>> = {
  'too-long': ({ max }) => `holds more than ${max} characters`,
  unreadable: ({ as }) =>
    as === 'line' ? 'takes one line without tabs or control characters' : 'holds a control character',
}

function readField(field: TaskField, written: unknown): Result<string, string> {
  if (typeof written !== 'string') return fail('is no text')
  const value = spell(written)
  const problem = fieldProblem(field, value)
  if (problem) return fail(PROBLEMS[problem](field))
  return field.as === 'one' || field.as === 'many' ? readPicks(field, value) : ok(value)
}

// A paper never changes, and thousands of saves name its fields.
const byName = new WeakMap<readonly TaskField[], ReadonlyMap<string, TaskField>>()

function fieldsByName(fields: readonly TaskField[]): ReadonlyMap<string, TaskField> {
  const known = byName.get(fields) ?? new Map(fields.map((field) => [field.name, field]))
  byName.set(fields, known)
  return known
}

/**
 * Reads a response to a task: `{entries: {name: text}}`, at most 600 fields and 48 KB. Values are spelled one way (NFC, no
 * carriage returns, names sorted), and those that say what stood there anyway are left out, so that equal work is equal text.
 * The refusal names the field and what would fit; it never says what is right.
 */
export function readEntries(fields: readonly TaskField[], input: unknown): Result<TaskResponse, string> {
  if (!isRecord(input) || Object.keys(input).length !== 1 || !isRecord(input.entries))
    return fail('expected {entries: {name: text}}')
  const given = Object.entries(input.entries)
  if (given.length > MOST_FIELDS) return fail(`entries: more than ${MOST_FIELDS} fields`)
  const known = fieldsByName(fields)
  const read: [string, string][] = []
  for (const [name, written] of given) {
    const field = known.get(name)
    if (!field) return fail(`entries: this task has no field ${JSON.stringify(name.slice(0, 60))}`)
    const value = readField(field, written)
    if (!value.ok) return fail(`entries[${JSON.stringify(name)}] ${value.problem}`)
    if (value.value !== field.initial) read.push([name, value.value])
  }
  const entries: Entries = Object.fromEntries(read.sort(([a], [b]) => (a < b ? -1 : 1)))
  return new TextEncoder().encode(JSON.stringify(entries)).length > MOST_BYTES
    ? fail(`entries: more than ${MOST_BYTES / 1024} KB`)
    : ok({ entries })
}
