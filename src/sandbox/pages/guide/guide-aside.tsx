import { momentText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import type { Newcomer, Story } from '../../flows/show-story.ts'
import { staff } from '../../people/staff.data.ts'
import { link } from '../links.ts'
import { LaunchForm } from '../parts/launch-form.tsx'
import type { Reader } from '../parts/layout.tsx'
import { ClockButton, SignInButton } from './story-buttons.tsx'

/** Somebody whose story can be followed. */
export interface Candidate extends Newcomer {
  readonly name: string
  readonly reading: string
}

export interface GuideView {
  readonly reader: Reader
  /** Whose story is followed; undefined before somebody is chosen. */
  readonly story: Story | undefined
  /** Position of that person when it began. */
  readonly from: number
  readonly candidates: readonly Candidate[]
  readonly survey: { readonly people: number; readonly newcomers: number; readonly certified: number }
  /** The marketplace's own. */
  readonly origin: string
  readonly pluginOrigin: string
  /** What moving the clock has just done. */
  readonly moved: { readonly days: number; readonly fired: number } | undefined
}

/** What the marketplace's clock shows, and buttons that move it. */
export function Clock({ reader, moved }: GuideView) {
  const { t } = reader
  return (
    <section class="card flow" id="clock" aria-labelledby="clock-title">
      <h2 id="clock-title">{t('guide.clock')}</h2>
      {moved && (
        <p class="state ok" role="status">
          <Icon name="check" small />
          {t('guide.movedBy', { days: moved.days, fired: moved.fired })}
        </p>
      )}
      <p class="small">{t('guide.clockText', { time: momentText(reader.locale, reader.now, reader.now) })}</p>
      <div class="btns">
        {[1, 7, 30].map((days) => (
          <ClockButton reader={reader} days={days} />
        ))}
      </div>
      <ul class="hints tiny">
        {t.list('guide.clockHints').map((hint) => (
          <li>{hint}</li>
        ))}
      </ul>
      <p class="tiny">{t('guide.signedOut')}</p>
    </section>
  )
}

const moreItems = [
  { is: 'decide', as: 'opr_demo', next: '/operators/queue' },
  { is: 'post', as: 'cli_07', next: '/jobs/new' },
  { is: 'report', as: 'wrk_003', next: '/jobs' },
] as const

/** What else can be tried, and as whom. */
export const More = ({ reader }: { reader: Reader }) => {
  const { t } = reader
  return (
    <section class="card flow" aria-labelledby="more">
      <h2 id="more">{t('guide.more')}</h2>
      <ul class="more">
        {moreItems.map(({ is, as, next }) => (
          <li>
            <p class="small">{t(`guide.moreItems.${is}.text`)}</p>
            <SignInButton reader={reader} user={as} next={link(reader.locale, next)} kind="ghost">
              {t(`guide.moreItems.${is}.button`)}
            </SignInButton>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** How many people there are. */
export function MarketNow({ reader, survey, pluginOrigin }: GuideView) {
  const { t } = reader
  const counts = [
    [t('guide.people'), survey.people],
    [t('guide.newcomers'), survey.newcomers],
    [t('guide.certified'), survey.certified],
  ] as const
  return (
    <section class="card flow" aria-labelledby="state">
      <h2 id="state">{t('guide.state')}</h2>
      <dl class="kv sums">
        {counts.map(([name, n]) => (
          <div>
            <dt>{name}</dt>
            <dd>{t('guide.peopleCount', { n })}</dd>
          </div>
        ))}
      </dl>
      <p class="tiny">
        {t('guide.plugin')} <a href={pluginOrigin}>{new URL(pluginOrigin).host}</a>
      </p>
    </section>
  )
}

/** Staff of the plugin; the second operator is here only for the marketplace's own appeals. */
export const StaffEntrance = ({ reader }: { reader: Reader }) => {
  const { t } = reader
  const shown = (['operator', 'author'] as const).flatMap((role) => staff.find((person) => person.role === role) ?? [])
  return (
    <section class="card flow" aria-labelledby="staff">
      <h2 id="staff">{t('guide.staff')}</h2>
      <p class="tiny">{t('guide.staffText')}</p>
      <div class="btns">
        {shown.map((person) => (
          <LaunchForm person={person} locale={reader.locale} kind="ghost">
            {t(`guide.${person.role}`)}
          </LaunchForm>
        ))}
      </div>
    </section>
  )
}
