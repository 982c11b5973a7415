import { describe, expect, it } from 'vitest'
import {
  countedEventTypes,
  credentialEventTypes,
  marketplaceEvent,
  marketplaceEventTypes,
  pluginEvent,
} from '../../src/contract/events.ts'
import { examJob, examJobs, examNoticed, workerNoticed } from '../../src/contract/marketplace.ts'
import { scopes } from '../../src/contract/tokens.ts'
import type { IneligibleReason, TokenRefusal, WebhookRefusal } from '../../src/kernel/problem.ts'
import { ANSWER_WITHIN, IN_FLIGHT_WAIT, NOT_HERE, REFUSALS, RETRY_WAITS } from '../../src/platform/outbox/delivery.ts'
import { TIMESTAMP_TOLERANCE_SECONDS } from '../../src/platform/outbox/webhook.ts'
import { calls as marketCalls } from '../../src/sandbox/api/calls.ts'
import { problemKinds } from '../../src/web/problem-response.ts'
import { LANGUAGES, readDocument, tableAt } from './read-document.ts'

// The tables of the integrator's guide are written out, so that a code host shows them: here they are compared with the code.

/** Found in the document of the marketplace; nobody needs them for a first try. */
const UNTOLD: ReadonlySet<string> = new Set(['/demo/workers/{id}/erase', '/demo/transfers/{id}/resolve'])

/** Reasons beside a refusal, each once; the compiler names the one that is missing. */
const reasons = {
  'token-refused': {
    malformed: true,
    'too-large': true,
    algorithm: true,
    type: true,
    'key-unknown': true,
    signature: true,
    issuer: true,
    audience: true,
    'not-yet-valid': true,
    expired: true,
    lifetime: true,
    replayed: true,
    claims: true,
    'keys-unavailable': true,
  } satisfies Record<TokenRefusal, true>,
  'signature-invalid': {
    'missing-headers': true,
    'malformed-headers': true,
    'malformed-timestamp': true,
    'timestamp-out-of-tolerance': true,
    'no-matching-signature': true,
  } satisfies Record<WebhookRefusal, true>,
  'not-eligible': {
    'retake-wait': true,
    'yearly-limit': true,
    'exam-closed': true,
    'locale-unavailable': true,
    'worker-erased': true,
    'saw-keys': true,
    'public-bank': true,
    'part-order': true,
  } satisfies Record<IneligibleReason, true>,
}

/** A length of time in hours and minutes; in seconds below a minute. */
function inWords(milliseconds: number): string {
  const [hours, minutes, seconds] = [
    Math.floor(milliseconds / 3_600_000),
    Math.floor(milliseconds / 60_000) % 60,
    milliseconds / 1_000,
  ]
  return [hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`, milliseconds < 60_000 && `${seconds} s`]
    .filter(Boolean)
    .join(' ')
}

const firstOf = (table: readonly (readonly string[])[]) => table.map(([first]) => first)

describe.each(LANGUAGES)("the integrator's guide: %s", async (language) => {
  const guide = await readDocument(`src/docs/${language}/integrate.md`)
  const errors = await readDocument(`src/docs/${language}/errors.md`)

  it('names every refusal with its status', () => {
    const table = tableAt(errors, 'errors')
    expect(table.map(([code, status]) => [code, Number(status)])).toEqual(
      Object.entries(problemKinds).map(([code, { status }]) => [code, status]),
    )
    for (const cells of table) expect(cells.every((cell) => cell !== '')).toBe(true)
  })

  it.each(Object.entries(reasons))('names every reason beside %s', (code, known) => {
    expect(firstOf(tableAt(errors, code)).toSorted()).toEqual(Object.keys(known).sort())
  })

  it('names every event in both directions', () => {
    expect(firstOf(tableAt(guide, 'events-in'))).toEqual([...marketplaceEventTypes, ...countedEventTypes])
    expect(firstOf(tableAt(guide, 'events-out'))).toEqual([...credentialEventTypes, 'audit.sealed'])
  })

  it('shows an envelope of every event, each such that the contract takes it', () => {
    const [, , , incoming = [], outgoing = []] = guide
      .fences('json')
      .map((block) => block.split('\n\n').map((line) => JSON.parse(line)))
    expect(incoming.map(({ type }) => type)).toEqual([...marketplaceEventTypes, ...countedEventTypes])
    expect(outgoing.map(({ type }) => type)).toEqual([...credentialEventTypes, 'audit.sealed'])
    for (const event of incoming) expect(marketplaceEvent.safeParse(event).success, event.type).toBe(true)
    for (const event of outgoing) expect(pluginEvent.safeParse(event).success, event.type).toBe(true)
  })

  it('shows what is told of an exam and of who passed it such that the contract takes them', () => {
    const [exam = '', worker = '', jobs = ''] = guide.fences('json')
    expect(examNoticed.safeParse(JSON.parse(exam)).error).toBeUndefined()
    expect(workerNoticed.safeParse(JSON.parse(worker)).error).toBeUndefined()
    const feed = examJobs.parse(JSON.parse(jobs))
    expect(feed.jobs.map((one) => examJob.safeParse(one).error)).toEqual([undefined])
  })

  it('says when a message is sent again, and what ends it', () => {
    const sums = RETRY_WAITS.map((_, at) => RETRY_WAITS.slice(0, at + 1).reduce((sum, wait) => sum + wait, 0))
    const about = { en: 'about', ja: '約' }[language]
    expect(tableAt(errors, 'retries').slice(1)).toEqual(
      RETRY_WAITS.map((wait, at) => [String(at + 1), inWords(wait), `${about} ${inWords(sums[at] ?? 0)}`]).slice(1),
    )
    const [refused, notHere] = [[...REFUSALS].join(', '), [...NOT_HERE].join(', ')]
    const answers = firstOf(tableAt(errors, 'answers'))
    expect(answers).toContain(refused)
    expect(answers.filter((answer) => answer?.includes(notHere))).toHaveLength(2)
    expect(tableAt(errors, 'answers').flat().join()).toContain(`${IN_FLIGHT_WAIT / 1_000} s`)
    expect(answers.at(-1)).toContain(`${ANSWER_WITHIN / 1_000} s`)
    const retries = errors.text.slice(errors.text.indexOf('<a id="retries">'))
    for (const statuses of [refused, notHere])
      expect(retries).toContain(language === 'ja' ? statuses : statuses.replace(/, (\d+)$/, ' or $1'))
    expect(tableAt(errors, 'signature-invalid').flat().join()).toContain(`${TIMESTAMP_TOLERANCE_SECONDS} s`)
  })

  it('names no scope that there is not', () => {
    const named = [...guide.text.matchAll(/`([a-z]+:[a-z]+)`/g)]
      .map(([, scope]) => scope)
      .filter((scope) => scope !== 'did:web')
    expect(named.length).toBeGreaterThan(5)
    expect(scopes).toEqual(expect.arrayContaining(named))
  })

  it('tells of everything that the marketplace offers for trying', () => {
    const told = firstOf(tableAt(errors, 'try')).join('\n')
    for (const { method, path } of marketCalls.filter(
      ({ path, method }) => path.startsWith('/demo/') && method === 'post' && !UNTOLD.has(path),
    ))
      expect(told).toContain(`${method.toUpperCase()} ${path}`)
  })
})

it('the English guide says of each refusal what its document says', async () => {
  const table = tableAt(await readDocument('src/docs/en/errors.md'), 'errors')
  expect(table.map(([code, , title]) => [code, title])).toEqual(
    Object.entries(problemKinds).map(([code, { title }]) => [code, title]),
  )
})
