import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { packWork, unpackWork } from '../../src/attempt/archive/archived-work.ts'
import type { Archived } from '../../src/attempt/attempt.ts'
import { findAttempt } from '../../src/attempt/store.ts'
import { bankHash } from '../../src/authoring/content-hash.ts'
import { generateKey, openKeyRing, signingKey } from '../../src/credential/keys.ts'
import { archiveAttempts, removeErasedWork } from '../../src/flows/archive-attempts.ts'
import { eraseWorker } from '../../src/flows/erase-worker.ts'
import { viewResult } from '../../src/flows/read-result.ts'
import { readWork } from '../../src/flows/read-work.ts'
import { replayAttempt } from '../../src/flows/replay-attempt.ts'
import { days } from '../../src/kernel/instant.ts'
import { openArchive } from '../../src/world/open-archive.ts'
import type { StoredKey } from '../../src/world/settings.ts'
import { operator, rows } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld, must } from '../support/fixed-world.ts'
import { modelSaves } from '../support/model-answer.ts'
import { twoPartBank } from '../support/two-part-bank.ts'

// Both parts of an exam whose work stays in the database for half a year.
const { exam, items, tasks } = twoPartBank()
const content = { exam: { ...exam, archiveAfter: { years: 0, months: 6, days: 0 } }, items, tasks }
const bank = { ...content, hash: bankHash(content) }

let w: FixedWorld
let token: string
/** The knowledge part and the practical one. */
let sat: readonly [string, string]
beforeEach(async () => {
  w = await fixedWorld({ bank })
  Object.assign(w.world, { archive: openArchive(join(w.folder, 'archive')) })
  token = (await w.launch('w-1')).token
  sat = [await sit('knowledge'), await sit('practical')]
})
afterEach(() => w.close())

async function sit(part: 'knowledge' | 'practical'): Promise<string> {
  const started = await w.call('POST', '/api/exams/tiny/attempts', { token, body: { locale: 'ja', part } })
  const { id, lease, sections } = started.json
  const saves =
    part === 'knowledge'
      ? modelSaves(bank, sections)
      : [{ item: 't1', revision: 1, response: { entries: { '1011.確認': '済' } } }]
  await w.call('PUT', `/api/attempts/${id}/responses`, { token, body: { lease, saves } })
  await w.call('POST', `/api/attempts/${id}/submit`, { token, body: { lease } })
  return id
}

const bytesOf = async (): Promise<number> => {
  const [counted] = await rows(
    w,
    `select (select coalesce(sum(length(response)), 0) from responses) + (select sum(length(drawing)) from task_instances)
       + (select coalesce(sum(length(grade)), 0) from task_grades) as bytes`,
  )
  return counted.bytes
}
const archivedOf = async (id: string): Promise<Archived> =>
  JSON.parse((await rows(w, 'select archived from attempts where id = ?', [id]))[0].archived)
const fileOf = async (id: string): Promise<string> => {
  const { name } = await archivedOf(id)
  return join(w.folder, 'archive', id.slice(-2), `${name}.gz`)
}
/** What candidate and operator are shown of both parts. */
async function shown(): Promise<unknown> {
  const staff = await operator(w)
  const results = await Promise.all(sat.map((id) => w.call('GET', `/api/attempts/${id}/result`, { token })))
  const work = await w.call('GET', `/staff/attempts/${sat[1]}/tasks`, { token: staff })
  expect(work.status, work.text).toBe(200)
  const listed = await w.call('GET', '/staff/attempts.csv', { token: staff })
  return [...results.map(({ json }) => json), work.text.match(/<main[\s\S]*<\/main>/)?.[0], listed.text]
}

it('work leaves the database after the time that its exam sets, and is shown and graded as before', async () => {
  w.clock.advance(days(170))
  expect(await archiveAttempts(w.world)).toBe(0)
  w.clock.advance(days(14))
  token = (await w.launch('w-1')).token
  const [before, bytes] = [await shown(), await bytesOf()]
  expect(await archiveAttempts(w.world)).toBe(2)
  expect(await archiveAttempts(w.world)).toBe(0)
  expect(await bytesOf()).toBeLessThan(bytes / 50)
  expect(await shown()).toEqual(before)
  for (const id of sat) expect(must(await replayAttempt(w.world, id))).toMatchObject({ archived: true, differing: [] })
  const [knowledge] = await Promise.all(sat.map(async (id) => must(await replayAttempt(w.world, id))))
  expect([knowledge?.reported, knowledge?.replayed]).toEqual([100, 100])
})

it('who read an attempt before its work was archived, and the work after, is shown and grades the same', async () => {
  w.clock.advance(days(200))
  const seen = await Promise.all(sat.map((id) => findAttempt(w.world.db, id)))
  const read = () =>
    Promise.all(
      seen.map(async (attempt) => {
        if (attempt?.status !== 'graded') throw new Error('not graded')
        const { responses, tasks, grades } = await readWork(w.world, attempt)
        return { work: { responses, tasks, grades }, view: await viewResult(w.world, attempt) }
      }),
    )
  const before = await read()
  expect(before[0]?.view.report?.score).toBe(100)
  await archiveAttempts(w.world)
  expect(await read()).toEqual(before)
})

