import { afterEach, beforeEach, expect, it } from 'vitest'
import { calls } from '../../../src/contract/kentei/calls.ts'
import { parseBody } from '../../../src/platform/http/parse-input.ts'
import { apiDocument } from '../../../src/web/api/api-document.ts'
import { reworded } from '../../support/changed-bank.ts'
import { PLUGIN } from '../../support/fake-market.ts'
import { type FixedWorld, fixedWorld } from '../../support/fixed-world.ts'
import { modelSaves } from '../../support/model-answer.ts'
import { ownToken } from '../../support/own-token.ts'
import { type Json, schemaChecker } from '../../support/schema-checker.ts'

let w: FixedWorld
const document: Json = JSON.parse(JSON.stringify(apiDocument(PLUGIN)))
const check = schemaChecker(document)
beforeEach(async () => {
  w = await fixedWorld()
})
afterEach(() => w.close())

/** Calls that were held against the document. */
const seen = new Set<string>()

/** What the document says of a call, held against what really came: its status, its type, and its form. */
async function asDescribed(
  method: string,
  template: string,
  ids: Record<string, string> = {},
  options: Parameters<FixedWorld['call']>[2] = {},
) {
  const path = Object.entries(ids).reduce((text, [name, id]) => text.replace(`{${name}}`, id), template)
  const reply = await w.call(method, path, options)
  const known = template.split('?')[0] ?? template
  const { success, already } = calls.find((one) => one.method === method.toLowerCase() && one.path === known) ?? {}
  expect([success?.[0], already?.[0]], `${method} ${path}: ${reply.text}`).toContain(reply.status)
  const { content = {} } = document.paths[known][method.toLowerCase()].responses[reply.status]
  const type = reply.headers.get('content-type')?.split(';')[0] ?? ''
  if (type || Object.keys(content).length > 0) expect(Object.keys(content), `${method} ${path}`).toContain(type)
  if (reply.json !== undefined) expect(check(content[type].schema, reply.json), `${method} ${path}`).toEqual([])
  seen.add(`${method.toLowerCase()} ${known}`)
  return reply.json
}

const html = { headers: { accept: 'text/html' } }

/** What anybody may ask of an exam, a certificate and its issuer. */
async function asksOfAnybody(credential: string) {
  for (const name of ['did.json', 'jwks.json', 'security.txt']) await asDescribed('GET', `/.well-known/${name}`)
  const { keys } = await asDescribed('GET', '/.well-known/jwks.json')
  await asDescribed('GET', '/keys/{thumbprint}', { thumbprint: keys[0].kid })
  for (const path of ['/achievements/{exam}', '/exams/{exam}/evidence'])
    for (const options of [{}, path.startsWith('/a') ? html : {}])
      await asDescribed('GET', path, { exam: 'tiny' }, options)
  for (const path of ['/achievements/{exam}/badge.png', '/exams/{exam}/evidence.json'])
    await asDescribed('GET', path, { exam: 'tiny' })
  await asDescribed('GET', '/status/{list}', { list: '1' })
  await asDescribed('GET', '/status/{list}', { list: '1' }, { headers: { accept: 'application/vc' } })
  const of = { id: credential }
  for (const accept of ['text/html', 'application/vc+jwt', 'application/jwt', 'application/ld+json', 'application/vc'])
    await asDescribed('GET', '/credentials/{id}', of, { headers: { accept } })
  for (const form of ['.jwt', '.json', '.vc.json', '.svg', '.png', '/share.png', '/print', '/concern'])
    await asDescribed('GET', `/credentials/{id}${form}`, of)
  await asDescribed('GET', '/embed/{id}', of)
  await asDescribed('GET', `/oembed?url=${encodeURIComponent(`${w.world.settings.origin}/credentials/${credential}`)}`)
  for (const path of ['/kentei-badge.js', '/ims/ob/v3p0/discovery', '/openapi.json']) await asDescribed('GET', path)
}

