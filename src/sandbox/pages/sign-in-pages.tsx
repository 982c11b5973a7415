import { Hono } from 'hono'
import * as z from 'zod'
import { parseInput } from '../../platform/http/parse-input.ts'
import { endSession, keepSession } from '../api/person-door.ts'
import { signIn } from '../flows/sign-in.ts'
import { staff } from '../people/staff.data.ts'
import { firstClients, sampleWorkers } from '../people/store.ts'
import { hasReviews } from '../review/store.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { specialWorkers } from '../seed/clients.data.ts'
import { link } from './links.ts'
import { type PageContext, readerOf, refuse, show } from './page-door.tsx'
import { SignInPage } from './sign-in-page.tsx'

const SHOWN = 6
const CLIENTS_SHOWN = 8

/** A page of our own, never another site's. */
const ownPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[!-~]*$/)
  .catch('')
const signInForm = z.object({ user: z.string().trim().min(1).max(128), next: ownPath })

/** Where somebody begins who did not come from elsewhere. */
const startOf = { worker: '/work', client: '/hiring', operator: '/operators/queue' } as const

async function choose(c: PageContext, next: string, unknown: string | undefined): Promise<Response> {
  const { db } = c.get('world')
  const [newcomers, workers, clients] = await Promise.all([
    sampleWorkers(db, { condition: hasReviews, holds: false, limit: SHOWN }),
    sampleWorkers(db, { condition: hasReviews, holds: true, limit: SHOWN }),
    firstClients(db, CLIENTS_SHOWN),
  ])
  const operators = staff.filter((person) => person.role === 'operator')
  const view = { reader: readerOf(c), newcomers, workers, clients, operators, special: specialWorkers, next, unknown }
  return show(c, <SignInPage {...view} />, unknown === undefined ? 200 : 404)
}

/** Coming in and going out. */
export function signInPages(): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()

  app.get('/sign-in', (c) => choose(c, ownPath.parse(c.req.query('next') ?? ''), undefined))

  app.post('/sign-in', async (c) => {
    const form = parseInput(signInForm, await c.req.parseBody())
    if (!form.ok) return refuse(c, form.problem)
    const signedIn = await signIn(c.get('world'), form.value.user)
    if (!signedIn.ok) return choose(c, form.value.next, form.value.user)
    keepSession(c, signedIn.value.session)
    return c.redirect(form.value.next || link(readerOf(c).locale, startOf[signedIn.value.person.role]), 303)
  })

  app.post('/sign-out', async (c) => {
    await endSession(c)
    return c.redirect(link(readerOf(c).locale, '/'), 303)
  })

  return app
}
