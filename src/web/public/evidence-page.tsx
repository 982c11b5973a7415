import { Hono } from 'hono'
import { accepts } from 'hono/accepts'
import type { ExamNoticed } from '../../contract/marketplace.ts'
import { badgeName } from '../../credential/achievement.ts'
import { practiceOf } from '../../flows/practise.ts'
import { type ExamEvidence, readExamEvidence } from '../../flows/read-exam-evidence.ts'
import { latestBank } from '../../item/store.ts'
import { dayText } from '../../platform/page/dates.ts'
import { Icon } from '../../platform/page/icon.tsx'
import { readerLanguage } from '../../platform/page/language.ts'
import { Cell, RowTable } from '../../platform/page/row-table.tsx'
import { Note } from '../../platform/page/state.tsx'
import { examStyles } from '../assets.ts'
import { Page } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'
import { htmlResponse, publicPageContext } from './public-page.ts'
import { openJson, type PublicContext, type PublicEnv, refuse } from './public-response.ts'

/** From so many people on a belief rests on them rather than on the assumption. */
const MANY_REVIEWED = 50
/** Ends of a 95 % interval, in standard errors. */
const Z = 1.96

interface PartProps {
  readonly context: PageContext
  readonly noticed: ExamNoticed
}

type Comparison = NonNullable<ExamNoticed['lot']>

const signed = (value: number, digits: number): string =>
  `${value < 0 ? '−' : value > 0 ? '+' : ''}${Math.abs(value).toFixed(digits)}`
const percent = (share: number): string => (share * 100).toFixed(1)

/** How easily those who passed are found, beside others. */
const Noticed = ({ context: { t }, noticed: { firstPage, displays, waits } }: PartProps) => {
  const columns = [
    { title: t('evidence.figure') },
    { title: t('evidence.certified'), figures: true },
    { title: t('evidence.others'), figures: true },
  ] as const
  const unknown = <span class="quiet unbroken">{t('evidence.unknown')}</span>
  const tell = (figure: number | null, say: (n: number) => string) =>
    figure === null ? unknown : <span class="unbroken">{say(figure)}</span>
  const rows = [
    { name: t('evidence.displays'), of: displays, say: (n: number) => t('evidence.times', { times: n.toFixed(2) }) },
    { name: t('evidence.waits'), of: waits, say: (n: number) => t('evidence.days', { days: Math.round(n) }) },
  ]
  return (
    <section class="card" aria-labelledby="noticed">
      <h2 id="noticed">{t('evidence.noticed')}</h2>
      <dl class="kv">
        <div>
          <dt>{t('evidence.firstPage')}</dt>
          <dd>{firstPage.share === null ? unknown : t('evidence.percent', { percent: percent(firstPage.share) })}</dd>
        </div>
      </dl>
      <RowTable caption={t('evidence.noticed')} columns={columns}>
        {rows.map(({ name, of, say }) => (
          <tr role="row">
            <th scope="row" role="rowheader" class="all">
              {name}
            </th>
            <Cell column={columns[1]}>{tell(of.certified, say)}</Cell>
            <Cell column={columns[2]}>{tell(of.others, say)}</Cell>
          </tr>
        ))}
      </RowTable>
    </section>
  )
}