/** What operators do about attempts and certificates. */
async function actsOfOperators(token: string, credential: string) {
  const why = 'asked for'
  const sitting = async (worker: string) =>
    (
      await w.call('POST', '/api/exams/tiny/attempts', {
        token: (await w.launch(worker)).token,
        body: { locale: 'ja' },
      })
    ).json
  const { id } = await sitting('w-4')
  await asDescribed('POST', '/api/staff/attempts/{id}/deadline', { id }, { token, body: { minutes: 5, why } })
  await asDescribed('POST', '/api/staff/attempts/{id}/void', { id }, { token, body: { why } })
  for (const status of ['suspended', 'active'])
    await asDescribed(
      'POST',
      '/api/staff/credentials/{id}/status',
      { id: credential },
      { token, body: { status, why } },
    )
  const suspicion = { token, body: { policy: 'exam-integrity', note: why } }
  for (let twice = 0; twice < 2; twice++)
    await asDescribed('POST', '/api/staff/credentials/{id}/case', { id: credential }, suspicion)
  const { token: worker } = await w.launch('w-5')
  const paper = (await w.call('POST', '/api/exams/tiny/attempts', { token: worker, body: { locale: 'ja' } })).json
  await w.call('PUT', `/api/attempts/${paper.id}/responses`, {
    token: worker,
    body: { lease: paper.lease, saves: modelSaves(w.bank, paper.sections) },
  })
  await w.call('POST', `/api/attempts/${paper.id}/submit`, { token: worker, body: { lease: paper.lease } })
  await asDescribed('POST', '/api/staff/attempts/{id}/case', { id: paper.id }, suspicion)
  await asDescribed('POST', '/api/staff/reconcile', {}, { token })
  await asDescribed('POST', '/api/staff/restored', {}, { token })
  await asDescribed(
    'PUT',
    '/api/staff/workers/{worker}/accommodation',
    { worker: 'w-5' },
    { token, body: { timeMultiplier: 2, why } },
  )
  const { deliveries } = await asDescribed('GET', '/api/staff/deliveries', {}, { token })
  await asDescribed('POST', '/api/staff/deliveries/{id}/replay', { id: deliveries[0].message.id }, { token })
  await asDescribed('POST', '/api/staff/deliveries/replay-dead', {}, { token })
}

/** What is decided about versions that somebody else, or the same person, handed in. */
async function decisionsAboutVersions(token: string) {
  const { token: author } = await w.launch('aut-1', { role: 'author' })
  const handIn = async (words: string) =>
    (
      await asDescribed(
        'POST',
        '/admin/exams',
        {},
        { token: author, body: { bank: reworded(w.bank, words), lint: [] } },
      )
    ).proposal
  await asDescribed(
    'POST',
    '/api/staff/proposals/{id}/approve',
    { id: await handIn('one') },
    { token, body: { against: w.bank.hash } },
  )
  await asDescribed(
    'POST',
    '/api/staff/proposals/{id}/return',
    { id: await handIn('two') },
    { token, body: { why: 'unclear' } },
  )
  await asDescribed('POST', '/api/staff/proposals/{id}/withdraw', { id: await handIn('three') }, { token: author })
  await asDescribed(
    'POST',
    '/api/staff/exams/{exam}/roll-back',
    { exam: 'tiny' },
    { token, body: { hash: w.bank.hash, why: 'a wrong key' } },
  )
  await asDescribed('GET', '/api/staff/proposals', {}, { token })
  await asDescribed('GET', '/api/staff/exams/{exam}/versions', { exam: 'tiny' }, { token })
  const statistics = { token: await ownToken(w, 'statistics:read') }
  await asDescribed('GET', '/admin/exams/{exam}/statistics', { exam: 'tiny' }, statistics)
}

