import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openExamCompiler } from '../../src/node/open-compiler.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = temporaryFolder('each test')

// Stands for the compiler: its bank is the text of the exam. It notes each order, and how many threads are at work with it.
const PROGRAM = `
import { appendFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { parentPort, threadId } from 'node:worker_threads'
import { setTimeout as sleep } from 'node:timers/promises'
const build = new URL('.', import.meta.url).pathname
parentPort.once('message', async ({ files }) => {
  writeFileSync(build + 'working-' + threadId, '')
  await sleep(20)
  appendFileSync(build + 'orders', readdirSync(build).filter((name) => name.startsWith('working')).length + '\\n')
  rmSync(build + 'working-' + threadId)
  parentPort.postMessage({ bank: Buffer.from(files[0].content).toString(), errors: [] })
})`

async function layExams(tenant: string, exams: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, text] of Object.entries(exams)) {
    await mkdir(folder.path(tenant, name), { recursive: true })
    await writeFile(folder.path(tenant, name, 'exam.md'), text)
  }
  return folder.path(tenant)
}
const orders = async () => (await readFile(folder.path('build/orders'), 'utf8')).trim().split('\n').map(Number)

async function layCompiler(): Promise<string> {
  await mkdir(folder.path('build'))
  await writeFile(folder.path('build/compile-thread.mjs'), PROGRAM)
  return folder.path('build')
}

it('exams of one name in many folders are compiled once each, no more at a time than there are processors', async () => {
  const build = await layCompiler()
  const folders = await Promise.all(
    Array.from({ length: availableParallelism() + 2 }, (_, nth) => layExams(`t${nth}`, { sales: `exam of ${nth}` })),
  )
  const compile = openExamCompiler(build)
  for (let start = 0; start < 2; start += 1) {
    const banks = await Promise.all(folders.map(compile))
    expect(banks.map(([one]) => one?.bank)).toEqual(folders.map((_, nth) => `exam of ${nth}`))
  }
  expect(await orders()).toHaveLength(folders.length)
  expect(Math.max(...(await orders()))).toBeLessThanOrEqual(availableParallelism())
})

it('a compiled exam that nobody asked for in a month is thrown away', async () => {
  const build = await layCompiler()
  const compile = openExamCompiler(build)
  const exams = await layExams('one', { sales: 'first' })
  await compile(exams)
  const [first = ''] = await readdir(join(build, '../.banks'))
  const monthsAgo = new Date(Date.now() - 31 * 86_400_000)
  await utimes(join(build, '../.banks', first), monthsAgo, monthsAgo)
  await layExams('one', { sales: 'second' })
  await compile(exams)
  const kept = await readdir(join(build, '../.banks'))
  expect(kept).toHaveLength(1)
  expect(kept).not.toContain(first)
})
