import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { generateKey } from '../../src/credential/keys.ts'
import { watchKeyFile } from '../../src/node/open-plugin.ts'
import { readSettings } from '../../src/world/settings.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kentei-keys-'))
})
afterEach(() => rm(folder, { recursive: true }))

const settings = {
  KENTEI_ORIGIN: 'https://kentei.example',
  KENTEI_SESSION_SECRET: 'x'.repeat(43),
  MARKETPLACE_ORIGIN: 'https://market.example',
  MARKETPLACE_WEBHOOK_KEYS: '[]',
}

it('takes the keys of a file that has changed, and says why it cannot take them, without what stands there', async () => {
  const file = join(folder, 'keys.json')
  await writeFile(file, '[]')
  const key = await generateKey('credential')
  const heard: string[] = []
  let hear: () => void = () => undefined
  const next = (text: string) => {
    const answered = new Promise<void>((resolve) => {
      hear = resolve
    })
    return Promise.all([writeFile(file, text), answered])
  }
  const tell = (what: string) => {
    heard.push(what)
    hear()
  }
  const unwatch = watchKeyFile(
    file,
    async (text) => tell(`${readSettings({ ...settings, KENTEI_KEYS: text }).keys.length} keys`),
    (error) => tell((error as Error).message),
  )
  try {
    await next(JSON.stringify([key]))
    await next(`[${JSON.stringify(key)}`)
    await next(JSON.stringify([{ ...key, state: 'aktiv' }, key]))
    await next(JSON.stringify([key, key]))
  } finally {
    unwatch()
  }
  const refused = `${file} has changed and cannot be used, the keys stay what they were: `
  expect(heard).toEqual(['1 keys', expect.stringContaining(refused), expect.stringContaining(refused), '2 keys'])
  expect(heard[1]).toMatch(/KENTEI_KEYS.*not JSON|not JSON.*KENTEI_KEYS/)
  expect(heard[2]).toContain('KENTEI_KEYS.0.state:')
  for (const said of heard) expect([said.includes(key.jwk.d as string), said.includes('\n')]).toEqual([false, false])
})
