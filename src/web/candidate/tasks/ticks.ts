import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { PresentedTaskItem } from '../../../form/form.ts'
import { splitList } from '../../../item/markup/compiled-html.ts'
import type { WebEnv } from '../../web-env.ts'
import type { FormFields } from '../types/control-type.ts'

// Rules are ticked off for oneself: which ones were stays with the browser, in a cookie of the attempt, and in no record.

export type Ticks = ReadonlySet<string>

/** The name of the boxes of a form, and of the cookie. The page's script writes the same one. */
export const TICK_FIELD = 'ticks'
export const tickOf = (ref: string, rule: number): string => `${ref}-${rule}`

/** Whether every rule of a task was ticked. */
export function isTickedOff({ ref, task }: PresentedTaskItem, ticks: Ticks): boolean {
  const rules = splitList(task.rulesHtml) ?? []
  return rules.length > 0 && rules.every((_, rule) => ticks.has(tickOf(ref, rule)))
}

const read = (text: string): string[] => text.split('.').filter((tick) => /^t\d{1,2}-\d{1,3}$/.test(tick))

/** What a posted form ticks. */
export const ticksIn = (fields: FormFields): Ticks => new Set(read((fields[TICK_FIELD] ?? []).join('.')))

/** What was ticked so far. */
export const readTicks = (c: Context<WebEnv>): Ticks => new Set(read(getCookie(c, TICK_FIELD) ?? ''))

/** Keeps what a task's form ticks, beside what was ticked elsewhere. */
export function keepTicks(c: Context<WebEnv>, attempt: string, ref: string, fields: FormFields): Ticks {
  const others = [...readTicks(c)].filter((tick) => !tick.startsWith(`${ref}-`))
  const ticks = new Set([...others, ...ticksIn(fields)])
  setCookie(c, TICK_FIELD, [...ticks].join('.'), {
    path: `/attempts/${attempt}`,
    sameSite: 'Lax',
    secure: c.req.url.startsWith('https:'),
    maxAge: 86_400,
  })
  return ticks
}
