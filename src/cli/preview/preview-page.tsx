import { hasErrors } from '../../authoring/diagnostic.ts'
import { type Language, sentenceOf } from '../../authoring/said.ts'
import type { LocaleText } from '../../item/item.ts'
import { STATUS_WORDS } from '../../item/source/status-words.data.ts'
import { Compiled } from '../../web/ui/compiled.tsx'
import { textsOf } from '../texts.ts'
import { FindingList } from './card.tsx'
import { type CardFilter, type ExamView, filterCards } from './exam-view.ts'

export const inLanguage = (text: LocaleText, language: Language, fallback: string): string =>
  text[language] ?? text.ja ?? text.en ?? fallback

/** The pages of the preview, by what stands in the row of links; the first one has the bare address. */
export type Tab = 'items' | 'tasks' | 'sheets' | 'papers'
const TABS: readonly Tab[] = ['items', 'tasks', 'sheets', 'papers']
const pathOf = (tab: Tab): string => (tab === 'items' ? '/' : `/${tab}`)

interface FrameProps {
  readonly exams: readonly ExamView[]
  readonly exam: ExamView
  readonly language: Language
  readonly tab: Tab
  /** Finished HTML of the page's main part. */
  readonly main: string
}

/** Where the page's own main part stands in the document; no text holds this sign. */
const HERE = '\ue000'

