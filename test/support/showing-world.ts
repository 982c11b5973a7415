import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { generateKey, openKeyRing } from '../../src/credential/keys.ts'
import { signCredential } from '../../src/credential/sign-credential.ts'
import { credentials } from '../../src/credential/tables.ts'
import { days, type Instant, instant, minus, plus } from '../../src/kernel/instant.ts'
import { assetRoutes } from '../../src/web/asset-routes.ts'
import { publicWorld } from './public-world.ts'
import { input } from './sample-credential.ts'

async function listen(fetch: (request: Request) => Response | Promise<Response>, port = 0) {
  const server = createAdaptorServer({ fetch })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** The public service on loopback with a credential in each state, and a page of another origin whose HTML is set by a test. */
export async function showingWorld(port = 0) {
  const served = { fetch: async (_: Request): Promise<Response> => new Response(null, { status: 503 }) }
  const kentei = await listen((request) => served.fetch(request), port)
  const { app, world, clock, issue } = await publicWorld({ at: kentei.origin })
  clock.now = instant(Date.now())
  let index = 70_000
  const issued = (id: `crd_${string}`, validUntil: Instant) => {
    index += 11
    return issue({ id, issuedAt: minus(clock.now, days(30)), validUntil, status: { list: input.status.list, index } })
  }
  const until = plus(clock.now, days(700))
  for (const state of ['valid', 'suspended', 'revoked', 'unknown', 'blocked', 'erased'] as const)
    await issued(`crd_${state}`, until)
  await issued('crd_expired', minus(clock.now, days(1)))
  const set = async (id: `crd_${string}`, status: 'active' | 'suspended' | 'revoked') => {
    await world.db.update(credentials).set({ status, statusChangedAt: clock.now }).where(eq(credentials.id, id))
  }
  await set('crd_suspended', 'suspended')
  await set('crd_revoked', 'revoked')
  // issued under an address that the service had before and that answers no more
  const before = 'https://moved.example'
  const moved = await signCredential(
    { ...input, issuer: { ...input.issuer, origin: before } },
    await openKeyRing(before, [await generateKey('credential')]),
  )
  await world.db.update(credentials).set({ jwt: moved }).where(eq(credentials.id, 'crd_unknown'))
  const [{ jwt } = { jwt: '' }] = await world.db
    .select({ jwt: credentials.jwt })
    .from(credentials)
    .where(eq(credentials.id, 'crd_blocked'))
  await world.db
    .update(credentials)
    .set({ jwt: `${jwt.slice(0, -8)}AAAAAAAA` })
    .where(eq(credentials.id, 'crd_blocked'))
  await world.db
    .update(credentials)
    .set({ holderName: '', subject: '', jwt: '' })
    .where(eq(credentials.id, 'crd_erased'))
  const whole = new Hono().route('/', assetRoutes() as unknown as Hono).route('/', app as unknown as Hono)
  served.fetch = async (request) => whole.fetch(request)
  const foreign = { html: '', headers: {} as Record<string, string> }
  const other = await listen(
    () => new Response(foreign.html, { headers: { 'content-type': 'text/html; charset=utf-8', ...foreign.headers } }),
  )
  return {
    origin: kentei.origin,
    other: other.origin,
    foreign,
    world,
    clock,
    set,
    close: async () => {
      await Promise.all([kentei.close(), other.close()])
    },
  }
}
