import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { quickFolder } from '../support/quick-folder.ts'
import { ServiceProcess } from '../support/service-process.ts'

// What large bodies do to others: one candidate saves while a hundred posts of 25 MB come at once, declared and in pieces,
// to routes of every kind. `npm run flood` starts the service as `npm start` does, on data of its own, and prints how long
// saves took before and meanwhile.

const ROUTES = [
  '/exams/business-admin/start',
  '/attempts/x',
  '/launch',
  '/api/session',
  '/api/credentials/verify/batch',
  '/admin/exams',
  '/staff/desk/tiny/import',
  '/webhooks/marketplace',
]
const MOST_DELAY_MS = 250
const SAVE_EVERY_MS = 10

if (process.send) await attack(process.argv[2] as string)
else process.exit(await measure())

/** The attacker's process: a hundred posts at once. */
async function attack(origin: string): Promise<void> {
  // one copy for all: the attacker's own memory is no part of what is measured
  const body = new Blob([new Uint8Array(25_000_000).fill(0x61)])
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, async (_, nth) => {
      const large = nth % 2 === 0 ? { body } : { body: body.stream(), duplex: 'half' }
      const headers = { 'content-type': nth % 3 === 0 ? 'application/json' : 'application/x-www-form-urlencoded' }
      try {
        return (
          await fetch(`${origin}${ROUTES[nth % ROUTES.length]}`, { method: 'POST', headers, ...large } as RequestInit)
        ).status
      } catch (error) {
        return String((error as Error).cause ?? error)
      }
    }),
  )
  process.send?.(outcomes)
}

/** Seats one candidate. @returns a save of theirs, again and again. */
async function seat(service: ServiceProcess): Promise<() => Promise<number>> {
  const { token } = (
    await service.ask('POST', `${service.sandbox}/demo/launch`, { body: { worker: 'wrk_090', exam: 'business-admin' } })
  ).json
  const { session } = (await service.ask('POST', `${service.plugin}/api/session`, { body: { token } })).json
  const paper = (
    await service.ask('POST', `${service.plugin}/api/exams/business-admin/attempts`, {
      token: session,
      body: { locale: 'ja' },
    })
  ).json
  const item = paper.sections
    .flatMap(({ items }: { items: unknown[] }) => items)
    .find(({ type }: { type: string }) => type === 'single')
  let revision = 0
  return async () => {
    revision += 1
    const saves = [{ item: item.ref, revision, response: { choice: item.options[revision % 2].ref } }]
    const began = performance.now()
    const { status, text } = await service.ask('PUT', `${service.plugin}/api/attempts/${paper.id}/responses`, {
      token: session,
      body: { lease: paper.lease, saves },
    })
    if (status !== 200) throw new Error(`a save was answered ${status} ${text}`)
    return performance.now() - began
  }
}

/** Saves until it is told to stop. @returns how long each took, in milliseconds, in order of size. */
async function saveUntil(save: () => Promise<number>, end: Promise<unknown>): Promise<number[]> {
  const took: number[] = []
  let ended = false
  void end.then(() => {
    ended = true
  })
  while (!ended) {
    took.push(await save())
    await sleep(SAVE_EVERY_MS)
  }
  return took.sort((a, b) => a - b)
}

function inShort(took: readonly number[]): string {
  const at = (share: number) =>
    `${(took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0).toFixed(1)} ms`
  return `${took.length} saves, median ${at(0.5)}, p99 ${at(0.99)}, slowest ${at(1)}`
}

async function measure(): Promise<number> {
  const dataFolder = await mkdtemp(join(quickFolder, 'kentei-flood-'))
  const service = await ServiceProcess.open({
    entry: resolve('dist/node.mjs'),
    dataFolder,
    examsFolder: resolve('exams'),
  })
  try {
    const save = await seat(service)
    const calm = await saveUntil(save, sleep(3_000))
    const attacker = fork(process.argv[1] as string, [service.plugin])
    const outcomes = new Promise<(number | string)[]>((done) =>
      attacker.once('message', (message) => done(message as (number | string)[])),
    )
    const meanwhile = await saveUntil(save, outcomes)
    const told = Map.groupBy(await outcomes, String)
    console.log(`before:    ${inShort(calm)}`)
    console.log(`meanwhile: ${inShort(meanwhile)}`)
    console.log(`the hundred posts: ${[...told].map(([outcome, { length }]) => `${outcome}: ${length}`).join(', ')}`)
    attacker.kill()
    const delay = (meanwhile.at(-1) ?? 0) - (calm[Math.floor(calm.length / 2)] ?? 0)
    console.log(`the largest delay of a save: ${delay.toFixed(0)} ms (at most ${MOST_DELAY_MS})`)
    return delay < MOST_DELAY_MS ? 0 : 1
  } finally {
    await service.stop()
    await rm(dataFolder, { recursive: true, force: true })
  }
}
