import { schemasOf } from '../call-schemas.ts'
import { calls } from './calls.ts'

/** JSON Schemas of every call, by its name. The Worker carries what this gives, and nothing that makes it. */
export const callSchemas = () => schemasOf(calls)
