import { sha256 } from '../../authoring/content-hash.ts'
import { rulePage } from '../../authoring/rule-pages.ts'
import { type Example, examplesOf, isTold, type RulePage } from '../../authoring/rules/rule-page.ts'
import { type Language, sentenceOf } from '../../authoring/said.ts'
import { type FormSimulation, simulateForms } from '../../form/simulate-forms.ts'
import type { Bank } from '../../item/bank.ts'
import type { Locale } from '../../item/item.ts'
import { textsOf } from '../texts.ts'
import { Card } from './card.tsx'
import { type CardFilter, type ExamView, filterCards, type ItemCard } from './exam-view.ts'
import { Papers, PapersRefused } from './papers-page.tsx'
import { document, Head, Switches, type Tab } from './preview-page.tsx'
import { Sheets } from './sheets-page.tsx'
import { type TaskChoice, Tasks } from './tasks-page.tsx'

function Shown({ example, language }: { example: Example; language: Language }) {
  if (typeof example === 'string') return <pre>{example.trimEnd()}</pre>
  if (isTold(example)) return <p>{sentenceOf(example.told, language)}</p>
  return (
    <>
      {Object.entries(example).map(([path, content]) => (
        <>
          <p class="tiny">
            <code>{path}</code>
          </p>
          <pre>{content.trimEnd()}</pre>
        </>
      ))}
    </>
  )
}

