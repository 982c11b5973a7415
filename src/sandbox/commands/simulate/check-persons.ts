import * as z from 'zod'
import { requestOf } from '../../../contract/call.ts'
import { readQueue, readSubject } from '../../api/operators-calls.ts'
import { readWorker } from '../../api/workers-api.ts'
import type { Say } from '../texts.ts'
import { type Check, checkThat } from './check.ts'
import { expect } from './visitors.ts'
import type { Year } from './year.ts'

const page = z.object({ subjects: z.array(z.object({ case: z.string() })), next: z.string().nullable() })
const story = z.object({
  case: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  status: z.string(),
  events: z.array(z.object({ type: z.string(), actor: z.string() })),
  decisions: z.array(
    z.object({
      decision: z.string(),
      operator: z.string(),
      action: z.string(),
      statement: z.object({ decidedAutomatically: z.boolean() }),
    }),
  ),
  appeals: z.array(z.object({ decidedBy: z.string().nullable(), decision: z.string() })),
  job: z.object({ id: z.string(), state: z.string() }).nullable(),
})
type Story = z.infer<typeof story>
const profile = z.object({ badges: z.array(z.object({ credential: z.string(), status: z.string() })) })

const OPERATOR = 'opr_demo'
const isOperator = (who: string): boolean => who.startsWith('opr_')
/** What the clock may do by itself: end a measure, and let the time for an appeal run out. */
const OF_THE_CLOCK = ['measures-ended', 'became-final']
const DECIDING = ['decided', 'appeal-decided', 'closed', 'escalated', 'claimed']

/** Acts in a case that no person stands behind. */
function unmanned({ case: id, events, decisions, appeals, job }: Story): Say[] {
  const against: Say[] = []
  for (const { type, actor } of events)
    if (DECIDING.includes(type) && !isOperator(actor))
      against.push((t) => t('sandbox.check.persons.act', { case: id, act: type, actor }))
  for (const { type, actor } of events)
    if (actor === 'system' && !OF_THE_CLOCK.includes(type))
      against.push((t) => t('sandbox.check.persons.clock', { case: id, act: type }))
  for (const { decision, operator, statement } of decisions)
    if (!isOperator(operator) || statement.decidedAutomatically)
      against.push((t) => t('sandbox.check.persons.decided', { case: id, decision, operator }))
  for (const { decision, decidedBy } of appeals)
    if (decidedBy !== null && decisions.some((one) => one.decision === decision && one.operator === decidedBy))
      against.push((t) => t('sandbox.check.persons.ownAppeal', { case: id }))
  if (job?.state === 'taken-down' && decisions.length === 0)
    against.push((t) => t('sandbox.check.persons.takenDown', { case: id, job: job.id }))
  return against
}

async function readCases(year: Year): Promise<Story[]> {
  const cases: Story[] = []
  let after: string | null = ''
  while (after !== null) {
    const read: z.infer<typeof page> = expect(
      page,
      await year.visitors.market(
        OPERATOR,
        requestOf(readQueue, {
          path: {},
          query: { status: 'all', limit: 100, after: after === '' ? undefined : after },
        }),
      ),
    )
    for (const { case: id } of read.subjects)
      cases.push(expect(story, await year.visitors.market(OPERATOR, requestOf(readSubject, { path: { id } }))))
    after = read.next
  }
  return cases
}

/** Certificates that were revoked although no person decided so. */
async function unmannedRevocations(year: Year, cases: readonly Story[]): Promise<Say[]> {
  const revocable = new Set(
    cases.flatMap(({ subject, decisions }) =>
      subject.type === 'credential' && decisions.some(({ action }) => action === 'revoke-credential')
        ? [subject.id]
        : [],
    ),
  )
  const against: Say[] = []
  for (const worker of year.workers.values()) {
    if (worker.certifiedOn === undefined) continue
    const { badges } = expect(
      profile,
      await year.visitors.market(null, requestOf(readWorker, { path: { id: worker.id } })),
    )
    for (const { credential, status } of badges)
      if (status === 'revoked' && !revocable.has(credential))
        against.push((t) => t('sandbox.check.persons.revoked', { credential }))
  }
  return against
}

/** Whatever was taken from somebody, a person decided it. */
export async function checkPersons(year: Year): Promise<readonly Check[]> {
  const cases = await readCases(year)
  const decisions = cases.reduce((sum, one) => sum + one.decisions.length, 0)
  const against = [...cases.flatMap(unmanned), ...(await unmannedRevocations(year, cases))]
  return [
    checkThat(
      (t) => t('sandbox.check.persons'),
      against,
      (t) => t('sandbox.check.persons.seen', { cases: cases.length, decisions, appeals: year.times('appeals') }),
    ),
  ]
}
