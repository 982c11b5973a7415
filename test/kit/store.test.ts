import { describe, expect, it } from 'vitest'
// @ts-expect-error a program that is shown as it stands
import { sqliteStore } from '../../src/kit/examples/sqlite-store.mjs'
import { memoryStore } from '../../src/kit/memory.ts'
import { FOR_GOOD, type Store } from '../../src/kit/storage.ts'

describe.each<[string, () => Store]>([
  ['in memory', memoryStore],
  ['in SQLite', () => sqliteStore(':memory:')],
])('a store %s', (_, open) => {
  it('keeps a first value once, and another when that is no longer needed', async () => {
    const store = open()
    expect(await store.insert('a', '1', { now: 0, until: 10 })).toBe(true)
    expect(await store.insert('a', '2', { now: 9, until: 20 })).toBe(false)
    expect(await store.insert('a', '3', { now: 10, until: 20 })).toBe(true)
    expect(await store.read('a')).toBe('3')
    expect(await store.insert('b', '', { now: 0, ...FOR_GOOD })).toBe(true)
    expect(await store.insert('b', '', { now: Number.MAX_SAFE_INTEGER, ...FOR_GOOD })).toBe(false)
  })

  it('keeps the value of the highest version, in whatever order they come', async () => {
    const store = open()
    const kept = await Promise.all([2, 1, 3, 3, 2].map((version) => store.raise('a', `v${version}`, version)))
    expect(kept).toEqual([true, false, true, false, false])
    expect(await store.read('a')).toBe('v3')
  })

  it('lists what begins alike in the order of the keys, and no neighbour', async () => {
    const store = open()
    for (const key of ['x/b', 'x/a', 'x', 'y/a', 'x/~', 'xx/a']) await store.write(key, key, FOR_GOOD)
    expect((await store.list('x/', 10)).map(({ key }) => key)).toEqual(['x/a', 'x/b', 'x/~'])
    expect((await store.list('x/', 1)).map(({ key }) => key)).toEqual(['x/a'])
    await store.remove('x/a')
    expect(await store.read('x/a')).toBeUndefined()
  })
})
