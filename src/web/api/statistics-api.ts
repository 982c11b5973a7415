import { Hono } from 'hono'
import { readStatistics } from '../../contract/kentei/publishing.ts'
import { measureItems, measureTasks } from '../../flows/read-item-statistics.ts'
import { toRfc3339 } from '../../kernel/instant.ts'
import { fail, ok } from '../../kernel/result.ts'
import type { WebEnv } from '../web-env.ts'
import { requireOwnScope } from './own-token.ts'
import { serving } from './serve.ts'

/** The door of `kentei statistics --from`. It gives numbers by item version and family: no text, no key, nothing of a person. */
export function statisticsApi(): Hono<WebEnv> {
  const app = new Hono<WebEnv>()
  serving(app, { admit: requireOwnScope })(readStatistics, async ({ path: { exam } }, c) => {
    if (!/^[a-z0-9-]{1,64}$/.test(exam)) return fail({ code: 'not-found' as const })
    const { newest, oldest, ...statistics } = await measureItems(c.var.world, exam)
    const graded =
      newest === undefined || oldest === undefined ? {} : { newest: toRfc3339(newest), oldest: toRfc3339(oldest) }
    const tasks = await measureTasks(c.var.world, exam)
    c.header('cache-control', 'no-store')
    return ok({ ...statistics, ...graded, ...(tasks.length > 0 ? { tasks } : {}) })
  })
  return app
}