/** What came of those whom chance gave something, and of those whom it did not. */
const ByLot = ({ context: { t }, noticed: { lot, market, heldOut } }: PartProps) => {
  const columns = [
    { title: t('evidence.outcome') },
    { title: t('evidence.with'), figures: true },
    { title: t('evidence.without'), figures: true },
    { title: t('evidence.difference'), figures: true },
  ] as const
  const rows: readonly (readonly ['lot' | (keyof ExamNoticed['market'] & string), Comparison | null])[] = [
    ['lot', lot],
    ['certified', market.certified],
    ['anybody', market.anybody],
    ['endsWell', market.endsWell],
  ]
  return (
    <section class="card" aria-labelledby="lot">
      <h2 id="lot">{t('evidence.lot')}</h2>
      <p class="small">
        {t('evidence.lotText', { share: t('evidence.percent', { percent: String(Math.round(heldOut * 100)) }) })}
      </p>
      <RowTable caption={t('evidence.lot')} columns={columns}>
        {rows.map(([key, found]) => (
          <tr role="row">
            <th scope="row" role="rowheader" class="all">
              {t(`evidence.outcomes.${key as 'lot'}`)}
            </th>
            {found === null ? (
              <td role="cell" colspan={3} class="all quiet">
                {t('evidence.unknown')}
              </td>
            ) : (
              <>
                <Cell column={columns[1]}>{t('evidence.percent', { percent: percent(found.with) })}</Cell>
                <Cell column={columns[2]}>{t('evidence.percent', { percent: percent(found.without) })}</Cell>
                <Cell column={columns[3]}>
                  <span class="unbroken">
                    {t('evidence.points', { points: signed(found.difference.value * 100, 1) })}
                  </span>
                  <span class="tiny sub">
                    {t('evidence.interval', {
                      low: signed(found.difference.low * 100, 1),
                      high: signed(found.difference.high * 100, 1),
                    })}
                  </span>
                </Cell>
              </>
            )}
          </tr>
        ))}
      </RowTable>
    </section>
  )
}

/** What is believed of how those who passed work, how sure that is, and what follows from it. */
const Work = ({ context: { t, locale }, noticed: { belief, history } }: PartProps) => {
  const { d, sigma, certified, others } = belief
  const figures = { d: signed(d, 2), low: signed(d - Z * sigma, 2), high: signed(d + Z * sigma, 2) }
  const rests = certified !== null && others !== null && Math.min(certified, others) >= MANY_REVIEWED
  const columns = [
    { title: t('evidence.month') },
    { title: t('evidence.d'), figures: true },
    { title: t('evidence.ratio'), figures: true },
    { title: t('evidence.state') },
  ] as const
  return (
    <section class="card" aria-labelledby="work">
      <h2 id="work">{t('evidence.work')}</h2>
      <p>{rests ? t('evidence.seen', { ...figures, certified, others }) : t('evidence.assumed', figures)}</p>
      <p>
        {belief.state === 'predicts'
          ? t('evidence.predicts', { ratio: belief.ratio.toFixed(1) })
          : t('evidence.notShown', { day: dayText(locale, Date.parse(belief.since)) })}
      </p>
      {history.length > 0 && (
        <>
          <h3>{t('evidence.history')}</h3>
          <RowTable caption={t('evidence.history')} columns={columns}>
            {history.map((month) => (
              <tr role="row">
                <th scope="row" role="rowheader" class="all">
                  <time datetime={month.month}>{month.month.replace('-', '/')}</time>
                </th>
                <Cell column={columns[1]}>
                  <span class="unbroken">
                    {t('evidence.plusMinus', { d: signed(month.d, 2), half: (Z * month.sigma).toFixed(2) })}
                  </span>
                </Cell>
                <Cell column={columns[2]}>
                  <span class="unbroken">{t('evidence.ratioTimes', { ratio: month.ratio.toFixed(1) })}</span>
                </Cell>
                <Cell column={columns[3]}>{t(`evidence.states.${month.state}`)}</Cell>
              </tr>
            ))}
          </RowTable>
        </>
      )}
    </section>
  )
}

const Limits = ({ context: { t } }: Pick<PartProps, 'context'>) => (
  <section class="card" aria-labelledby="limits">
    <h2 id="limits">{t('evidence.limits')}</h2>
    <ul class="ticks">
      {t.list('evidence.limit').map((limit) => (
        <li>
          <Icon name="info" />
          <span>{limit}</span>
        </li>
      ))}
    </ul>
  </section>
)

