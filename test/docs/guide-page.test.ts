import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { credentialEventTypes, marketplaceEvent, marketplaceEventTypes, pluginEvent, scopes } from '../../src/marketplace/contract.ts'
import { RETRY_WAITS } from '../../src/platform/outbox/retry-schedule.ts'
import { operations as marketOperations } from '../../src/sandbox/api/openapi.ts'
import { ineligibleMeanings, refusalMeanings, webhookRefusalMeanings } from '../../src/web/api/guide/error-catalogue.ts'
import { incomingEvents, outgoingEvents } from '../../src/web/api/guide/event-catalogue.ts'
import { examples } from '../../src/web/api/guide/examples.ts'
import { problemKinds } from '../../src/web/problem-response.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

/** Found in the document of the marketplace; nobody needs them for a first try. */
const UNTOLD: ReadonlySet<string> = new Set(['/demo/workers/{id}/erase', '/demo/transfers/{id}/resolve'])

let hall: FixedWorld
let page: string

/** Text as it stands in HTML. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')

beforeAll(async () => {
  hall = await fixedWorld()
  page = (await hall.call('GET', '/docs/integrate?lang=en')).text
})
afterAll(() => hall.close())

describe("the integrator's guide", () => {
  it('shows every program as it stands in its file', async () => {
    for (const name of await readdir('src/docs/examples')) {
      expect(page, name).toContain(escaped(examples[name as keyof typeof examples].trimEnd()))
    }
  })

  it('names every event, refusal and try', () => {
    for (const type of [...marketplaceEventTypes, ...credentialEventTypes]) expect(page).toContain(`<code>${type}</code>`)
    for (const [code, { status }] of Object.entries(problemKinds)) expect(page).toMatch(new RegExp(`<code>${code}</code></th><td[^>]*>${status}</td>`))
    for (const reason of [...Object.keys(refusalMeanings), ...Object.keys(webhookRefusalMeanings), ...Object.keys(ineligibleMeanings)]) expect(page).toMatch(new RegExp(`<code>${reason}</code></th>`))
    expect(page).toContain(`>${RETRY_WAITS.length}</th>`)
    expect(page).toContain('about 27 h 35 min')
  })

  it('shows envelopes that the contract takes', () => {
    for (const { example } of incomingEvents) expect(marketplaceEvent.safeParse(example).success, example.type).toBe(true)
    for (const { example } of outgoingEvents) expect(pluginEvent.safeParse(example).success, example.type).toBe(true)
  })

  it('names no scope that there is not', () => {
    const named = [...page.matchAll(/<code>([a-z]+:[a-z]+)<\/code>/g)].map(([, scope]) => scope)
    expect(named.length).toBeGreaterThan(5)
    expect(scopes).toEqual(expect.arrayContaining(named.filter((scope) => scope !== 'did:web')))
  })

  it('tells of everything that the marketplace offers for trying', () => {
    for (const { method, path } of marketOperations.filter(({ path: one }) => one.startsWith('/demo/')).filter(({ method: how }) => how === 'post')) {
      if (UNTOLD.has(path)) continue
      expect(page, path).toContain(`<code>${method.toUpperCase()} ${path}`)
    }
  })

  it('is found from the API page, and has a summary in Japanese', async () => {
    expect((await hall.call('GET', '/docs')).text).toContain('href="/docs/integrate"')
    expect((await hall.call('GET', '/docs/integrate?lang=ja')).text).toContain('日本語の概要')
  })

  it('leads to chapters that are there', () => {
    const targets = [...page.matchAll(/href="#([a-z-]+)"/g)].map(([, id]) => id).filter((id) => id !== 'main')
    for (const id of targets) expect(page).toContain(`id="${id}"`)
  })
})
