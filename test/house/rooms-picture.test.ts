import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { drawRooms, fromTheTop, ROOMS_PICTURE } from './rooms-picture.ts'

it('the picture of the rooms shows the imports that the code has', async () => {
  expect(await readFile(ROOMS_PICTURE, 'utf8'), 'run `npm run draw-rooms` and look at what changed').toBe(
    await drawRooms(),
  )
})

it('rooms stand above those that they run, whatever their names', () => {
  const uses = { alone: {}, below: {}, middle: { below: 'runs' }, top: { middle: 'runs', below: 'names' } } as const
  expect(fromTheTop(new Map(Object.entries(uses).map(([room, own]) => [room, new Map(Object.entries(own))])))).toEqual([
    'alone',
    'top',
    'middle',
    'below',
  ])
})

it('rooms that run each other cannot be drawn', () => {
  const uses = new Map([
    ['a', new Map([['b', 'runs' as const]])],
    ['b', new Map([['a', 'runs' as const]])],
  ])
  expect(() => fromTheTop(uses)).toThrow('in a circle: a, b')
})
