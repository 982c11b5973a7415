import { expect } from 'vitest'
import { createApp } from '../../src/app.ts'
import type { Bank } from '../../src/item/bank.ts'
import { instant } from '../../src/kernel/instant.ts'
import type { Environment } from '../../src/world/settings.ts'
import { FakeMarket, MARKET, SUBSCRIBER } from './fake-market.ts'
import { modelSaves } from './model-answer.ts'
import { tinyBank } from './tiny-bank.ts'

// Two marketplaces that one service serves: their people, exams and sections are called alike, and nothing else is.

export type Name = 'north' | 'south'

export interface Answered {
  readonly status: number
  readonly headers: string
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came back
  readonly json: any
}

/** Asks the service under the host of a tenant. */
export type Ask = (
  of: Name,
  method: string,
  path: string,
  more?: { readonly token?: string; readonly body?: unknown; readonly accept?: string },
) => Promise<Answered>

export interface Side {
  readonly name: Name
  readonly origin: string
  readonly marketOrigin: string
  readonly market: FakeMarket
  readonly bank: Bank
  /** Words that stand in this side's exam, brand and people alone. */
  readonly words: readonly string[]
  readonly environment: Partial<Environment>
  /** A launch token of its marketplace. */
  launchToken(claims: Record<string, unknown>): Promise<string>
  /** Its marketplace, as it is reached over the network. */
  answer(url: string, init: RequestInit): Promise<Response>
}

/** The worker, the author and the operator that both sides have. */
const PEOPLE = { worker: 'wrk_same', author: 'aut_same', operator: 'opr_same' } as const

export async function openSide(name: Name, origin: string, marketOrigin: string): Promise<Side> {
  const market = await FakeMarket.open(() => instant(Date.now()))
  const [title, words, holder] = [`${name}title`, `${name}words `, `${name}holder`]
  const bank = tinyBank({ exam: { title: { ja: title, en: title } }, words })
  const claims = { iss: marketOrigin, aud: origin }
  return {
    name,
    origin,
    marketOrigin,
    market,
    bank,
    words: [title, words.trim(), holder, `${name}brand`, `${name}issuer`],
    environment: {
      KENTEI_ORIGIN: origin,
      KENTEI_ISSUER_NAME_JA: `${name}issuer`,
      KENTEI_ISSUER_NAME_EN: `${name}issuer`,
      KENTEI_OPERATORS: PEOPLE.operator,
      KENTEI_DEMO_BANK: 'allowed',
      MARKETPLACE_ORIGIN: marketOrigin,
      MARKETPLACE_BRAND: JSON.stringify({ name: { ja: `${name}brand`, en: `${name}brand` } }),
      SUBSCRIBERS: JSON.stringify([{ id: 'marketplace', url: SUBSCRIBER.replace(MARKET, marketOrigin) }]),
    },
    launchToken: (more) => market.launchToken({ name: holder, ...more }, { claims }),
    answer: async (url, init) => market.fetch(url.replace(marketOrigin, MARKET), init),
  }
}

/** What somebody did on a side: who is signed in, and the ids of what is theirs. */
export interface Told {
  readonly tokens: Readonly<Record<keyof typeof PEOPLE, string>>
  readonly attempt: string
  readonly credential: string
  readonly jwt: string
  /** What stands in this side's answers alone. */
  readonly marks: readonly string[]
}

/** Sits the exam of a side with its model answers, and signs its staff in. */
export async function passOn(side: Side, ask: Ask): Promise<Told> {
  const signIn = async (role: keyof typeof PEOPLE): Promise<string> => {
    const token = await side.launchToken({ sub: PEOPLE[role], role })
    const { status, text, json } = await ask(side.name, 'POST', '/api/session', { body: { token } })
    expect(status, text).toBe(201)
    return json.session
  }
  const worker = await signIn('worker')
  const of = { token: worker }
  const started = await ask(side.name, 'POST', '/api/exams/tiny/attempts', { ...of, body: { locale: 'ja' } })
  expect(started.status, started.text).toBe(201)
  const { id, lease, sections } = started.json
  const saves = modelSaves(side.bank, sections)
  await ask(side.name, 'PUT', `/api/attempts/${id}/responses`, { ...of, body: { lease, saves } })
  const { json } = await ask(side.name, 'POST', `/api/attempts/${id}/submit`, { ...of, body: { lease } })
  expect(json).toMatchObject({ status: 'graded', score: 100 })
  const jwt = (await ask(side.name, 'GET', `/credentials/${json.credential}.jwt`)).text
  const jwks = (await ask(side.name, 'GET', '/.well-known/jwks.json')).json as { keys: { kid: string }[] }
  const tokens = { worker, author: await signIn('author'), operator: await signIn('operator') }
  return {
    tokens,
    attempt: id,
    credential: json.credential,
    jwt,
    marks: [
      ...side.words,
      new URL(side.origin).host,
      new URL(side.marketOrigin).host,
      id,
      json.credential,
      lease,
      jwt,
      ...Object.values(tokens),
      ...jwks.keys.map(({ kid }) => kid),
    ],
  }
}

/** Files that pages load, and pictures, which have nothing of anybody that their pages have not; and what signs people out. */
const LEFT_OUT =
  /^\/(assets|credentials\/assets|docs|ims)(\/|$)|openapi|\.png|kentei-badge|favicon|sign-?out|^\/api\/session|^\/launch|sessions\/end/

