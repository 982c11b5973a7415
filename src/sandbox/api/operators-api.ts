import { Hono } from 'hono'
import * as z from 'zod'
import { type Instant, toRfc3339 } from '../../kernel/instant.ts'
import { ok } from '../../kernel/result.ts'
import { parseBody } from '../../platform/http/parse-input.ts'
import { writeCursor } from '../escrow/paid-work.ts'
import { changeSetting, type ExamSetting, readSetting } from '../flows/change-setting.ts'
import { decideSubject } from '../flows/decide-subject.ts'
import { handleCase, muteReporter, showReporter } from '../flows/handle-case.ts'
import { noteRead } from '../flows/judge-again.ts'
import { judgeAppeal } from '../flows/judge-appeal.ts'
import { type BlockEvidence, judgeBlock, showBlock } from '../flows/judge-block.ts'
import { lookInto } from '../flows/open-case.ts'
import { describeCase, showCase } from '../flows/show-case.ts'
import { type QueuePlace, readQueue } from '../moderation/store.ts'
import { malformed, type Outcome } from '../problem.ts'
import { type Block, listBlocks } from '../review/block/store.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import * as calls from './operators-calls.ts'
import { createdOrThere, personOf, type Serve, serving, told } from './serve.ts'

const place = z.tuple([z.int(), z.int(), z.string().max(128)])

/** A page's end as one opaque word. */
const cursorOf = ({ points, openedAt, id }: QueuePlace): string =>
  Buffer.from(JSON.stringify([points, openedAt, id])).toString('base64url')

function readCursor(text: string | undefined): Outcome<QueuePlace | undefined> {
  if (text === undefined) return ok(undefined)
  const parsed = parseBody(place, Buffer.from(text, 'base64url').toString() || '0')
  if (!parsed.ok) return malformed([{ path: 'after', message: 'Must be the `next` of an earlier page' }])
  const [points, openedAt, id] = parsed.value
  return ok({ points, openedAt: openedAt as Instant, id })
}

const WAITING = ['open', 'escalated'] as const

function serveCases(serve: Serve): void {
  serve(calls.readQueue, async ({ query: { status, kind, after: cursor, limit } }, c) => {
    const after = readCursor(cursor)
    if (!after.ok) return after
    const statuses = status === undefined ? WAITING : status === 'all' ? ([...WAITING, 'closed'] as const) : [status]
    const cases = await readQueue(c.get('world').db, { statuses, kind, after: after.value, limit })
    const decided = cases.filter(({ decision }) => decision !== null)
    await noteRead(
      c.get('world'),
      personOf(c),
      decided.map(({ id }) => id),
    )
    const last = cases.at(-1)
    return ok({ subjects: cases.map(describeCase), next: last && cases.length === limit ? cursorOf(last) : null })
  })

  serve(calls.lookInto, async ({ body: { subject, note, source } }, c) =>
    createdOrThere(await lookInto(c.get('world'), personOf(c), { kind: subject.type, ref: subject.id, note, source })),
  )

  serve(calls.readSubject, async ({ path }, c) => {
    const shown = await showCase(c.get('world'), path.id)
    if (shown.ok)
      await noteRead(c.get('world'), personOf(c), [path.id, ...shown.value.history.map((other) => other.case)])
    return shown
  })
  serve(calls.claimCase, ({ path }, c) => handleCase(c.get('world'), personOf(c), path.id, { type: 'claim' }))
  serve(calls.releaseCase, ({ path }, c) => handleCase(c.get('world'), personOf(c), path.id, { type: 'release' }))
  serve(calls.escalateCase, ({ path, body: { note } }, c) =>
    handleCase(c.get('world'), personOf(c), path.id, { type: 'escalate', note }),
  )
  serve(calls.closeCase, ({ path, body: { note } }, c) =>
    handleCase(c.get('world'), personOf(c), path.id, { type: 'close', note }),
  )
  serve(calls.decideCase, ({ path, body }, c) => decideSubject(c.get('world'), personOf(c), path.id, body))
  serve(calls.judgeAppeal, ({ path, body }, c) => judgeAppeal(c.get('world'), personOf(c), path.id, body))
}

function serveReporters(serve: Serve): void {
  serve(calls.readReporter, ({ path }, c) => showReporter(c.get('world'), path.id))
  serve(calls.muteReporter, ({ path, body: { note } }, c) =>
    muteReporter(c.get('world'), personOf(c), path.id, { muting: 'muted', note }),
  )
  serve(calls.unmuteReporter, ({ path, body: { note } }, c) =>
    muteReporter(c.get('world'), personOf(c), path.id, { muting: 'heard', note }),
  )
}

const describeBlock = ({ id, state, size, version, openedAt, decidedAt, decidedBy, note }: Block) => ({
  block: id,
  state,
  size,
  version,
  openedAt: toRfc3339(openedAt),
  decidedAt: decidedAt && toRfc3339(decidedAt),
  decidedBy,
  note,
})

const describeEvidence = ({ block, clients, workers, cut }: BlockEvidence) => ({
  ...describeBlock(block),
  clients: clients.map(({ id, client, ...counts }) => ({ client: id, name: client?.name ?? null, ...counts })),
  workers: workers.map(({ id, worker, reviews }) => ({
    worker: id,
    name: worker?.name ?? null,
    reviews: reviews.map(({ client, contract, yen, score, weight, at }) => ({
      ...{ client, contract, yen, score, weight },
      at: toRfc3339(at),
    })),
  })),
  cut,
})

/** Where a page of blocks ends, as its list is ordered. */
const endOf = ({ id, openedAt, decidedAt }: Block, which: 'open' | 'decided') =>
  writeCursor({ id, at: which === 'open' ? openedAt : (decidedAt as Instant) })

function serveBlocks(serve: Serve): void {
  serve(calls.listBlocks, async ({ query }, c) => {
    const blocks = await listBlocks(c.get('world').db, query)
    const last = blocks.at(-1)
    return ok({
      blocks: blocks.map(describeBlock),
      next: last && blocks.length === query.limit ? endOf(last, query.which) : null,
    })
  })
  serve(calls.readBlock, async ({ path }, c) => told(await showBlock(c.get('world'), path.id), describeEvidence))
  serve(calls.decideBlock, async ({ path, body }, c) =>
    told(await judgeBlock(c.get('world'), personOf(c), path.id, body), describeBlock),
  )
}

const describeSetting =
  (exam: string) =>
  ({ setting, version, changes }: ExamSetting) => ({
    ...{ exam, setting, version },
    changes: changes.map(({ exam: _exam, at, ...change }) => ({ ...change, at: toRfc3339(at) })),
  })

function serveSettings(serve: Serve): void {
  serve(calls.readSetting, async ({ path: { exam } }, c) =>
    told(await readSetting(c.get('world'), exam), describeSetting(exam)),
  )
  serve(calls.changeSetting, async ({ path: { exam }, body }, c) =>
    told(await changeSetting(c.get('world'), personOf(c), { exam, ...body }), describeSetting(exam)),
  )
}

/** What operators do about cases, appeals, reporters, blocks of clients and the search. */
export function operatorsApi(): Hono<SandboxEnv> {
  const api = new Hono<SandboxEnv>()
  const serve = serving(api)
  serveCases(serve)
  serveReporters(serve)
  serveBlocks(serve)
  serveSettings(serve)
  return api
}
