import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hours } from '../../src/kernel/instant.ts'
import { pageBehind } from '../../src/web/ui/page-behind.ts'
import { reworded } from '../support/changed-bank.ts'
import { operator, pass, rows, sit } from '../support/exam-hall.ts'
import { type FixedWorld, fixedWorld } from '../support/fixed-world.ts'

// Whoever is refused what a form asked for stands at an address that a link cannot lead to: the page's own links must not.

let w: FixedWorld
/** What stands for each parameter of an address, by the address's beginning. */
let ids: readonly (readonly [start: string, values: Readonly<Record<string, string>>])[]
const tokens: Record<string, string | undefined> = {}

beforeAll(async () => {
  w = await fixedWorld()
  const { credential } = await pass(w, 'w-1')
  const sitting = await sit(w, 'w-2')
  tokens.author = (await w.launch('aut-1', { role: 'author', name: 'Aoki' })).token
  const handed = await w.call('POST', '/admin/exams', {
    token: tokens.author,
    body: { bank: reworded(w.bank, '直した') },
  })
  const [message] = await rows(w, 'select id from outbox limit 1')
  const item = w.bank.items[0]?.id ?? ''
  ids = [
    ['/staff/attempts', { id: sitting.id }],
    ['/attempts', { id: sitting.id }],
    ['/staff/credentials', { id: credential, concern: 'ccn_1', act: 'suspend' }],
    ['/staff/proposals', { id: handed.json.proposal }],
    ['/staff/deliveries', { id: String(message?.id) }],
    ['/', { exam: 'tiny', item }],
  ]
  tokens.operator = await operator(w)
  tokens.worker = sitting.token
  // those who come with this one need another launch before they change others' rights
  tokens.old = (await w.launch('op-2', { role: 'operator', name: 'Old' })).token
  w.clock.advance(hours(1))
  tokens.operator = await operator(w)
})
afterAll(() => w.close())

/** An address with something there for each of its parameters. */
function filled(pattern: string): string {
  const [, values] = ids.find(([start]) => pattern.startsWith(start)) ?? ['', {}]
  return pattern.replaceAll(/:(\w+)(?:\{[^}]*\})?/g, (_, name: string) => values[name] ?? 'none')
}

const formRoutes = () =>
  [...new Set(w.app.routes.filter(({ method }) => method === 'POST').map(({ path }) => path))].filter((path) =>
    /^\/(?:staff|exams|attempts|certificates|sign-out|launch\/confirm)(?:\/|$)/.test(path),
  )

/** Where the links of a page lead within the service; the way to another launch, to the page that it comes back to. */
const linksOf = (html: string): string[] =>
  [...html.matchAll(/<a\b[^>]*? href="(\/[^"#]*)/g)]
    .map(([, href = '']) => href.replaceAll('&amp;', '&'))
    .map((href) =>
      href.startsWith('/launch/again?') ? (new URLSearchParams(href.split('?')[1]).get('to') ?? '') : href,
    )

describe('what answers a form that was refused', () => {
  it('stands at an address that every form of the service has', () => {
    expect(formRoutes().length).toBeGreaterThan(30)
  })

  it.each(['nobody', 'worker', 'author', 'operator', 'old'])('leads %s to pages that are there', async (who) => {
    const token = tokens[who]
    const broken: string[] = []
    const seen = new Map<string, number>()
    const statusOf = async (href: string) => {
      const known = seen.get(href) ?? (await w.call('GET', href, token ? { token } : {})).status
      seen.set(href, known)
      return known
    }
    for (const pattern of formRoutes()) {
      if (pattern === '/sign-out' && token) continue
      const path = filled(pattern)
      const reply = await w.call('POST', path, {
        ...(token ? { token } : {}),
        body: 'why=',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      expect(reply.status, path).toBeLessThan(500)
      for (const href of new Set(linksOf(reply.text))) {
        const status = await statusOf(href)
        // what is not there, or not theirs, has no page either
        if (status === 405 || (status === 404 && reply.status !== 404))
          broken.push(`${pattern} (${reply.status}) -> ${href} (${status})`)
      }
    }
    expect(broken).toEqual([])
    expect(seen.size).toBeGreaterThan(5)
  })
})

describe('the page behind a form', () => {
  it('is the address itself where that shows a page', () => {
    for (const path of ['/staff/leaks', '/staff/credentials/crd_1/revoke', '/staff/desk/tiny', '/exams/tiny/practice'])
      expect(pageBehind(path)).toBe(path)
  })
})
