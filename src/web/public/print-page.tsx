import { encode } from 'uqr'
import { examShape, passRule, tellPractice, textIn } from '../../credential/achievement.ts'
import { guillocheBand } from '../../credential/badge-artwork.ts'
import { dayText, timeAttribute } from '../../platform/page/dates.ts'
import { Document, ShapingScript } from '../../platform/page/document.tsx'
import { Terms } from '../../platform/page/terms.tsx'
import { printScript, printStyles } from '../assets.ts'
import { Drawing } from '../ui/drawing.tsx'
import { tones, VerdictIcon } from './certificate-card.tsx'
import { badgeOf, bandText, type CertificateView } from './certificate-view.ts'
import { successorOf } from './lineage-rows.tsx'

/** A QR code as SVG: dark squares alone, with the quiet zone of four modules that readers need. Source: ISO/IEC 18004. */
const QrCode = ({ text, label }: { text: string; label: string }) => {
  const { size, data } = encode(text, { ecc: 'M', border: 4 })
  const path = data.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('')
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path d={`M0 0h${size}v${size}H0z`} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

const Bar = ({ view: { t, url, context } }: { view: CertificateView }) => (
  <header class="printbar">
    <a href={`${new URL(url).pathname}?lang=${context.locale}`}>{t('verify.print.back')}</a>
    <p class="tiny">{t('verify.print.hint')}</p>
    <button type="button" class="btn outline s" id="print" hidden>
      {t('verify.print.button')}
    </button>
  </header>
)

/** Letters of a name beyond which it is set smaller: more than two lines of kanji. */
const LONG_NAME = 40

/** What it says instead of the pass, where it does not stand. */
const Fallen = ({ view }: { view: CertificateView }) => {
  const { t, verification } = view
  const successor = successorOf(view)
  return (
    <div class={`ending ${tones[verification.verdict]}`}>
      <h2>
        <VerdictIcon verdict={verification.verdict} />
        {t(`verify.verdicts.${verification.verdict}.heading`)}
      </h2>
      <p>{successor ? t(`verify.${successor.is}.meaning`) : t(`verify.verdicts.${verification.verdict}.meaning`)}</p>
      {verification.verdict === 'suspended' && <p>{t(`verify.verdicts.${verification.verdict}.next`)}</p>}
    </div>
  )
}

const Facts = ({ view }: { view: CertificateView }) => {
  const { t, record, context, issuerName, host, lineage, state } = view
  const day = (at: number) => (
    <time class="unbroken" datetime={timeAttribute(at)}>
      {dayText(context.locale, at)}
    </time>
  )
  const bands = view.parts.map(({ part, band }) => `${t(`part.${part}`)} ${bandText(t, band)}`)
  const whole = view.band && `${bandText(t, view.band)}${t('verify.outOf')}`
  const facts = [
    [t('verify.field.rests'), t(`verify.rests.${bands.length > 0 ? 'both' : 'knowledge'}`)],
    ...(whole ? [[t('verify.band'), [whole, ...bands].join(t('list.comma'))] as const] : []),
    [t('verify.field.passedOn'), day(lineage.passedAt)],
    ...(state === 'revoked' ? [] : [[t('verify.field.validUntil'), day(record.validUntil)] as const]),
    [t('verify.field.issuer'), `${issuerName} (${host})`],
    [t('verify.keyField.number'), <span class="mono">{record.id}</span>],
  ] as const
  return <Terms className="deeds" terms={facts} />
}

const Scope = ({ view: { exam, parts, isUntried, isDemonstration, t, context } }: { view: CertificateView }) => {
  const { locale } = context
  const join = (parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(t('list.sentences'))
  return (
    <div class="bounds">
      {exam && (
        <section>
          <h2>{isDemonstration ? t('verify.demonstration.title') : t('verify.print.claim')}</h2>
          <p>
            {join([
              isDemonstration ? t('verify.demonstration.text') : exam.claim && textIn(exam.claim, locale),
              parts.length > 0 ? tellPractice(exam, locale) : undefined,
              examShape(exam, locale),
              passRule(exam, locale),
            ])}
          </p>
          {!isDemonstration && (
            <ul>
              {exam.sections.map((section) => (
                <li>{textIn(section.title, locale)}</li>
              ))}
            </ul>
          )}
        </section>
      )}
      <section>
        <h2>{t('verify.print.limits')}</h2>
        <p>
          {join([
            exam?.limits && textIn(exam.limits, locale),
            isUntried ? t('verify.untried') : undefined,
            t('verify.print.alwaysLimits'),
          ])}
        </p>
      </section>
    </div>
  )
}

const Sheet = ({ view }: { view: CertificateView }) => {
  const { t, record, verification, state, title, name, url, context, checkedAt } = view
  const isValid = verification.verdict === 'valid'
  return (
    <main class={isValid ? 'paper' : 'paper ended'}>
      <Drawing svg={guillocheBand(record.exam, title, state)} />
      <div class="inner">
        <h1>{t('verify.print.heading')}</h1>
        <Drawing svg={badgeOf(view, 'page')} />
        <p class={record.holderName.length > LONG_NAME ? 'holder long' : 'holder'}>
          {record.holderName || t('verify.field.unnamed')}
        </p>
        {isValid ? <p class="passed">{t('verify.print.passed', { name })}</p> : <p class="passed">{name}</p>}
        {!isValid && <Fallen view={view} />}
        <Facts view={view} />
        <Scope view={view} />
        <div class="proof">
          <QrCode text={url} label={t('verify.print.scan')} />
          <div>
            <h2>{t('verify.print.scan')}</h2>
            <p class="mono">{url}</p>
            <p>{t('verify.print.scanNote')}</p>
            <p>{t('verify.print.printedOn', { day: dayText(context.locale, checkedAt) })}</p>
          </div>
        </div>
      </div>
      <Drawing svg={guillocheBand(record.exam, title, state)} />
    </main>
  )
}

/** A certificate for one sheet of A4, with the way back to its present state. */
export const PrintPage = ({ view }: { view: CertificateView }) => (
  <Document
    language={view.context.locale}
    title={`${view.t('verify.print.heading')}｜${view.name}`}
    styles={printStyles}
    brand={view.context.brand}
    unlisted
    head={<ShapingScript script={printScript} />}
  >
    <Bar view={view} />
    <Sheet view={view} />
  </Document>
)
