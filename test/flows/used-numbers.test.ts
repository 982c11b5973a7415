import { sql as raw, type SQL } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { approveExam } from '../../src/flows/decide-proposal.ts'
import { publishExam } from '../../src/flows/publish-exam.ts'
import { refuseUsedNumbers } from '../../src/flows/refuse-used-numbers.ts'
import type { Bank } from '../../src/item/bank.ts'
import type { Database } from '../../src/world/database.ts'
import type { World } from '../../src/world/world.ts'
import { reworded } from '../support/changed-bank.ts'
import { deskFiles, publishDeskExam } from '../support/desk-exam.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

const OFFICE = 'office.ja.md'
const office = deskFiles.find(({ path }) => path === OFFICE)?.content ?? ''

/** The file with its first question in other words, under a number. */
const written = (words: string, version: number): string =>
  office.replace('最も適切なもの', words).replace('`単一` `難易度2`', `\`単一\` \`難易度2\` \`v${version}\``)

let w: FixedWorld
let first: string
const tokens: Record<string, string> = {}
beforeEach(async () => {
  w = await fixedWorld()
  first = (await publishDeskExam(w)).hash
  for (const name of ['aoki', 'baba', 'kato']) tokens[name] = (await w.launch(name, { role: 'author', name })).token
  tokens.ono = (await w.launch('ono', { role: 'operator', name: 'ono' })).token
})
afterEach(() => w.close())

const as = (name: string, method: string, path: string, body?: object) =>
  w.call(method, path, { token: tokens[name] ?? '', ...(body ? { body } : {}) })
const source = async () => (await as('aoki', 'GET', '/staff/desk/clerk/source')).json
async function save(text: string) {
  const { hash: was } = (await source()).files.find(({ path }: { path: string }) => path === OFFICE)
  expect((await as('aoki', 'PUT', '/staff/desk/clerk/files', { path: OFFICE, was, text })).status).toBe(200)
}
async function handIn(text: string) {
  await save(text)
  return as('aoki', 'POST', '/staff/desk/clerk/hand-in', { note: '直した', draft: (await source()).draft })
}
const approve = async (name: string, proposal: string, against: string) =>
  as(name, 'POST', `/api/staff/proposals/${proposal}/approve`, { against, why: '' })
const live = async (): Promise<string> => (await source()).base
async function publish(text: string): Promise<string> {
  const { proposal } = (await handIn(text)).json
  expect((await approve('kato', proposal, await live())).status).toBe(200)
  return live()
}
const rollBack = async (hash: string) =>
  expect((await as('ono', 'POST', '/api/staff/exams/clerk/roll-back', { hash, why: 'wrong' })).status).toBe(200)

const USED = { item: 'office-001', version: 2, next: 3, where: `${OFFICE}:10:1` }

