import type { Context } from 'hono'
import { postedTexts } from '../../platform/page/form.tsx'
import type { WebEnv } from '../web-env.ts'
import type { FormFields } from './types/control-type.ts'

/** The posted form as lists of texts, without files. */
export async function readForm(c: Context<WebEnv>): Promise<FormFields> {
  const byName = Map.groupBy(await postedTexts(c), ([name]) => name)
  return Object.fromEntries([...byName].map(([name, posted]) => [name, posted.map(([, text]) => text)]))
}

export const fieldOf = (fields: FormFields, name: string): string => fields[name]?.[0] ?? ''
