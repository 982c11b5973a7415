import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { listStudySheets, readStudySheet } from '../../../flows/read-study-sheets.ts'
import { pageResponse, refusalResponse } from '../../ui/page-response.tsx'
import { pageContext } from '../../ui/request-context.ts'
import type { WebEnv } from '../../web-env.ts'
import { StudyListPage, StudySheetPage } from './study-page.tsx'

/** Who is not signed in reads what everybody reads: it may be kept, and compressed for whoever comes from another site. */
async function respond(c: Context<WebEnv>, page: Child): Promise<Response> {
  const response = await pageResponse(c, page)
  if (c.get('session') === undefined) {
    response.headers.set('Cache-Control', 'private, no-cache')
    response.headers.set('Vary', 'Cookie, Accept-Language')
  }
  return response
}

/** Study sheets, for everybody: no session is asked for. */
export function studyRoutes(): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get('/exams/:exam/sheets', async (c) => {
      const context = pageContext(c)
      const list = await listStudySheets(c.get('world'), c.req.param('exam'), context.locale)
      return list.ok
        ? respond(c, <StudyListPage context={context} list={list.value} />)
        : refusalResponse(c, context, list.problem)
    })
    .get('/exams/:exam/sheets/:skill', async (c) => {
      const context = pageContext(c)
      const { exam, skill } = c.req.param()
      const page = await readStudySheet(c.get('world'), { exam, skill, locale: context.locale })
      return page.ok
        ? respond(c, <StudySheetPage context={context} page={page.value} />)
        : refusalResponse(c, context, page.problem)
    })
}
