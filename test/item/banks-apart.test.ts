import { afterAll, beforeAll, expect, it } from 'vitest'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { findBank } from '../../src/item/store.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { tinyBank } from '../support/tiny-bank.ts'

let worlds: readonly FixedWorld[]
beforeAll(async () => {
  worlds = [await fixedWorld(), await fixedWorld()]
})
afterAll(() => Promise.all(worlds.map((w) => w.close())))

it('whoever knows the hash of a bank of another database of the process finds nothing by it', async () => {
  const [here, there] = worlds as [FixedWorld, FixedWorld]
  const bank = tinyBank({ words: 'only there ' })
  await publishExam(there.world, bank)
  expect(await findBank(there.db, bank.hash)).toMatchObject({ hash: bank.hash })
  expect(await findBank(here.db, bank.hash)).toBeUndefined()
})
