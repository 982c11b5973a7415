import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Kind } from '../../../../src/sandbox/detector/judge/kinds.ts'
import { recallDecisions } from '../../../../src/sandbox/flows/recall-decisions.ts'
import { assessed } from '../../../support/sandbox/job-board.ts'
import { type ModerationRoom, openModerationRoom } from '../../../support/sandbox/moderation-room.ts'

let room: ModerationRoom
beforeAll(async () => {
  room = await openModerationRoom()
})
afterAll(() => room.close())

it('somebody whose post was taken down is read with more care where the detector finds the same kind likeliest', async () => {
  const job = await room.job('queued', 'cli_14')
  const id = await room.caseAbout(job)
  await room.takeDown(id)
  const recall = async (person: string, any: number, kind: Kind = 'off-platform-contact') => {
    const text = '写真を日付ごとに分けてください。細かいことは、あとでご連絡します。'
    const { assessment } = await recallDecisions(room.world, { person, text, assessment: assessed(any, kind) })
    return [assessment.band, assessment.precedent?.case]
  }
  expect(await recall('cli_14', 0.19)).toEqual(['publish', undefined])
  expect(await recall('cli_14', 0.2)).toEqual(['queue', id])
  expect(await recall('cli_14', 0.5)).toEqual(['hold', id])
  expect(await recall('cli_14', 0.5, 'paid-reviews')).toEqual(['publish', undefined])
  expect(await recall('cli_15', 0.5)).toEqual(['publish', undefined])
})