interface EvidenceView {
  readonly exam: { readonly id: string; readonly name: string; readonly hasPractice: boolean }
  readonly evidence: ExamEvidence
  readonly context: PageContext
}

/** What a pass changes in the marketplace, for anybody to read: what is known, how sure, and what is not. */
const EvidencePage = ({ exam, evidence, context }: EvidenceView) => {
  const { t, locale } = context
  const address = `/exams/${encodeURIComponent(exam.id)}/evidence.json`
  return (
    <Page context={context} title={t('evidence.title')} styles={examStyles} tab="/">
      <main id="main" class="wrap tight narrow">
        <div class="head">
          <div>
            <h1>{t('evidence.title')}</h1>
            <p class="lead">{t('evidence.lead', { name: exam.name })}</p>
          </div>
        </div>
        <div class="stack">
          {evidence.state === 'told' ? (
            <>
              <Noticed context={context} noticed={evidence.noticed} />
              <ByLot context={context} noticed={evidence.noticed} />
              <Work context={context} noticed={evidence.noticed} />
              <Limits context={context} />
            </>
          ) : (
            <Note
              tone={evidence.state === 'unreachable' ? 'wait' : undefined}
              title={t(evidence.state === 'unreachable' ? 'evidence.unreachableTitle' : 'evidence.notOfferedTitle')}
            >
              <p>{t(evidence.state === 'unreachable' ? 'evidence.unreachable' : 'evidence.notOffered')}</p>
            </Note>
          )}
          <p class="tiny">
            <a href={`/achievements/${encodeURIComponent(exam.id)}?lang=${locale}`}>{t('evidence.exam')}</a>
          </p>
          {exam.hasPractice && (
            <p class="tiny">
              <a href={`/exams/${encodeURIComponent(exam.id)}/practice?lang=${locale}`}>{t('practice.open')}</a>
            </p>
          )}
          {evidence.state === 'told' && (
            <p class="tiny">
              <a href={address}>{t('evidence.json')}</a>{' '}
              {t('evidence.asOf', { day: dayText(locale, Date.parse(evidence.noticed.asOf)) })}
            </p>
          )}
        </div>
      </main>
    </Page>
  )
}

/** What the marketplace tells of an exam, as it told it. */
const documentOf = (exam: string, evidence: ExamEvidence) => ({
  exam,
  state: evidence.state,
  noticed: evidence.state === 'told' ? evidence.noticed : null,
})

const SEEN_FOR = 'public, max-age=300'

async function asJson(c: PublicContext, exam: string): Promise<Response> {
  if (!(await latestBank(c.var.world.db, exam))) return refuse({ code: 'not-found' })
  const evidence = await readExamEvidence(c.var.world, exam)
  return openJson(c, documentOf(exam, evidence), evidence.state === 'unreachable' ? 'no-store' : SEEN_FOR)
}

/** What a pass of an exam changes: JSON for programs, a page for people. */
export function evidenceRoutes(): Hono<PublicEnv> {
  return new Hono<PublicEnv>()
    .get('/exams/:exam/evidence.json', (c) => asJson(c, c.req.param('exam')))
    .get('/exams/:exam/evidence', async (c) => {
      const supports = ['application/json', 'text/html']
      const id = c.req.param('exam')
      if (accepts(c, { header: 'Accept', supports, default: 'application/json' }) !== 'text/html') return asJson(c, id)
      const { world } = c.var
      const bank = await latestBank(world.db, id)
      if (!bank) return c.notFound()
      const context = publicPageContext(c, readerLanguage(c))
      const evidence = await readExamEvidence(world, id)
      const hasPractice = practiceOf(bank, context.locale).length > 0
      const exam = { id, name: badgeName(bank.exam, context.locale), hasPractice }
      return htmlResponse(
        c,
        <EvidencePage exam={exam} evidence={evidence} context={context} />,
        evidence.state === 'unreachable' ? 503 : 200,
      )
    })
}
