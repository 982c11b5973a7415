import { globSync, readFileSync } from 'node:fs'
import { afterEach, expect, it, vi } from 'vitest'
import { outside } from '../../src/world/outside.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

it('seeds, secrets, draws and ids come from the generator of the platform, and not from Math.random', () => {
  vi.spyOn(Math, 'random').mockImplementation(() => {
    throw new Error('guessable')
  })
  const drawn = vi.spyOn(crypto, 'getRandomValues')
  const bytes = (make: () => unknown) => {
    drawn.mockClear()
    make()
    return drawn.mock.calls.reduce((sum, [array]) => sum + (array?.byteLength ?? 0), 0)
  }
  // a seed decides a paper and a secret a person's key: 128 bits and more
  expect([bytes(outside.newSeed), bytes(outside.newSecret)]).toEqual([16, 32])
  expect(bytes(() => outside.drawBelow(10))).toBeGreaterThanOrEqual(4)
  expect(new Set(Array.from({ length: 1_000 }, () => outside.newId('att'))).size).toBe(1_000)
  expect(outside.newUuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/)
})

it('Math.random spreads retries in the browser, and is used for nothing else', () => {
  const users = globSync('src/**/*.{ts,tsx}').filter((file) => /Math\.random\(/.test(readFileSync(file, 'utf8')))
  expect(users).toEqual(['src/web/candidate/island/saving.ts'])
})
