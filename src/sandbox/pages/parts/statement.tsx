import { type Instant, parseRfc3339 } from '../../../kernel/instant.ts'
import { momentText } from '../../../platform/page/dates.ts'
import { isAboutCertificate } from '../../moderation/decision/actions.ts'
import { actionName, type StatementOfReasons } from '../../moderation/decision/statement.ts'
import type { Reader } from './layout.tsx'

/** A time of a statement, as people read it. */
const momentOf = ({ locale, now }: Pick<Reader, 'locale' | 'now'>, time: string): string =>
  momentText(locale, parseRfc3339(time) as Instant, now)

const Scope = ({ reader, statement }: { reader: Reader; statement: Omit<StatementOfReasons, 'text'> }) => {
  const { t } = reader
  const { action, scope, duration } = statement
  if (scope.length === 0) return null
  return (
    <>
      <p>
        {[
          ...new Set(scope.map(({ effect }) => t(`statement.effects.${effect}`))),
          isAboutCertificate(action) ? t('statement.whereverShown') : t('statement.everywhere'),
        ].join(t('list.sentences'))}
      </p>
      {duration && (
        <>
          <h3>{t('statement.duration')}</h3>
          <p>
            {duration.until === null
              ? t(action === 'correct' ? 'statement.lastsUntilCorrected' : 'statement.lastsForGood', {
                  from: momentOf(reader, duration.from),
                })
              : t('statement.lasts', {
                  from: momentOf(reader, duration.from),
                  until: momentOf(reader, duration.until),
                })}
          </p>
        </>
      )}
    </>
  )
}

const Redress = ({ reader, redress }: { reader: Reader; redress: NonNullable<StatementOfReasons['redress']> }) => {
  const { t } = reader
  return (
    <>
      <h3>{t('statement.redress')}</h3>
      <p>
        {redress.appealUntil === null
          ? t('statement.appealFinal')
          : t('statement.appealUntil', { moment: momentOf(reader, redress.appealUntil) })}
        {reader.locale === 'en' && ' '}
        {t('statement.courts')}
      </p>
    </>
  )
}

/** A statement of reasons as whoever is concerned reads it: everything, in words. */
export function Statement({ reader, statement }: { reader: Reader; statement: Omit<StatementOfReasons, 'text'> }) {
  const { locale, t } = reader
  const { action, facts, rule, source, detectedAutomatically, redress } = statement
  return (
    <div class="statement">
      <h3>{t('statement.decided')}</h3>
      <p>
        <b>{actionName(locale, action)}</b>
      </p>
      <Scope reader={reader} statement={statement} />
      <h3>{t(`statement.rule.${rule?.ground ?? 'terms'}`)}</h3>
      {rule ? <blockquote class="clause">{rule.text[locale]}</blockquote> : <p>{t('statement.noRule')}</p>}
      <h3>{t('statement.facts')}</h3>
      <p class="written">{facts}</p>
      <h3>{t('statement.source')}</h3>
      <p>{t(`statement.sources.${source}`)}</p>
      <h3>{t('statement.automation')}</h3>
      <p>{t('statement.automated', { detected: String(detectedAutomatically) })}</p>
      {redress && <Redress reader={reader} redress={redress} />}
    </div>
  )
}
