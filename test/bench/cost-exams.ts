import { createApp } from '../../src/app.ts'
import type { Cost, Costs } from '../../src/cli/measured-costs.ts'
import { drainOutbox } from '../../src/flows/drain-outbox.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { sweep } from '../../src/flows/sweep.ts'
import { instant } from '../../src/kernel/instant.ts'
import { openEdgeDatabase } from '../../src/world/open-edge.ts'
import { outside } from '../../src/world/outside.ts'
import { readSettings } from '../../src/world/settings.ts'
import type { World } from '../../src/world/world.ts'
import { FakeMarket } from '../support/fake-market.ts'
import { migrateD1 } from '../support/migration-statements.ts'
import { modelSaves } from '../support/model-answer.ts'
import { noRenderingAssets } from '../support/no-rendering.ts'
import { shippedBank } from '../support/shipped-bank.ts'
import { testEnvironment } from '../support/test-settings.ts'
import { CountingD1 } from './counting-d1.ts'

const EXAM = 'cost'
/** The first ones make what all have in common. */
const [FIRST, COUNTED_EXAMS] = [5, 20]
/** What exams, verifications and idle minutes ask of D1. */
async function measureCosts(): Promise<Costs> {
  const base = new CountingD1()
  try {
    await migrateD1(base.d1)
    const market = await FakeMarket.open(() => instant(Date.now()))
    const world: World = {
      ...outside,
      fetch: market.fetch,
      rendering: noRenderingAssets,
      settings: readSettings(await testEnvironment()),
      db: await openEdgeDatabase({ d1: base.d1 }),
    }
    const bank = await shippedBank('business-admin', EXAM)
    await publishExam(world, bank)
    const app = createApp({ openWorld: () => world })
    let requests = 0
    const ask = async (method: string, path: string, { token, body }: { token?: string; body?: unknown } = {}) => {
      requests += 1
      const response = await app.request(`${world.settings.origin}${path}`, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (response.status >= 300) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 200)}`)
      // as the Worker does behind every request that may have left messages
      if (method === 'POST') await drainOutbox(world, { rounds: 10 })
      return text
    }
    const sit = async (nth: number): Promise<string> => {
      const launch = await market.launchToken({ sub: `wrk_${nth}`, role: 'worker', name: `W ${nth}`, exam: EXAM })
      const { session: token } = JSON.parse(await ask('POST', '/api/session', { body: { token: launch } }))
      const started = await ask('POST', `/api/exams/${EXAM}/attempts`, { token, body: { locale: 'ja' } })
      const { id, lease, sections } = JSON.parse(started)
      for (const save of modelSaves(bank, sections))
        await ask('PUT', `/api/attempts/${id}/responses`, { token, body: { lease, saves: [save] } })
      const { credential } = JSON.parse(await ask('POST', `/api/attempts/${id}/submit`, { token, body: { lease } }))
      await ask('GET', `/api/attempts/${id}/result`, { token })
      return ask('GET', `/credentials/${credential}.jwt`)
    }
    /** What one of so many came to. */
    const costOf = async (times: number, act: (nth: number) => Promise<unknown>): Promise<Cost> => {
      const before = { ...base.counted, requests, bytes: base.bytes }
      for (let nth = 0; nth < times; nth += 1) await act(nth)
      const each = (now: number, then: number) => (now - then) / times
      return {
        requests: each(requests, before.requests),
        statements: each(base.counted.statements, before.statements),
        rowsRead: each(base.counted.rowsRead, before.rowsRead),
        rowsWritten: each(base.counted.rowsWritten, before.rowsWritten),
        storedBytes: each(base.bytes, before.bytes),
      }
    }
    for (let nth = 0; nth < FIRST; nth += 1) await sit(-1 - nth)
    let badge = ''
    const exam = await costOf(COUNTED_EXAMS, async (nth) => {
      badge = await sit(nth)
    })
    const verify = () => ask('POST', '/api/credentials/verify', { body: { credential: badge } })
    await verify()
    const verification = await costOf(COUNTED_EXAMS, verify)
    const run = () => sweep(world, () => undefined)
    for (let nth = 0; nth < FIRST; nth += 1) await run()
    const minute = await costOf(COUNTED_EXAMS, run)
    return { exam, verification, minute }
  } finally {
    await base.close()
  }
}

process.send?.(await measureCosts())
