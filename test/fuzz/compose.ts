import type { Hono } from 'hono'
import type { Random } from '../../src/kernel/random.ts'
import { chance, hostileText, hostileValue, pick } from './hostile.ts'

/** A route of a service: what its own table of routes or its OpenAPI document says of it. */
export interface Route {
  readonly method: string
  /** Parameters in braces. */
  readonly path: string
  readonly query: readonly string[]
  readonly body?: Schema
}

// biome-ignore lint/suspicious/noExplicitAny: JSON Schema, of which a little is read
type Schema = any

export interface Composed {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body?: string
}

/** What a service knows, so that values are not always strange to it, and who may ask. */
export interface Known {
  /** Values that stand for something, by the name of a parameter or field. */
  readonly values: Readonly<Record<string, readonly string[]>>
  /** Names of fields of forms. */
  readonly fields: readonly string[]
  /** The headers of somebody, made for this call. */
  readonly callers: readonly ((route: Route) => Promise<Record<string, string>>)[]
  readonly origin: string
}

/** Every route of an app: the documented ones with their bodies, and the pages'. */
export async function routesOf(app: Hono, origin: string): Promise<Route[]> {
  // biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document
  const document: any = await (await app.request(`${origin}/openapi.json`)).json()
  const documented = Object.entries<Record<string, Schema>>(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      query: (operation.parameters ?? [])
        .filter((parameter: Schema) => parameter.in === 'query')
        .map(({ name }: Schema) => name),
      ...(operation.requestBody?.content['application/json']
        ? { body: operation.requestBody.content['application/json'].schema }
        : {}),
    })),
  )
  const known = new Set(documented.map(({ method, path }) => `${method} ${path}`))
  const pages = app.routes.flatMap(({ method, path }) => {
    const route = `${method} ${path.replaceAll(/:(\w+)(\{[^}]*\})?/g, '{$1}').replaceAll('*', '{rest}')}`
    if (!/^(GET|POST|PUT|PATCH|DELETE) /.test(route) || known.has(route)) return []
    known.add(route)
    return [{ method, path: route.slice(method.length + 1), query: [] }]
  })
  return [...documented, ...pages]
}

/** A value for a schema: mostly what it asks for, of what is known. */
function drawValue(random: Random, schema: Schema, name: string, { values }: Known): unknown {
  if (chance(random, 12)) return hostileValue(random)
  const shape = schema?.anyOf
    ? pick<Schema>(random, schema.anyOf)
    : schema?.oneOf
      ? pick<Schema>(random, schema.oneOf)
      : schema
  if (shape?.const !== undefined) return shape.const
  if (shape?.enum) return pick(random, shape.enum)
  if (shape?.type === 'object' || shape?.properties) {
    const members = Object.entries<Schema>(shape.properties ?? {}).filter(() => chance(random, 92))
    return Object.fromEntries(
      members.map(([member, one]) => [member, drawValue(random, one, member, { values } as Known)]),
    )
  }
  if (shape?.type === 'array')
    return Array.from({ length: random.below(4) }, () => drawValue(random, shape.items, name, { values } as Known))
  if (shape?.type === 'integer' || shape?.type === 'number') return (shape.minimum ?? 0) + random.below(5)
  if (shape?.type === 'boolean') return chance(random, 50)
  return pick(random, [...(values[name] ?? []), ...(values['*'] ?? [])])
}

const textFor = (random: Random, name: string, { values }: Known): string =>
  chance(random, 60) && Object.hasOwn(values, name)
    ? pick(random, values[name] as readonly string[])
    : hostileText(random)

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed())

/** A value in a path or query: encoded, or as it is where a URL can hold that. */
const inAddress = (random: Random, text: string): string =>
  chance(random, 85) ? encoded(text) : text.replaceAll(/[^\x21-\x7e]/g, '').replaceAll(/[?#\\]/g, '')

/** Only what HTTP lets a header hold reaches a server. */
const inHeader = (text: string): string =>
  text
    .replaceAll(/[^\t\x20-\xff]/g, '')
    .replaceAll('\x7f', '')
    .trim()

const HEADERS = [
  'accept',
  'accept-language',
  'authorization',
  'content-type',
  'cookie',
  'idempotency-key',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'origin',
  'range',
  'referer',
  'sec-fetch-site',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'x-forwarded-for',
  'x-http-method-override',
] as const

const TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=b',
  'text/plain',
  'application/json; charset=x',
  ';',
  '',
]

function formOf(random: Random, known: Known): { type: string; body: string } {
  const fields = Array.from({ length: random.below(12) }, () => {
    const name = chance(random, 85) ? pick(random, known.fields) : hostileText(random)
    return [name, textFor(random, name, known)] as const
  })
  if (chance(random, 75))
    return {
      type: 'application/x-www-form-urlencoded',
      body: fields.map(([name, value]) => `${encoded(name)}=${inAddress(random, value)}`).join('&'),
    }
  const parts = fields.map(([name, value]) => {
    const file = chance(random, 20) ? '; filename="f"' : ''
    return `--b\r\ncontent-disposition: form-data; name="${name.replaceAll(/["\r\n]/g, '')}"${file}\r\n\r\n${value.toWellFormed()}\r\n`
  })
  return { type: 'multipart/form-data; boundary=b', body: `${parts.join('')}${chance(random, 90) ? '--b--\r\n' : ''}` }
}

function bodyOf(random: Random, route: Route, known: Known): { type: string; body: string } | undefined {
  if (route.method === 'GET' || (route.method === 'DELETE' && chance(random, 70))) return undefined
  const way = random.below(10)
  if (way === 0) return { type: pick(random, TYPES), body: hostileText(random).toWellFormed() }
  if (way === 1) return { type: 'application/json', body: JSON.stringify(hostileValue(random)) ?? '' }
  if (route.body && way < 9)
    return { type: 'application/json', body: JSON.stringify(drawValue(random, route.body, '', known)) ?? '' }
  return formOf(random, known)
}

/** One request, drawn: a route, somebody who asks, and values of every kind in every place. */
export async function compose(random: Random, routes: readonly Route[], known: Known): Promise<Composed> {
  const route = pick(random, routes)
  const path = route.path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => inAddress(random, textFor(random, name, known)) || 'x',
  )
  const names = [...route.query, ...(chance(random, 30) ? [pick(random, known.fields)] : [])].filter(() =>
    chance(random, 60),
  )
  const query = names.map((name) => `${encoded(name)}=${inAddress(random, textFor(random, name, known))}`).join('&')
  const sent = bodyOf(random, route, known)
  const odd = HEADERS.filter(() => chance(random, 4)).map((header) => [header, inHeader(hostileText(random))] as const)
  const usual = {
    'sec-fetch-site': 'same-origin',
    ...(chance(random, 50) ? { accept: 'text/html' } : {}),
    ...(chance(random, 20) ? { 'idempotency-key': `"k${random.below(50)}"` } : {}),
  }
  const caller = await pick(random, known.callers)(route)
  return {
    method: chance(random, 3)
      ? pick(random, ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'])
      : route.method,
    path: query ? `${path}?${query}` : path,
    headers: { ...usual, ...caller, ...(sent ? { 'content-type': sent.type } : {}), ...Object.fromEntries(odd) },
    ...(sent ? { body: sent.body } : {}),
  }
}
