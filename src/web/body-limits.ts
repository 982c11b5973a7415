import type { Context } from 'hono'
import type { BodyLimits } from '../platform/http/limit-bodies.ts'
import { problemResponse } from './problem-response.ts'
import { bearerOf } from './session-cookie.ts'
import type { WebEnv } from './web-env.ts'

const USUAL_BYTES = 65_536
/** A hundred answers, or a section of a paper as a plain form posts it. */
const PAPER_BYTES = 262_144
/** A table of a task as a file: four times what is taken, so that the page itself can say that one is too large. */
const TABLE_BYTES = 1_048_576
/** A bank and the files that it was made of. */
const BUNDLE_BYTES = 11_000_000
/** A badge as a picture, of which ours take some 200 KB. */
const MOST_IMAGE_BYTES = 1_048_576
/** A form around a file: its note and the marks between the parts. */
const FORM_OVERHEAD_BYTES = 16_384
/** Some sixty badges that list the skills of a whole exam. */
const ANYBODYS_BATCH_BYTES = 1_048_576
/** A thousand of them are 16 MB: their average may be a quarter more, while single ones may have their 32 KB. */
const MARKETPLACES_BATCH_BYTES = 20_971_520

/** Bundles are large, and so are read from those alone who may hand one in. */
async function bundleBytes(c: Context<WebEnv>): Promise<number> {
  const { session, world } = c.var
  const token = bearerOf(c)
  const { readOwnToken } = await import('./api/own-token.ts')
  const mayHandIn = session
    ? session.role !== 'worker'
    : token !== undefined && (await readOwnToken(world, token, 'exams:publish')) !== undefined
  return mayHandIn ? BUNDLE_BYTES + FORM_OVERHEAD_BYTES : USUAL_BYTES
}

/** What was looked at before it is taken is large too: a session that ended in between is not a file that is too large. */
async function importBytes(c: Context<WebEnv>): Promise<number | Response> {
  if (c.var.session || !(Number(c.req.header('content-length')) > USUAL_BYTES)) return bundleBytes(c)
  const [{ noticeResponse }, { pageContext }] = await Promise.all([
    import('./ui/page-response.tsx'),
    import('./ui/request-context.ts'),
  ])
  return noticeResponse(c, pageContext(c, { variants: false }), 'no-session')
}

/** A file of an exam, as a form or in JSON. What is posted after a session has ended is shown again, and so has an item's size. */
const DRAFT_BYTES = 4_194_304

/** The script of the desk must not take a session that ended for a file that is too large. */
const scriptedDraftBytes = async (c: Context<WebEnv>): Promise<number | Response> =>
  c.var.session ? draftBytes(c) : problemResponse({ code: 'unauthenticated' })

const draftBytes = async ({ var: { session } }: Context<WebEnv>): Promise<number> =>
  session && session.role !== 'worker' ? DRAFT_BYTES : session ? USUAL_BYTES : PAPER_BYTES

/** Anybody may have some badges verified at once; a thousand, whoever shows a service token of the marketplace. */
async function batchBytes(c: Context<WebEnv>): Promise<number | Response> {
  const token = bearerOf(c)
  if (token === undefined || c.var.session) return ANYBODYS_BATCH_BYTES
  const { verifyServiceToken } = await import('../marketplace/trusted-token.ts')
  const verified = await verifyServiceToken(c.var.world, token, 'credentials:read')
  return verified.ok ? MARKETPLACES_BATCH_BYTES : problemResponse(verified.problem)
}

/** How large a body may be, route by route. */
export const bodyLimits: Pick<BodyLimits<WebEnv>, 'usualBytes' | 'raised'> = {
  usualBytes: USUAL_BYTES,
  raised: [
    { method: 'PUT', path: '/api/attempts/:id/responses', bytes: PAPER_BYTES },
    { method: 'POST', path: '/attempts/:id', bytes: PAPER_BYTES },
    { method: 'POST', path: '/attempts/:id/takeover', bytes: PAPER_BYTES },
    { method: 'POST', path: '/attempts/:id/import', bytes: TABLE_BYTES },
    { method: 'POST', path: '/exams/:exam/practice/:family', bytes: PAPER_BYTES },
    { method: 'POST', path: '/check', bytes: MOST_IMAGE_BYTES + FORM_OVERHEAD_BYTES },
    { method: 'POST', path: '/api/credentials/verify/batch', bytes: batchBytes },
    { method: 'POST', path: '/admin/exams', bytes: bundleBytes },
    { method: 'POST', path: '/staff/desk/:exam', bytes: draftBytes },
    { method: 'POST', path: '/staff/desk/:exam/import', bytes: importBytes },
    { method: 'PUT', path: '/staff/desk/:exam/files', bytes: scriptedDraftBytes },
    { method: 'PUT', path: '/staff/desk/:exam/assets/:name', bytes: scriptedDraftBytes },
  ],
}
