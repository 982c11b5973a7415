import { type Instant, parseRfc3339 } from '../../../kernel/instant.ts'
import { isAboutCertificate } from '../../moderation/decision/actions.ts'
import { actionNames } from '../../moderation/decision/print-statement.ts'
import type { StatementOfReasons } from '../../moderation/decision/statement.ts'
import { figureTexts } from '../texts/figure-texts.ts'
import { statementTexts } from '../texts/statement-texts.ts'
import type { Reader } from './layout.tsx'

/** A time of a statement, as people read it. */
const momentOf = ({ locale, now }: Pick<Reader, 'locale' | 'now'>, time: string): string => figureTexts[locale].moment(parseRfc3339(time) as Instant, now)

const Scope = ({ reader, statement }: { reader: Reader; statement: Omit<StatementOfReasons, 'text'> }) => {
  const t = statementTexts[reader.locale]
  const { action, scope, duration } = statement
  if (scope.length === 0) return null
  return (
    <>
      <p>{[...new Set(scope.map(({ effect }) => t.effects[effect])), isAboutCertificate(action) ? t.whereverShown : t.everywhere].join(reader.locale === 'ja' ? '' : ' ')}</p>
      {duration && (
        <>
          <h3>{t.duration}</h3>
          <p>{t.lasts(momentOf(reader, duration.from), duration.until === null ? undefined : momentOf(reader, duration.until))}</p>
        </>
      )}
    </>
  )
}

const Redress = ({ reader, redress }: { reader: Reader; redress: NonNullable<StatementOfReasons['redress']> }) => {
  const t = statementTexts[reader.locale]
  return (
    <>
      <h3>{t.redress}</h3>
      <p>
        {redress.appealUntil === null ? t.appealFinal : t.appealUntil(momentOf(reader, redress.appealUntil))}
        {reader.locale === 'en' && ' '}
        {t.courts}
      </p>
    </>
  )
}

/** A statement of reasons as whoever is concerned reads it: everything, in words. */
export function Statement({ reader, statement }: { reader: Reader; statement: Omit<StatementOfReasons, 'text'> }) {
  const { locale } = reader
  const t = statementTexts[locale]
  const { action, facts, rule, source, detectedAutomatically, redress } = statement
  return (
    <div class="statement">
      <h3>{t.decided}</h3>
      <p>
        <b>{actionNames[action][locale]}</b>
      </p>
      <Scope reader={reader} statement={statement} />
      <h3>{t.rule[rule?.ground ?? 'terms']}</h3>
      {rule ? <blockquote class="clause">{rule.text[locale]}</blockquote> : <p>{t.noRule}</p>}
      <h3>{t.facts}</h3>
      <p class="written">{facts}</p>
      <h3>{t.source}</h3>
      <p>{t.sources[source]}</p>
      <h3>{t.automation}</h3>
      <p>{t.automated(detectedAutomatically)}</p>
      {redress && <Redress reader={reader} redress={redress} />}
    </div>
  )
}
