// biome-ignore-all lint/suspicious/useAwait: the stand-ins promise, as the real verbs do
import type { StoredAttempt } from '../../../src/attempt/store.ts'
import type { AttemptView } from '../../../src/flows/read-attempt.ts'
import type { ReportView, ResultView, SectionResult } from '../../../src/flows/read-result.ts'
import type { SaveResult } from '../../../src/flows/record-responses.ts'
import type { PresentedResponse } from '../../../src/form/form.ts'
import type { AttemptId, CredentialId } from '../../../src/kernel/id.ts'
import { type Instant, instant } from '../../../src/kernel/instant.ts'
import { fail, ok } from '../../../src/kernel/result.ts'
import type { CandidateFlows } from '../../../src/web/candidate/candidate-flows.ts'
import { DAY, exams } from './exams.ts'
import { front } from './front.ts'
import { type HeldState, heldIn, heldStates, jobFeed } from './held.ts'
import { paper } from './paper.ts'

interface StoredResponse {
  readonly response: PresentedResponse
  readonly revision: number
}

/** A stand-in for the flows: one attempt at a time, in memory, on a clock that tests may move. */
export interface FixtureState {
  readonly now: () => number
  deadline: number
  startedAt: number
  lease: string
  closed?: { reason: ResultView['reason']; at: number }
  responses: Record<string, StoredResponse>
  /** What arrived, for tests to look at. */
  readonly calls: string[]
  events: unknown[]
  identity: 'hashed' | 'none'
  /** The state of every certificate, where it is not the address of the page that says it. */
  held?: HeldState
}

const SLACK = 3_000
const id = 'att_1' as AttemptId

export function fixtureState(now: () => number = Date.now, minutes = 45): FixtureState {
  const at = now()
  return {
    now,
    startedAt: at,
    deadline: at + minutes * 60_000,
    lease: 'lse_0',
    responses: {},
    calls: [],
    events: [],
    identity: 'none',
  }
}

const section = (i: number, itemCount: number, standing?: SectionResult['standing']): SectionResult => ({
  id: `s${i}`,
  title: ['依頼・構成・進行', '読みやすい文', '調査・出典・AI利用', '著作権・商標・肖像／景品・広告の決まり'][i] ?? '',
  itemCount,
  ...(standing ? { standing } : {}),
  skills:
    [
      ['募集文から条件を抜き出す'],
      ['主語と述語の対応'],
      ['一次情報へさかのぼる', '数値を正しく写す'],
      ['引用の条件', '画像の利用'],
    ][i] ?? [],
})

/** `att_pass_expired` is a pass whose certificate is `expired`; without a word, it is shown. */
const stateOf = (attempt: string): HeldState => heldStates.find((state) => attempt === `att_pass_${state}`) ?? 'shown'

const reportOf = (attempt: string): ReportView | undefined => {
  if (attempt === 'att_few') return undefined
  if (attempt === 'att_fail_tasks')
    return {
      score: 52,
      band: { low: 43, high: 61 },
      sections: [],
      tasks: [
        {
          ref: 't1',
          kind: 'table',
          title: '会員名簿の整理',
          standing: 'at',
          notes: [
            { group: 'duplicate', skill: 'dr-5', done: 3, of: 4 },
            { group: 'era', skill: 'dr-1', done: 6, of: 6 },
            { group: 'changed-right', done: 2 },
          ],
        },
        {
          ref: 't2',
          kind: 'inbox',
          title: '受信箱の整理',
          standing: 'below',
          notes: [{ group: 'act', done: 2, of: 8 }],
        },
        { ref: 't3', kind: 'sheet', title: '売上表の式', notes: [] },
      ],
    }
  if (!attempt.startsWith('att_fail'))
    return {
      score: 81,
      band: { low: 76, high: 86 },
      sections: [section(0, 6, 'above'), section(1, 5, 'at'), section(2, 6, 'at'), section(3, 7, 'above')],
    }
  return {
    score: 64,
    band: { low: 58, high: 70 },
    sections: [section(0, 6, 'at'), section(1, 5), section(2, 6, 'below'), section(3, 7, 'below')],
  }
}

