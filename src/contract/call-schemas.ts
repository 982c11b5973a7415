import * as z from 'zod'
import { type Call, nameOf } from './call.ts'
import type { EventKind } from './event-kinds.ts'

export type JsonSchema = z.core.JSONSchema.BaseSchema

/** JSON Schemas of what a call takes and gives. */
export interface CallSchemas {
  readonly query?: JsonSchema
  readonly body?: JsonSchema
  readonly answer?: JsonSchema
  /** Of further answers, by status. */
  readonly further?: Readonly<Record<string, JsonSchema>>
}

/** The JSON Schemas of a contract. */
export interface ContractSchemas {
  /** Of the calls, by their names. */
  readonly calls: Readonly<Record<string, CallSchemas>>
  /** Forms with a title, which others name by `$ref`: what they are called in programs that are made from the document. */
  readonly named: Readonly<Record<string, JsonSchema>>
  /** Of what refusals carry beside their code. */
  readonly carried: Readonly<Record<string, JsonSchema>>
  /** The events that the service sends. */
  readonly events: readonly { readonly type: string; readonly when: string; readonly form: JsonSchema }[]
}

const RANGE_OF_SAFE = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]
/** Formats that say more than the pattern that zod checks them by. */
const FORMATS = ['date-time', 'date', 'email', 'uri']

/** A value that is made fit before it is looked at is asked for in the form that it is made fit for. */
const isFitted = (type: z.core.$ZodType): type is z.core.$ZodPipe =>
  type._zod.def.type === 'pipe' && (type as z.core.$ZodPipe)._zod.def.in._zod.def.type === 'transform'

function schemaOf(type: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // an answer may get more fields, whatever its schema leaves out
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
      if (FORMATS.includes(jsonSchema.format ?? '')) delete jsonSchema.pattern
      for (const bound of ['minimum', 'maximum'] as const)
        if (RANGE_OF_SAFE.includes(jsonSchema[bound] ?? 0)) delete jsonSchema[bound]
      if (io === 'input' && isFitted(zodSchema))
        Object.assign(jsonSchema, schemaOf(zodSchema._zod.def.out as z.ZodType, io))
    },
  })
  return schema as JsonSchema
}

/** What of a schema is no schema. */
const VALUES = ['examples', 'default', 'const', 'enum', 'required']

/** Gives a schema whose parts with a title are told once. */
function hoister(named: Record<string, JsonSchema>) {
  const hoist = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(hoist)
    if (value === null || typeof value !== 'object') return value
    const { title, ...rest } = Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, VALUES.includes(name) ? one : hoist(one)]),
    )
    // a property may have that name
    if (typeof title !== 'string') return title === undefined ? rest : { title, ...rest }
    const known = named[title]
    if (known && JSON.stringify(known) !== JSON.stringify(rest)) throw new Error(`two forms are called ${title}`)
    named[title] = rest
    return { $ref: `#/components/schemas/${title}` }
  }
  return (schema: JsonSchema) => hoist(schema) as JsonSchema
}

interface Contract {
  readonly calls: readonly Call[]
  readonly carried: Readonly<Record<string, z.ZodType>>
  readonly events: readonly EventKind[]
}

/** The schemas of a contract. */
export function schemasOf({ calls, carried, events }: Contract): ContractSchemas {
  const named: Record<string, JsonSchema> = {}
  const hoist = hoister(named)
  const answerOf = (type: z.ZodType) => hoist(schemaOf(type, 'output'))
  const furtherOf = ({ further = {} }: Call) =>
    Object.entries(further).flatMap(([status, { answer }]) => (answer ? [[status, answerOf(answer)] as const] : []))
  const ofCalls = calls.map((call) => {
    const further = furtherOf(call)
    return [
      nameOf(call),
      {
        ...(call.query && { query: schemaOf(call.query, 'input') }),
        ...(call.body && { body: schemaOf(call.body, 'input') }),
        ...(call.answer && { answer: answerOf(call.answer) }),
        ...(further.length > 0 && { further: Object.fromEntries(further) }),
      },
    ] as const
  })
  return {
    calls: Object.fromEntries(ofCalls),
    named,
    carried: Object.fromEntries(Object.entries(carried).map(([code, type]) => [code, schemaOf(type, 'output')])),
    events: events.map(({ form, ...event }) => ({ ...event, form: schemaOf(form, 'output') })),
  }
}
