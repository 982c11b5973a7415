import { mkdtemp, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openPlugin } from '../../src/node/open-plugin.ts'
import { quickFolder } from '../support/quick-folder.ts'

let dataFolder: string
beforeEach(async () => {
  dataFolder = await mkdtemp(join(quickFolder, 'kentei-secrets-'))
})
afterEach(() => rm(dataFolder, { recursive: true, force: true }))

/** The settings of a service that starts over this folder. */
async function start() {
  const { world, close } = await openPlugin({
    dataFolder,
    migrationsFolder: 'migrations',
    buildFolder: 'dist',
    origin: 'https://kentei.example',
    marketplaceOrigin: 'https://market.example',
    webhookKeys: [],
    operators: '',
    subscriberUrl: 'https://market.example/webhooks/kentei',
    waitsIn: 'process',
  })
  await close()
  return world.settings
}

it('the secret of erasures is made on the first run, for its owner alone, and outlives a change of the session secret', async () => {
  const before = await start()
  expect((await stat(join(dataFolder, 'erasure-secret'))).mode & 0o777).toBe(0o600)
  expect(before.tombstoneSecrets).toEqual([expect.any(String), before.sessionSecret])
  expect(before.tombstoneSecrets[0]).not.toBe(before.sessionSecret)
  await unlink(join(dataFolder, 'session-secret'))
  const after = await start()
  expect(after.sessionSecret).not.toBe(before.sessionSecret)
  expect(after.tombstoneSecrets[0]).toBe(before.tombstoneSecrets[0])
})

it('a session secret that was there before has made tombstones, and is kept for them when it is changed', async () => {
  const earlier = 'x'.repeat(64)
  await writeFile(join(dataFolder, 'session-secret'), earlier, { mode: 0o600 })
  expect((await start()).tombstoneSecrets[0]).not.toBe(earlier)
  await unlink(join(dataFolder, 'session-secret'))
  const after = await start()
  expect(after.sessionSecret).not.toBe(earlier)
  expect(after.tombstoneSecrets).toContain(earlier)
  expect(await readFile(join(dataFolder, 'erasure-secret'), 'utf8')).toContain(earlier)
})
