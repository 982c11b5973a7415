import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type DrawnKind, kindOf, TASK_KINDS } from '../../src/task/task-kinds.ts'

const folder = new URL('../../src/task/', import.meta.url)
const hashOf = (kind: string, number: string): string =>
  createHash('sha256')
    .update(readFileSync(new URL(`${kind}/grade-${number}.ts`, folder)))
    .digest('hex')
    .slice(0, 16)

/** Every grader by kind and number, with the hash of its file. Add a line for a new grader; change none. */
const published: Readonly<Record<string, string>> = {
  'claims 1': '3bf7090c082fd7ea',
  'claims 2': '2fc9939e2bd4692b',
  'draft 1': 'bda8e74d09c11f0f',
  'inbox 1': '80af2f9967d72714',
  'inbox 2': '4fdbd69121ea8e58',
  'sheet 1': '330e26c9896752b9',
  'table 1': 'e7a6e11d23539d3f',
}

describe('the numbered graders', () => {
  it.each(Object.entries(published))('%s is as it was published', (grader, hash) => {
    const [kind = '', number = ''] = grader.split(' ')
    expect(
      hashOf(kind, number),
      `src/task/${kind}/grade-${number}.ts was edited. Papers were graded by it, and an appeal grades them again: put it back, and add grade-${Number(number) + 1}.ts beside it.`,
    ).toBe(hash)
  })

  it('are all locked here, and none is gone', () => {
    const files = (Object.keys(TASK_KINDS) as DrawnKind[]).flatMap((kind) =>
      readdirSync(new URL(kind, folder)).flatMap((file) => {
        const number = /^grade-(\d+)\.ts$/.exec(file)?.[1]
        return number === undefined ? [] : [[kind, number] as const]
      }),
    )
    const lines = files.map(([kind, number]) => `  '${kind} ${number}': '${hashOf(kind, number)}',`)
    const names = files.map(([kind, number]) => `${kind} ${number}`)
    expect(names.sort(), `Lock a new grader with its line:\n${lines.join('\n')}`).toEqual(Object.keys(published).sort())
  })

  it('stand in their kind under their numbers', () => {
    for (const grader of Object.keys(published)) {
      const [kind = '', number = ''] = grader.split(' ')
      expect(kindOf(kind as DrawnKind).graders[Number(number)], grader).toBeTypeOf('function')
    }
  })
})
