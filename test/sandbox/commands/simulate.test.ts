import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cases } from '../../support/cases.ts'
import { quickFolder } from '../../support/quick-folder.ts'
import { ROOT, runIn } from '../../support/sandbox/sandbox-cli.ts'

const small = (days: number) => [
  'simulate',
  '--workers',
  '60',
  '--clients',
  '12',
  '--days',
  String(days),
  '--model',
  join(ROOT, 'src/sandbox/detector/judge/model.json'),
  '--lang',
  'en',
]

describe('a small year', () => {
  let folder: string
  let ran: Awaited<ReturnType<typeof runIn>>
  const read = (name: string) => readFile(join(folder, 'year', name), 'utf8')
  const figure = async (what: string) =>
    Number(new RegExp(`\\| ${what} \\| (\\d+) \\|`).exec(await read('report.md'))?.[1] ?? 0)

  beforeAll(async () => {
    folder = await mkdtemp(join(quickFolder, 'kentei-year-'))
    ran = await runIn(folder, ...small(60), '--out', 'year')
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('ends with everything holding that has to', () => {
    expect(ran.out).not.toContain('✗')
    expect(ran.out.match(/✓/g)).toHaveLength(9)
    expect(ran.code).toBe(0)
  })

  it('has everybody at work: exams, contracts, reviews, scams and those who judge them', async () => {
    for (const what of ['exams', 'passed', 'contracts', 'accepted', 'reviews', 'scams', 'take-downs'])
      expect(await figure(what), what).toBeGreaterThan(0)
  })

  it('has clients invite whom the marketplace suggests, workers answer them, and newcomers read weekly notices', async () => {
    for (const what of ['invitations', 'invitations accepted', 'invitations declined', 'weekly notices'])
      expect(await figure(what), what).toBeGreaterThan(0)
  })

  it('tells how far it is on the other stream', () => {
    expect(ran.err).toContain('100 % day 60, ')
    expect(ran.out).not.toContain('day 60')
  })

  it('leaves a report, a plot that says in words what it shows, and the data', async () => {
    expect((await readdir(join(folder, 'year'))).sort()).toEqual([
      'first-contract.csv',
      'newcomers.csv',
      'plot.svg',
      'rank-by-week.csv',
      'report.md',
    ])
    const plot = await read('plot.svg')
    expect(plot).toMatch(/<title[^>]*>Certified and uncertified newcomers/)
    expect(plot).toMatch(/<desc[^>]*>Median rank percentile/)
    expect(plot).not.toMatch(/NaN|undefined|Infinity/)
    expect(await read('report.md')).not.toMatch(/NaN|undefined|Infinity/)
    expect((await read('newcomers.csv')).split('\n')[0]).toBe(
      'worker,group,quality,joined_on,certified_on,first_hired_on,certified_when_hired',
    )
  })
})

it('agrees in the end where a third of the events got lost', async () => {
  const folder = await mkdtemp(join(quickFolder, 'kentei-year-'))
  try {
    const { code, out } = await runIn(folder, ...small(cases(20, 2)), '--lose', '0.33')
    expect(out).toMatch(/[1-9]\d* of them were made to vanish/)
    expect(out).not.toContain('✗')
    expect(code).toBe(0)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

it.each([
  [['simulate', '--workers', '3'], '--workers must be a whole number from 20'],
  [['simulate', '--rho', '1.2'], '--rho must be a number from -1 to 1'],
  [['simulate', '--day', '3'], 'unknown option --day'],
  [['simulate', 'now'], 'too many arguments: now'],
  [['simulate', '--model', 'nowhere.json'], 'nowhere.json cannot be read (ENOENT)'],
  [['simulation'], 'Unknown command'],
])('refuses %j', async (args, said) => {
  const { code, err } = await runIn(tmpdir(), ...args, '--lang', 'en')
  expect(err).toContain(said)
  expect(code).toBe(2)
})

it('shows how it is used', async () => {
  const { code, out } = await runIn(tmpdir(), 'simulate', '--help')
  expect(out).toContain('--rho')
  expect(code).toBe(0)
})
