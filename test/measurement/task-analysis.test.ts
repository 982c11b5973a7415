import { describe, expect, it } from 'vitest'
import { printTaskStatistics, remoteTasks } from '../../src/cli/statistics/task-statistics-file.ts'
import { randomFrom } from '../../src/kernel/random.ts'
import { analyseTasks, type GradedTask, type PracticalPaper } from '../../src/measurement/task-analysis.ts'
import { scoreTask } from '../../src/task/task.ts'

const HASH = 'a'.repeat(64)

/** A task with credits by group, a checkpoint each, and losses. */
const task = (family: string, credits: Readonly<Record<string, number>>, lost = 0): GradedTask => ({
  family,
  hash: HASH,
  kind: 'table',
  points: 10,
  grade: scoreTask(
    Object.entries(credits).map(([group, credit]) => ({ id: `${group}:1`, skill: 'dr-1', weight: 1, credit })),
    lost > 0 ? [{ reason: 'changed-right', weight: lost }] : [],
  ),
})

const papersOf = (count: number, paper: (i: number) => PracticalPaper): PracticalPaper[] =>
  Array.from({ length: count }, (_, i) => paper(i))

describe('statistics of practical tasks', () => {
  it('tell mean and standard deviation of each family in points of 100', () => {
    const [one, ...rest] = analyseTasks([
      [task('a', { x: 1, y: 1 })],
      [task('a', { x: 1, y: 0 })],
      [task('a', { x: 0, y: 0 })],
    ])
    expect(rest).toEqual([])
    expect(one).toMatchObject({ family: 'a', n: 3, mean: 50, sd: 50, shouldRest: false })
    expect(one?.checkpoints).toEqual([
      { group: 'x', n: 3, mean: 2 / 3 },
      { group: 'y', n: 3, mean: 1 / 3 },
    ])
  })

  it('count what was made wrong in the score of its family', () => {
    const [one] = analyseTasks([[task('a', { x: 1, y: 1 }, 1)]])
    expect(one?.mean).toBe(50)
  })

  it('correlate a checkpoint with the rest of the paper, over all its tasks, from thirty papers on', () => {
    const random = randomFrom('0123456789abcdef'.repeat(2))
    const paper = () => {
      const able = random.unit() < 0.5 ? 1 : 0
      return [task('a', { told: able, luck: random.below(2) }), task('b', { told: able, other: able })]
    }
    const groupsOf = (papers: readonly PracticalPaper[]) =>
      Object.fromEntries(analyseTasks(papers)[0]?.checkpoints.map((one) => [one.group, one.discrimination]) ?? [])
    expect(groupsOf(papersOf(29, paper))).toEqual({ told: undefined, luck: undefined })
    const { told, luck } = groupsOf(papersOf(200, paper))
    expect(told?.value).toBeGreaterThan(0.8)
    expect(Math.abs(luck?.value ?? 1)).toBeLessThan(0.25)
  })

  it('send a family to rest that is five points off the others of its kind, once each has thirty papers', () => {
    const share = (right: number) => (i: number) => (i % 100 < right ? 1 : 0)
    const papers = (count: number) => [
      ...papersOf(count, (i) => [task('easy', { x: share(80)(i) })]),
      ...papersOf(count, (i) => [task('fair', { x: share(70)(i) })]),
      ...papersOf(count, (i) => [task('plain', { x: share(71)(i) })]),
    ]
    const rests = (count: number) =>
      analyseTasks(papers(count)).flatMap(({ family, shouldRest, above }) => (shouldRest ? [[family, above]] : []))
    expect(rests(100)).toEqual([
      ['easy', 9.5],
      ['fair', -5.5],
    ])
    expect(analyseTasks(papers(29)).map(({ above }) => above)).toEqual([undefined, undefined, undefined])
  })

  it('keep contents apart, and forms of a kind', () => {
    const other = { ...task('a', { x: 1 }), hash: 'b'.repeat(64) }
    const redline = { ...task('c', { x: 0 }), form: 'redline' }
    const all = analyseTasks(papersOf(40, () => [task('a', { x: 1 }), other, redline]))
    expect(all.map(({ family, hash, form }) => [family, hash[0], form])).toEqual([
      ['a', 'a', undefined],
      ['a', 'b', undefined],
      ['c', 'a', 'redline'],
    ])
    expect(all.map(({ above }) => above)).toEqual([0, 0, undefined])
  })

  it('are a file of a line for each family and each group, and pass the wire as they are', () => {
    const all = analyseTasks(
      papersOf(40, (i) => [task('a', { x: i % 2, y: i % 3 === 0 ? 1 : 0 }), task('b', { x: 1 })]),
    )
    expect(remoteTasks.parse(JSON.parse(JSON.stringify(all)))).toEqual(all)
    const lines = printTaskStatistics(all, '2026-11-25').trim().split('\n')
    expect(lines[0]).toBe(
      'family,kind,checkpoint,n,mean,sd,above,rest,discrimination,discrimination_low,discrimination_high,hash,date',
    )
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 5).join(','))).toEqual([
      'a,table,,40,42.5',
      'a,table,x,40,50.0',
      'a,table,y,40,35.0',
      'b,table,,40,100.0',
      'b,table,x,40,100.0',
    ])
  })
})
