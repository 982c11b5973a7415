import * as z from 'zod'
import { requestOf } from '../../contract/call.ts'
import { changeStatus, suspectCredential } from '../../contract/kentei/staff.ts'
import { days, minutes } from '../../kernel/instant.ts'
import { appealDecision } from '../flows/appeal-decision.ts'
import { changeStanding } from '../flows/change-standing.ts'
import { decideSubject, type Verdict } from '../flows/decide-subject.ts'
import { handleCase } from '../flows/handle-case.ts'
import { judgeAppeal } from '../flows/judge-appeal.ts'
import { judgeBlock } from '../flows/judge-block.ts'
import { judgeIdentity } from '../flows/judge-identity.ts'
import { lookInto } from '../flows/open-case.ts'
import { readHiddenAnswers, settleWorklistEntry, showWorklist } from '../flows/read-hidden-answers.ts'
import { registerPayoutAccount } from '../flows/register-account.ts'
import { sendOwnSample } from '../flows/send-sample.ts'
import type { SubjectKind } from '../moderation/decision/actions.ts'
import { casesAbout, findGatheringCase } from '../moderation/store.ts'
import type { Category } from '../people/worker.ts'
import { listBlocks } from '../review/block/store.ts'
import type { Posted } from './job-board.ts'
import { caseNotes, sentSamples } from './past.data.ts'
import { done, type Past } from './past.ts'
import { ask, enter } from './sit-exam.ts'

const [FIRST, SECOND] = ['opr_demo', 'opr_second'] as const

type Ruling = Pick<Verdict, 'action' | 'facts'> & Partial<Pick<Verdict, 'kinds' | 'duration'>>

/** What operators of the two services did, and what people asked of them. */
export class Order {
  private readonly past: Past

  constructor(past: Past) {
    this.past = past
  }

  private async openCase(kind: SubjectKind, ref: string): Promise<string> {
    const known = await findGatheringCase(this.past.market.db, kind, ref)
    if (!known) throw new Error(`no case about ${ref} is open`)
    return known.id
  }

  /** An operator decides about what was suspected or reported. */
  decide(kind: SubjectKind, ref: () => string | undefined, daysAgo: number, { action, facts, ...more }: Ruling): void {
    const verdict = {
      action,
      facts,
      kinds: more.kinds ?? [],
      duration: more.duration ?? null,
      ground: 'terms',
    } as const
    this.past.ago(days(daysAgo), async () => {
      const { market } = this.past
      const id = await this.openCase(kind, ref() ?? '')
      done(await decideSubject(market, await this.past.person(FIRST), id, verdict))
    })
  }

  /** Whoever is concerned appeals against the last decision; another operator may have judged it, which makes it final. */
  appeal(about: 'job' | 'credential', ref: () => string | undefined, daysAgo: number, judgedDaysAgo?: number): void {
    let appeal = ''
    this.past.ago(days(daysAgo), async () => {
      const { market } = this.past
      const [last] = await casesAbout(market.db, about, ref() ?? '')
      const person = await this.past.person(last?.person ?? '')
      appeal = done(await appealDecision(market, person, last?.decision ?? '', caseNotes.appeals[about])).appeal
    })
    if (judgedDaysAgo === undefined) return
    this.past.ago(days(judgedDaysAgo), async () => {
      const judgement = { outcome: 'uphold', reasons: caseNotes.upheld[about] } as const
      done(await judgeAppeal(this.past.market, await this.past.person(SECOND), appeal, judgement))
    })
  }

  /** An operator looks into something that nobody has reported. */
  notice(kind: 'client' | 'worker', ref: string, daysAgo: number): void {
    const look = { kind, ref, note: caseNotes[kind], source: 'operator' } as const
    this.past.ago(days(daysAgo), async () =>
      done(await lookInto(this.past.market, await this.past.person(FIRST), look)),
    )
  }

  /** An operator reads a case now. */
  claim(job: Posted): void {
    this.past.ago(minutes(6), async () => {
      const id = await this.openCase('job', job.id ?? '')
      done(await handleCase(this.past.market, await this.past.person(FIRST), id, { type: 'claim' }))
    })
  }

  /** The exam centre doubts a certificate: it is under review from then on, here and there. */
  suspect(credential: () => string, daysAgo: number): void {
    this.past.ago(days(daysAgo), async () => {
      const session = await enter(this.past, { worker: FIRST, role: 'operator' })
      const body = { policy: 'exam-impersonation', note: caseNotes.suspicion }
      const id = credential()
      await ask(this.past, z.unknown(), requestOf(suspectCredential, { path: { id }, body }), session)
      // the case has to be heard of before anybody decides it
      await this.past.deliver()
    })
  }

  /** The exam centre pauses a certificate. */
  pause(credential: () => string, daysAgo: number): void {
    this.past.ago(days(daysAgo), async () => {
      const session = await enter(this.past, { worker: FIRST, role: 'operator' })
      const body = { status: 'suspended', why: caseNotes.paused } as const
      await ask(this.past, z.unknown(), requestOf(changeStatus, { path: { id: credential() }, body }), session)
    })
  }

  restrict(worker: string, daysAgo: number): void {
    this.past.ago(days(daysAgo), async () => done(await changeStanding(this.past.market, worker, 'restricted')))
  }

  /** An operator looks into the first contract whose confidential answers contradict its stars. */
  readWorklist(daysAgo: number): void {
    this.past.ago(days(daysAgo), async () => {
      const { market } = this.past
      const operator = await this.past.person(FIRST)
      const [entry] = await showWorklist(market, { operator, reason: 'weekly', limit: 20 })
      if (!entry) throw new Error('nothing is on the worklist')
      const { contract } = entry
      done(await readHiddenAnswers(market, { contract, operator, reason: 'worklist' }))
      done(await settleWorklistEntry(market, { operator, contract, note: caseNotes.worklist }))
    })
  }

  /** The first block of clients that waits is found to be none. */
  clearBlock(daysAgo: number): void {
    this.past.ago(days(daysAgo), async () => {
      await this.past.tend()
      const [block] = await listBlocks(this.past.market.db, { which: 'open', limit: 1 })
      if (!block) throw new Error('no block of clients waits')
      const { id, version } = block
      const verdict = { decision: 'independent', apart: [], note: caseNotes.independent, version } as const
      done(await judgeBlock(this.past.market, await this.past.person(FIRST), id, verdict))
    })
  }

  /** Two people are paid into the same account. */
  shareAccount(workers: readonly string[], daysAgo: number): void {
    for (const [nth, worker] of workers.entries())
      this.past.ago(days(daysAgo + nth), async () =>
        done(await registerPayoutAccount(this.past.market, worker, { bank: '0001', branch: '101', number: '7654321' })),
      )
  }

  identify(worker: string, daysAgo: number): void {
    this.past.ago(days(daysAgo), async () => {
      const found = { worker, state: 'verified', note: caseNotes.identity } as const
      done(await judgeIdentity(this.past.market, await this.past.person(FIRST), found))
    })
  }

  /** A sample of one's own work waits to be read. */
  send(worker: string, category: Category, daysAgo: number): void {
    const words = { category, ...sentSamples[category] }
    this.past.ago(days(daysAgo), async () => done(await sendOwnSample(this.past.market, worker, words)))
  }
}
