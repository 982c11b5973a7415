import { Hono } from 'hono'
import * as z from 'zod'
import { fail } from '../../../kernel/result.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import type { Contract } from '../../escrow/contract.ts'
import { findContract } from '../../escrow/store.ts'
import { lookInto } from '../../flows/open-case.ts'
import { readHiddenAnswers, settleWorklistEntry, showWorklist } from '../../flows/read-hidden-answers.ts'
import { showContractReviews } from '../../flows/show-reviews.ts'
import { findClient, findWorker } from '../../people/store.ts'
import type { Outcome } from '../../problem.ts'
import { statusOf } from '../../problem-response.ts'
import { listReads, type WorklistEntry } from '../../review/hidden/store.ts'
import type { SandboxEnv, SandboxWorld } from '../../sandbox-world.ts'
import { namesIn } from '../contracts/contract-details.ts'
import { choice, type Fields, line, prose, type Rejected, readFields } from '../form-fields.ts'
import { link } from '../links.ts'
import { type PageContext, personOf, readerOf, refuse, show } from '../page-door.tsx'
import { formsOf } from '../parts/form-parts.tsx'
import type { Locale } from '../texts.ts'
import { AuditPage, OPENED_THE_LIST } from './audit-page.tsx'
import { HiddenPage } from './hidden-page.tsx'
import { LONGEST_NOTE } from './read-decision.ts'
import { type WorklistLine, WorklistPage } from './worklist-page.tsx'

const PATH = '/operators/reviews'
const ENTRIES_PER_PAGE = 40
const READS_PER_PAGE = 50
const LONGEST_REASON = 500

const cursor = z.string().min(1).max(128).optional().catch(undefined)

async function partiesOf(world: SandboxWorld, locale: Locale, { client, worker }: Contract) {
  return namesIn(locale, { client: await findClient(world.db, client), worker: await findWorker(world.db, worker) })
}

/** The entries of the worklist by contract, in the order of the worst of each. */
async function linesOf(
  world: SandboxWorld,
  locale: Locale,
  entries: readonly WorklistEntry[],
): Promise<WorklistLine[]> {
  const lines = await Promise.all(
    [...Map.groupBy(entries, (entry) => entry.contract)].map(async ([id, own]) => {
      const contract = await findContract(world.db, id)
      return contract ? [{ contract, names: await partiesOf(world, locale, contract), entries: own }] : []
    }),
  )
  return lines.flat()
}

async function worklistPage(c: PageContext, rejected?: Rejected): Promise<Response> {
  const world = c.get('world')
  const reader = readerOf(c)
  const after = cursor.parse(c.req.query('after'))
  const entries = await showWorklist(world, {
    operator: personOf(c),
    reason: OPENED_THE_LIST,
    after,
    limit: ENTRIES_PER_PAGE,
  })
  const view = {
    ...{ reader, rejected, after },
    lines: await linesOf(world, reader.locale, entries),
    next: entries.length === ENTRIES_PER_PAGE ? entries.at(-1)?.review : undefined,
    forms: formsOf(reader, { rejected, once: world.newId('jti') }),
  }
  return show(c, <WorklistPage {...view} />, rejected ? statusOf(rejected.problem) : 200)
}

const readForm = z.object({ contract: z.string().max(128), reason: line(LONGEST_REASON) })

/** Shows hidden answers once, to whoever gave a reason; the address of the page shows nothing. */
async function hiddenPage(c: PageContext, fields: Fields): Promise<Response> {
  const world = c.get('world')
  const form = parseInput(readForm, fields)
  if (!form.ok) return worklistPage(c, { fields, problem: form.problem })
  const operator = personOf(c)
  const read = await readHiddenAnswers(world, { ...form.value, operator })
  const contract = await findContract(world.db, form.value.contract)
  const reviews = await showContractReviews(world, form.value.contract, operator)
  if (!read.ok || !contract || !reviews.ok) return refuse(c, { code: 'not-found' })
  const reader = readerOf(c)
  const { audit, answers } = read.value
  return show(
    c,
    <HiddenPage
      reader={reader}
      contract={contract}
      names={await partiesOf(world, reader.locale, contract)}
      audit={audit}
      answers={answers}
      sides={reviews.value.sides}
    />,
  )
}

const doneForm = z.object({ contract: z.string().max(128), note: prose(LONGEST_NOTE) })
const lookForm = doneForm.extend({ whom: choice(['worker', 'client']) })

async function settle(c: PageContext, fields: Fields): Promise<Outcome<unknown>> {
  const form = parseInput(doneForm, fields)
  return form.ok ? settleWorklistEntry(c.get('world'), { ...form.value, operator: personOf(c) }) : form
}

async function look(c: PageContext, fields: Fields): Promise<Outcome<unknown>> {
  const world = c.get('world')
  const form = parseInput(lookForm, fields)
  if (!form.ok) return form
  const { whom, note } = form.value
  const contract = await findContract(world.db, form.value.contract)
  return contract
    ? lookInto(world, personOf(c), { kind: whom, ref: contract[whom], note, source: 'review-worklist' })
    : fail({ code: 'not-found' })
}

async function auditPage(c: PageContext): Promise<Response> {
  const after = cursor.parse(c.req.query('after'))
  const reads = await listReads(c.get('world').db, { after, limit: READS_PER_PAGE })
  return show(
    c,
    <AuditPage
      reader={readerOf(c)}
      reads={reads}
      after={after}
      next={reads.length === READS_PER_PAGE ? reads.at(-1)?.id : undefined}
    />,
  )
}

/** Reviews that contradict themselves, what was said in confidence, and who has read it. */
export function worklistPages(): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()
  app.get(PATH, (c) => worklistPage(c))
  app.post(PATH, async (c) => {
    const fields = await readFields(c)
    if (fields.act === 'read') return hiddenPage(c, fields)
    const done = fields.act === 'look' ? await look(c, fields) : await settle(c, fields)
    return done.ok
      ? c.redirect(link(readerOf(c).locale, PATH), 303)
      : worklistPage(c, { fields, problem: done.problem })
  })
  app.get('/operators/audit', auditPage)
  return app
}
