import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { createClient } from '@libsql/client'
import { drizzle } from 'drizzle-orm/libsql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { attemptEvents, attempts, responses, scoredResponses, taskGrades } from '../../src/attempt/tables.ts'
import { checkFolder } from '../../src/cli/check-folder.ts'
import { credentials } from '../../src/credential/tables.ts'
import { drawnTasks } from '../../src/flows/read-sat-tasks.ts'
import type { Form, PresentedResponse } from '../../src/form/form.ts'
import type { Bank } from '../../src/item/bank.ts'
import { randomFrom } from '../../src/kernel/random.ts'
import { outbox } from '../../src/platform/outbox/tables.ts'
import { reportScore, scoreForm } from '../../src/scoring/raw-score.ts'
import { gradeTask } from '../../src/task/grade-task.ts'
import type { Entries } from '../../src/task/present.ts'
import type { Database } from '../../src/world/database.ts'
import { built } from '../support/built.ts'
import { cases } from '../support/cases.ts'
import { quickFolder } from '../support/quick-folder.ts'
import { ServiceProcess } from '../support/service-process.ts'
import { type Memory, type Plan, sit, TASK_SAVES, work } from './candidate.ts'

const HANDED_IN = cases(150, 8)
const ABANDONED = cases(50, 8)
/** They sit an exam in two parts; every other one never hands its practical part in. */
const PRACTICAL = cases(24, 6)
const CANDIDATES_AT_ONCE = 8
/** Answers that each of them gives: one to each of six items, and a second thought on every other. */
const ANSWERS = 9
/** Of an exam in two parts: the bank of the tiny one with a table to put in order. */
const PARTS = `parts:
  knowledge: { time: 20m, weight: 30%, floor: 50%, keep: 6mo }
  practical: { time: 30m, weight: 70%, floor: 60%, keep: 6mo, tasks: [{ kind: 表, points: 30 }] }`
const KILLS_WHILE_SITTING = cases(16)
/** Every so many kills the next one comes while the service boots. */
const MID_BOOT_EVERY = 4
const KILLS_WHILE_WORKING = cases(8)
/** Kills after everything was handed in, while the sweeper closes what was abandoned and the outbox drains. */
const KILLS_WHILE_SWEEPING = cases(4, 2)
/** The test clock is moved on so far when all have sat: past the 45 minutes of those who never hand in. */
const PAST_DEADLINES = 'PT1H'
/** A busy machine may take several times as long as a quiet one. */
const SETTLES_WITHIN_MS = 480_000
/**
 * A message that was cut off waits for its lease to end, and then for the marketplace to give up the try that it remembers:
 * some 90 seconds, of which the test clock takes so many at every look.
 */
const BETWEEN_LOOKS = 'PT5S'

const random = randomFrom('c0ffee00c0ffee00c0ffee00c0ffee00')
let folder: string
let service: ServiceProcess
let entry: string
let bank: Bank
let twoPartBank: Bank

async function snapshot(): Promise<string> {
  await built()
  const place = resolve('node_modules/.cache/kentei-test', `crash-${process.pid}`)
  await cp('dist', join(place, 'dist'), { recursive: true })
  await cp('migrations', join(place, 'migrations'), { recursive: true })
  return join(place, 'dist/node.mjs')
}

/** The tiny exam under the name of one that the marketplace knows. */
async function writeExam(id: string, parts?: string): Promise<Bank> {
  const place = join(folder, 'exams', id)
  await cp('test/support/tiny-exam', place, { recursive: true })
  for (const file of ['exam.md', 'office.ja.md']) {
    const text = await readFile(join(place, file), 'utf8')
    const named = text.replace(/^(id|exam): tiny$/m, `$1: ${id}`)
    await writeFile(join(place, file), parts ? named.replace(/^time: 45m$/m, parts) : named)
  }
  if (parts) {
    const family = await readFile('test/support/member-list.ja.md', 'utf8')
    await mkdir(join(place, 'tasks'))
    await writeFile(
      join(place, 'tasks/member-list.ja.md'),
      family.replace(/^exam: .*$/m, `exam: ${id}`).replace(/^status: .*$/m, 'status: 公開'),
    )
  }
  const { compiled, diagnostics } = await checkFolder(place, { now: Date.now(), language: 'en' })
  if (!compiled.bank) throw new Error(JSON.stringify(diagnostics))
  return compiled.bank
}

beforeAll(async () => {
  folder = await mkdtemp(join(quickFolder, 'kentei-crash-'))
  bank = await writeExam('business-admin')
  twoPartBank = await writeExam('web-writer', PARTS)
  // a copy beside node_modules: a build that somebody starts meanwhile must not look like a crash
  entry = await snapshot()
  service = await ServiceProcess.open({ entry, dataFolder: join(folder, 'data'), examsFolder: join(folder, 'exams') })
})
afterAll(async () => {
  await service?.stop()
  await rm(folder, { recursive: true, force: true })
  await rm(resolve(entry, '../..'), { recursive: true, force: true })
})

