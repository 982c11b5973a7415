// biome-ignore-all lint/suspicious/useAwait: the stand-ins promise, as the real verbs do
import type { AttemptsView, ShownAttempt } from '../../../src/flows/read-attempts.ts'
import type { DeliveriesView, DeliveryState, DeliveryView } from '../../../src/flows/read-deliveries.ts'
import { instant } from '../../../src/kernel/instant.ts'
import { ok } from '../../../src/kernel/result.ts'
import type { StaffFlows } from '../../../src/web/staff/staff-routes.tsx'

const steps = ['standing', 'badge', 'signal'] as const

/** One letter in each state. */
function deliveriesView(now: number): DeliveriesView {
  const letter = (
    seq: number,
    kind: (typeof steps)[number],
    state: DeliveryState,
    failed: number,
    delivered = 0,
  ): DeliveryView => {
    const id = `msg_${seq}`
    const at = steps.indexOf(kind)
    return {
      state,
      message: {
        id,
        seq,
        destination: 'marketplace',
        stream: `worker:wkr_${seq}`,
        chain: `c${seq}`,
        kind,
        about: `wkr_${seq}`,
        request: {
          method: kind === 'standing' ? 'GET' : 'PUT',
          path: `/v1/workers/wkr_${seq}/${kind === 'badge' ? 'badges/crd_01KAVQ7M2X4T9N' : kind === 'signal' ? 'ranking-signals/business-admin' : 'standing'}`,
        },
        status: state === 'delivered' || state === 'dead' || state === 'held' ? state : 'pending',
        attempts: failed,
        nextAt: instant(now + 1_500_000),
        leaseUntil: instant(0),
        createdAt: instant(now - 3_600_000),
        ...(failed ? { lastError: '503 Service Unavailable' } : {}),
        ...(state === 'delivered' || state === 'dead' ? { settledAt: instant(now - 60_000) } : {}),
      },
      chain: steps.map((step, i) => ({
        id: i === at ? id : `msg_${seq}${i}`,
        kind: step,
        status: i < at ? 'delivered' : 'pending',
      })),
      attempts: Array.from({ length: failed + delivered }, (_, i) => ({
        message: id,
        at: instant(now - (failed + delivered - i) * 300_000),
        outcome: i < failed ? 'retry' : 'delivered',
        detail: i < failed ? '503 Service Unavailable' : '200',
        elapsedMs: 212,
      })),
    }
  }
  const dead = [letter(90, 'badge', 'dead', 1), letter(91, 'signal', 'dead', 8)]
  return {
    now: instant(now),
    destinations: [{ destination: 'marketplace', waiting: 3, dead: 1, taken: 724, median: 1_200, slow: 4_800 }],
    deliveries: [
      letter(9, 'badge', 'retrying', 4),
      letter(8, 'signal', 'waiting', 0),
      letter(7, 'badge', 'held', 0),
      letter(6, 'badge', 'sending', 0),
      letter(5, 'standing', 'queued', 0),
      letter(4, 'signal', 'delivered', 1, 1),
    ],
    dead,
    counts: { pending: 28, held: 3, delivered: 724, dead: 2 },
    hours: Array.from({ length: 24 }, (_, i) => ({
      hour: Math.floor(now / 3_600_000) - 23 + i,
      sent: 20 + Math.round(18 * Math.sin(i / 3)),
      failed: i > 21 ? 6 : 0,
    })),
  }
}

function attemptsView(now: number): AttemptsView {
  const attempt = {
    worker: 'wkr_1',
    name: 'ふゆ',
    exam: 'business-admin',
    bankHash: 'hash',
    locale: 'ja',
    timeMultiplier: 1,
    items: 20,
    answered: 12,
    earlier: 0,
    version: 3,
    hints: [],
    startedAt: now - 60_000,
    deadline: now + 2_640_000,
  } as unknown as ShownAttempt
  const open = { ...attempt, id: 'att_1', status: 'open' } as ShownAttempt
  const passed = {
    ...attempt,
    id: 'att_0',
    status: 'graded',
    reason: 'submitted',
    closedAt: now,
    passed: true,
    score: 90,
    credential: 'crd_0',
    isShown: true,
    hints: [{ hint: 'sat-before', times: 2 }],
  } as unknown as ShownAttempt
  return {
    now: instant(now),
    exams: [],
    isSample: false,
    worker: 'wkr_1',
    attempts: [open, passed],
    opened: {
      attempt: open,
      events: [{ at: instant(now - 60_000), type: 'started', actor: 'wkr_1', data: {} }],
      signals: [{ kind: 'offline', at: instant(now - 1_000) }],
    },
  }
}

export const fixtureStaffFlows = (now: () => number, calls: string[]): StaffFlows =>
  ({
    readDeliveries: async () => deliveriesView(now()),
    readExposures: async () =>
      ok([
        {
          exam: 'business-admin',
          title: { ja: 'ビジネス事務検定', en: 'Business Administration' },
          skills: [],
          papers: 120,
          items: Array.from({ length: 20 }, (_, i) => ({
            id: `messages-${String(i + 1).padStart(3, '0')}`,
            asks: {
              skill: `ms-${(i % 7) + 1}`,
              difficulty: (i % 5) + 1,
              of: { wordings: { ja: { stem: { html: '請求書の宛名' } } } },
            },
            status: i === 4 ? 'dormant' : 'live',
            use: { papers: 30 - i, graded: 28 - i, passed: 20 - i },
            ...(i === 0
              ? {
                  leak: {
                    exam: 'business-admin',
                    item: 'messages-001',
                    leakedAt: now() - 9e7,
                    by: 'op-1',
                    why: '掲示板に問題文が載っていた',
                  },
                }
              : {}),
          })),
        },
        { exam: 'web-writer', title: { ja: 'Webライター検定', en: 'Web Writer' }, skills: [], papers: 0, items: [] },
      ]),
    replayMessage: async (_: unknown, { id }: { id: string }) => {
      calls.push(`replay ${id}`)
      return ok({ id })
    },
    replayDeadLetters: async () => {
      calls.push('replay all')
      return ok({ replayed: 2 })
    },
    readAttempts: async () => ok(attemptsView(now())),
    extendDeadline: async (_: unknown, input: { by: number; why: string }) => {
      calls.push(`extend ${input.by} ${input.why}`)
      return ok({ deadline: now() })
    },
    voidAttempt: async () => ok({ closedAt: now() }),
    setAccommodation: async (_: unknown, input: { timeMultiplier: number }) => {
      calls.push(`multiplier ${input.timeMultiplier}`)
      return ok({ timeMultiplier: input.timeMultiplier })
    },
  }) as unknown as StaffFlows