const resultOf = (attempt: string, now: number): ResultView => {
  const passed = !attempt.startsWith('att_fail') && attempt !== 'att_few'
  const report = reportOf(attempt)
  return {
    id: attempt as AttemptId,
    status: 'graded',
    reason: 'submitted',
    exam: passed ? 'business-admin' : 'web-writer',
    locale: 'ja',
    title: passed ? 'ビジネス事務検定' : 'WEBライター検定',
    level: 3,
    closedAt: instant(passed ? now : now - 3 * DAY),
    passed,
    passScore: 70,
    ...(report ? { report } : {}),
    isUntried: false,
    minimums: ['著作権・商標・肖像'],
    ...(attempt === 'att_fail_tasks'
      ? {
          part: {
            id: 'practical',
            raw: 52.4,
            decision: {
              state: 'failed',
              parts: [
                { part: 'knowledge', score: 82, floor: 50, keptUntil: instant(now + 90 * DAY) },
                { part: 'practical', score: 52, floor: 60 },
              ],
            },
          },
        }
      : {}),
    credential: passed
      ? {
          id: (stateOf(attempt) === 'shown' ? 'crd_01KAVQ7M2X4T9N' : `crd_${stateOf(attempt)}`) as CredentialId,
          issuedAt: instant(now),
          validUntil: instant(now + 730 * DAY),
          equivalentReviews: 3.22,
          parts: [],
        }
      : undefined,
    retryAt: passed ? undefined : instant(now + 11 * DAY),
  }
}

