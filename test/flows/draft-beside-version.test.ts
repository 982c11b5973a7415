import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seconds } from '../../src/kernel/instant.ts'
import { deskFiles, publishDeskExam } from '../support/desk-exam.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

const ENGLISH = 'office.en.md'
const english = deskFiles.find(({ path }) => path === ENGLISH)?.content ?? ''
/** The exam with one question in English, and room for another. */
const published = deskFiles.map(({ path, content }) => ({
  path,
  content:
    path === ENGLISH
      ? english.slice(0, english.indexOf('## office-002'))
      : path === 'exam.md'
        ? content.replace('draw: 2', 'draw: 1')
        : content,
}))
const TASK = 'tasks/member-list.ja.md'
const task = readFileSync('test/support/member-list.ja.md', 'utf8').replace('exam: business-admin', 'exam: clerk')

const drafts = [
  ['task', TASK, task, task.replace('status: 下書き', 'status: 公開')],
  ['translation', ENGLISH, english.replace('`numeric`', '`numeric` `draft`'), english],
] as const

let w: FixedWorld
const tokens: Record<string, string> = {}
beforeEach(async () => {
  w = await fixedWorld()
  await publishDeskExam(w, published)
  for (const name of ['aoki', 'baba', 'kato']) tokens[name] = (await w.launch(name, { role: 'author', name })).token
})
afterEach(() => w.close())

const as = (name: string, method: string, path: string, body?: object) =>
  w.call(method, path, { token: tokens[name] ?? '', ...(body ? { body } : {}) })
const source = async () => (await as('aoki', 'GET', '/staff/desk/clerk/source')).json
const fileAt = async (path: string) => (await source()).files.find((file: { path: string }) => file.path === path)
const save = async (name: string, path: string, text: string) => {
  const sent = { path, was: (await fileAt(path))?.hash ?? null, text }
  expect((await as(name, 'PUT', '/staff/desk/clerk/files', sent)).status).toBe(200)
}
const handIn = async (name: string) =>
  (await as(name, 'POST', '/staff/desk/clerk/hand-in', { note: '新しい', draft: (await source()).draft })).json
const decide = async (name: string, proposal: string, act: string) =>
  (await as(name, 'POST', `/api/staff/proposals/${proposal}/${act}`, { against: (await source()).base, why: 'x' })).json

describe.each(drafts)('a draft %s that makes no other version', (_, path, unfinished, finished) => {
  it('stays on the desk when it is handed in, and is decided by nobody who wrote of it when a colleague finishes it', async () => {
    await save('aoki', path, unfinished)
    expect((await as('aoki', 'GET', '/staff/desk/clerk/hand-in')).text).toContain('公開中の版と同じです')
    expect(await handIn('aoki')).toEqual({ state: 'live' })
    expect((await fileAt(path)).change).toBeDefined()

    w.clock.advance(seconds(300))
    await save('baba', path, finished)
    const { proposal } = await handIn('baba')
    for (const name of ['aoki', 'baba'])
      for (const act of ['approve', 'return']) expect((await decide(name, proposal, act)).code).toBe('own-proposal')
    expect((await decide('kato', proposal, 'approve')).code).toBeUndefined()
    expect((await fileAt(path)).change).toBeUndefined()
  })

  it('changes no file of a version that waits already', async () => {
    await save('aoki', 'exam.en.md', '# Clerk\n\nRead twice.\n')
    const { proposal } = await handIn('aoki')
    await save('baba', path, unfinished)
    expect((await handIn('baba')).proposal).toBe(proposal)
    await decide('kato', proposal, 'approve')
    expect((await fileAt(path)).change).toBeDefined()
  })
})
