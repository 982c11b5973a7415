import { decodeJwt } from 'jose'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { unbakePng } from '../../../src/credential/baked-badge.ts'
import { minutes, seconds, toRfc3339 } from '../../../src/kernel/instant.ts'
import { rows, save, sit, submit } from '../../support/exam-hall.ts'
import { PLUGIN } from '../../support/fake-market.ts'
import { type FixedWorld, fixedWorld } from '../../support/fixed-world.ts'
import { modelSaves } from '../../support/model-answer.ts'

let w: FixedWorld
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

const WORKER = 'wrk_himitsu_4711'
const NAME = 'はなこ・テスト'
const EMAIL = 'hanako.himitsu@mail.example'
const ANSWER = 'まちがえた答えの文'
const NOTE = '二人の声が聞こえた'
const POLICY = 'outside-help'

/** What may stand in a path, and is filled in. A parameter of a new route has to be named here. */
type Places = Readonly<Record<string, string>>

/** Every address of the service that is read, without a session, about this credential; from the table of routes, so that a new one is not forgotten. */
function addresses(places: Places): string[] {
  const paths = w.app.routes
    .filter(({ method, path }) => method === 'GET' && !path.includes('*'))
    .map(({ path }) => path)
  const forms = ['svg', 'png', 'jwt', 'json', 'vc.json']
  const documents = {
    '/docs/img/:name': 'rooms.svg',
    '/docs/decisions/:name': '0004-es256',
    '/docs/:name': 'integrate',
  }
  const filled = [...new Set(paths)].flatMap((path) => {
    if (path in documents) return [path.replace(':name', documents[path as keyof typeof documents])]
    if (path.startsWith('/credentials/:file'))
      return forms
        .map((form) => `/credentials/${places.credential}.${form}`)
        .filter((file) => new RegExp(`^${path.replace(/:file\{(.*)\}/, '$1')}$`).test(file))
    // the kind of thing that an id is of stands before it
    const named = path.replaceAll(
      /([a-z]+)\/:(id|other)(?:\{[^}]*\})?/g,
      (_, kind) => `${kind}/${places[kind] ?? `unknown-${kind}`}`,
    )
    return [named.replaceAll(/:([a-z]+)(?:\{[^}]*\})?/g, (_, name) => places[name] ?? `unknown-${name}`)]
  })
  expect(filled.filter((path) => path.includes('unknown-'))).toEqual([])
  return [...filled, `/oembed?url=${encodeURIComponent(`${PLUGIN}/credentials/${places.credential}`)}`]
}

interface Said {
  readonly where: string
  readonly text: string
}

/** What the answer to a call says, and what it says once it is unpacked: a token, or the token in a picture. */
function unpack(where: string, headers: Headers, bytes: Uint8Array): Said[] {
  const raw =
    headers.get('content-type') === 'image/png'
      ? Buffer.from(bytes).toString('latin1')
      : new TextDecoder().decode(bytes)
  // the coordinates of drawings are any numbers
  const text = raw.replaceAll(/ (d|transform|points)="[^"]*"/g, '')
  const baked =
    headers.get('content-type') === 'image/png' && raw.includes('openbadgecredential')
      ? [unbakePng(bytes) as string]
      : []
  const tokens = [...baked, ...(raw.match(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g) ?? [])]
  return [
    { where, text: `${JSON.stringify([...headers])}\n${text}` },
    ...[...new Set(tokens)].map((token) => ({ where: `${where} (token)`, text: JSON.stringify(decodeJwt(token)) })),
  ]
}

/** Reads every public address, in both languages and in every form that may be asked for, and asks the verifier. */
async function everythingPublic(places: Places, jwt: string): Promise<Said[]> {
  const asked: [where: string, init: RequestInit][] = addresses(places).flatMap((path) =>
    ['ja', 'en'].flatMap((lang) => {
      const accepts = /^\/(credentials|achievements|status)\/[^/.]+$/.test(path)
        ? ['text/html', 'application/json', 'application/vc', 'application/vc+jwt']
        : ['text/html']
      return accepts.map((accept): [string, RequestInit] => [
        `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`,
        { headers: { accept } },
      ])
    }),
  )
  const post = (body: unknown): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  asked.push(
    ['/api/credentials/verify', post({ credential: jwt })],
    ['/api/credentials/verify/batch', post({ credentials: [jwt, 'x'] })],
  )
  const said: Said[] = []
  for (const [where, init] of asked) {
    const response = await w.app.request(`${PLUGIN}${where}`, init)
    said.push(
      ...unpack(`${init.method ?? 'GET'} ${where}`, response.headers, new Uint8Array(await response.arrayBuffer())),
    )
  }
  return said
}