async function readDatabase() {
  const client = createClient({ url: pathToFileURL(join(folder, 'data/kentei.db')).href })
  const db = drizzle(client)
  try {
    return {
      attempts: await db.select().from(attempts),
      events: await db.select({ attempt: attemptEvents.attempt, type: attemptEvents.type }).from(attemptEvents),
      responses: await db.select().from(responses),
      scored: await db.select().from(scoredResponses),
      grades: await db.select().from(taskGrades),
      credentials: await db
        .select({ id: credentials.id, attempt: credentials.attemptId, worker: credentials.worker })
        .from(credentials),
      messages: await db.select({ stream: outbox.stream, kind: outbox.kind, status: outbox.status }).from(outbox),
    }
  } finally {
    client.close()
  }
}

/** What is right in the tasks of an attempt. */
async function solve(attempt: string) {
  const client = createClient({ url: pathToFileURL(join(folder, 'data/kentei.db')).href })
  try {
    return await drawnTasks(drizzle(client) as unknown as Database, attempt)
  } finally {
    client.close()
  }
}

/** Waits until nothing is open, ungraded or undelivered any more. */
async function settled() {
  const until = Date.now() + SETTLES_WITHIN_MS
  for (;;) {
    const data = await readDatabase()
    const unfinished =
      data.attempts.filter(({ status }) => status !== 'graded').length +
      data.messages.filter(({ status }) => status !== 'delivered').length
    if (unfinished === 0 || Date.now() > until) return data
    await service.ask('POST', `${service.sandbox}/demo/clock`, { body: { advance: BETWEEN_LOOKS } })
    await sleep(500)
  }
}

type Sit = typeof sit

/** Kills at drawn moments while candidates sit: by how many answers were given, so that as many fall on a slow machine as on a fast one. */
async function takeAll(
  plans: readonly Plan[],
  take: Sit,
  { kills, answersEach }: { readonly kills: number; readonly answersEach: number },
): Promise<Memory[]> {
  const memories: Memory[] = []
  const waiting = [...plans]
  let answers = 0
  let failed = false
  const candidate = async () => {
    for (let plan = waiting.shift(); plan; plan = waiting.shift())
      memories.push(await take(service, plan, () => answers++))
  }
  const killer = async () => {
    for (let kill = 1; kill <= kills && !failed; kill++) {
      while (answers < (kill * plans.length * answersEach) / (kills + 1) && !failed) await sleep(5)
      await sleep(random.below(100))
      await service.crash()
      if (kill % MID_BOOT_EVERY > 0) continue
      await sleep(random.below(800))
      await service.crash()
    }
  }
  const whenFailed = (error: unknown) => {
    failed = true
    throw error
  }
  await Promise.all([killer(), ...Array.from({ length: CANDIDATES_AT_ONCE }, () => candidate().catch(whenFailed))])
  return memories
}

/** Kills at drawn moments while the service does what nobody asks for. */
async function killSweeps(): Promise<void> {
  expect(
    (await service.ask('POST', `${service.sandbox}/demo/clock`, { body: { advance: PAST_DEADLINES } })).status,
  ).toBe(200)
  for (let kill = 0; kill < KILLS_WHILE_SWEEPING; kill++) {
    await service.ask('GET', `${service.plugin}/.well-known/jwks.json`)
    await sleep(random.below(1_200))
    await service.crash()
  }
}

