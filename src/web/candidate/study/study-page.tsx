import type { StudyEntry, StudyList, StudyPage } from '../../../flows/read-study-sheets.ts'
import { Icon } from '../../../platform/page/icon.tsx'
import { studyStyles } from '../../assets.ts'
import { Page } from '../../ui/page.tsx'
import type { PageContext } from '../../ui/page-context.ts'
import { StudyArticle } from './study-article.tsx'

export const studyListHref = (exam: string): string => `/exams/${encodeURIComponent(exam)}/sheets`
export const studyHref = (exam: string, skill: string): string => `${studyListHref(exam)}/${encodeURIComponent(skill)}`

type Exam = Pick<StudyList, 'exam' | 'title' | 'level'>

const examName = ({ t }: PageContext, { title, level }: Exam): string => `${title} ${t('exam.level', { level })}`

/** The way back: to the exam, and from a sheet to the list of all. */
const Crumbs = ({ context, exam, isSheet = false }: { context: PageContext; exam: Exam; isSheet?: boolean }) => (
  <nav class="crumb crumbs" aria-label={context.t('study.crumbs')}>
    <ol>
      <li>
        <a href={`/exams/${encodeURIComponent(exam.exam)}`}>
          <Icon name="left" small />
          {examName(context, exam)}
        </a>
      </li>
      {isSheet && (
        <li>
          <a href={studyListHref(exam.exam)}>{context.t('study.title')}</a>
        </li>
      )}
    </ol>
  </nav>
)

/** Every sheet of an exam, by area. */
export const StudyListPage = ({ context, list }: { context: PageContext; list: StudyList }) => {
  const { t } = context
  const { exam, topics } = list
  return (
    <Page context={context} title={t('study.of', { exam: examName(context, list) })} styles={studyStyles} tab="/">
      <main id="main" class="wrap tight">
        <Crumbs context={context} exam={list} />
        <div class="head">
          <div>
            <h1>{t('study.of', { exam: examName(context, list) })}</h1>
            <p class="lead">{t('study.lead')}</p>
          </div>
        </div>
        <div class="shelf">
          {topics.map(({ id, title, sheets }) => (
            <section class="card" aria-labelledby={id}>
              <h2 id={id}>{title}</h2>
              <ul class="sheets">
                {sheets.map((sheet) => (
                  <li>
                    <a href={studyHref(exam, sheet.skill)}>{sheet.title}</a>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </main>
    </Page>
  )
}

const Turn = ({
  context,
  exam,
  to,
  way,
}: {
  context: PageContext
  exam: string
  to: StudyEntry
  way: 'previous' | 'next'
}) => (
  <a class={`turn ${way}`} href={studyHref(exam, to.skill)} rel={way === 'next' ? 'next' : 'prev'}>
    <small>{context.t(`study.${way}`)}</small>
    <span>
      {way === 'previous' && <Icon name="left" small />}
      {to.title}
      {way === 'next' && <Icon name="right" small />}
    </span>
  </a>
)

/** What a skill is, an example, common mistakes, something to try with its answer folded, and who says so. */
export const StudySheetPage = ({ context, page }: { context: PageContext; page: StudyPage }) => {
  const { t } = context
  const { exam, topic, locale, sheet, previous, next } = page
  const { title, html } = sheet
  return (
    <Page context={context} title={`${title}｜${t('study.title')}`} styles={studyStyles} tab="/">
      <main id="main" class="wrap tight leaf">
        <Crumbs context={context} exam={page} isSheet />
        <div class="head">
          <div>
            <p class="kicker">{topic.title}</p>
            <h1 lang={locale}>{title}</h1>
          </div>
        </div>
        <StudyArticle html={html} locale={locale} context={context} />
        <nav class="turns" aria-label={t('study.turns')} lang={locale}>
          {previous && <Turn context={context} exam={exam} to={previous} way="previous" />}
          {next && <Turn context={context} exam={exam} to={next} way="next" />}
        </nav>
        <p class="btns after">
          <a class="btn outline s" href={`/exams/${encodeURIComponent(exam)}/practice`}>
            {t('topics.practise')}
          </a>
          <a class="btn ghost s" href={studyListHref(exam)}>
            {t('study.list')}
          </a>
        </p>
      </main>
    </Page>
  )
}
