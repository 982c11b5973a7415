import type { ResultView } from '../../../flows/read-result.ts'
import { dayText, timeAttribute } from '../../../platform/page/dates.ts'
import type { PageContext } from '../../ui/page-context.ts'

type Part = NonNullable<ResultView['part']>

/** What the score of this attempt is measured by: the floor of its part, or the cut of the whole exam. */
export const cutOf = ({ part, passScore }: ResultView): number =>
  part?.decision.parts.find((one) => one.part === part.id)?.floor ?? passScore

/** The part that has no score yet, while the decision is open. */
export const nextPartOf = ({ decision }: Part): Part['id'] | undefined =>
  decision.state === 'open' ? decision.parts.find(({ score }) => score === undefined)?.part : undefined

/** Every part with its score, its floor, and until when the score counts. */
export const PartsCard = ({
  context: { t, locale },
  result: { passScore, isUntried },
  part,
}: {
  context: PageContext
  result: Pick<ResultView, 'passScore' | 'isUntried'>
  part: Part
}) => (
  <section class="card" aria-labelledby="both">
    <h2 id="both">{t('parts.both')}</h2>
    <table class="table" role="table" aria-labelledby="both">
      <thead role="rowgroup">
        <tr role="row">
          {(['parts.part', 'parts.points', 'parts.floor', 'parts.kept'] as const).map((key, i) => (
            <th scope="col" role="columnheader" class={i > 0 ? 'r' : undefined}>
              {t(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {part.decision.parts.map(({ part: id, score, floor, keptUntil, certificate }) => (
          <tr role="row">
            <th scope="row" role="rowheader" class="all">
              {t(`part.${id}`)}
              {certificate && (
                <span class="sub">
                  <a href={`/credentials/${certificate.id}?lang=${locale}`}>
                    {t('parts.certificate', { version: certificate.version })}
                  </a>
                </span>
              )}
            </th>
            <td role="cell" class="r" data-label={t('parts.points')}>
              {score ?? <span class="quiet">{t('parts.notYet')}</span>}
            </td>
            <td role="cell" class="r" data-label={t('parts.floor')}>
              {floor}
            </td>
            <td role="cell" class="r" data-label={t('parts.kept')}>
              {keptUntil === undefined ? (
                '–'
              ) : (
                <time datetime={timeAttribute(keptUntil)}>{dayText(locale, keptUntil)}</time>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    {part.decision.score !== undefined && (
      <p class="tiny">{t('result.together', { score: part.decision.score, cut: passScore })}</p>
    )}
    {isUntried && <p class="tiny">{t('parts.untried')}</p>}
  </section>
)
