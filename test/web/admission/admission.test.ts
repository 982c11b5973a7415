import { afterEach, beforeEach, expect, it } from 'vitest'
import { createApp } from '../../../src/app.ts'
import { QUEUE_LIMITS } from '../../../src/web/admission/queue.ts'
import { rows, sit } from '../../support/exam-hall.ts'
import { PLUGIN } from '../../support/fake-market.ts'
import { type FixedWorld, fixedWorld } from '../../support/fixed-world.ts'

let w: FixedWorld
let app: ReturnType<typeof createApp>
/** The queue's clock, in milliseconds. */
let at: number
beforeEach(async () => {
  at = 0
  w = await fixedWorld()
  app = createApp({ openWorld: () => w.world, queueClock: () => at })
})
afterEach(() => w.close())

/** One more than are served and held of one caller: the last of them is put off. */
const CROWD = QUEUE_LIMITS.atOnce + 2
const crowd = async (ask: (nth: number) => Response | Promise<Response>): Promise<Response> => {
  const answers = await Promise.all(Array.from({ length: CROWD }, (_, nth) => ask(nth)))
  const putOff = answers.filter(({ status }) => status === 503)
  expect(putOff).toHaveLength(1)
  return putOff[0] as Response
}

const start = (token: string, key: string) =>
  app.request(`${PLUGIN}/api/exams/tiny/attempts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': `"${key}"` },
    body: JSON.stringify({ locale: 'ja' }),
  })

const form = (token: string, path: string, fields: Record<string, string>) =>
  app.request(`${PLUGIN}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })

it('a start that is put off says when to come again, keeps no reply under its key, and is no attempt', async () => {
  const { token } = await w.launch('w1')
  const refused = await crowd((nth) => start(token, `k${nth}`))
  expect([Number(refused.headers.get('retry-after')) >= 1, ((await refused.json()) as { code: string }).code]).toEqual([
    true,
    'busy',
  ])
  expect(await rows(w, 'select count(*) as n from attempts')).toEqual([{ n: 1 }])
  const kept = await rows(w, 'select key from idempotency_keys')
  expect(kept).toHaveLength(CROWD - 1)
  // the place that was kept for who was put off is free again
  at += 600_000
  // under whichever key it was: the same request again is answered as if it came for the first time
  for (let nth = 0; nth < CROWD; nth += 1) expect([200, 201]).toContain((await start(token, `k${nth}`)).status)
})

it('a form that is put off comes back as a page that holds what was sent, counts down, and has a button without JavaScript', async () => {
  const sitting = await sit(w, 'w1')
  const refused = await crowd(() =>
    form(sitting.token, `/attempts/${sitting.id}/submit`, { lease: sitting.lease, note: '<b>"' }),
  )
  const page = await refused.text()
  expect(page).toContain('順番をお待ちください')
  expect(page).toContain(`<form method="post" action="/attempts/${sitting.id}/submit" id="again"`)
  expect(page).toContain(`<input type="hidden" name="lease" value="${sitting.lease}"/>`)
  expect(page).toContain('value="&lt;b&gt;&quot;"')
  expect(page).toMatch(/data-seconds="[1-9]\d?"/)
  expect(refused.headers.get('refresh')).toBeNull()
})

it('saves do not queue, whoever waits', async () => {
  const sitting = await sit(w, 'w1')
  const item = sitting.items[0]?.ref
  const save = () =>
    app.request(`${PLUGIN}/api/attempts/${sitting.id}/responses`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${sitting.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ lease: sitting.lease, saves: [{ item, revision: 1, response: null }] }),
    })
  const { token } = await w.launch('w2')
  const [saved] = await Promise.all([
    Promise.all(Array.from({ length: 50 }, save)),
    crowd((nth) => start(token, `k${nth}`)).catch(() => {}),
  ])
  expect(saved.map(({ status }) => status)).toEqual(saved.map(() => 200))
})

it("a body that does not come takes nobody's turn", async () => {
  const { token } = await w.launch('w1')
  const { id, token: sitter } = await sit(w, 'w2')
  const ways = [
    [token, '/api/exams/tiny/attempts'],
    [sitter, `/api/attempts/${id}/submit`],
  ] as const
  let waitedFor = 0
  const served = Promise.withResolvers<void>()
  const pull = () => {
    waitedFor += 1
    if (waitedFor === QUEUE_LIMITS.atOnce) served.resolve()
    return new Promise<void>(() => {})
  }
  for (let nth = 0; nth < 2 * QUEUE_LIMITS.atOnce; nth += 1) {
    const [caller, path] = ways[nth % 2] as (typeof ways)[number]
    const headers = {
      authorization: `Bearer ${caller}`,
      'content-type': 'application/json',
      'content-length': '40',
      'idempotency-key': `"b${nth}"`,
    }
    const body = new ReadableStream({ pull }, { highWaterMark: 0 })
    void app.request(`${PLUGIN}${path}`, { method: 'POST', body, duplex: 'half', headers } as RequestInit, {
      bodiesEndAsDeclared: true,
    })
  }
  await served.promise
  const launch = app.request(`${PLUGIN}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: await w.market.launchToken({ sub: 'w3' }) }),
  })
  expect((await launch).status).toBe(201)
})
