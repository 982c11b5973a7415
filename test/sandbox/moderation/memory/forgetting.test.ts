import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { minusPeriod } from '../../../../src/kernel/instant.ts'
import { eraseWorker } from '../../../../src/sandbox/flows/change-standing.ts'
import { tendMarket } from '../../../../src/sandbox/flows/run-timers.ts'
import { MEMORY_KEPT } from '../../../../src/sandbox/moderation/memory/store.ts'
import { rememberedKeys, rememberedTexts } from '../../../../src/sandbox/moderation/memory/tables.ts'
import { casesAbout } from '../../../../src/sandbox/moderation/store.ts'
import { type ModerationRoom, openModerationRoom } from '../../../support/sandbox/moderation-room.ts'

let room: ModerationRoom
beforeAll(async () => {
  room = await openModerationRoom()
})
afterAll(() => room.close())

const outside = (more: string) => `詳しくはLINEでお話しします。IDはtaro_123です。お支払いは外で直接いたします。${more}`
const apply = async (worker: string, message: string, more: object = {}) =>
  room.as(worker, 'POST', `/v1/jobs/${await room.job()}/applications`, { message, ...more })
const remembered = (person: string) =>
  room.world.db.select().from(rememberedTexts).where(eq(rememberedTexts.person, person))

/** Somebody sends a text anyway, and an operator decides about it. */
async function decided(worker: string, message: string, verdict: object) {
  await apply(worker, message, { sendAnyway: true })
  const [opened] = await casesAbout(room.world.db, 'worker', worker)
  expect((await room.decide(opened?.id ?? '', verdict)).status).toBe(201)
}
const restricted = { action: 'restrict', duration: 'P30D', kinds: [], rule: '外部での支払いを持ちかけてはなりません。' }

it('of somebody who is erased, what was found bad stays known as nobody’s, and what was found good is forgotten', async () => {
  await decided('wrk_040', outside('返事は朝にください。'), restricted)
  await decided('wrk_041', outside('三日以内に返事をします。夜は出られません。'), { action: 'no-action' })
  expect([(await remembered('wrk_040')).length, (await remembered('wrk_041')).length]).toEqual([1, 1])
  for (const worker of ['wrk_040', 'wrk_041']) expect((await eraseWorker(room.world, worker)).ok).toBe(true)
  const kept = await room.world.db.select().from(rememberedTexts)
  expect(kept.map(({ person, good }) => [person, good])).toEqual([[null, false]])
  expect(JSON.stringify(kept)).not.toContain('wrk_04')
  const keys = await room.world.db.select().from(rememberedKeys)
  expect(new Set(keys.map(({ text }) => text))).toEqual(new Set([kept[0]?.id]))
  expect((await apply('wrk_042', outside('返事は朝にください。'))).json).toMatchObject({ repeats: true })
})

it('nothing is known again two years after it was decided', async () => {
  await tendMarket(room.world)
  expect((await room.world.db.select().from(rememberedTexts)).length).toBe(1)
  await room.world.db.update(rememberedTexts).set({ at: minusPeriod(room.world.now(), MEMORY_KEPT) })
  await tendMarket(room.world)
  expect((await room.world.db.select().from(rememberedTexts)).length).toBe(1)
  room.at(room.clock.now + 1)
  await tendMarket(room.world)
  expect(await room.world.db.select().from(rememberedTexts)).toEqual([])
  expect(await room.world.db.select().from(rememberedKeys)).toEqual([])
})
