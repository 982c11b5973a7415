import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { findJob } from '../../../src/sandbox/job/store.ts'
import { openJobBoard } from '../../support/sandbox/job-board.ts'

it('an assessment kept before a kind was added says 0 of that kind', async () => {
  const board = await openJobBoard()
  const { json } = await board.post('cli_01', { body: '文字起こしです。[0.75]' })
  await board.world.db.run(
    sql`update jobs set assessment = json_remove(assessment, '$.probability."other"') where id = ${json.id}`,
  )
  expect((await findJob(board.world.db, json.id))?.assessment.probability).toMatchObject({
    'off-platform-contact': 0.75,
    other: 0,
  })
  board.close()
})
