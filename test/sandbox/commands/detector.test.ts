import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { days, plus } from '../../../src/kernel/instant.ts'
import { labelInsertion } from '../../../src/sandbox/moderation/label/store.ts'
import { openBaseModel, ownModelFile } from '../../../src/sandbox/open-detector.ts'
import { openSandboxWorld } from '../../../src/sandbox/open-sandbox.ts'
import { quickFolder } from '../../support/quick-folder.ts'
import { ROOT, runIn } from '../../support/sandbox/sandbox-cli.ts'

const labelled = (name: string) => join(ROOT, 'src/sandbox/detector/learn/labelled', name)
const small = ['--posts', labelled('ja7.jsonl'), '--posts', labelled('en3.jsonl')]

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(quickFolder, 'kentei-detector-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const runInEnglish = (...args: string[]) => runIn(folder, ...args, '--lang=en')

/** A sandbox in the data folder in which operators have decided about posts. */
async function decideAbout(posts: number): Promise<void> {
  const world = await openSandboxWorld({
    directory: join(folder, '.data/sandbox'),
    origin: 'https://market.example',
    pluginOrigin: 'https://kentei.example',
    migrations: join(ROOT, 'migrations/sandbox'),
  })
  for (let nth = 0; nth < posts; nth += 1) {
    const unlawful = nth % 2 === 0
    await labelInsertion(world.db, {
      id: `lbl_${String(nth).padStart(3, '0')}`,
      job: `job_${nth}`,
      title: unlawful ? '在宅の簡単なお仕事' : '名簿の入力をお願いします',
      body: unlawful
        ? `詳しくはLINEでご案内します。まずは友だち追加をお願いします。${nth}`
        : `紙の名簿を表に入力していただきます。全部で${nth}00件です。`,
      category: 'business-admin',
      pay: { type: 'fixed', amount: 5_000 },
      accountAgeDays: 3,
      kinds: unlawful ? ['off-platform-contact'] : [],
      decision: `dec_${nth}`,
      operator: 'opr_demo',
      at: plus(world.now(), days(nth)),
    })
  }
  await world.close()
}

describe('training', () => {
  it('tests, prints what it found and leaves the model that the sandbox prefers from then on', async () => {
    const committed = (await openBaseModel(join(folder, '.data/sandbox'))).version
    const { code, out, err } = await runInEnglish('detector', 'train', ...small)
    expect(code).toBe(0)
    expect(err).toContain('88 labelled posts and 0 that operators decided')
    expect(out).toMatch(/author: 88 posts tested/)
    expect(out).toMatch(/off-platform-contact +\d+ +\d+ +[\d.]+ %/)
    expect(out).toContain('true ↓ told →')
    const own = (await openBaseModel(join(folder, '.data/sandbox'))).version
    expect(own).not.toBe(committed)
    expect(out).toContain(own)
  })

  it('learns what operators decided but for what is held out, and tests the later decisions by the earlier ones', async () => {
    await decideAbout(24)
    const { code, out } = await runIn(folder, 'detector', 'train', ...small, '--out', 'model.json', '--json')
    expect(code).toBe(0)
    const told = JSON.parse(out)
    expect(told.model.trainedOn.posts).toBe(109)
    expect(told.inTime).toMatchObject({ split: 'time', posts: 5, unlawful: 2 })
    expect(JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')).version).toBe(told.model.version)
  })
})

describe('testing', () => {
  it('judges posts by a model without training', async () => {
    const { code, out, err } = await runIn(
      folder,
      'detector',
      'evaluate',
      '--model',
      join(ROOT, 'src/sandbox/detector/judge/model.json'),
      '--posts',
      labelled('ja7.jsonl'),
      '--json',
    )
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out).report).toMatchObject({ split: 'model', posts: 58 })
  })

  it('warns where the posts are those that the model was trained on', async () => {
    const { err } = await runInEnglish('detector', 'evaluate', ...small)
    expect(err).toContain('trained on these very posts')
  })
})

