import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileExam } from '../../src/authoring/compile-exam.ts'
import { bankHash, itemHash } from '../../src/authoring/content-hash.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import type { Bank } from '../../src/item/bank.ts'
import type { Item } from '../../src/item/item.ts'
import { instant } from '../../src/kernel/instant.ts'
import { openCompiler } from '../../src/node/open-compiler.ts'
import { built } from '../support/built.ts'
import { operator } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'
import { shippedExam } from '../support/shipped-bank.ts'

// The service on Node compiles what is handed in once more, and takes nothing else.

const FOLDER = 'test/support/tiny-exam'
const LARGE = 'exams/web-writer'
type SentFile = { readonly path: string; readonly text: string }

let w: FixedWorld
let bank: Bank
let files: readonly SentFile[]
let author: string

async function filesIn(folder: string): Promise<SentFile[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.md$|^items\.lock\.json$/.test(name))
  return Promise.all(names.map(async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') })))
}

beforeAll(async () => {
  await built()
  files = await filesIn(FOLDER)
  const compiled = compileExam(
    files.map(({ path, text }) => ({ path, content: text })),
    { now: instant(Date.now()) },
  )
  bank = compiled.bank as Bank
  w = await fixedWorld({ bank })
  Object.assign(w.world, { compileBank: openCompiler('dist') })
  author = (await w.launch('aut-1', { role: 'author', name: 'Aoki' })).token
})
afterAll(() => w.close())

const handIn = (body: unknown) => w.call('POST', '/admin/exams', { token: author, body })
const sealed = (items: readonly Item[]): Bank => {
  const { hash: _, ...rest } = bank
  const changed = { ...rest, items }
  return { ...changed, hash: bankHash(changed) }
}

/** Single choice items with the wordings of a right and a wrong option exchanged, as `how` says. */
function swapped(how: (choices: readonly { html: string; text: string }[], right: number, wrong: number) => unknown): {
  readonly bank: Bank
  readonly count: number
} {
  let count = 0
  const items = bank.items.map((item) => {
    const entries = Object.entries(item.wordings).map(([locale, wording]) => {
      if (wording.stem.type !== 'single' || wording.secret.key.type !== 'single') return [locale, wording]
      count += 1
      const right = wording.secret.key.choice
      return [
        locale,
        { ...wording, stem: { ...wording.stem, choices: how(wording.stem.choices, right, right === 0 ? 1 : 0) } },
      ]
    })
    const wordings = Object.fromEntries(entries) as Item['wordings']
    return { ...item, wordings, hash: itemHash({ ...item, wordings }) }
  })
  return { bank: sealed(items), count }
}

describe('what is handed in to the service on Node', () => {
  it('is live already when the files are those that are live', async () => {
    expect((await handIn({ bank, files })).json).toMatchObject({ hash: bank.hash, state: 'live' })
  })

  it('is refused without its Markdown', async () => {
    expect((await handIn({ bank })).json).toMatchObject({ code: 'malformed', issues: [{ path: 'files' }] })
  })

  it('is refused when what candidates read is swapped under texts that stay', async () => {
    const { bank: forged, count } = swapped((choices, right, wrong) =>
      choices.map(({ text }, i) => ({ text, html: choices[i === right ? wrong : i === wrong ? right : i]?.html })),
    )
    expect(count).toBeGreaterThan(0)
    const { status, json } = await handIn({ bank: forged, files })
    expect(status).toBe(422)
    expect(json.issues[0]).toMatchObject({ path: expect.stringMatching(/^bank\.items\.\d+\.wordings\.ja\.stem$/) })
  })

  it('is refused when the bank is sound in itself and not what the files compile to', async () => {
    const { bank: forged } = swapped((choices, right, wrong) =>
      choices.map((_, i) => choices[i === right ? wrong : i === wrong ? right : i]),
    )
    expect((await handIn({ bank: forged, files })).json.issues).toEqual([
      { path: 'bank.hash', message: expect.stringContaining(bank.hash) },
    ])
  })

  it('is refused with what the lint of the service calls an error, and where', async () => {
    const broken = files.map((file) =>
      file.path === 'office.ja.md' ? { ...file, text: file.text.replace('- [x]', '- [ｘ]') } : file,
    )
    const { json } = await handIn({ bank, files: broken })
    expect(json.issues[0]).toMatchObject({ path: expect.stringMatching(/^office\.ja\.md:\d+:\d+$/) })
  })

  it('waits with every wording shown that changed, and with findings of our own lint alone', async () => {
    const ja = await readFile(join(FOLDER, 'office.ja.md'), 'utf8')
    const first = /^- \[ \] (.+)$/m.exec(ja)?.[1] as string
    const changedFiles = files.map((file) =>
      file.path === 'office.ja.md'
        ? { ...file, text: file.text.replace(`- [ ] ${first}\n`, '- [ ] 上記のすべて\n').replace(/`v\d+`/, '`v9`') }
        : file,
    )
    const next = compileExam(
      changedFiles.map(({ path, text }) => ({ path, content: text })),
      { now: instant(Date.now()) },
    )
    expect(next.bank, JSON.stringify(next.diagnostics.filter(({ severity }) => severity === 'error'))).toBeDefined()
    const { json } = await handIn({
      bank: next.bank,
      files: changedFiles,
      lint: [{ rule: 'x/claimed', severity: 'warning', where: 'a', message: 'claimed by the author' }],
    })
    expect(json.state).toBe('waiting')
    const page = (await w.call('GET', `/staff/proposals/${json.proposal}`, { token: await operator(w) })).text
    expect(page).toContain('上記のすべて')
    expect(page).not.toContain('claimed')
    expect(page).toContain('option/')
    expect(page).not.toContain('このサービスでは点検していません')
  })

  it('does not hold up others while it is compiled', async () => {
    const large = await shippedExam('web-writer')
    await publishExam(w.world, large)
    const order: string[] = []
    const sent = handIn({ bank: large, files: await filesIn(LARGE) }).finally(() => order.push('handed in'))
    expect((await w.call('GET', '/api/exams', { token: author })).status).toBe(200)
    order.push('others')
    expect((await sent).json.state).toBe('live')
    expect(order).toEqual(['others', 'handed in'])
  })
})
