import type { Context } from 'hono'
import type { WebEnv } from '../web-env.ts'
import type { FormFields } from './types/control-type.ts'

/** The posted form as lists of texts, without files. */
export async function readForm(c: Context<WebEnv>): Promise<FormFields> {
  const body = await c.req.parseBody({ all: true })
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).filter((v) => typeof v === 'string')]))
}

export const fieldOf = (fields: FormFields, name: string): string => fields[name]?.[0] ?? ''
