import { cp, readdir } from 'node:fs/promises'
import { beforeAll, expect, it } from 'vitest'
import { readServiceSettings } from '../../src/cli/read-service-settings.ts'
import { serveKentei } from '../../src/serve-kentei.ts'
import { built } from '../support/built.ts'
import { freePort } from '../support/free-port.ts'
import { startHranaServer } from '../support/hrana-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = temporaryFolder('all tests')
const TOKEN = 'token-of-the-database'
beforeAll(async () => {
  await built()
  await cp('test/support/tiny-exam', folder.path('exams/tiny'), { recursive: true })
})

it('the service keeps its data on a libSQL server, its keys in its folder, and finds both again', async () => {
  const server = await startHranaServer(folder.path('remote.db'), { authToken: TOKEN })
  const port = await freePort()
  const start = async (token: string, data = 'data') =>
    serveKentei(
      process.cwd(),
      await readServiceSettings({
        args: { origin: `http://localhost:${port}`, listen: `127.0.0.1:${port}`, data: folder.path(data) },
        env: {
          LIBSQL_URL: server.url,
          LIBSQL_AUTH_TOKEN: token,
          MARKETPLACE_ORIGIN: 'http://127.0.0.1:9',
          MARKETPLACE_WEBHOOK_KEYS: '["whpk_AA=="]',
          EXAMS_DIR: folder.path('exams'),
          KENTEI_LOG: 'error',
        },
        cwd: process.cwd(),
      }),
    )
  const ask = async (path: string) => (await fetch(`http://localhost:${port}${path}`)).json()
  try {
    const first = await start(TOKEN)
    expect(await ask('/readyz')).toMatchObject({ status: 'ready', checks: { database: 'ok', migrations: 'ok' } })
    const keys = await ask('/.well-known/jwks.json')
    await first.close()
    const second = await start(TOKEN)
    expect([await ask('/.well-known/jwks.json'), second.exams]).toEqual([keys, ['tiny']])
    await second.close()
    expect((await readdir(folder.path('data'))).filter((name) => name.startsWith('kentei.db'))).toEqual([])
    // an empty folder is no reason to tell everybody that what was signed is false
    await expect(start(TOKEN, 'empty')).rejects.toThrow(/keys\.json is not there, though the database is/)
    expect((await readdir(folder.path('empty'))).filter((name) => name.endsWith('.json'))).toEqual([])
    await expect(start('another')).rejects.toThrow(/^the database at LIBSQL_URL cannot be opened: (?!.*another)/)
  } finally {
    await server.close()
  }
})
