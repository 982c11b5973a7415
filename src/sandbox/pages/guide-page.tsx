import type { Child } from 'hono/jsx'
import type { Instant } from '../../kernel/instant.ts'
import { statusAt } from '../evidence/evidence.ts'
import { staff } from '../people/person.ts'
import type { Category } from '../people/worker.ts'
import type { Listing, Place } from '../search/market.ts'
import { link } from './links.ts'
import { LaunchForm } from './parts/launch-form.tsx'
import { Page, type Reader } from './parts/layout.tsx'
import { MarketSeal } from './parts/seal.tsx'

const TOUR: Category = 'business-admin'

export interface GuideView {
  readonly reader: Reader
  /** The order of everybody. */
  readonly places: readonly Place[]
  readonly pluginOrigin: string
  readonly now: Instant
}

const isCertified = (listing: Listing, now: Instant): boolean => listing.badges.some((badge) => statusAt(badge, now) === 'active')

/** Somebody on whom the tour can show its point: no reviews, no certificate, good standing. */
const newcomerOf = ({ places }: GuideView): Listing | undefined =>
  places.map((place) => place.candidate).find((candidate) => candidate.reviews.n === 0 && candidate.badges.length === 0 && !candidate.restricted && candidate.worker.categories.includes(TOUR))

const Step = ({ n, title, text, children }: { n: number; title: string; text: string; children: Child }) => (
  <li>
    <span class={n === 1 ? 'number now' : 'number'}>{n}</span>
    <div>
      <h3>{title}</h3>
      <p>{text}</p>
      <div class="buttons">{children}</div>
    </div>
  </li>
)

function Tour(view: GuideView) {
  const { locale, t } = view.reader
  const { guide } = t
  const newcomer = newcomerOf(view)
  if (!newcomer) return <p class="card">{guide.nobody}</p>
  const name = locale === 'en' ? newcomer.worker.reading : newcomer.worker.name
  const search = link(locale, '/workers', { category: TOUR, reviews: 'none' })
  return (
    <section class="card flow" aria-labelledby="steps">
      <h2 id="steps">{guide.steps}</h2>
      <ol class="steps">
        <Step n={1} title={guide.pick(name)} text={guide.pickText}>
          <a class="button outline" href={link(locale, `/workers/${newcomer.id}`, { category: TOUR })}>
            {guide.pickButton}
          </a>
          <a class="button ghost" href={link(locale, '/workers', { category: TOUR, reviews: 'none' })}>
            {guide.otherButton}
          </a>
        </Step>
        <Step n={2} title={guide.take} text={guide.takeText}>
          <LaunchForm person={{ id: newcomer.id, role: 'worker', exam: TOUR }} locale={locale} kind="primary">
            {guide.takeButton(name)}
          </LaunchForm>
        </Step>
        <Step n={3} title={guide.back} text={guide.backText}>
          <a class="button outline" href={search}>
            {guide.backButton}
          </a>
        </Step>
        <Step n={4} title={guide.fall} text={guide.fallText}>
          <a class="button ghost" href={link(locale, '/ranking')}>
            {guide.fallButton}
          </a>
        </Step>
      </ol>
    </section>
  )
}

function MarketNow({ reader, places, pluginOrigin, now }: GuideView) {
  const { guide } = reader.t
  const listings = places.map((place) => place.candidate)
  return (
    <section class="card flow" aria-labelledby="state">
      <h2 id="state">{guide.state}</h2>
      <dl class="facts">
        <div>
          <dt>{guide.people}</dt>
          <dd>{guide.peopleCount(listings.length)}</dd>
        </div>
        <div>
          <dt>{guide.newcomers}</dt>
          <dd>{guide.peopleCount(listings.filter((listing) => listing.reviews.n === 0).length)}</dd>
        </div>
        <div>
          <dt>{guide.certified}</dt>
          <dd>{guide.peopleCount(listings.filter((listing) => isCertified(listing, now)).length)}</dd>
        </div>
      </dl>
      <p class="tiny">
        {guide.plugin} <a href={pluginOrigin}>{new URL(pluginOrigin).host}</a>
      </p>
    </section>
  )
}

const StaffEntrance = ({ reader }: { reader: Reader }) => (
  <section class="card flow" aria-labelledby="staff">
    <h2 id="staff">{reader.t.guide.staff}</h2>
    <p class="tiny">{reader.t.guide.staffText}</p>
    <div class="buttons">
      {staff.map((person) => (
        <LaunchForm person={person} locale={reader.locale} kind="ghost">
          {reader.t.guide[person.role]}
        </LaunchForm>
      ))}
    </div>
  </section>
)

export function GuidePage(view: GuideView) {
  const { guide, market } = view.reader.t
  return (
    <Page reader={view.reader} title={market} current="guide">
      <main id="main" class="wrap">
        <div class="hero">
          <MarketSeal size={64} />
          <div>
            <h1>{guide.title}</h1>
            <p class="lead">{guide.lead}</p>
          </div>
        </div>
        <div class="columns">
          <Tour {...view} />
          <div class="stack plain-words">
            <MarketNow {...view} />
            <StaffEntrance reader={view.reader} />
          </div>
        </div>
      </main>
    </Page>
  )
}
