import type { ResultView } from '../../../flows/read-result.ts'
import { dayText, timeAttribute } from '../../../platform/page/dates.ts'
import type { PageContext } from '../../ui/page-context.ts'

/** Every part with its score, its floor, and until when a score that reaches it counts; no score of a part that was hardly answered. */
export const PartsCard = ({
  context: { t, locale, tag },
  result: { report, passScore, isUntried },
  part,
}: {
  context: PageContext
  result: Pick<ResultView, 'report' | 'passScore' | 'isUntried'>
  part: NonNullable<ResultView['part']>
}) => (
  <section class="card" aria-labelledby="both">
    <h2 id="both">{t('parts.both')}</h2>
    <ol class="standings" aria-labelledby="both">
      {part.decision.parts.map(({ part: id, score, floor, keptUntil, certificate }) => (
        <li>
          <span>
            {t(`part.${id}`)}{' '}
            <small>
              {t('parts.floorOf', { floor })}{' '}
              {keptUntil !== undefined && score !== undefined && score >= floor && (
                <time class="unbroken" datetime={timeAttribute(keptUntil)}>
                  {t('parts.keptUntil', { day: dayText(locale, keptUntil) })}
                </time>
              )}{' '}
              {certificate && (
                <a href={`/credentials/${certificate.id}?lang=${tag}`}>
                  {t('parts.certificate', { version: certificate.version })}
                </a>
              )}
            </small>
          </span>
          {score === undefined ? (
            <span class="tiny">{t('parts.notYet')}</span>
          ) : id === part.id && !report && score < floor ? (
            <span class="tiny">{t('parts.unscored')}</span>
          ) : (
            <b class="unbroken">{t('parts.score', { score: Math.floor(score) })}</b>
          )}
        </li>
      ))}
    </ol>
    {part.decision.score !== undefined && (
      <p class="tiny">{t('result.together', { score: Math.floor(part.decision.score), cut: passScore })}</p>
    )}
    {isUntried && <p class="tiny">{t('parts.untried')}</p>}
  </section>
)