describe('what is not a whole command', () => {
  it('is answered with the usage', async () => {
    const { code, out } = await runIn(folder, 'detector')
    expect(code).toBe(2)
    expect(out).toMatch(/train[\s\S]*evaluate/)
  })

  it.each([[['--posts']], [['--posts', '--json']], [['--posts=']]])('is refused: %j', async (args) => {
    const { code, err } = await runInEnglish('detector', 'evaluate', ...args)
    expect([code, err]).toEqual([2, 'sandbox: --posts needs a value'])
  })

  it('is refused for the option without a value, not for the language after it', async () => {
    const { code, err } = await runIn(folder, 'detector', 'evaluate', '--posts', '--lang', 'en')
    expect([code, err]).toEqual([2, 'sandbox: --posts needs a value'])
  })
})

describe('what cannot be read', () => {
  const post = { title: 'データ入力', body: '名簿の入力です。', kinds: [] }
  it.each([
    ['nonsense', 'it is not JSON', 'JSON ではありません'],
    [{ ...post, kinds: undefined }, 'kinds is missing; add it', 'kinds がありません。加えてください'],
    [{ ...post, id: 3 }, 'id must be of the type string', 'id の型を string にしてください'],
    [{ ...post, lang: 'fr' }, 'lang must be one of: ja, en', 'lang を次のどれかにしてください：ja, en'],
    [
      { ...post, pay: { type: 'fixed', amount: -1 } },
      'pay.amount must be at least 0',
      'pay.amount を 0 以上にしてください',
    ],
    [
      { ...post, title: 'x'.repeat(1_001) },
      'title.length must be at most 1000',
      'title.length を 1000 以下にしてください',
    ],
    [
      { ...post, decidedAt: 'yesterday' },
      'decidedAt cannot be used as it is; write it anew',
      'decidedAt はこのままでは使えません。書き直してください',
    ],
    [[], '$ must be of the type object', '$ の型を object にしてください'],
  ])('a post such as %j says where it is wrong and what to do, in either language', async (bad, english, japanese) => {
    await writeFile(join(folder, 'one-bad.jsonl'), typeof bad === 'string' ? bad : JSON.stringify(bad))
    const args = ['detector', 'evaluate', '--posts', 'one-bad.jsonl']
    expect((await runInEnglish(...args)).err).toBe(`sandbox: one-bad.jsonl:1 is not a labelled post: ${english}`)
    expect((await runIn(folder, ...args)).err).toBe(
      `sandbox: one-bad.jsonl:1 はラベル付きの求人ではありません：${japanese}`,
    )
  })

  it('is a model that lacks something: it says what, and how to train one', async () => {
    await writeFile(join(folder, 'bad.json'), '{"format":5}')
    expect((await runInEnglish('detector', 'evaluate', '--model', 'bad.json')).err).toBe(
      'sandbox: bad.json is no model of this version: version is missing; add it. Train one with `sandbox detector train`',
    )
  })

  it('is named by file and line', async () => {
    await writeFile(
      join(folder, 'bad.jsonl'),
      `${(await readFile(labelled('ja7.jsonl'), 'utf8')).split('\n')[0]}\n\n{"id": 3}\n`,
    )
    const { code, err } = await runInEnglish('detector', 'evaluate', '--posts', 'bad.jsonl')
    expect(err).toContain('bad.jsonl:3 is not a labelled post')
    expect(code).toBe(2)
  })

  it('may be missing, or no model', async () => {
    expect((await runInEnglish('detector', 'train', '--posts', 'nowhere.jsonl')).err).toContain(
      'nowhere.jsonl cannot be read (ENOENT)',
    )
    expect((await runInEnglish('detector', 'evaluate', '--model', 'bad.jsonl')).err).toContain(
      'bad.jsonl is no model of this version',
    )
  })

  it('stops a sandbox that has such a model of its own', async () => {
    const directory = join(folder, 'other')
    await mkdir(directory)
    await writeFile(ownModelFile(directory), '{}')
    await expect(openBaseModel(directory)).rejects.toThrow('train it anew')
  })

  it('is not a single post of one kind only', async () => {
    await writeFile(
      join(folder, 'one.jsonl'),
      (await readFile(labelled('ja7.jsonl'), 'utf8')).split('\n').slice(0, 1).join('\n'),
    )
    const { code, err } = await runInEnglish(
      'detector',
      'train',
      '--posts',
      'one.jsonl',
      '--data',
      'empty',
      '--out',
      'x.json',
    )
    expect(err).toContain('too few authors')
    expect(code).toBe(2)
  })
})
