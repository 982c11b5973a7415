/** JSON with the keys of every object sorted by UTF-16 units and without white space (RFC 8785 for the values used here). */
export function canonicalJson(value: unknown): string {
  // the compiler builds its objects with sorted keys, so that the engine's own writer can do the work
  return isSorted(value) ? JSON.stringify(value) : writeSorted(value)
}

function isSorted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isSorted)
  let last = ''
  for (const key in value) {
    // integer-like keys come first in any object, in number order, whatever their order as text
    if (key < last || !isSorted((value as Readonly<Record<string, unknown>>)[key])) return false
    last = key
  }
  return true
}

function writeSorted(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) {
    let list = ''
    for (const element of value) list += `${list === '' ? '' : ','}${writeSorted(element)}`
    return `[${list}]`
  }
  const record = value as Readonly<Record<string, unknown>>
  let members = ''
  for (const key of Object.keys(record).sort())
    if (record[key] !== undefined)
      members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${writeSorted(record[key])}`
  return `{${members}}`
}
