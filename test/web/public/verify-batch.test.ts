import { beforeEach, describe, expect, it } from 'vitest'
import { generateKey, openKeyRing } from '../../../src/credential/keys.ts'
import { signCredential } from '../../../src/credential/sign-credential.ts'
import { changeStatusStatement } from '../../../src/credential/store.ts'
import { instant } from '../../../src/kernel/instant.ts'
import { MOST_CALLS } from '../../../src/web/public/trust.ts'
import { publicWorld } from '../../support/public-world.ts'
import { dayAfter, input } from '../../support/sample-credential.ts'

let open: Awaited<ReturnType<typeof publicWorld>>
beforeEach(async () => {
  open = await publicWorld()
})

type Result = { verdict: string; checks: { code?: string }[]; credential?: { id: string } }
const send = async (body: unknown) =>
  open.app.request('/api/credentials/verify/batch', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const results = async (credentials: string[]) =>
  ((await (await send({ credentials })).json()) as { results: Result[] }).results
const problem = async (response: Response) => [
  response.status,
  response.headers.get('content-type'),
  ((await response.json()) as { code: string }).code,
]

/** Counts the statements that reach the database. */
function countSelects() {
  const { db } = open.world
  const select = db.select.bind(db)
  const counted = { count: 0 }
  db.select = ((...args: Parameters<typeof select>) => {
    counted.count++
    return select(...args)
  }) as never
  return counted
}

describe('a batch of verifications', () => {
  it('is answered in order, each as it would be alone', async () => {
    const other = await open.issue({ id: 'crd_other', status: { list: 3, index: 7 } })
    await open.world.db.batch([
      changeStatusStatement(open.world.db, { id: 'crd_other', to: 'revoked', cause: 'operator', at: dayAfter }),
    ])
    const tokens = [
      open.jwt,
      'x',
      other,
      `${open.jwt}\n`,
      open.jwt,
      await signCredential({ ...input, id: 'crd_forgotten' }, open.ring),
    ]
    const together = await results(tokens)
    expect(together.map(({ verdict }) => verdict)).toEqual([
      'valid',
      'invalid',
      'revoked',
      'invalid',
      'valid',
      'unknown',
    ])
    for (const [i, token] of tokens.entries()) expect(together[i]).toEqual(await (await open.verify(token)).json())
  })

  it('with an empty text in it says so of that one', async () => {
    expect((await results(['', open.jwt])).map(({ verdict }) => verdict)).toEqual(['invalid', 'valid'])
  })

  it('of a thousand asks the database once', async () => {
    const tokens = await Promise.all(
      Array.from({ length: 500 }, (_, i) => open.issue({ id: `crd_${i}`, status: { list: 3, index: i } })),
    )
    const counted = countSelects()
    const verdicts = (await results([...tokens, ...tokens])).map(({ verdict }) => verdict)
    expect([verdicts.length, new Set(verdicts), counted.count]).toEqual([1_000, new Set(['valid']), 1])
  })

  it('sees a change of status at once, although every token is remembered', async () => {
    expect((await results([open.jwt]))[0]?.verdict).toBe('valid')
    await open.world.db.batch([
      changeStatusStatement(open.world.db, { id: open.id, to: 'suspended', cause: 'operator', at: dayAfter }),
    ])
    expect((await results([open.jwt, open.jwt])).map(({ verdict }) => verdict)).toEqual(['suspended', 'suspended'])
  })

  it('is unknown as far as the database fails', async () => {
    open.world.db.select = (() => {
      throw new Error('down')
    }) as never
    expect((await results([open.jwt, 'x'])).map(({ verdict }) => verdict)).toEqual(['unknown', 'invalid'])
  })

  it.each([
    ['more than a thousand', { credentials: Array(1_001).fill('x') }],
    ['none', { credentials: [] }],
    ['no list', { credentials: 'x' }],
    ['a number', { credentials: [7] }],
    ['no JSON', '{'],
  ])('of %s is malformed', async (_, body) =>
    expect(await problem(await send(body))).toEqual([422, 'application/problem+json', 'malformed']),
  )

  it('of a token that is longer than any says so of that one', async () => {
    expect((await results(Array(30).fill('A'.repeat(33_000)))).map(({ checks }) => checks.at(-1)?.code)).toEqual(
      Array(30).fill('too-large'),
    )
  })

  it('counts every token, and a caller has 60,000 a minute', async () => {
    const thousand = { credentials: Array(1_000).fill('x') }
    for (let i = 0; i < 59; i++) await send(thousand)
    const last = await send(thousand)
    expect([last.status, last.headers.get('ratelimit')]).toEqual([200, '"verifications";r=0;t=60'])
    const refused = await send({ credentials: ['x'] })
    expect([
      await problem(refused),
      refused.headers.get('retry-after'),
      refused.headers.get('access-control-allow-origin'),
    ]).toEqual([[429, 'application/problem+json', 'rate-limited'], '60', '*'])
    expect((await open.verify('x')).status).toBe(429)
    open.clock.now = instant(open.clock.now + 60_000)
    expect((await send(thousand)).status).toBe(200)
  })

  it('may be asked from any web page', async () => {
    const preflight = await open.app.request('/api/credentials/verify/batch', {
      method: 'OPTIONS',
      headers: { origin: 'https://x.example', 'access-control-request-method': 'POST' },
    })
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('calls few of the hosts that strangers name, and remembers nothing of those it did not call', async () => {
    const calls: string[] = []
    let under = 0
    let most = 0
    open = await publicWorld({
      fetch: async (url) => {
        calls.push(url)
        most = Math.max(most, ++under)
        await new Promise((resolve) => setImmediate(resolve))
        under--
        return new Response('', { status: 404 })
      },
    })
    const key = await generateKey('credential')
    const strangers = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        const origin = `https://school-${i}.org`
        return signCredential({ ...input, issuer: { origin, name: 'x' } }, await openKeyRing(origin, [key]))
      }),
    )
    const codes = (await results([...strangers, open.jwt])).map(
      ({ verdict, checks }) => `${verdict} ${checks.at(-1)?.code}`,
    )
    expect([calls.length, most <= 8]).toEqual([MOST_CALLS, true])
    expect(codes.filter((code) => code === 'unknown issuer-unreachable').length).toBe(MOST_CALLS)
    expect(codes.filter((code) => code === 'unknown issuer-not-asked').length).toBe(60 - MOST_CALLS)
    expect(codes.at(-1)).toBe('valid undefined')
    await results(strangers)
    expect([calls.length, new Set(calls).size]).toEqual([2 * MOST_CALLS, 2 * MOST_CALLS])
  })
})
