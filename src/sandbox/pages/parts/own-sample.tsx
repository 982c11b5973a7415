import { Chip } from '../../../platform/page/state.tsx'
import type { Profile } from '../../flows/show-worker.ts'
import type { Sample } from '../../people/sample/sample.ts'
import { link } from '../links.ts'
import type { Reader } from './layout.tsx'

/** A piece of somebody's own work, marked as theirs and as nothing that an exam has checked. Operators have the way to take it away. */
export const OwnWork = ({ reader, sample, level }: { reader: Reader; sample: Sample; level: 'h2' | 'h3' }) => {
  const { t, locale, person } = reader
  const Heading = level
  return (
    <div class="flow own-work">
      <div class="card-head">
        <Heading>
          <bdi>{sample.title}</bdi>
        </Heading>
        <Chip icon="page">{t('market.sample.title')}</Chip>
      </div>
      <p class="written">{sample.text}</p>
      <p class="tiny">{t('market.sample.limits')}</p>
      {person?.role === 'operator' && (
        <a class="small" href={link(locale, `/operators/samples/${sample.id}`)}>
          {t('market.sample.judge')}
        </a>
      )}
    </div>
  )
}

/** Samples of the categories of which no certificate is shown beside them. */
export const OwnWorks = ({
  reader,
  profile,
  beside,
}: {
  reader: Reader
  profile: Profile
  beside: readonly string[]
}) => (
  <>
    {profile.samples
      .filter(({ category }) => !beside.includes(category))
      .map((sample) => (
        <section class="card flow" aria-label={reader.t('market.sample.title')}>
          <OwnWork reader={reader} sample={sample} level="h2" />
        </section>
      ))}
  </>
)