/** The page of a rule, where a finding in the preview leads. */
function ruleDocument(page: RulePage, language: Language): string {
  const { bad, good } = examplesOf(page, language)
  const t = textsOf(language)
  const html = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${page.rule}｜kentei preview`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/preview.css" />
      </head>
      <body>
        <main class="desk rule">
          <nav class="filt" aria-label="preview">
            <a href="/">{t('preview.items')}</a>
            <a href="?lang=ja" lang="ja" aria-current={language === 'ja' ? 'true' : undefined}>
              {textsOf('ja')('cli.language')}
            </a>
            <a href="?lang=en" lang="en" aria-current={language === 'en' ? 'true' : undefined}>
              {textsOf('en')('cli.language')}
            </a>
          </nav>
          <header>
            <h1>{sentenceOf(page.title, language)}</h1>
            <p class="tiny">
              <code>{page.rule}</code>
            </p>
          </header>
          <p>{sentenceOf(page.why, language)}</p>
          <h2>{t('cli.rule.bad')}</h2>
          <Shown example={bad} language={language} />
          <h2>{t('cli.rule.good')}</h2>
          <Shown example={good} language={language} />
        </main>
      </body>
    </html>
  )
  return `<!doctype html>${String(html)}`
}

const TRIAL_PAPERS = 1000
/** A day of saving does not fill the memory. */
const MOST_KEPT = 20_000

export interface Answer {
  readonly type: string
  readonly body: string
}

/** Answers the paths of the preview, or nothing where there is no such page. It keeps what it rendered. */
export interface PageRoom {
  answer(path: string, query: URLSearchParams, exams: readonly ExamView[]): Answer | undefined
}

/** `/rules/option/checkbox?lang=en`, in the preview's language without `lang`. */
function answerRule(path: string, query: URLSearchParams, language: Language): Answer | undefined {
  const page = rulePage(path.slice(RULES.length))
  const asked = query.get('lang')
  return page && { type: 'text/html', body: ruleDocument(page, asked === 'ja' || asked === 'en' ? asked : language) }
}

const RULES = '/rules/'

const filterOf = (query: URLSearchParams): CardFilter => ({
  ...(query.get('topic') === null ? {} : { topic: query.get('topic') as string }),
  ...(query.get('status') === null ? {} : { status: query.get('status') as string }),
  withFindings: query.get('findings') === '1',
})

/** Drawings beyond these nobody looks for. */
const MOST_TRIALS = 10_000

const choiceOf = (query: URLSearchParams): TaskChoice => ({
  family: query.get('family') ?? undefined,
  bot: query.get('bot') ?? undefined,
  from: Math.min(MOST_TRIALS, Math.max(1, Math.floor(Number(query.get('from'))) || 1)),
})

export function openPages(language: Language): PageRoom {
  const t = textsOf(language)
  const rendered = new Map<string, string>()
  const trials = new Map<string, FormSimulation>()

  function cardHtml(exam: ExamView, card: ItemCard, draw: number): string {
    const name = `${exam.id} ${card.id} ${card.print} ${draw}`
    const known = rendered.get(name)
    if (known !== undefined) return known
    const html = String(
      <Card card={card} locales={exam.locales} skills={exam.skills} language={language} draw={draw} />,
    )
    if (rendered.size >= MOST_KEPT) rendered.clear()
    rendered.set(name, html)
    return html
  }

  const headHtml = (exam: ExamView, filter: CardFilter) =>
    String(<Head exam={exam} filter={filter} language={language} />)

  function itemsMain(exam: ExamView, filter: CardFilter): string {
    const cards = filterCards(exam, filter)
    const list = cards.map((card) => cardHtml(exam, card, 0)).join('')
    return `<div id="head">${headHtml(exam, filter)}</div>${String(<Switches exam={exam} language={language} />)}<div class="items" id="items">${list}</div><p class="tiny" id="none"${cards.length > 0 ? ' hidden' : ''}>${t('preview.nothing')}</p>`
  }

  function trialOf(bank: Bank, locale: Locale, trial: number): FormSimulation {
    const name = `${bank.hash} ${locale} ${trial}`
    const known = trials.get(name)
    if (known) return known
    const simulated = simulateForms(bank, { locale, papers: TRIAL_PAPERS, seed: sha256(`trial ${trial}`).slice(0, 32) })
    // each holds tens of thousands of numbers
    if (trials.size >= 8) trials.clear()
    trials.set(name, simulated)
    return simulated
  }

  function papersMain(exam: ExamView, query: URLSearchParams): string {
    const { bank } = exam
    if (!bank) return String(<PapersRefused text={t('preview.unfit')} />)
    const { locales } = bank.exam
    const locale = locales.find((one) => one === query.get('locale')) ?? (locales[0] as Locale)
    const trial = Math.max(1, Math.floor(Number(query.get('trial'))) || 1)
    try {
      return String(
        <Papers
          exam={exam}
          locales={locales}
          locale={locale}
          trial={trial}
          simulated={trialOf(bank, locale, trial)}
          language={language}
        />,
      )
    } catch (problem) {
      // a bank may be sound and still be too small for its own blueprint
      return String(
        <PapersRefused
          text={t('preview.tooFew', { reason: problem instanceof Error ? problem.message : String(problem) })}
        />,
      )
    }
  }

  return {
    answer: (path, query, exams) => {
      if (path.startsWith(RULES)) return answerRule(path, query, language)
      const exam = query.get('exam') === null ? exams[0] : exams.find(({ id }) => id === query.get('exam'))
      if (!exam) return undefined
      const page = (tab: Tab, main: string): Answer => ({
        type: 'text/html',
        body: document({ exams, exam, language, tab, main }),
      })
      switch (path) {
        case '/':
          return page('items', itemsMain(exam, filterOf(query)))
        case '/papers':
          return page('papers', papersMain(exam, query))
        case '/sheets':
          return page(
            'sheets',
            String(<Sheets exam={exam} topic={query.get('topic') ?? undefined} language={language} />),
          )
        case '/tasks':
          return page('tasks', String(<Tasks exam={exam} choice={choiceOf(query)} language={language} />))
        case '/outline': {
          const filter = filterOf(query)
          return {
            type: 'application/json',
            body: JSON.stringify({
              head: headHtml(exam, filter),
              cards: filterCards(exam, filter).map(({ id, print }) => ({ id, print })),
            }),
          }
        }
        case '/card': {
          const card = exam.cards.find(({ id }) => id === query.get('id'))
          return (
            card && {
              type: 'text/html',
              body: cardHtml(exam, card, Math.max(0, Math.floor(Number(query.get('draw'))) || 0)),
            }
          )
        }
        default:
          return undefined
      }
    },
  }
}
