import { Hono } from 'hono'
import * as z from 'zod'
import { RETRY_WAITS } from '../../../platform/outbox/delivery.ts'
import { attemptsOf, countMessages, listMessages } from '../../../platform/outbox/history/store.ts'
import type { Message, MessageStatus } from '../../../platform/outbox/message.ts'
import { replay, replayDead } from '../../../platform/outbox/store.ts'
import { Icon, type IconName } from '../../../platform/page/icon.tsx'
import { Cell, RowTable } from '../../../platform/page/row-table.tsx'
import { Chip, Note, type Tone } from '../../../platform/page/state.tsx'
import { eventOf } from '../../outbox/announcement.ts'
import type { SandboxEnv } from '../../sandbox-world.ts'
import { Moment } from '../contracts/records.tsx'
import { readFields } from '../form-fields.ts'
import { link } from '../links.ts'
import { type PageContext, readerOf, show } from '../page-door.tsx'
import { type Forms, formsOf, PageForm } from '../parts/form-parts.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { Pager, pageOf } from '../parts/pager.tsx'
import { operatorsStyles } from '../styles.ts'

/** Where an event stands on its way to the plugin. */
export type DeliveryState = 'waiting' | 'delivered' | 'dead'

/** A message, and what the last try came to. */
export interface ShownDelivery {
  readonly message: Message
  readonly lastAnswer: string | undefined
}

export interface DeliveriesView {
  readonly reader: Reader
  readonly state: DeliveryState
  readonly counts: Readonly<Record<DeliveryState, number>>
  readonly deliveries: readonly ShownDelivery[]
  readonly before: string | undefined
  readonly next: string | undefined
  readonly forms: Forms
}

const PATH = '/operators/deliveries'
const looks: Readonly<Record<DeliveryState, readonly [tone: Tone, icon: IconName]>> = {
  waiting: ['wait', 'clock'],
  delivered: ['ok', 'check'],
  dead: ['bad', 'stop'],
}
const states = ['waiting', 'dead', 'delivered'] as const

/** How things are, in a sentence. */
function Verdict({ reader, counts, forms }: DeliveriesView) {
  const { t } = reader
  if (counts.dead > 0) {
    return (
      <Note tone="bad" icon="info" title={t('operator.deliveries.dead', { n: counts.dead })}>
        <p class="tiny">{t('operator.deliveries.replayText')}</p>
        <PageForm form={forms('replay-all')} className="one-button">
          <button class="btn s primary" type="submit">
            <Icon name="redo" small />
            {t('operator.deliveries.replayAll', { n: counts.dead })}
          </button>
        </PageForm>
      </Note>
    )
  }
  return (
    <Note tone={counts.waiting > 0 ? 'wait' : undefined} icon={counts.waiting > 0 ? 'clock' : 'check'}>
      <p>
        {counts.waiting > 0
          ? t('operator.deliveries.waitingText', { n: counts.waiting })
          : t('operator.deliveries.allThere')}
      </p>
    </Note>
  )
}

/** Tries so far, the one that arrived among them. */
const triesOf = ({ attempts, status }: Message): number => attempts + (status === 'delivered' ? 1 : 0)

/** The tries so far as signs, each failed but the last one of what arrived. */
function Tries({ message }: { message: Message }) {
  const most = RETRY_WAITS.length
  const arrivedAt = message.status === 'delivered' ? message.attempts : undefined
  const signOf = (at: number) =>
    at < message.attempts
      ? (['failed', '×'] as const)
      : at === arrivedAt
        ? (['there', '✓'] as const)
        : (['open', '○'] as const)
  return (
    <span class="tries">
      <span aria-hidden="true">
        {Array.from({ length: most }, (_, at) => {
          const [look, sign] = signOf(at)
          return <i class={look}>{sign}</i>
        })}
      </span>
      <span class="unbroken">{`${triesOf(message)} / ${most}`}</span>
    </span>
  )
}

function NextTry({ reader, message }: { reader: Reader; message: Message }) {
  const { t } = reader
  if (message.status === 'dead') return <>{t('operator.deliveries.never')}</>
  if (message.status === 'delivered') return <>{t('operator.deliveries.states.delivered')}</>
  if (message.leaseUntil > reader.now) return <>{t('operator.deliveries.sending')}</>
  return message.nextAt <= reader.now ? (
    <b>{t('operator.deliveries.now')}</b>
  ) : (
    <Moment reader={reader} at={message.nextAt} />
  )
}

function Deliveries({ reader, state: shown, deliveries, forms }: DeliveriesView) {
  const { t } = reader
  const [state, what, tries, next, act] = [
    { title: t('operator.deliveries.state') },
    { title: t('operator.deliveries.what') },
    { title: t('operator.deliveries.tries') },
    { title: t('operator.deliveries.next') },
    { title: t('operator.deliveries.content') },
  ] as const
  return (
    <RowTable caption={t('operator.deliveries.list')} columns={[state, what, tries, next, act]}>
      {deliveries.map(({ message, lastAnswer }) => {
        const [tone, icon] = looks[shown]
        return (
          <tr role="row">
            <Cell column={state}>
              <span>
                <Chip tone={tone} icon={icon}>
                  {t(`operator.deliveries.states.${shown}`)}
                </Chip>
              </span>
            </Cell>
            <Cell column={what}>
              <span>
                <b>{t.find(`operator.deliveries.events.${message.kind}`) ?? message.kind}</b>
                <small class="under">
                  <code>{message.about ?? ''}</code> <Moment reader={reader} at={message.createdAt} />
                </small>
              </span>
            </Cell>
            <Cell column={tries}>
              <span>
                <Tries message={message} />
                <small class="under">
                  {triesOf(message) === 0
                    ? t('operator.deliveries.none')
                    : `${t('operator.deliveries.lastAnswer')} ${lastAnswer ?? t('operator.deliveries.noAnswer')}`}
                </small>
              </span>
            </Cell>
            <Cell column={next}>
              <NextTry reader={reader} message={message} />
            </Cell>
            <Cell column={act}>
              <div>
                {message.status === 'dead' && (
                  <PageForm form={forms('replay', {}, `replay-${message.id}`)} className="one-button">
                    <input type="hidden" name="message" value={message.id} />
                    <button class="btn s outline" type="submit">
                      {t('operator.deliveries.replay')}
                    </button>
                  </PageForm>
                )}
                <details class="quiet-fold">
                  <summary class="tiny">{t('operator.deliveries.content')}</summary>
                  <pre class="evidence">{JSON.stringify(eventOf(message), null, 2)}</pre>
                  <p class="tiny">{t('operator.deliveries.contentText')}</p>
                </details>
              </div>
            </Cell>
          </tr>
        )
      })}
    </RowTable>
  )
}

