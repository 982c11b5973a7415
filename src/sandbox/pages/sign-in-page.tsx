import { Hono } from 'hono'
import * as z from 'zod'
import { parseInput } from '../../platform/http/parse-input.ts'
import { Form } from '../../platform/page/form.tsx'
import { endSession, keepSession } from '../api/doors.ts'
import { signIn } from '../flows/sign-in.ts'
import type { Client } from '../people/person.ts'
import { staff } from '../people/staff.data.ts'
import { firstClients, sampleWorkers } from '../people/store.ts'
import type { Worker } from '../people/worker.ts'
import { hasReviews } from '../review/store.ts'
import type { SandboxEnv } from '../sandbox-world.ts'
import { specialWorkers } from '../seed/clients.data.ts'
import { link } from './links.ts'
import { type PageContext, readerOf, refuse, show } from './page-door.tsx'
import { Page, type Reader } from './parts/layout.tsx'
import { Avatar } from './parts/seal.tsx'
import { homeStyles } from './styles.ts'

/** Somebody to enter as. */
interface Choice {
  readonly id: string
  readonly name: string
  readonly about: string
}

export interface SignInView {
  readonly reader: Reader
  readonly newcomers: readonly Worker[]
  readonly workers: readonly Worker[]
  readonly clients: readonly Client[]
  readonly operators: readonly Omit<Choice, 'about'>[]
  readonly special: readonly Worker[]
  /** Where to go afterwards. */
  readonly next: string
  /** An id that was typed and is nobody's. */
  readonly unknown: string | undefined
}

function Choices({ view, title, choices }: { view: SignInView; title: string; choices: readonly Choice[] }) {
  const { locale, t } = view.reader
  return (
    <section class="card flow">
      <h2>{title}</h2>
      <ul class="choices">
        {choices.map(({ id, name, about }) => (
          <li>
            <Form method="post" action={link(locale, '/sign-in')}>
              <input type="hidden" name="next" value={view.next} />
              <button class="choice" name="user" value={id} type="submit">
                <Avatar id={id} name={name} />
                <span>
                  <b>
                    <bdi lang="ja">{name}</bdi>
                  </b>
                  <small>{about || id}</small>
                  <span class="unseen">{t('market.account.enter')}</span>
                </span>
              </button>
            </Form>
          </li>
        ))}
      </ul>
    </section>
  )
}

const Anyone = ({ view: { reader, next, unknown } }: { view: SignInView }) => (
  <section class="card flow">
    <h2>{reader.t('market.account.anyone')}</h2>
    <Form class="find" method="post" action={link(reader.locale, '/sign-in')}>
      <input type="hidden" name="next" value={next} />
      <input
        class="input"
        name="user"
        value={unknown ?? ''}
        required
        maxlength={128}
        autocomplete="off"
        aria-label={reader.t('market.account.anyone')}
        aria-describedby="anyone-hint"
        aria-invalid={unknown === undefined ? undefined : 'true'}
      />
      <button class="btn s outline" type="submit">
        {reader.t('market.account.signIn')}
      </button>
    </Form>
    <p class={unknown === undefined ? 'tiny' : 'state bad'} id="anyone-hint">
      {unknown === undefined ? reader.t('market.account.anyoneHint') : reader.t('market.account.unknown')}
    </p>
  </section>
)

/** Signing in to a market whose people are all invented. */
export function SignInPage(view: SignInView) {
  const { locale, t } = view.reader
  const ofWorker = (worker: Worker): Choice => ({
    id: worker.id,
    name: worker.name,
    about: locale === 'en' ? `${worker.reading}, ${worker.skillsEn}` : worker.skillsJa,
  })
  return (
    <Page styles={homeStyles} reader={view.reader} title={t('market.account.signIn')}>
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('market.account.title')}</h1>
            <p class="lead">{t('market.account.lead')}</p>
          </div>
        </div>
        <div class="stack plain-words">
          <Choices view={view} title={t('market.account.newcomers')} choices={view.newcomers.map(ofWorker)} />
          <Choices
            view={view}
            title={t('market.account.clients')}
            choices={view.clients.map((client) => ({
              id: client.id,
              name: client.name,
              about: locale === 'en' ? client.aboutEn : client.aboutJa,
            }))}
          />
          <Choices
            view={view}
            title={t('market.account.operators')}
            choices={view.operators.map((operator) => ({ ...operator, about: operator.id }))}
          />
          <Choices view={view} title={t('market.account.workers')} choices={view.workers.map(ofWorker)} />
          <Choices
            view={view}
            title={t('market.account.special')}
            choices={view.special.map(({ id, name }) => ({ id, name, about: id }))}
          />
          <Anyone view={view} />
        </div>
      </main>
    </Page>
  )
}

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