it('grades every acknowledged answer and lets each result, credential and chain of messages converge to one, through kills at any moment', async () => {
  const startedAt = performance.now()
  const id = (n: number) => `wrk_${String(n).padStart(3, '0')}`
  const handedIn = Array.from({ length: HANDED_IN }, (_, i) => ({
    worker: id(i + 1),
    bank,
    rightItems: i % 4 === 0 ? 2 : 6,
    submits: true,
  }))
  const abandoned = Array.from({ length: ABANDONED }, (_, i) => ({
    worker: id(HANDED_IN + i + 1),
    bank,
    rightItems: 6,
    submits: false,
  }))
  const memories = await takeAll(random.shuffle([...handedIn, ...abandoned]), sit, {
    kills: KILLS_WHILE_SITTING,
    answersEach: ANSWERS,
  })
  const takenAt = performance.now()
  await killSweeps()
  const data = await settled()
  const passed = data.attempts.filter((attempt) => attempt.report !== null && JSON.parse(attempt.report).passed)
  const seconds = (ms: number) => (ms / 1_000).toFixed(1)
  const acknowledged = memories.reduce((sum, memory) => sum + memory.acknowledged.size, 0)
  console.log(
    `crash: ${data.attempts.length} attempts, ${service.kills} kills, ${acknowledged} acknowledged answers, ${passed.length} passes, ${data.messages.length} messages, ${service.serverErrors} server errors, taken in ${seconds(takenAt - startedAt)} s, settled after ${seconds(performance.now() - takenAt)} s`,
  )

  expect(service.kills).toBe(KILLS_WHILE_SITTING + KILLS_WHILE_SITTING / MID_BOOT_EVERY + KILLS_WHILE_SWEEPING)
  expect(service.serverErrors).toBe(0)
  expect(memories.flatMap(({ surprises }) => surprises)).toEqual([])
  expect(memories).toHaveLength(HANDED_IN + ABANDONED)
  expect(data.attempts).toHaveLength(HANDED_IN + ABANDONED)
  expect(new Set(data.attempts.map(({ worker }) => worker)).size).toBe(data.attempts.length)
  expect(data.attempts.filter(({ status }) => status !== 'graded')).toEqual([])
  expect(data.messages.filter(({ status }) => status !== 'delivered')).toEqual([])

  for (const memory of memories) {
    const { plan } = memory
    const attempt = data.attempts.find(({ worker }) => worker === plan.worker)
    if (!attempt?.report) throw new Error(`${plan.worker} has no graded attempt`)
    expect(attempt.id).toBe(memory.attempt)
    const stored = data.responses.filter((response) => response.attempt === attempt.id)
    for (const [item, known] of memory.acknowledged) {
      const row = stored.find((response) => response.item === item)
      expect(row?.revision).toBeGreaterThanOrEqual(known.revision)
      if (row?.revision === known.revision) expect(JSON.parse(row.response)).toEqual(known.response)
    }
    const sheet = Object.fromEntries(
      stored.map((response) => [response.item, JSON.parse(response.response) as PresentedResponse]),
    )
    const form = JSON.parse(attempt.form) as Form
    const report = reportScore(plan.bank, scoreForm(form, plan.bank, sheet))
    expect(JSON.parse(attempt.report)).toEqual(report)
    if (plan.submits) expect(report.passed).toBe(plan.rightItems === 6)
    expect(
      data.events
        .filter((event) => event.attempt === attempt.id)
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['closed', 'graded', 'started'])
    expect(data.scored.filter((item) => item.attempt === attempt.id)).toHaveLength(6)
    expect(data.credentials.filter((credential) => credential.attempt === attempt.id)).toHaveLength(
      report.passed ? 1 : 0,
    )
    const kinds = data.messages.filter(({ stream }) => stream.endsWith(`:${plan.worker}`)).map(({ kind }) => kind)
    expect(kinds).toEqual(report.passed ? ['standing', 'badge', 'signal', 'event'] : [])
    if (memory.result && memory.token)
      expect(
        (await service.ask('GET', `${service.plugin}/api/attempts/${attempt.id}/result`, { token: memory.token })).text,
      ).toBe(memory.result)
  }
  expect(data.credentials).toHaveLength(passed.length)

  for (const { worker, exam, credential } of passed) {
    const profile = (await service.ask('GET', `${service.sandbox}/api/workers/${worker}`)).json
    expect(
      profile.badges.map((badge: { credential: string; status: string }) => `${badge.credential} ${badge.status}`),
    ).toEqual([`${credential} active`])
    expect(
      profile.signals.map((signal: { exam: string; withdrawn: boolean }) => `${signal.exam} ${signal.withdrawn}`),
    ).toEqual([`${exam} false`])
  }
}, 1_200_000)

it('grades every acknowledged piece of practical work, handed in or not, through kills at any moment', async () => {
  const plans = Array.from({ length: PRACTICAL }, (_, i) => ({
    worker: `wrk_${String(i + 1).padStart(3, '0')}`,
    bank: twoPartBank,
    rightItems: 6,
    submits: i % 2 === 0,
  }))
  const kills = service.kills
  const memories = await takeAll(plans, work, { kills: KILLS_WHILE_WORKING, answersEach: TASK_SAVES })
  expect(service.kills).toBeGreaterThan(kills)
  expect(
    (await service.ask('POST', `${service.sandbox}/demo/clock`, { body: { advance: PAST_DEADLINES } })).status,
  ).toBe(200)
  const data = await settled()
  expect(service.serverErrors).toBe(0)
  expect(memories.flatMap(({ surprises }) => surprises)).toEqual([])
  expect(memories).toHaveLength(PRACTICAL)
  for (const { attempt: id, acknowledged, result, token } of memories) {
    const attempt = data.attempts.find((one) => one.id === id)
    expect([id, attempt?.status, attempt?.part]).toEqual([id, 'graded', 'practical'])
    const tasks = await solve(id as string)
    expect(tasks.size).toBe(1)
    for (const [ref, instance] of tasks) {
      const row = data.responses.find((response) => response.attempt === id && response.item === ref)
      const known = acknowledged.get(ref)
      expect(row?.revision).toBeGreaterThanOrEqual(known?.revision ?? 0)
      const stored = JSON.parse(row?.response ?? '{}') as { readonly entries: Entries }
      if (row?.revision === known?.revision) expect(stored).toEqual(known?.response)
      const grades = data.grades.filter((grade) => grade.attempt === id && grade.ref === ref)
      expect(grades.map(({ grade }) => JSON.parse(grade))).toEqual([gradeTask(instance, stored.entries)])
    }
    if (result !== undefined && token !== undefined)
      expect((await service.ask('GET', `${service.plugin}/api/attempts/${id}/result`, { token })).text).toBe(result)
  }
}, 1_200_000)
