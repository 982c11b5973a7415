import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LearnerPlace, openLearner } from '../../src/node/open-learner.ts'
import { openCommittedModel, parseModel } from '../../src/sandbox/detector/judge/model.ts'
import { expectValue, readSmallSet } from '../support/labelled-set.ts'

const source = fileURLToPath(new URL('../../src/node/', import.meta.url))
const program = join(source, 'learn-thread.ts')
const execArgv = ['--import', join(source, 'load-texts.ts')]

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kentei-learner-'))
  const folder = join(root, 'src/sandbox/detector/learn/labelled')
  await mkdir(folder, { recursive: true })
  await writeFile(
    join(folder, 'small.jsonl'),
    readSmallSet()
      .map((post) => JSON.stringify(post))
      .join('\n'),
  )
})
afterAll(() => rm(root, { recursive: true, force: true }))

const serving = openCommittedModel()
const decided = Array.from({ length: 10 }, (_, nth) => ({
  id: `job_${nth}`,
  author: `cli_${nth}`,
  title: '名簿の入力',
  body: `紙の名簿${nth}件を表に入力していただきます。`,
  kinds: [],
  decidedAt: '2026-11-25T03:00:00.000Z',
}))

/** A program of a thread that does as it is told here. */
async function threadThat(does: string): Promise<string> {
  const file = join(root, `${does.length}.mjs`)
  await writeFile(
    file,
    `import { parentPort } from 'node:worker_threads'\nparentPort.once('message', () => { ${does} })\n`,
  )
  return file
}

const learnWith = (place: Partial<LearnerPlace>, signal = new AbortController().signal, steps: number[] = []) =>
  openLearner({ program, root, execArgv, ...place }).learn(
    { decided, recent: [{ id: 'job_1', title: '名簿の入力', body: '紙の名簿を入力します。' }], serving },
    { onStep: (step) => steps.push(step), signal },
  )

it('a training in a thread of its own says how far it is, and gives a model that can be read', async () => {
  const steps: number[] = []
  const learnt = expectValue(await learnWith({}, undefined, steps))
  expect(steps[0]).toBe(0)
  expect(steps.length).toBeGreaterThan(2)
  expect(expectValue(parseModel(learnt.file))).toMatchObject({
    version: learnt.version,
    prevalence: serving.prevalence,
  })
  expect(learnt.comparison.recent.posts).toBe(1)
}, 240_000)

it('a training without the committed set is refused as such', async () => {
  expect(await learnWith({ root: join(root, 'elsewhere') })).toMatchObject({ problem: { code: 'no-training-set' } })
}, 60_000)

it.each([
  ['broke-down', 'throw new Error("no")', {}],
  ['broke-down', 'process.exit(0)', {}],
  ['timed-out', 'while (true) {}', { timeoutMs: 500 }],
  ['out-of-memory', 'const all = []; while (true) all.push({ n: all.length })', { mostMemoryMb: 16 }],
] as const)(
  'a thread that ends so is refused as %s: %s',
  async (code, does, limits) => {
    expect(await learnWith({ program: await threadThat(does), execArgv: [], ...limits })).toEqual({
      ok: false,
      problem: { code },
    })
  },
  60_000,
)

it('a training that is cancelled ends at once, even in a loop', async () => {
  const controller = new AbortController()
  const ended = learnWith({ program: await threadThat('for (;;) {}'), execArgv: [] }, controller.signal)
  controller.abort()
  expect(await ended).toEqual({ ok: false, problem: { code: 'cancelled' } })
}, 60_000)
