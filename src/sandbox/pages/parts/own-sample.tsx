import { Chip } from '../../../platform/page/state.tsx'
import type { Profile } from '../../flows/show-worker.ts'
import type { Sample } from '../../people/sample/sample.ts'
import { link } from '../links.ts'
import type { Reader } from './layout.tsx'

/** How much of a sample is read before it is opened. */
const LEAD = 70

const leadOf = (text: string): string => {
  const words = text.replaceAll(/\s+/g, ' ')
  return [...words].length > LEAD ? `${[...words].slice(0, LEAD).join('')}…` : words
}

/** A piece of somebody's own work, folded. Operators have the way to take it away. */
const OwnWork = ({ reader, sample }: { reader: Reader; sample: Sample }) => {
  const { t, locale, person } = reader
  return (
    <li>
      <details class="own-work">
        <summary>
          <h3>
            <bdi>{sample.title}</bdi>
          </h3>
          <span class="tiny">
            <bdi>{leadOf(sample.text)}</bdi>
          </span>
          <span class="more">{t('market.sample.open')}</span>
        </summary>
        <p class="written small">{sample.text}</p>
        {person?.role === 'operator' && (
          <a class="small" href={link(locale, `/operators/samples/${sample.id}`)}>
            {t('market.sample.judge')}
          </a>
        )}
      </details>
    </li>
  )
}

/** Somebody's own samples, marked as theirs and as nothing that an exam has checked. */
export function OwnWorks({ reader, profile }: { reader: Reader; profile: Profile }) {
  const { t } = reader
  if (profile.samples.length === 0) return null
  return (
    <section class="card flow" aria-labelledby="works">
      <div class="card-head">
        <h2 id="works">{t('market.sample.works')}</h2>
        <Chip icon="page">{t('market.sample.title')}</Chip>
      </div>
      <ul class="own-works">
        {profile.samples.map((sample) => (
          <OwnWork reader={reader} sample={sample} />
        ))}
      </ul>
      <p class="tiny">{t('market.sample.limits')}</p>
    </section>
  )
}
