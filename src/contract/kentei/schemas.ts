import { schemasOf } from '../call-schemas.ts'
import { pluginEventKinds } from '../event-kinds.ts'
import { carried } from '../problems.ts'
import { calls } from './calls.ts'

/** The JSON Schemas of the contract. The Worker carries what this gives, and nothing that makes it. */
export const contractSchemas = () => schemasOf({ calls, carried, events: pluginEventKinds() })