describe('a number of an item that was published with other content', () => {
  it('is refused at the hand-in after a roll-back, with its item, file, line and the next free number', async () => {
    await publish(written('分かりやすいもの', 2))
    await rollBack(first)
    const refused = await handIn(written('短いもの', 2))
    expect(refused).toMatchObject({ status: 409, json: { code: 'item-version-used', items: [USED] } })
    const page = await as('aoki', 'GET', '/staff/desk/clerk/hand-in')
    expect(page.text).toContain('office-001 の v2 は、ほかの内容で公開されたことがあります。v3 にしてください。')
    expect(page.text).toContain('aria-disabled="true"')
    expect((await handIn(written('短いもの', 3))).json.state).toBe('waiting')
  })

  it('is taken with the content that it had', async () => {
    const second = await publish(written('分かりやすいもの', 2))
    await rollBack(first)
    expect(await publish(`${written('分かりやすいもの', 2)}\n`)).toBe(second)
  })

  it('is refused at the approval, when another version took it while this one waited', async () => {
    const one = (await handIn(written('分かりやすいもの', 2))).json.proposal
    const other = (await handIn(written('短いもの', 2))).json.proposal
    expect((await approve('kato', one, first)).status).toBe(200)
    const now = await live()
    expect(await approve('baba', other, now)).toMatchObject({
      status: 409,
      json: { code: 'item-version-used', items: [USED] },
    })
    expect(await live()).toBe(now)
    const page = (await as('baba', 'GET', `/staff/proposals/${other}?lang=en`)).text
    expect(page).toContain(`${OFFICE}:10:1`)
    expect(page).toContain('v2 of office-001 was published with other content. Make it v3.')
    const byForm = await w.call('POST', `/staff/proposals/${other}/approve`, {
      token: tokens.baba ?? '',
      body: `against=${now}&why=`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(byForm.status).toBe(409)
    expect(byForm.text).toContain('まだ公開できません')
  })

  it('goes live once, whichever of two approvals at once is first', async () => {
    const one = (await handIn(written('分かりやすいもの', 2))).json.proposal
    const other = (await handIn(written('短いもの', 2))).json.proposal
    const done = await Promise.all([approve('kato', one, first), approve('baba', other, first)])
    expect(done.map(({ status }) => status).sort()).toEqual([200, 409])
    const late = done[0]?.status === 200 ? other : one
    expect((await approve('ono', late, await live())).json.code).toBe('item-version-used')
  })

  it('is not approved when it was taken and rolled back between the look and the approval', async () => {
    const one = (await handIn(written('分かりやすいもの', 2))).json.proposal
    const other = (await handIn(written('短いもの', 2))).json.proposal
    const { session } = await w.launch('baba', { role: 'author', name: 'baba' })
    await as('baba', 'GET', `/staff/proposals/${other}`)
    let isBetween = false
    const batch: Database['batch'] = async (...statements: Parameters<Database['batch']>) => {
      if (!isBetween) {
        isBetween = true
        expect((await approve('kato', one, first)).status).toBe(200)
        await rollBack(first)
      }
      return w.db.batch(...statements)
    }
    const db = new Proxy(w.db, { get: (of, name) => (name === 'batch' ? batch : Reflect.get(of, name)) })
    const done = await approveExam({ ...w.world, db } as World, {
      session,
      proposal: other,
      against: first,
      why: '',
    })
    expect(isBetween).toBe(true)
    expect(done).toMatchObject({ ok: false, problem: { code: 'conflict' } })
    expect(await live()).toBe(first)
  })
})

it('a hand-in waits while the versions of an exam that were live before numbers were noted are looked through', async () => {
  const handInBank = (words: string) => as('aoki', 'POST', '/admin/exams', { bank: reworded(w.bank, words) })
  Object.assign(w.world, { compileBank: undefined })
  for (let n = 0; n < 44; n += 1) await publishExam(w.world, reworded(w.bank, `${n}`))
  for (let n = 0; n < 2; n += 1) {
    const waiting = await handInBank('new')
    expect(waiting).toMatchObject({ status: 503, json: { code: 'busy' } })
    expect(waiting.headers.get('retry-after')).toBe('2')
  }
  expect((await handInBank('new')).status).toBe(201)
})

it('a number that was live stays what it was, also when its item was tried out with other content since', async () => {
  const asked = async (bank: Bank) => refuseUsedNumbers(w.world, bank, async () => undefined)
  const [before] = w.bank.items
  const { items, ...rest } = reworded(w.bank, 'other')
  const other = {
    ...rest,
    items: items.map((item, nth) => (nth === 0 ? { ...item, version: before?.version ?? 1 } : item)),
  }
  const triedOut = {
    ...other,
    hash: `${other.hash}-pilot`,
    items: other.items.map((item, nth) => (nth === 0 ? { ...item, status: 'pilot' as const } : item)),
  }
  expect(await asked(triedOut)).toBeUndefined()
  await publishExam(w.world, triedOut)
  expect(await asked(other)).toMatchObject({ code: 'item-version-used', items: [{ item: before?.id }] })
})

it('a hand-in finds the versions that are not noted by an index of them, and reads no bank for it', async () => {
  const asked: string[] = []
  const all = (statement: Parameters<Database['all']>[0]) => {
    const { sql, params } = new SQLiteSyncDialect().sqlToQuery(statement as SQL)
    if (sql.includes('from exam_versions'))
      asked.push(params.reduce<string>((so, one) => so.replace('?', `'${one}'`), sql))
    return w.db.all(statement)
  }
  const db = new Proxy(w.db, { get: (of, name) => (name === 'all' ? all : Reflect.get(of, name)) })
  await refuseUsedNumbers({ db } as World, w.bank, async () => undefined)
  const plan = await w.db.all<{ detail: string }>(raw.raw(`explain query plan ${asked[0]}`))
  expect(plan.map(({ detail }) => detail).join()).toContain('USING INDEX exam_versions_unnoted')
})
