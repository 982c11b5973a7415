import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

// biome-ignore lint/suspicious/noExplicitAny: documents and answers are looked at as they come
export type Json = any

const DOCUMENT = 'document'

/** The same with every reference into the document. */
const anchored = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(anchored)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, name === '$ref' ? `${DOCUMENT}${one}` : anchored(one)]),
  )
}

/** Gives a function that says what is wrong with a value, by a schema of an OpenAPI document. */
export function schemaChecker({ components }: Json): (schema: Json, value: Json) => readonly string[] {
  const ajv = new Ajv2020.default({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ $id: DOCUMENT, components: anchored(components) })
  const known = new Map<string, ReturnType<typeof ajv.compile>>()
  return (schema, value) => {
    const text = JSON.stringify(schema)
    const check = known.get(text) ?? ajv.compile(anchored(schema))
    known.set(text, check)
    return check(value) ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}