export function fixtureFlows(state: FixtureState): CandidateFlows {
  const closeOverdue = () => {
    if (!state.closed && state.now() > state.deadline + SLACK) state.closed = { reason: 'deadline', at: state.deadline }
  }
  const closedProblem = () => ({
    code: 'attempt-closed' as const,
    closedAt: instant(state.closed?.at ?? 0),
    deadline: instant(state.deadline),
  })
  const view = (): AttemptView => ({
    id,
    status: state.closed ? 'graded' : 'open',
    exam: 'business-admin',
    title: 'ビジネス事務検定',
    level: 3,
    locale: 'ja',
    now: instant(state.now()),
    startedAt: instant(state.startedAt),
    deadline: instant(state.deadline),
    lease: state.lease,
    sections: paper,
    tasks: [],
    responses: state.responses,
  })
  return {
    readCatalogue: async () => exams(state.now()),
    readFront: async (_, locale) => front(locale),
    readExam: async (_, __, exam) => {
      const found = exams(state.now()).find((e) => e.id === exam)
      return found ? ok(found) : fail({ code: 'not-found' })
    },
    startAttempt: async () => ok({ attempt: view(), created: true }),
    findOwnAttempt: async (_, input) => {
      closeOverdue()
      const { deadline, lease, closed } = state
      if (input.id.startsWith('att_pass')) {
        const credential = resultOf(input.id, state.now()).credential?.id
        return ok({ id: input.id, status: 'graded', credential } as unknown as StoredAttempt)
      }
      return input.id === id
        ? ok({ id, deadline, lease, status: closed ? 'graded' : 'open' } as unknown as StoredAttempt)
        : fail({ code: 'not-found' })
    },
    readAttempt: async (_, input) => {
      closeOverdue()
      return input.id === id ? ok(view()) : fail({ code: 'not-found' })
    },
    takeLease: async (_, input) => {
      closeOverdue()
      if (input.id !== id) return fail({ code: 'not-found' })
      if (state.closed) return fail(closedProblem())
      state.lease = `lse_${Number(state.lease.slice(4)) + 1}`
      return ok({ lease: state.lease as `lse_${string}`, now: instant(state.now()), deadline: instant(state.deadline) })
    },
    recordResponses: async (_, input) => {
      closeOverdue()
      if (state.closed) return fail(closedProblem())
      if (input.lease !== state.lease) return fail({ code: 'lease-lost' })
      state.calls.push(`save ${input.saves.map((s) => s.item).join(',')}`)
      const results = input.saves.map((save): SaveResult => {
        const { item, revision } = save
        const response = save.response as PresentedResponse
        const stored = state.responses[item]
        const same = stored && JSON.stringify(stored.response) === JSON.stringify(response)
        if (stored && revision <= stored.revision && !(revision === stored.revision && same))
          return { item, status: 'stale-revision', ...stored }
        state.responses = { ...state.responses, [item]: { revision, response } }
        return { item, status: 'saved', revision }
      })
      return ok({ now: instant(state.now()), deadline: instant(state.deadline), results })
    },
    submitAttempt: async (_, input) => {
      closeOverdue()
      if (!state.closed && input.lease !== state.lease) return fail({ code: 'lease-lost' })
      state.calls.push('submit')
      state.closed ??= {
        reason: state.now() >= state.deadline ? 'deadline' : 'submitted',
        at: Math.min(state.now(), state.deadline),
      }
      return ok(resultOf(id, state.now()))
    },
    withdrawAttempt: async () => {
      state.closed = { reason: 'withdrawn', at: state.now() }
      return ok(resultOf(id, state.now()))
    },
    readHolderStory: async (_, { credential }) =>
      heldIn(state.held ?? heldStates.find((one) => credential === `crd_${one}`) ?? 'shown', state.now()),
    readJobFeed: async () => jobFeed(state.now()),
    readPriority: async () => ({ state: 'priority', until: '2026-12-01T00:00:00.000Z', shown: 3, limit: 20 }),
    readResult: async (_, input) => {
      closeOverdue()
      if (input.id === 'att_none') return fail({ code: 'not-found' })
      if (input.id === id && !state.closed) return fail({ code: 'attempt-open', deadline: instant(state.deadline) })
      const result = resultOf(input.id, state.now())
      const reason =
        input.id === 'att_void' ? 'voided' : input.id === id ? (state.closed?.reason ?? 'submitted') : 'submitted'
      return ok(
        reason === 'voided' || reason === 'withdrawn'
          ? { ...result, reason, passed: false, credential: undefined, report: undefined }
          : { ...result, reason },
      )
    },
    nameHolder: async (_, __, name) => ok({ name }),
    hashOwnAddress: async () => {
      state.identity = 'hashed'
      return ok({ identity: 'hashed' })
    },
    forgetOwnAddress: async () => {
      state.identity = 'none'
      return { identity: 'none' }
    },
    readRecords: async () => {
      const at = state.now() as Instant
      const { identity } = state
      const common = {
        title: 'ビジネス事務検定',
        exam: 'business-admin',
        level: 3,
        startedAt: at,
        closedAt: at,
        status: 'graded' as const,
      }
      const found = {
        identity,
        attempts: [
          { ...common, id: 'att_pass', passed: true, reason: 'submitted' },
          {
            ...common,
            id: 'att_fail',
            passed: false,
            reason: 'deadline',
            title: 'WEBライター検定',
            exam: 'web-writer',
          },
          { ...common, id: 'att_void', reason: 'voided' },
        ],
        credentials: [
          {
            id: 'crd_01KAVQ7M2X4T9N',
            exam: 'business-admin',
            title: 'ビジネス事務検定',
            level: 3,
            status: 'active',
            issuedAt: at,
            validUntil: instant(at + 730 * DAY),
            walletExport: null,
          },
          {
            id: 'crd_01KAVQ7M2X4TAB',
            exam: 'web-writer',
            title: 'WEBライター検定',
            level: 3,
            status: 'expired',
            issuedAt: instant(at - 800 * DAY),
            validUntil: instant(at - 70 * DAY),
          },
        ],
      }
      return found as unknown as Awaited<ReturnType<CandidateFlows['readRecords']>>
    },
  }
}
