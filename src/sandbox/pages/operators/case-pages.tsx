import { Hono } from 'hono'
import * as z from 'zod'
import { fail } from '../../../kernel/result.ts'
import { parseInput } from '../../../platform/http/parse-input.ts'
import { isKind } from '../../detector/judge/kinds.ts'
import { decideWithCopies } from '../../flows/decide-copies.ts'
import { decideSubject, previewDecision } from '../../flows/decide-subject.ts'
import { handleCase, muteReporter } from '../../flows/handle-case.ts'
import { noteRead } from '../../flows/judge-again.ts'
import { judgeAppeal } from '../../flows/judge-appeal.ts'
import { findReportOf } from '../../moderation/report/store.ts'
import { findCase } from '../../moderation/store.ts'
import type { Outcome } from '../../problem.ts'
import { statusOf } from '../../problem-response.ts'
import type { SandboxEnv } from '../../sandbox-world.ts'
import { type Fields, type Rejected, readFields } from '../form-fields.ts'
import { link } from '../links.ts'
import { type PageContext, personOf, readerOf, refuse, show } from '../page-door.tsx'
import { formsOf } from '../parts/form-parts.tsx'
import { CasePage, loadCase } from './case-page.tsx'
import type { Preview } from './decision-form.tsx'
import { noteForm, readJudgement, readReinstatement, readVerdict } from './read-decision.ts'

interface Showing {
  readonly rejected?: Rejected | undefined
  readonly preview?: Preview | undefined
}

const pathOf = (id: string): string => `/operators/subjects/${encodeURIComponent(id)}`

async function showCase(c: PageContext, id: string, { rejected, preview }: Showing = {}): Promise<Response> {
  const world = c.get('world')
  const details = await loadCase(world, id)
  if (!details.ok) return refuse(c, details.problem)
  const { past, others } = details.value
  await noteRead(world, personOf(c), [id, ...past.map(({ subject }) => subject), ...others.map((other) => other.id)])
  const reader = readerOf(c)
  const wanted = c.req.query('kind') ?? ''
  const view = {
    ...{ reader, rejected, preview },
    details: details.value,
    forms: formsOf(reader, { rejected, once: world.newId('jti') }),
    kind: isKind(wanted) ? wanted : undefined,
    thresholds: world.detector?.serving.model.thresholds,
  }
  return show(c, <CasePage {...view} />, rejected ? statusOf(rejected.problem) : 200, { scripts: true })
}

/** Shows the decision as it would be read; a decision that cannot be taken goes back to its form. */
async function previewed(c: PageContext, id: string, fields: Fields): Promise<Response> {
  const world = c.get('world')
  const known = await findCase(world.db, id)
  const verdict = readVerdict(fields, (known?.policy ?? null) !== null)
  const statement = verdict.ok ? await previewDecision(world, personOf(c), id, verdict.value) : verdict
  return statement.ok
    ? showCase(c, id, { preview: { statement: statement.value, fields } })
    : showCase(c, id, { rejected: { fields, problem: statement.problem } })
}

async function decide(c: PageContext, id: string, fields: Fields): Promise<Outcome<unknown>> {
  const world = c.get('world')
  const known = await findCase(world.db, id)
  const verdict = readVerdict(fields, (known?.policy ?? null) !== null)
  if (!verdict.ok) return verdict
  const deciding = fields.copies === '1' ? decideWithCopies : decideSubject
  return deciding(world, personOf(c), id, verdict.value)
}

async function reinstate(c: PageContext, id: string, fields: Fields): Promise<Outcome<unknown>> {
  const verdict = readReinstatement(fields)
  return verdict.ok ? decideSubject(c.get('world'), personOf(c), id, verdict.value) : verdict
}

async function judge(c: PageContext, id: string, fields: Fields): Promise<Outcome<unknown>> {
  const world = c.get('world')
  const judgement = readJudgement(fields)
  if (!judgement.ok) return judgement
  const appeal = (await findCase(world.db, id))?.appeal
  return appeal ? judgeAppeal(world, personOf(c), appeal, judgement.value) : fail({ code: 'not-found' })
}

const muteForm = noteForm.extend({ report: z.string().max(128) })

/** Whom it concerns is found by the report, so that no page names who made it. */
async function mute(c: PageContext, id: string, fields: Fields): Promise<Outcome<unknown>> {
  const world = c.get('world')
  const form = parseInput(muteForm, fields)
  if (!form.ok) return form
  const report = await findReportOf(world.db, id, form.value.report)
  return report
    ? muteReporter(world, personOf(c), report.reporter, { muting: 'muted', note: form.value.note })
    : fail({ code: 'not-found' })
}

async function noted(
  c: PageContext,
  id: string,
  type: 'escalate' | 'close',
  fields: Fields,
): Promise<Outcome<unknown>> {
  const form = parseInput(noteForm, fields)
  return form.ok ? handleCase(c.get('world'), personOf(c), id, { type, note: form.value.note }) : form
}

function act(c: PageContext, id: string, fields: Fields): Promise<Outcome<unknown>> | Outcome<unknown> {
  switch (fields.act) {
    case 'claim':
    case 'release':
      return handleCase(c.get('world'), personOf(c), id, { type: fields.act })
    case 'escalate':
    case 'close':
      return noted(c, id, fields.act, fields)
    case 'decide':
      return decide(c, id, fields)
    case 'reinstate':
      return reinstate(c, id, fields)
    case 'judge':
      return judge(c, id, fields)
    case 'mute':
      return mute(c, id, fields)
    default:
      return fail({ code: 'not-found' })
  }
}

/** One case and all that an operator does with it. */
export function casePages(): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()

  app.get('/operators/subjects/:id', (c) => showCase(c, c.req.param('id')))

  app.post('/operators/subjects/:id', async (c) => {
    const id = c.req.param('id')
    const fields = await readFields(c)
    if (fields.act === 'preview') return previewed(c, id, fields)
    const done = await act(c, id, fields)
    // a decision that fell away goes back to the form in which it was typed
    const rejected = (problem: Rejected['problem']) => ({
      fields: fields.act === 'decide' ? { ...fields, form: 'decision' } : fields,
      problem,
    })
    const part = fields.act === 'claim' ? '#decision-title' : ''
    return done.ok
      ? c.redirect(`${link(readerOf(c).locale, pathOf(id))}${part}`, 303)
      : showCase(c, id, { rejected: rejected(done.problem) })
  })

  return app
}
