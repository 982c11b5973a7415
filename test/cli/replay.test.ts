import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { printKeys } from '../../src/cli/keys/key-store.ts'
import { pass } from '../support/exam-hall.ts'
import { fakeTerminal } from '../support/fake-terminal.ts'
import { fixedWorld } from '../support/fixed-world.ts'
import { startHranaServer } from '../support/hrana-server.ts'

let folder = ''
const { kentei, out, env } = fakeTerminal(() => folder)

it('an attempt whose database a server has is graded once more for an appeal', async () => {
  const w = await fixedWorld()
  folder = w.folder
  const server = await startHranaServer(join(w.folder, 'kentei.db'))
  try {
    const { id } = await pass(w, 'w-1')
    await mkdir(join(w.folder, 'data'))
    await writeFile(join(w.folder, 'data', 'keys.json'), printKeys(w.world.settings.keys as never), { mode: 0o600 })
    env.LIBSQL_URL = server.url
    expect(await kentei('replay', id, '--lang=en', '--data', 'data')).toBe(0)
    expect(out.join()).toContain(id)
  } finally {
    await server.close()
    await w.close()
  }
})
