import * as z from 'zod'
import { type Call, nameOf } from './call.ts'

type JsonSchema = z.core.JSONSchema.BaseSchema

/** JSON Schemas of what a call takes and gives. */
export interface CallSchemas {
  readonly query?: JsonSchema
  readonly body?: JsonSchema
  readonly answer?: JsonSchema
}

/** An answer may get more fields, whatever its schema leaves out. */
const unclosed = ({ jsonSchema }: { readonly jsonSchema: JsonSchema }): void => {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
}

const schemaOf = (type: z.ZodType, io: 'input' | 'output'): JsonSchema =>
  z.toJSONSchema(type, { io, unrepresentable: 'any', ...(io === 'output' ? { override: unclosed } : {}) })

/** The schemas of calls by their names. */
export const schemasOf = (calls: readonly Call[]): Readonly<Record<string, CallSchemas>> =>
  Object.fromEntries(
    calls.map((call) => [
      nameOf(call),
      {
        ...(call.query && { query: schemaOf(call.query, 'input') }),
        ...(call.body && { body: schemaOf(call.body, 'input') }),
        ...(call.answer && { answer: schemaOf(call.answer, 'output') }),
      },
    ]),
  )