/** What the plugin is told, what is still to be told, and what did not arrive. */
export function DeliveriesPage(view: DeliveriesView) {
  const { reader, state, counts, deliveries, before, next } = view
  const { locale, t } = reader
  return (
    <Page styles={operatorsStyles} reader={reader} title={t('operator.deliveries.title')} current="deliveries">
      <main id="main" class="wrap">
        <div class="head">
          <div>
            <h1>{t('operator.deliveries.title')}</h1>
            <p class="lead">{t('operator.deliveries.lead')}</p>
          </div>
        </div>
        <div class="stack">
          <Verdict {...view} />
          <section aria-labelledby="letters">
            <h2 id="letters" class="unseen">
              {t('operator.deliveries.list')}
            </h2>
            <nav class="switch" aria-label={t('operator.deliveries.filters')}>
              {states.map((one) => (
                <a href={link(locale, PATH, { state: one })} aria-current={one === state ? 'page' : undefined}>
                  <Icon name={looks[one][1]} small />
                  {t(`operator.deliveries.states.${one}`)} <b class="count">{counts[one]}</b>
                </a>
              ))}
            </nav>
            <div class="card flow">
              {deliveries.length === 0 ? (
                <p class="small quiet">{t(`operator.deliveries.empty.${state}`)}</p>
              ) : (
                <Deliveries {...view} />
              )}
              <Pager reader={reader} path={PATH} query={{ state, before }} place="before" next={next} />
            </div>
          </section>
          <section class="card flow" aria-labelledby="schedule">
            <h2 id="schedule">{t('operator.deliveries.schedule')}</h2>
            <ol class="schedule">
              {t.list('operator.deliveries.waits').map((wait, at) => (
                <li>
                  <small>{t('operator.deliveries.try', { n: at + 1 })}</small>
                  <b>{wait}</b>
                </li>
              ))}
            </ol>
            <p class="tiny">{t('operator.deliveries.scheduleText')}</p>
          </section>
        </div>
      </main>
    </Page>
  )
}

const DELIVERIES_PER_PAGE = 25
/** Dead events that are sent again at once; more need another call. */
const MOST_REPLAYED = 10_000
const statusOf: Readonly<Record<DeliveryState, MessageStatus>> = {
  waiting: 'pending',
  delivered: 'delivered',
  dead: 'dead',
}

const messagesQuery = z.object({
  before: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional()
    .catch(undefined),
})
const stateQuery = z.enum(['waiting', 'delivered', 'dead']).optional().catch(undefined)

/** Unless told otherwise, what is dead if anything is, else what waits, else what arrived. */
async function deliveriesPage(c: PageContext): Promise<Response> {
  const world = c.get('world')
  const reader = readerOf(c)
  const { pending = 0, delivered = 0, dead = 0 } = await countMessages(world.db)
  const counts = { waiting: pending, delivered, dead }
  const state = stateQuery.parse(c.req.query('state')) ?? (dead > 0 ? 'dead' : pending > 0 ? 'waiting' : 'delivered')
  const { before } = messagesQuery.parse(c.req.query())
  const { entries: messages, next } = pageOf(
    await listMessages(world.db, {
      status: statusOf[state],
      before: before === undefined ? undefined : Number(before),
      limit: DELIVERIES_PER_PAGE + 1,
    }),
    DELIVERIES_PER_PAGE,
    ({ seq }) => String(seq),
  )
  const tries = await attemptsOf(
    world.db,
    messages.map(({ id }) => id),
  )
  const deliveries = messages.map((message) => ({
    message,
    lastAnswer: tries.findLast((one) => one.message === message.id)?.detail,
  }))
  const forms = formsOf(reader, { rejected: undefined, once: world.newId('jti') })
  return show(
    c,
    <DeliveriesPage
      reader={reader}
      state={state}
      counts={counts}
      deliveries={deliveries}
      before={before}
      next={next}
      forms={forms}
    />,
  )
}

/** What is sent to the plugin, for operators. */
export function deliveriesPages(): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>()
  app.get(PATH, deliveriesPage)
  app.post(PATH, async (c) => {
    const world = c.get('world')
    const { act, message } = await readFields(c)
    const now = world.now()
    if (act === 'replay-all') await replayDead(world.db, { now, limit: MOST_REPLAYED, noted: [] })
    else await replay(world.db, message ?? '', now, [])
    return c.redirect(link(readerOf(c).locale, PATH, { state: 'waiting' }), 303)
  })
  return app
}
