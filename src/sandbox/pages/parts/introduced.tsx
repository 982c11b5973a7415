import type { Instant } from '../../../kernel/instant.ts'
import { dayText } from '../../../platform/page/dates.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import type { Profile } from '../../flows/show-worker.ts'
import {
  bitOf,
  dayParts,
  type Introduction,
  type ProfileGap,
  weekdays,
} from '../../people/introduction/introduction.ts'
import { skillsIn } from '../../people/skill.ts'
import { link } from '../links.ts'
import type { Reader } from './layout.tsx'
import { timesText } from './person-card.tsx'

interface IntroducedView {
  readonly reader: Reader
  readonly profile: Profile
  readonly now: Instant
}

/** Words in the reader's language, or in the one in which they were written. */
export function Told({
  reader,
  told,
  of,
}: {
  reader: Reader
  told: Introduction
  of: 'headline' | 'about' | 'smallest' | 'declines'
}) {
  const english = told[`${of}En`]
  return reader.locale === 'en' && english === '' ? (
    <bdi lang="ja">{told[`${of}Ja`]}</bdi>
  ) : (
    <bdi>{reader.locale === 'en' ? english : told[`${of}Ja`]}</bdi>
  )
}

/** When, how much and how soon, in one line of figures; only what somebody has said. */
export function Facts({ reader, profile, now }: IntroducedView) {
  const { t, locale } = reader
  const { introduction, worker } = profile.listing
  const { week = 0, hoursPerWeek = null, startsAt = null, replyHours = null } = introduction ?? {}
  const facts: readonly (readonly [string, string])[] = [
    ...(week === 0 ? [] : [[t('market.introduced.times'), timesText(t, week)] as const]),
    ...(hoursPerWeek === null
      ? []
      : [[t('market.introduced.perWeek'), t('market.introduced.hours', { n: hoursPerWeek })] as const]),
    ...(startsAt === null
      ? []
      : [
          [
            t('market.introduced.starts'),
            startsAt > now
              ? t('market.introduced.from', { day: dayText(locale, startsAt) })
              : t('market.introduced.atOnce'),
          ] as const,
        ]),
    ...(replyHours === null
      ? []
      : [[t('market.introduced.reply'), t('market.introduced.within', { n: replyHours })] as const]),
    [t('market.introduced.joined'), dayText(locale, worker.joinedAt)],
  ]
  return (
    <dl class="id-facts">
      {facts.map(([name, said]) => (
        <div>
          <dt>{name}</dt>
          <dd>{said}</dd>
        </div>
      ))}
    </dl>
  )
}

export function About({ reader, profile }: IntroducedView) {
  const { introduction } = profile.listing
  if (!introduction || introduction.aboutJa === '') return null
  return (
    <section class="card flow" aria-labelledby="about">
      <h2 id="about">{reader.t('market.introduced.about')}</h2>
      <p class="written small">
        <Told reader={reader} told={introduction} of="about" />
      </p>
    </section>
  )
}

/** The week as a small table: read out, every cell says whether they work then. */
export function Week({ reader: { t }, profile }: IntroducedView) {
  const week = profile.listing.introduction?.week ?? 0
  if (week === 0) return null
  return (
    <section class="card flow" aria-labelledby="week">
      <h2 id="week">{t('market.introduced.times')}</h2>
      <table class="week-table">
        <caption class="unseen">{t('market.introduced.caption')}</caption>
        <thead>
          <tr>
            <td />
            {weekdays.map((day) => (
              <th scope="col">{t(`market.introduced.days.${day}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {dayParts.map((part) => (
            <tr>
              <th scope="row">{t(`market.introduced.parts.${part}`)}</th>
              {weekdays.map((day) =>
                (week & bitOf(day, part)) === 0 ? (
                  <td>
                    <span class="unseen">{t('market.introduced.no')}</span>
                  </td>
                ) : (
                  <td class="on">
                    <Icon name="check" small />
                    <span class="unseen">{t('market.introduced.yes')}</span>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="tiny">{t('market.introduced.zone')}</p>
    </section>
  )
}

/** On what terms somebody works. */
export function WorkTerms({ reader, profile }: IntroducedView) {
  const { t } = reader
  const { introduction, worker } = profile.listing
  if (!introduction) return null
  return (
    <section class="card flow" aria-labelledby="terms">
      <h2 id="terms">{t('market.introduced.terms')}</h2>
      <dl class="conditions">
        <div>
          <dt>{t('market.introduced.pay')}</dt>
          <dd>{t('market.introduced.hourly', { amount: t('market.person.amount', { yen: worker.hourlyRate }) })}</dd>
          {introduction.fixedPrice && <dd>{t('market.introduced.fixed')}</dd>}
        </div>
        {introduction.smallestJa !== '' && (
          <div>
            <dt>{t('market.introduced.smallest')}</dt>
            <dd>
              <Told reader={reader} told={introduction} of="smallest" />
            </dd>
          </div>
        )}
        {introduction.declinesJa !== '' && (
          <div>
            <dt>{t('market.introduced.declines')}</dt>
            <dd>
              <Told reader={reader} told={introduction} of="declines" />
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}

/** What somebody says they can do; nothing of it was checked. */
export function Declared({ reader, profile }: IntroducedView) {
  const { t, locale } = reader
  const { skillsJa, skillsEn, standing } = profile.listing.worker
  // of somebody suspended nothing is read that they wrote themselves
  if (standing === 'suspended') return null
  const skills = skillsIn(locale === 'en' ? skillsEn || skillsJa : skillsJa)
  if (skills.length === 0) return null
  return (
    <section class="card flow" aria-labelledby="declared">
      <div class="card-head">
        <h2 id="declared">{t('market.profile.declared')}</h2>
        <small>{t('market.profile.declaredBy')}</small>
      </div>
      <ul class="chips">
        {skills.map((skill) => (
          <li class="chip">{skill}</li>
        ))}
      </ul>
    </section>
  )
}

/** Where on one's own page each of them is filled in. */
const gapFields: Readonly<Record<ProfileGap, string>> = {
  headline: 'introduction-headline',
  times: 'introduction-times',
  about: 'introduction-about',
  terms: 'introduction-smallest',
  skills: 'introduction-skills',
  sample: 'samples',
}

/** For whoever it is: what of their profile is still empty, each with the way to fill it in. */
export function OwnGaps({ reader, profile }: IntroducedView) {
  const { t, locale } = reader
  const { gaps } = profile
  if (gaps.length === 0) return null
  return (
    <section class="card flow gaps" aria-labelledby="gaps">
      <div class="card-head">
        <h2 id="gaps">{t('market.introduced.gapsTitle', { n: gaps.length })}</h2>
        <small>{t('market.introduced.gapsOnlyYou')}</small>
      </div>
      <ul>
        {gaps.map((gap) => (
          <li>
            <a href={`${link(locale, '/me')}#${gapFields[gap]}`}>{t(`market.introduced.gaps.${gap}`)}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}