it('every call is answered as the OpenAPI document describes it', async () => {
  const launch = async () => `/launch?token=${await w.market.launchToken({ sub: 'w-1' })}`
  await asDescribed('GET', await launch())
  await asDescribed('POST', await launch())
  const { token } = await asDescribed(
    'POST',
    '/api/session',
    {},
    { body: { token: await w.market.launchToken({ sub: 'w-1' }) } },
  ).then(({ session }) => ({ token: session }))
  await asDescribed('PUT', '/api/identity', {}, { token, body: { email: 'minato@example.jp' } })
  await asDescribed('DELETE', '/api/identity', {}, { token })
  await asDescribed('DELETE', '/api/name', {}, { token })
  await asDescribed('PUT', '/api/name', {}, { token })
  await asDescribed('GET', '/api/exams', {}, { token })
  await asDescribed('GET', '/api/exams/{exam}', { exam: 'tiny' }, { token })
  const start = () =>
    asDescribed('POST', '/api/exams/{exam}/attempts', { exam: 'tiny' }, { token, body: { locale: 'ja' } })
  const attempt = await start()
  const { id } = await start()
  expect(id).toBe(attempt.id)
  const { lease } = await asDescribed('POST', '/api/attempts/{id}/lease', { id }, { token })
  const saves = modelSaves(w.bank, attempt.sections)
  for (let twice = 0; twice < 2; twice++)
    await asDescribed('PUT', '/api/attempts/{id}/responses', { id }, { token, body: { lease, saves } })
  await asDescribed(
    'PUT',
    '/api/attempts/{id}/responses',
    { id },
    { token, body: { lease, saves: [{ ...saves[0], response: null }] } },
  )
  await asDescribed('GET', '/api/attempts/{id}', { id }, { token })
  await asDescribed(
    'POST',
    '/api/attempts/{id}/events',
    { id },
    { token, body: { events: [{ kind: 'hidden', at: '2026-11-25T03:00:00.000Z' }] } },
  )
  const { credential } = await asDescribed('POST', '/api/attempts/{id}/submit', { id }, { token, body: { lease } })
  await asDescribed('GET', '/api/attempts/{id}/result', { id }, { token })
  await asDescribed('GET', '/api/attempts/{id}', { id }, { token })
  // with a wait before the next attempt, and the reason why
  await asDescribed('GET', '/api/exams/{exam}', { exam: 'tiny' }, { token })
  const other = (await w.launch('w-2')).token
  const second = (await w.call('POST', '/api/exams/tiny/attempts', { token: other, body: { locale: 'ja' } })).json
  expect((await asDescribed('POST', '/api/attempts/{id}/withdraw', { id: second.id }, { token: other })).passed).toBe(
    false,
  )

  await asksOfAnybody(credential)
  await asDescribed('GET', '/ims/ob/v3p0/credentials', {}, { token })
  await asDescribed('GET', '/ims/ob/v3p0/profile', {}, { token })
  await asDescribed('GET', '/api/credentials/{id}', { id: credential })
  const jwt = (await w.call('GET', `/credentials/${credential}.jwt`)).text
  for (const presented of [jwt, `${jwt.slice(0, -4)}AAAA`, 'x'])
    await asDescribed('POST', '/api/credentials/verify', {}, { body: { credential: presented } })

  await asDescribed('POST', '/api/credentials/verify/batch', {}, { body: { credentials: [jwt, 'x', jwt] } })
  const { token: staff } = await w.launch('op-1', { role: 'operator' })
  const correction = { token: staff, body: { why: 'the name was wrong' } }
  const reissued = await asDescribed('POST', '/api/staff/credentials/{id}/reissue', { id: credential }, correction)
  expect(await asDescribed('POST', '/api/staff/credentials/{id}/reissue', { id: credential }, correction)).toEqual(
    reissued,
  )
  for (const one of [credential, reissued.id])
    await asDescribed('GET', '/api/staff/credentials/{id}/history', { id: one }, { token: staff })
  await asDescribed('GET', '/api/staff/log', {}, { token: staff })

  await actsOfOperators(staff, reissued.id)
  await decisionsAboutVersions(staff)
  expect(
    (
      await asDescribed(
        'POST',
        '/api/staff/sessions/end',
        {},
        { token: staff, body: { worker: 'w-3', why: 'a lost device' } },
      )
    ).ended,
  ).toBe(0)
  expect(
    (
      await asDescribed(
        'POST',
        '/admin/sessions/end',
        {},
        { token: await ownToken(w, 'sessions:end'), body: { worker: 'w-3', why: 'a lost device' } },
      )
    ).ended,
  ).toBe(0)
  expect((await asDescribed('GET', '/api/me', {}, { token: staff })).worker).toBe('op-1')
  await asDescribed('DELETE', '/api/session', {}, { token: staff })

  const service = async (scope: string) => ({ token: await w.market.serviceToken(scope as 'events:read') })
  await asDescribed('GET', '/api/workers/{worker}/credentials', { worker: 'w-1' }, await service('credentials:read'))
  await asDescribed('GET', '/api/events?after=0', {}, await service('events:read'))
  await asDescribed(
    'PUT',
    '/api/achievements/{exam}/endorsement',
    { exam: 'tiny' },
    { ...(await service('achievements:endorse')), body: { endorsement: await w.market.endorsement('tiny') } },
  )
  await asDescribed(
    'DELETE',
    '/api/achievements/{exam}/endorsement',
    { exam: 'tiny' },
    await service('achievements:endorse'),
  )
  const { headers, body } = await w.market.webhook({
    id: 'evt-1',
    type: 'worker.standing_changed',
    data: { worker: 'w-1', version: 2 },
  })
  await asDescribed('POST', '/webhooks/marketplace', {}, { headers, body })
  await asDescribed('DELETE', '/api/workers/{worker}', { worker: 'w-2' }, await service('workers:erase'))

  expect(calls.map(({ method, path }) => `${method} ${path}`).filter((call) => !seen.has(call))).toEqual([])
})

it('every operation has a name of its own, its path parameters, and what any call is answered with', () => {
  const all = Object.entries<Json>(document.paths).flatMap(([path, item]) =>
    Object.values<Json>(item).map((operation) => ({ path, ...operation })),
  )
  expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length)
  for (const { path, parameters, responses, requestBody } of all) {
    const named = parameters.filter((one: Json) => one.in === 'path').map(({ name }: Json) => name)
    expect(named, path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    expect(Object.keys(responses), path).toEqual(
      expect.arrayContaining(['429', '500', ...(requestBody ? ['413', '422'] : [])]),
    )
  }
})

it('the document asks for a body only where an empty one is refused', async () => {
  const { paths } = document
  for (const { method, path, body } of calls)
    if (body) expect(paths[path][method].requestBody.required, `${method} ${path}`).toBe(!parseBody(body, '').ok)
  const { token } = await w.launch('w-1')
  const begun = await w.call('POST', '/api/exams/tiny/attempts', { token })
  expect([begun.status, paths['/api/exams/{exam}/attempts'].post.requestBody.required]).toEqual([201, false])
  const saved = await w.call('PUT', `/api/attempts/${begun.json.id}/responses`, { token })
  expect([saved.status, paths['/api/attempts/{id}/responses'].put.requestBody.required]).toEqual([422, true])
})