/** The desk's programs are made at the build, before there is anybody: long, and with examples that have these short names too. */
const isProgram = (where: string): boolean => /^GET \/assets\/desk-(?:checker|editor)\.js/.test(where)

/** Where a secret is told. What a caller has put into the address may come back to that caller. */
const leaksOf = (said: readonly Said[], secrets: Readonly<Record<string, string>>): string[] =>
  said.flatMap(({ where, text }) =>
    Object.entries(secrets).flatMap(([name, secret]) =>
      text.includes(secret) && !where.includes(secret) && !isProgram(where) ? [`${name} in ${where}`] : [],
    ),
  )

it('nothing public, and nothing that is sent, tells who somebody is at the marketplace, how they answered, when, or how well exactly', async () => {
  // a moment that stands in no example of the documents
  w.clock.advance(seconds(217))
  const holder = (await w.launch(WORKER, { name: NAME })).token
  await w.call('PUT', '/api/identity', { token: holder, body: { email: EMAIL } })
  const sitting = await sit(w, WORKER, { name: NAME })
  const saves = modelSaves(w.bank, sitting.sections)
  const written = saves.find(({ response }) => response !== null && 'text' in response)
  w.clock.advance(minutes(17))
  await save(w, sitting, [
    ...saves.filter((one) => one !== written),
    { ...written, item: written?.item as string, revision: 1, response: { text: ANSWER } },
  ])
  const savedAt = w.clock.now
  w.clock.advance(seconds(93))
  const { credential } = (await submit(w, sitting)).json
  const { score } = JSON.parse((await rows(w, 'select report from attempts'))[0].report)
  expect(score).toBe(87.5)
  await w.drain()
  w.clock.advance(minutes(90))

  const jwt = (await w.call('GET', `/credentials/${credential}.jwt`)).text
  const { kid } = JSON.parse(atob((jwt.split('.')[0] as string).replaceAll('-', '+').replaceAll('_', '/')))
  const [{ status_list: list }] = await rows(w, 'select status_list from credentials')
  const { token: staff } = await w.launch('op-1', { role: 'operator' })
  const places = {
    credential,
    credentials: credential,
    embed: credential,
    exam: 'tiny',
    // of a picture on the desk
    name: 'none.png',
    list: String(list),
    thumbprint: kid.split('#')[1],
    attempts: sitting.id,
    worker: WORKER,
    item: 'office-001',
    family: 'practice-list',
    skill: 'ms-1',
    proposals: 'prp_x',
  }
  const secrets = {
    'the id at the marketplace': WORKER,
    'the attempt': sitting.id,
    'the lease': sitting.lease,
    'the score': String(score),
    'an answer': ANSWER,
    'the e-mail address': EMAIL,
    'the start': toRfc3339(sitting.startedAt),
    'the time of an answer': toRfc3339(savedAt),
    'the deadline': toRfc3339(sitting.deadline),
    ...Object.fromEntries(
      sitting.items.map(({ stemHtml }) => [`the item ${stemHtml}`, stemHtml.replaceAll(/<[^>]+>/g, '')]),
    ),
  }
  const named = (said: readonly Said[]) => [
    ...new Set(
      said
        .filter(({ text }) => text.includes(NAME))
        .map(({ where }) => where.replace(/\?.*/, '').replace(credential, '{id}')),
    ),
  ]

  const valid = await everythingPublic(places, jwt)
  expect(leaksOf(valid, secrets)).toEqual([])
  // it is not that the readers look past it: the band, and what else a badge tells, is found in each form
  for (const form of ['.jwt', '.json', '.vc.json', '.svg', '.png'])
    expect(
      valid.some(({ where, text }) => where.includes(`${credential}${form}`) && text.includes('"80-90"')),
      form,
    ).toBe(true)
  // the name stands where people look, and in what was signed, which is their holder's to give away; nowhere else
  expect(named(valid).sort()).toEqual(
    [
      ...['', '.json', '.jwt', '.png', '.svg', '.vc.json', '/print'].map((form) => `GET /credentials/{id}${form}`),
      'POST /api/credentials/verify',
      'POST /api/credentials/verify/batch',
    ].sort(),
  )

  // a picture cannot be read, but one that is drawn from a secret would change with it
  const tagOf = async (path: string) => (await w.call('GET', path)).headers.get('etag')
  const pictures = ['.svg', '.png', '/share.png'].map((form) => `/credentials/${credential}${form}`)
  const before = await Promise.all(pictures.map(tagOf))
  await rows(w, "update credentials set holder_name = 'x', worker = 'x', attempt_id = 'x'")
  expect(await Promise.all(pictures.map(tagOf))).toEqual(before)
  await rows(w, 'update credentials set holder_name = ?, worker = ?, attempt_id = ?', [NAME, WORKER, sitting.id])

  // under review: not a word of what is suspected
  const opened = (
    await w.call('POST', `/api/staff/credentials/${credential}/case`, {
      token: staff,
      body: { policy: POLICY, note: NOTE },
    })
  ).json
  await w.drain()
  const suspicion = {
    ...secrets,
    'the case': opened.case,
    'the suspicion': POLICY,
    'the note': NOTE,
    'who looks into it': 'op-1',
  }
  expect(leaksOf(await everythingPublic(places, jwt), suspicion)).toEqual([])

  // what leaves: the marketplace's own id of its worker stands in its letters, since it would not know otherwise who is meant
  const { 'the id at the marketplace': _, ...neverSent } = secrets
  const sent = w.market.calls.map(({ method, path, query, body }) => ({
    where: `${method} ${path}`,
    text: JSON.stringify([path, [...query], body]),
  }))
  expect(sent.map(({ where }) => where.split('/').at(-2))).toEqual(
    expect.arrayContaining(['badges', 'ranking-signals', 'moderation', 'webhooks']),
  )
  expect(leaksOf(sent, { ...neverSent, 'the name': NAME, 'the note': NOTE })).toEqual([])
  const tokens = sent.flatMap(({ where, text }) =>
    (text.match(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g) ?? []).map((token) => ({
      where,
      text: JSON.stringify(decodeJwt(token)),
    })),
  )
  expect(tokens.length).toBeGreaterThan(0)
  expect(leaksOf(tokens, suspicion)).toEqual([])

  // erased: nothing of the person is left, wherever one looks
  await w.call('DELETE', `/api/workers/${WORKER}`, { token: await w.market.serviceToken('workers:erase') })
  const { sub } = decodeJwt(jwt) as { sub: string }
  const erased = await everythingPublic(places, jwt)
  // who asks the verifier has the token, and gets its content back
  expect(
    leaksOf(erased, { ...suspicion, 'the name': NAME, 'the holder': sub }).filter(
      (leak) => !leak.includes('POST /api/credentials/verify'),
    ),
  ).toEqual([])
  expect(
    erased.filter(
      ({ where, text }) => where === 'POST /api/credentials/verify' && text.includes('"verdict":"revoked"'),
    ),
  ).toHaveLength(1)
  const events = (await w.call('GET', '/api/events', { token: await w.market.serviceToken('events:read') })).text
  expect([
    events.includes(WORKER),
    await rows(w, 'select id from outbox where request like ?', [`%${WORKER}%`]),
    w.failures,
  ]).toEqual([false, [], []])
})

it('without a session only the verifier, the check of a certificate, the launch, concerns, practice and the marketplace’s signed events can be posted to', async () => {
  const writes = w.app.routes.filter(({ method, path }) => !['GET', 'ALL'].includes(method) && !path.includes('*'))
  const open: string[] = []
  for (const { method, path } of writes) {
    const response = await w.app.request(`${PLUGIN}${path.replaceAll(/:[a-z]+/g, 'x')}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    if (![401, 403].includes(response.status)) open.push(`${method} ${path}`)
  }
  expect([...new Set(open)].sort()).toEqual([
    'POST /api/credentials/verify',
    'POST /api/credentials/verify/batch',
    'POST /api/session',
    'POST /check',
    'POST /credentials/:id{crd_[A-Za-z0-9_-]+}/concern',
    'POST /exams/:exam/practice',
    'POST /exams/:exam/practice/:family',
    'POST /launch',
  ])
})