/** The html document around a page. */
export function document({ exams, exam, language, tab, main }: FrameProps): string {
  const t = textsOf(language)
  const page = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${inLanguage(exam.title, language, exam.id)}｜kentei preview`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/preview.css" />
        <script type="module" src="/preview.js" />
      </head>
      <body data-exam={exam.id} data-tab={tab} data-updated={t('preview.updated')} data-lost={t('preview.lost')}>
        <header class="top">
          <div class="top-inner">
            <p class="logo">
              <span>
                <b>Kentei</b>
                <small>preview</small>
              </span>
            </p>
            <nav class="tabs" aria-label="preview">
              <ul>
                {TABS.map((one) => (
                  <li>
                    <a
                      href={`${pathOf(one)}?exam=${encodeURIComponent(exam.id)}`}
                      aria-current={one === tab ? 'page' : undefined}
                    >
                      {t(`preview.${one}`)}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
            <p class="who" id="state" role="status" />
          </div>
        </header>
        <main class="desk" id="main">
          <ExamChoice exams={exams} exam={exam} language={language} tab={tab} />
          {HERE}
        </main>
      </body>
    </html>
  )
  return `<!doctype html>${String(page).replace(HERE, () => main)}`
}

const ExamChoice = ({ exams, exam, language, tab }: Omit<FrameProps, 'main'>) => (
  <>
    <h1>{inLanguage(exam.title, language, exam.id)}</h1>
    {exams.length > 1 && (
      <nav class="filt" aria-label="exam">
        {exams.map((one) => (
          <a
            href={`${pathOf(tab)}?exam=${encodeURIComponent(one.id)}`}
            aria-current={one === exam ? 'true' : undefined}
          >
            {inLanguage(one.title, language, one.id)}
          </a>
        ))}
      </nav>
    )}
  </>
)

const addressOf = (exam: ExamView, { topic, status, withFindings }: CardFilter): string =>
  `/?${new URLSearchParams({ exam: exam.id, ...(topic === undefined ? {} : { topic }), ...(status === undefined ? {} : { status }), ...(withFindings ? { findings: '1' } : {}) })}`

interface HeadProps {
  readonly exam: ExamView
  readonly filter: CardFilter
  readonly language: Language
}

/** A row of links that each change one thing of the filter; the number says how many items come. */
const Choice = ({
  exam,
  filter,
  name,
  options,
}: Omit<HeadProps, 'language'> & {
  name: string
  options: readonly { readonly label: string; readonly change: Partial<CardFilter>; readonly isOn: boolean }[]
}) => (
  <nav class="pick" aria-label={name}>
    <span class="tiny">{name}</span>
    <div class="filt">
      {options.map(({ label, change, isOn }) => (
        <a href={addressOf(exam, { ...filter, ...change })} aria-current={isOn ? 'true' : undefined}>
          {label} <b>{filterCards(exam, { ...filter, ...change }).length}</b>
        </a>
      ))}
    </div>
  </nav>
)

/** What stands above the cards: filters, and findings that belong to no item. */
export function Head({ exam, filter, language }: HeadProps) {
  const t = textsOf(language)
  const statuses = [...new Set(exam.cards.map(({ status }) => status))]
  const rules = exam.locales.flatMap((locale) => exam.rulesHtml[locale] ?? [])
  return (
    <>
      <div class="filters">
        <Choice
          exam={exam}
          filter={filter}
          name={t('preview.topic')}
          options={[
            { label: t('preview.all'), change: { topic: undefined }, isOn: filter.topic === undefined },
            ...exam.topics.map(({ id, title }) => ({
              label: inLanguage(title, language, id),
              change: { topic: id },
              isOn: filter.topic === id,
            })),
          ]}
        />
        <Choice
          exam={exam}
          filter={filter}
          name={t('preview.status')}
          options={[
            { label: t('preview.all'), change: { status: undefined }, isOn: filter.status === undefined },
            ...statuses.map((status) => ({
              label: STATUS_WORDS[status][language],
              change: { status },
              isOn: filter.status === status,
            })),
          ]}
        />
        <Choice
          exam={exam}
          filter={filter}
          name={t('preview.findings')}
          options={[
            { label: t('preview.all'), change: { withFindings: false }, isOn: !filter.withFindings },
            { label: t('preview.withFindings'), change: { withFindings: true }, isOn: filter.withFindings },
          ]}
        />
      </div>
      {exam.statisticsProblem && <p class="note bad">{sentenceOf(exam.statisticsProblem, language)}</p>}
      {exam.elsewhere.length > 0 && (
        <details class="secret" data-part="elsewhere" open={hasErrors(exam.elsewhere)}>
          <summary>
            {t('preview.elsewhere')} <b class="num">{exam.elsewhere.length}</b>
          </summary>
          <div>
            <FindingList findings={exam.elsewhere} t={t} />
          </div>
        </details>
      )}
      {rules.length > 0 && (
        <details class="secret" data-part="rules">
          <summary>{t('preview.rules')}</summary>
          <div class="sides">
            {rules.map((html) => (
              <div class="prose">
                <Compiled html={html} />
              </div>
            ))}
          </div>
        </details>
      )}
    </>
  )
}

/** Switches that the page's script works; they change how cards look, not which are shown. */
export function Switches({ exam, language }: { exam: ExamView; language: Language }) {
  const t = textsOf(language)
  const group = (name: string, key: string, options: readonly (readonly [string, string])[]) => (
    <div class="switch" role="group" aria-label={name} data-switch={key}>
      {options.map(([value, label], i) => (
        <button
          type="button"
          class="btn ghost xs"
          data-set={key}
          data-value={value}
          aria-pressed={i === 0 ? 'true' : 'false'}
        >
          {label}
        </button>
      ))}
    </div>
  )
  return (
    <div class="switches">
      {group(t('preview.width'), 'width', [
        ['full', t('preview.desktop')],
        ['phone', t('preview.phone')],
      ])}
      {exam.locales.length > 1 &&
        group(t('preview.language'), 'locale', [
          ['both', t('preview.both')],
          ['ja', textsOf('ja')('cli.language')],
          ['en', textsOf('en')('cli.language')],
        ])}
      <button
        type="button"
        class="btn ghost xs"
        data-all
        data-open={t('preview.openAll')}
        data-close={t('preview.closeAll')}
        aria-pressed="false"
      >
        {t('preview.openAll')}
      </button>
    </div>
  )
}