/** Every route of the service, about what is one side's. */
function addresses({ attempt, credential }: Told): { readonly method: string; readonly path: string }[] {
  const places: Readonly<Record<string, string>> = {
    attempts: attempt,
    credentials: credential,
    exams: 'tiny',
    desk: 'tiny',
    achievements: 'tiny',
    workers: PEOPLE.worker,
    candidates: PEOPLE.worker,
    people: PEOPLE.worker,
    exam: 'tiny',
    worker: PEOPLE.worker,
    status: '1',
    list: '1',
    item: 'office-001',
    ref: 'q1',
  }
  const app = createApp({ openWorld: () => Promise.reject(new Error('nobody knocks')) })
  const routes = app.routes.filter(
    ({ path, method }) => !path.includes('*') && method !== 'ALL' && !LEFT_OUT.test(path),
  )
  const filled = routes.map(({ method, path }) => ({
    method,
    path: path
      .replaceAll(
        /([a-z-]+)\/:([a-z]+)(?:\{[^}]*\})?/gi,
        (_, kind, name) => `${kind}/${places[kind] ?? places[name] ?? 'none'}`,
      )
      .replaceAll(/:([a-z]+)(?:\{([\w-]*)[^}]*\})?/gi, (_, name, first) => places[name] ?? (first || 'none')),
  }))
  const forms = ['svg', 'jwt', 'json', 'vc.json'].map((form) => `/credentials/${credential}.${form}`)
  return [
    ...new Map(filled.map((one) => [`${one.method} ${one.path}`, one])).values(),
    ...forms.map((path) => ({ method: 'GET', path })),
  ]
}

interface Asked {
  readonly where: string
  readonly sent: string
  readonly answered: Answered
}

const AT_ONCE = 8
/** Who asks of which route by turns, where not everybody asks everything: at home somebody must see all there is to be seen. */
const TURNS = {
  home: [
    ['operator', 'nobody'],
    ['operator', 'worker'],
  ],
  abroad: [['nobody', 'stranger'], ['worker'], ['operator']],
}

interface Way {
  readonly ask: Ask
  readonly turns?: readonly (readonly string[])[] | undefined
}

/**
 * Asks every route of a side about what is another's (or its own), as nobody, as the side's own people and with the sessions of
 * the other.
 */
async function everyAnswer(
  at: Name,
  about: Told,
  callers: Readonly<Record<string, string>>,
  { ask, turns }: Way,
): Promise<Asked[]> {
  const calls = addresses(about).flatMap(({ method, path }, nth) =>
    Object.entries({ nobody: '', ...callers }).flatMap(([who, token]) => {
      if (turns && !turns[nth % turns.length]?.includes(who)) return []
      // of what changes something, what a side's own people are answered is what they are told when they look
      if (method !== 'GET' && who !== 'nobody' && who !== 'stranger') return []
      const accepts =
        who === 'nobody' && method === 'GET' && /^\/(credentials|achievements|status)\//.test(path)
          ? ['application/json']
          : []
      return ['text/html', ...accepts].map((accept) => ({ method, path, who, token, accept }))
    }),
  )
  const all: Asked[] = []
  const next = calls.values()
  const ones = Array.from({ length: AT_ONCE }, async () => {
    for (const { method, path, who, token, accept } of next) {
      const more = { accept, ...(token ? { token } : {}), ...(method === 'GET' ? {} : { body: {} }) }
      const answered = await ask(at, method, path, more)
      all.push({ where: `${method} ${path} as ${who} at ${at}`, sent: `${path} ${token}`, answered })
    }
  })
  await Promise.all(ones)
  for (const credential of [about.jwt]) {
    const body = { credential }
    all.push({
      where: `POST /api/credentials/verify at ${at}`,
      sent: credential,
      answered: await ask(at, 'POST', '/api/credentials/verify', { body }),
    })
  }
  return all
}

/** Where an answer holds what is another side's. What a caller has sent may come back to that caller. */
const crossingsOf = (asked: readonly Asked[], marks: readonly string[]): string[] =>
  asked.flatMap(({ where, sent, answered: { headers, text } }) =>
    marks.flatMap((mark) =>
      !sent.includes(mark) && `${headers}\n${text}`.includes(mark) ? [`${mark} in ${where}`] : [],
    ),
  )

/** Looks at every public and private answer of both sides for something of the other. */
export async function expectNoCrossing(
  sides: readonly [Side, Side],
  ask: Ask,
  { byTurns = false } = {},
): Promise<void> {
  const told = { [sides[0].name]: await passOn(sides[0], ask), [sides[1].name]: await passOn(sides[1], ask) } as Record<
    Name,
    Told
  >
  for (const [here, there] of [sides, [sides[1], sides[0]] as const]) {
    const [own, other] = [told[here.name], told[there.name]]
    const { worker, operator } = own.tokens
    const atHome = await everyAnswer(
      here.name,
      own,
      { worker, operator },
      { ask, turns: byTurns ? TURNS.home : undefined },
    )
    expect(crossingsOf(atHome, other.marks)).toEqual([])
    // the marks are such as are told where they may be
    const seen = crossingsOf(atHome, here.words)
    for (const word of here.words)
      expect(seen.filter((one) => one.startsWith(`${word} in`)).length, word).toBeGreaterThan(0)
    const abroad = await everyAnswer(
      here.name,
      other,
      { worker, operator, stranger: other.tokens.operator },
      { ask, turns: byTurns ? TURNS.abroad : undefined },
    )
    expect(crossingsOf(abroad, other.marks)).toEqual([])
    // a session of the other side is none here
    const statusOf = (who: string) =>
      new Map(
        abroad.flatMap(({ where, answered }) =>
          where.includes(` as ${who} at `) ? [[where.replace(` as ${who} at `, ' at '), answered.status]] : [],
        ),
      )
    const nobody = statusOf('nobody')
    expect(
      [...statusOf('stranger')].filter(([where, status]) => status !== 401 && status !== nobody.get(where)),
    ).toEqual([])
  }
}
