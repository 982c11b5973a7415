import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../src/app.ts'
import { openSession } from '../../src/flows/open-session.ts'
import { proposeExam } from '../../src/flows/propose-exam.ts'
import { publishExam, publishIfNew } from '../../src/flows/publish-exam.ts'
import { sweep } from '../../src/flows/sweep.ts'
import type { PresentedSection } from '../../src/form/form.ts'
import type { Bank } from '../../src/item/bank.ts'
import type { Item } from '../../src/item/item.ts'
import { instant } from '../../src/kernel/instant.ts'
import { compileExams } from '../../src/node/compile-exams.ts'
import { openEmbeddedDatabase, openRenderingAssets } from '../../src/world/open-node.ts'
import { outside } from '../../src/world/outside.ts'
import { readSettings } from '../../src/world/settings.ts'
import type { World } from '../../src/world/world.ts'
import { reworded } from '../support/changed-bank.ts'
import { FakeMarket, PLUGIN } from '../support/fake-market.ts'
import { testEnvironment } from '../support/test-settings.ts'
import { growDatabase } from './grown-database.ts'
import { inTurn, type Measure, median, rounded, timed } from './measure.ts'
import { type Subjects, staffPages } from './staff-pages.ts'

const ATTEMPTS = 20_000
const ROUNDS = 30
const SEED = '0123456789abcdef0123456789abcdef'

/** The service over a database in a folder, without a server. */
async function openService(folder: string, banks: readonly Bank[]) {
  const { db, close } = await openEmbeddedDatabase(join(folder, 'kentei.db'), 'migrations')
  const market = await FakeMarket.open(() => instant(Date.now()))
  const world: World = {
    ...outside,
    db,
    settings: readSettings(await testEnvironment()),
    rendering: openRenderingAssets('dist/worker'),
    fetch: market.fetch,
  }
  for (const bank of banks) await publishIfNew(world, bank)
  const app = createApp({ openWorld: () => world })
  const exam = (banks[0] as Bank).exam.id
  // a prepared database may have seen this bench before
  const run = Date.now().toString(36)
  let people = 0
  const launch = async (claims: Record<string, unknown> = {}) => {
    people += 1
    const opened = await openSession(
      world,
      await market.launchToken({ jti: crypto.randomUUID(), sub: `bench-${run}-${people}`, ...claims }),
    )
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
    return opened.value.token
  }
  const call = async (method: string, path: string, token: string, body?: unknown) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const reply = await app.request(`${PLUGIN}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await reply.text()
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${text.slice(0, 200)}`)
    return text
  }
  const start = async (token: string) =>
    JSON.parse(await call('POST', `/api/exams/${exam}/attempts`, token, { locale: 'ja' })) as {
      id: string
      lease: string
      sections: readonly PresentedSection[]
    }
  const operator = await launch({ sub: 'op-1', role: 'operator' })
  return { world, close, exam, launch, call, start, operator }
}

type Service = Awaited<ReturnType<typeof openService>>

/** What people do, each timed without what it needs beforehand. */
const paths: Readonly<Record<string, (service: Service) => Promise<number>>> = {
  start: async ({ launch, start }) => {
    const token = await launch()
    return timed(() => start(token))
  },
  save: async ({ launch, start, call }) => {
    const token = await launch()
    const { id, lease, sections } = await start(token)
    // not every paper has a choice among its questions; each has something to write
    const item = sections
      .flatMap(({ items }) => items)
      .find(({ type }) => ['single', 'numeric', 'short'].includes(type))
    const response = item?.type === 'single' ? { choice: item.options?.[0]?.ref } : { text: '1' }
    const save = (revision: number) =>
      call('PUT', `/api/attempts/${id}/responses`, token, {
        lease,
        saves: [{ item: item?.ref, revision, response }],
      })
    await save(1)
    return timed(async () => {
      for (let revision = 2; revision < 12; revision += 1) await save(revision)
    })
  },
  submit: async ({ launch, start, call }) => {
    const token = await launch()
    const { id, lease } = await start(token)
    return timed(() => call('POST', `/api/attempts/${id}/submit`, token, { lease }))
  },
  'idle sweep': ({ world }) => timed(() => sweep(world, () => {})),
}

/** Ceilings of large ÷ empty. */
const most: Readonly<Record<string, number>> = { start: 1.2, save: 1.2, submit: 1.3, 'idle sweep': 1.5 }
const MOST_PAGE_MS = 300

/** What the pages of staff are asked about. */
async function subjectsOf({ world, exam, call, operator }: Service, bank: Bank): Promise<Subjects> {
  const list = await call('GET', '/staff/credentials', operator)
  const doubted = /\/staff\/credentials\/(crd_\w+)#concerns/.exec(list)?.[1]
  const credential = /\/staff\/credentials\/(crd_\w+)"/.exec(list.slice(list.indexOf('id="found"')))?.[1]
  if (!credential || !doubted) throw new Error('there is no certificate, or none with a concern')
  const next = reworded(bank, '言い換えた')
  await publishExam(world, next)
  const proposed = await proposeExam(world, {
    by: 'aut-1',
    bank: reworded(bank, '別の言い方'),
    lint: [],
    note: '直した',
  })
  if (!proposed.ok || proposed.value.state !== 'waiting') throw new Error(JSON.stringify(proposed))
  return {
    exam,
    item: (bank.items.at(-1) as Item).id,
    versions: [bank.hash, next.hash],
    proposal: proposed.value.proposal.id,
    credential,
    doubted,
    worker: 'wrk_000000000007',
    before: new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10),
  }
}

/** What a long life costs: each path on a database of many attempts against an empty one, and every staff page. `GROWN` names the folder of a prepared one. */
async function measurePaths(): Promise<Measure[]> {
  const banks = (await compileExams('exams')).map(({ bank }) => bank)
  const root = await mkdtemp(join(tmpdir(), 'kentei-growth-'))
  const folders = {
    empty: await mkdtemp(join(root, 'empty-')),
    large: process.env.GROWN ?? (await mkdtemp(join(root, 'large-'))),
  }
  if (!process.env.GROWN)
    await growDatabase({ folder: folders.large, attempts: ATTEMPTS, banks, seed: SEED, now: Date.now() })
  const empty = await openService(folders.empty, banks)
  const large = await openService(folders.large, banks)
  try {
    const measures: Measure[] = []
    for (const [name, act] of Object.entries(paths)) {
      const { ratio, a, b } = await inTurn(
        ROUNDS,
        () => act(empty),
        () => act(large),
      )
      measures.push({
        name: `${name}, large ÷ empty database`,
        value: ratio,
        unit: '×',
        ...(most[name] === undefined ? {} : { most: most[name] }),
        detail: `${rounded(b)} ms against ${rounded(a)}`,
      })
    }
    const subjects = await subjectsOf(large, banks[0] as Bank)
    for (const { name, path } of staffPages) {
      const open = () => timed(() => large.call('GET', path(subjects), large.operator))
      await open()
      measures.push({
        name: `staff page of ${name}, large database`,
        value: median([await open(), await open(), await open()]),
        unit: 'ms',
        most: MOST_PAGE_MS,
      })
    }
    return measures
  } finally {
    await empty.close()
    await large.close()
    await rm(root, { recursive: true, force: true })
  }
}

process.send?.(await measurePaths())