it('a file that was changed, exchanged or taken away is refused, whoever signed it', async () => {
  w.clock.advance(days(200))
  await archiveAttempts(w.world)
  const [file, other] = [await fileOf(sat[0]), await fileOf(sat[1])]
  const [bytes, others] = [await readFile(file), await readFile(other)]
  const replay = () => replayAttempt(w.world, sat[0])
  const changed = Buffer.from(bytes)
  changed[changed.length - 20] = (changed[changed.length - 20] as number) ^ 1
  for (const spoilt of [changed, others, Buffer.from('')]) {
    await writeFile(file, spoilt)
    await expect(replay()).rejects.toThrow(/as it was put there: (changed|unreadable)/)
  }
  // the same work under a key of somebody else
  const ring = await openKeyRing('https://kentei.example', [await generateKey('service')])
  const key = signingKey(ring, 'service')
  const { sha256 } = await archivedOf(sat[0])
  const ours = await openKeyRing('https://kentei.example', w.world.settings.keys)
  const own = new Map(ours.keys.map(({ thumbprint, publicKey }) => [thumbprint, publicKey]))
  const expected = { attempt: sat[0], sha256 }
  const read = await unpackWork(new Uint8Array(bytes), expected, (thumbprint) => own.get(thumbprint) ?? 'unknown')
  if (typeof read === 'string' || !key) throw new Error('not as it was')
  const { work, signature } = read
  expect(signature).toBe('good')
  const { thumbprint, alg, privateKey } = key
  await writeFile(file, (await packWork(sat[0], work, { thumbprint, alg, key: privateKey })).file)
  // the digest in the database says more than any signature
  expect(must(await replay())).toMatchObject({ signature: 'unknown', replayed: 100 })
  await w.world.archive?.remove((await archivedOf(sat[0])).name)
  await expect(replay()).rejects.toThrow(/missing/)
})

it('work stays readable when the key that signed it is pruned or blocked', async () => {
  w.clock.advance(days(200))
  await archiveAttempts(w.world)
  token = (await w.launch('w-1')).token
  const before = await shown()
  const { settings } = w.world
  const standing = async (change: (key: StoredKey) => StoredKey[]) => {
    const keys = settings.keys.flatMap((key) => (key.use === 'service' ? change(key) : [key]))
    Object.assign(w.world, { settings: { ...settings, keys } })
    return Promise.all(sat.map(async (id) => must(await replayAttempt(w.world, id)).signature))
  }
  const fresh = await generateKey('service')
  expect(await standing((key) => [{ ...key, state: 'blocked' }, fresh])).toEqual(['blocked', 'blocked'])
  expect(await shown()).toEqual(before)
  expect(await standing(() => [fresh])).toEqual(['unknown', 'unknown'])
  expect(await standing((key) => [{ ...key, state: 'retired' }, fresh])).toEqual(['good', 'good'])
})

it('nothing is deleted before its file is safe, and an erased person’s files go', async () => {
  w.clock.advance(days(200))
  const archive = openArchive(join(w.folder, 'archive'))
  const bytes = await bytesOf()
  Object.assign(w.world, { archive: { ...archive, put: () => Promise.reject(new Error('the disk is full')) } })
  await expect(archiveAttempts(w.world)).rejects.toThrow('the disk is full')
  Object.assign(w.world, { archive: { ...archive, put: async () => {} } })
  const told: unknown[] = []
  expect(await archiveAttempts(w.world, { report: (...said) => told.push(said.join(' ')) })).toBe(0)
  expect(told).toEqual(sat.map((id) => expect.stringMatching(`attempt-not-archived ${id} .*missing`)))
  expect(await bytesOf()).toBe(bytes)
  Object.assign(w.world, { archive })
  expect(await archiveAttempts(w.world)).toBe(2)
  must(await eraseWorker(w.world, 'w-1'))
  expect(await filesLeft()).toEqual([])
})

const filesLeft = async (): Promise<string[]> =>
  (await readdir(join(w.folder, 'archive'), { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map(({ name }) => name)

it('an erased person’s files go, whoever archives beside it and wherever that ends', async () => {
  w.clock.advance(days(200))
  const archive = openArchive(join(w.folder, 'archive'))
  const leave = (name: string) => archive.put(name, new Uint8Array([1]))
  // of a process that ended after the file, or in the middle of it, before the database knew
  await leave(`${sat[0]}.0123456789abcdef`)
  await writeFile(join(w.folder, 'archive', sat[0].slice(-2), `${sat[0]}.89abcdef.gz.77`), 'half')
  await leave('att_of_nobody_known.0123456789abcdef')
  // the erasure comes between the file and the batch, and the archiver goes on
  const put: typeof archive.put = async (name, bytes) => {
    Object.assign(w.world, { archive })
    must(await eraseWorker(w.world, 'w-1'))
    await archive.put(name, bytes)
  }
  Object.assign(w.world, { archive: { ...archive, put } })
  expect(await archiveAttempts(w.world)).toBe(0)
  const unknown = 'att_of_nobody_known.0123456789abcdef.gz'
  expect(await filesLeft()).toEqual([unknown])
  // a process that ended there is caught up with; what no erasure tells of stays
  await leave(`${sat[1]}.0123456789abcdef`)
  await removeErasedWork(w.world)
  expect(await filesLeft()).toEqual([unknown])
})

it('whoever archives second keeps the first one’s file', async () => {
  w.clock.advance(days(200))
  const archive = openArchive(join(w.folder, 'archive'))
  let isSecond = false
  const put: typeof archive.put = async (name, bytes) => {
    if (!isSecond) {
      isSecond = true
      await archiveAttempts(w.world)
    }
    await archive.put(name, bytes)
  }
  Object.assign(w.world, { archive: { ...archive, put } })
  expect(await archiveAttempts(w.world)).toBe(0)
  for (const id of sat) expect(must(await replayAttempt(w.world, id))).toMatchObject({ archived: true, differing: [] })
})
