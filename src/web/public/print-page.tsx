import { examShape, passRule, textIn } from '../../credential/achievement.ts'
import { guillocheBand } from '../../credential/badge-artwork.ts'
import { pageStyles } from '../ui/assets.ts'
import { Drawing } from '../ui/drawing.tsx'
import { withDoctype } from '../ui/page.tsx'
import { dayText, timeAttribute } from '../ui/time-text.ts'
import { tones, VerdictIcon } from './certificate-card.tsx'
import { badgeOf, type CertificateView } from './certificate-view.ts'
import { successorOf } from './lineage-rows.tsx'
import { printScript, printStyles } from './page-files.ts'
import { QrCode } from './qr-code.tsx'

const Bar = ({ view: { texts, url, context } }: { view: CertificateView }) => (
  <div class="printbar">
    <a href={`${new URL(url).pathname}?lang=${context.locale}`}>{texts.print.back}</a>
    <p class="tiny">{texts.print.hint}</p>
    <button type="button" class="btn outline s" id="print" hidden>
      {texts.print.button}
    </button>
  </div>
)

/** Letters of a name beyond which it is set smaller: more than two lines of kanji. */
const LONG_NAME = 40

/** What it says instead of the pass, where it does not stand. */
const Fallen = ({ view }: { view: CertificateView }) => {
  const { texts, verification } = view
  const { heading, meaning } = texts.verdicts[verification.verdict]
  return (
    <div class={`ending ${tones[verification.verdict]}`}>
      <h2>
        <VerdictIcon verdict={verification.verdict} />
        {heading}
      </h2>
      <p>{successorOf(view)?.words.meaning ?? meaning[0]}</p>
      {verification.verdict === 'suspended' && <p>{meaning[1]}</p>}
    </div>
  )
}

const Facts = ({ view }: { view: CertificateView }) => {
  const { texts, record, context, issuerName, host, lineage } = view
  const day = (at: number) => (
    <time class="nb" datetime={timeAttribute(at)}>
      {dayText(context.locale, at)}
    </time>
  )
  const facts = [
    [texts.field.passedOn, day(lineage.passedAt)],
    [texts.field.validUntil, day(record.validUntil)],
    [texts.field.issuer, `${issuerName} (${host})`],
    [texts.keyField.number, <span class="mono">{record.id}</span>],
  ] as const
  return (
    <dl class="deeds">
      {facts.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const Scope = ({ view: { exam, isDemonstration, texts, context } }: { view: CertificateView }) => {
  const { locale } = context
  const join = (parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(locale === 'ja' ? '' : ' ')
  return (
    <div class="bounds">
      {exam && (
        <section>
          <h2>{isDemonstration ? texts.demonstration.title : texts.print.claim}</h2>
          <p>{join([isDemonstration ? texts.demonstration.text : exam.claim && textIn(exam.claim, locale), examShape(exam, locale), passRule(exam, locale)])}</p>
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
        <h2>{texts.print.limits}</h2>
        <p>{join([exam?.limits && textIn(exam.limits, locale), texts.print.alwaysLimits])}</p>
      </section>
    </div>
  )
}

const Sheet = ({ view }: { view: CertificateView }) => {
  const { texts, record, verification, state, title, name, url, context, checkedAt } = view
  const isValid = verification.verdict === 'valid'
  return (
    <main class={isValid ? 'paper' : 'paper ended'}>
      <Drawing svg={guillocheBand(record.exam, title, state)} />
      <div class="inner">
        <h1>{texts.print.heading}</h1>
        <Drawing svg={badgeOf(view, 'page')} />
        <p class={record.holderName.length > LONG_NAME ? 'holder long' : 'holder'}>{record.holderName}</p>
        {isValid ? <p class="passed">{texts.print.passed(name)}</p> : <p class="passed">{name}</p>}
        {!isValid && <Fallen view={view} />}
        <Facts view={view} />
        <Scope view={view} />
        <div class="proof">
          <QrCode text={url} label={texts.print.scan} />
          <div>
            <h2>{texts.print.scan}</h2>
            <p class="mono">{url}</p>
            <p>{texts.print.scanNote}</p>
            <p>{texts.print.printedOn(dayText(context.locale, checkedAt))}</p>
          </div>
        </div>
      </div>
      <Drawing svg={guillocheBand(record.exam, title, state)} />
    </main>
  )
}

/** A certificate for one sheet of A4, with the way back to its present state. */
export const PrintPage = ({ view }: { view: CertificateView }) =>
  withDoctype(
    <html lang={view.context.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${view.texts.print.heading}｜${view.name}`}</title>
        <link rel="stylesheet" href={pageStyles.href} />
        <link rel="stylesheet" href={printStyles.href} />
      </head>
      <body>
        <Bar view={view} />
        <Sheet view={view} />
        <script type="module" src={printScript.href} />
      </body>
    </html>,
  )
