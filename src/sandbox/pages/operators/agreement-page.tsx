import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { momentText } from '../../../platform/page/dates.ts'
import { Crumb } from '../../../platform/page/document.tsx'
import { Cell, type Column, RowTable } from '../../../platform/page/row-table.tsx'
import { Note } from '../../../platform/page/state.tsx'
import { kindTexts } from '../../detector/judge/kind-texts.ts'
import { type AgreementView, showAgreement } from '../../flows/judge-again.ts'
import { type Agreement, ENOUGH } from '../../moderation/second/agreement.ts'
import { SECOND_SHARE } from '../../moderation/second/second.ts'
import type { SandboxEnv } from '../../sandbox-world.ts'
import { link } from '../links.ts'
import { readerOf, show } from '../page-door.tsx'
import { Page, type Reader } from '../parts/layout.tsx'
import { operatorsStyles } from '../styles.ts'
import { percent } from './detector-tables.tsx'
import { drawnTitle, secondPath } from './second-page.tsx'

const PATH = '/operators/agreement'

const hundredths = (value: number): string => value.toFixed(2).replace('-', '−')

function kappaIn({ t }: Reader, { n, kappa }: Agreement): string {
  if (n < ENOUGH) return t('case.agreement.few', { n, enough: ENOUGH })
  if (!kappa) return t('case.agreement.untold')
  return t('case.agreement.kappa', {
    kappa: hundredths(kappa.kappa),
    low: hundredths(kappa.low),
    high: hundredths(kappa.high),
  })
}

/** How well operators agree about each of some matters. */
function AgreementTable({
  reader,
  caption,
  matter,
  lines,
}: {
  reader: Reader
  caption: string
  matter: string
  lines: readonly { readonly name: Child; readonly of: Agreement }[]
}) {
  const { t } = reader
  const [about, n, same, kappa] = [
    { title: matter },
    { title: t('case.agreement.n'), figures: true },
    { title: t('case.agreement.same'), figures: true },
    { title: t('case.agreement.kappaTitle'), figures: true },
  ] as const satisfies readonly Column[]
  return (
    <RowTable caption={caption} columns={[about, n, same, kappa]}>
      {lines.map(({ name, of }) => (
        <tr role="row">
          <Cell column={about}>{name}</Cell>
          <Cell column={n}>{String(of.n)}</Cell>
          <Cell column={same} empty={of.same === undefined}>
            {of.same === undefined ? '' : percent(of.same)}
          </Cell>
          <Cell column={kappa}>{kappaIn(reader, of)}</Cell>
        </tr>
      ))}
    </RowTable>
  )
}

/** What two judged differently. */
function Disputes({ reader, disputes }: { reader: Reader; disputes: AgreementView['disputes'] }) {
  const { locale, t } = reader
  const me = reader.person?.id
  return (
    <section class="card flow" aria-labelledby="disputes">
      <h2 id="disputes">{t('case.agreement.disputes')}</h2>
      {disputes.length === 0 && <p class="small">{t('case.agreement.noDisputes')}</p>}
      <ul class="lines">
        {disputes.map((drawn) => {
          const { second } = drawn
          return (
            <li>
              {second.firstBy === me || second.secondBy === me ? (
                <span>
                  {drawnTitle(reader, drawn)} <span class="tiny">{t('case.agreement.yours')}</span>
                </span>
              ) : (
                <a href={link(locale, secondPath(second.id))}>{drawnTitle(reader, drawn)}</a>
              )}
              {second.secondAt !== null && <span class="tiny">{momentText(locale, second.secondAt, reader.now)}</span>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** How well operators agree who do not know of each other. */
function AgreementPage({ reader, view }: { reader: Reader; view: AgreementView }) {
  const { locale, t } = reader
  return (
    <Page styles={operatorsStyles} reader={reader} title={t('case.agreement.title')} current="queue">
      <main id="main" class="wrap narrow">
        <Crumb href={link(locale, '/operators/queue')}>{t('case.queue')}</Crumb>
        <div class="head">
          <div>
            <h1>{t('case.agreement.title')}</h1>
            <p class="lead">{t('case.agreement.lead', { share: percent(SECOND_SHARE) })}</p>
          </div>
        </div>
        <div class="stack">
          {view.missing && (
            <Note tone="wait" icon="person">
              <p>{t(`case.agreement.missing.${view.missing}`)}</p>
            </Note>
          )}
          <section class="card flow" aria-labelledby="kappas">
            <h2 id="kappas">{t('case.agreement.perKind')}</h2>
            <p class="small">{t('case.agreement.about', { enough: ENOUGH })}</p>
            <AgreementTable
              reader={reader}
              caption={t('case.agreement.perKind')}
              matter={t('detector.kind')}
              lines={view.byKind.map((of) => ({
                of,
                name: of.about === 'any' ? <b>{t('case.agreement.any')}</b> : kindTexts[of.about].title[locale],
              }))}
            />
          </section>
          <section class="card flow" aria-labelledby="places">
            <h2 id="places">{t('case.agreement.perPlace')}</h2>
            <p class="small">{t('case.agreement.aboutPlaces')}</p>
            <AgreementTable
              reader={reader}
              caption={t('case.agreement.perPlace')}
              matter={t('case.agreement.place')}
              lines={view.byPlace.map((of) => ({ of, name: t('case.surface', { surface: of.about }) }))}
            />
          </section>
          <Disputes reader={reader} disputes={view.disputes} />
        </div>
      </main>
    </Page>
  )
}

export const agreementPages = (): Hono<SandboxEnv> =>
  new Hono<SandboxEnv>().get(PATH, async (c) =>
    show(c, <AgreementPage reader={readerOf(c)} view={await showAgreement(c.get('world'))} />),
  )
