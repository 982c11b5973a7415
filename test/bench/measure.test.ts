import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { holds, widened } from './measure.ts'

const line = { name: 'a line', unit: '×' }

describe('a line of the bench', () => {
  it.each([
    [{ value: 1 }, true],
    [{ value: 1, least: 1 }, true],
    [{ value: 0.99, least: 1 }, false],
    [{ value: 1, most: 1 }, true],
    [{ value: 1.01, most: 1 }, false],
    [{ value: Number.NaN, least: 1 }, false],
    [{ value: Number.NaN }, false],
  ])('%j holds: %j', (measure, held) => expect(holds({ ...line, ...measure })).toBe(held))
})

it.each([
  [{ value: 2, most: 1.2 }, false],
  [{ value: 2, most: 1.2 }, true, 2],
  [{ value: 2.5, most: 1.2 }, false, 2],
  [{ value: 0.5, least: 0.8 }, true, 2],
  [{ value: 0.3, least: 0.8 }, false, 2],
  [{ value: 9 }, true, 2],
])('with slack, %j holds: %j', (measure, held, slack = 1) =>
  expect(holds(widened({ ...line, ...measure }, slack))).toBe(held),
)

const bench = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, ['--import', './src/node/load-texts.ts', 'test/bench/run.ts', ...args])

it('the bench fails for a part that there is not', async () => {
  await expect(bench('nothing')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('there is no part nothing'),
  })
})

it('the bench fails for a slack that is no number', async () => {
  await expect(bench('--slack', 'growth')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--slack takes a number'),
  })
})
