import { afterEach, beforeEach, expect, it } from 'vitest'
import { readExposure } from '../../src/attempt/exposure/store.ts'
import { eraseWorker } from '../../src/flows/erase-worker.ts'
import { RECENT_PAPERS } from '../../src/form/assemble-form.ts'
import { rows, type Sitting, sit, startCall } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const named = (papers: readonly ReadonlySet<string>[]): string[] =>
  papers.map((paper) => [...paper].sort().join()).sort()
const recent = async (): Promise<string[]> => named((await readExposure(w.db, 'nobody', 'tiny')).recentPapers)

/** The items of these attempts' papers, as their own rows tell them. */
async function drawn(sittings: readonly Pick<Sitting, 'id'>[]): Promise<string[]> {
  const found = await rows(
    w,
    "select a.id, i.value ->> 'itemId' as item from attempts a, json_each(a.form, '$.sections') s, json_each(s.value, '$.items') i",
  )
  return named(sittings.map(({ id }) => new Set(found.filter((row) => row.id === id).map(({ item }) => String(item)))))
}

it('a paper is kept apart from those of the latest sixty starts, and of no older one', async () => {
  const sittings: Sitting[] = []
  for (let n = 0; n < RECENT_PAPERS + 7; n++) {
    sittings.push(await sit(w, `w-${n}`))
    if (n % 20 === 5) expect(await recent()).toEqual(await drawn(sittings.slice(-RECENT_PAPERS)))
  }
  expect(await recent()).toEqual(await drawn(sittings.slice(-RECENT_PAPERS)))
})

it('starts at one time leave a paper each', async () => {
  const sittings = await Promise.all(Array.from({ length: 12 }, (_, n) => sit(w, `w-${n}`)))
  expect(await recent()).toEqual(await drawn(sittings))
})

it('a start that is refused, or that gives an open attempt back, leaves none', async () => {
  const first = await sit(w, 'w-1')
  expect((await startCall(w, first.token)).status).toBe(200)
  await w.call('POST', `/api/attempts/${first.id}/withdraw`, { token: first.token, body: {} })
  expect((await startCall(w, first.token)).status).toBe(409)
  expect(await recent()).toHaveLength(1)
})

it('the paper of somebody who was erased stays, of nobody: others were shown it', async () => {
  await sit(w, 'w-1')
  const before = await recent()
  await eraseWorker(w.world, 'w-1')
  expect([before.length, await recent()]).toEqual([1, before])
  expect(JSON.stringify(await rows(w, 'select * from recent_papers'))).not.toMatch(/w-1|att_/)
})
