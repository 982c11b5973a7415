import { Hono } from 'hono'
import { measureItems } from '../../flows/read-item-statistics.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { problemResponse } from '../problem-response.ts'
import type { WebEnv } from '../web-env.ts'
import { requireScope } from './require-scope.ts'

/** The door of `kentei statistics --from`. It gives numbers by item version: no text, no key, nothing of a person. */
export function statisticsApi(): Hono<WebEnv> {
  return new Hono<WebEnv>().get('/admin/exams/:exam/statistics', requireScope('statistics:read'), async (c) => {
    const exam = c.req.param('exam')
    if (!/^[a-z0-9-]{1,64}$/.test(exam)) return problemResponse({ code: 'not-found' })
    const { newest, oldest, ...statistics } = await measureItems(c.var.world, exam)
    const graded = newest === undefined || oldest === undefined ? {} : { newest: toRfc3339(newest), oldest: toRfc3339(oldest) }
    c.header('cache-control', 'no-store')
    return c.json({ ...statistics, ...graded })
  })
}
