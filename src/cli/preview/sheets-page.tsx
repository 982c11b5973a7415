import { STUDY_WORDS } from '../../authoring/keywords.data.ts'
import type { Language } from '../../authoring/said.ts'
import type { StudySheet } from '../../item/study-sheet.ts'
import { studyParts } from '../../item/study-sheet.ts'
import { Compiled } from '../../web/ui/compiled.tsx'
import { textsOf } from '../texts.ts'
import { FindingList } from './card.tsx'
import type { ExamView } from './exam-view.ts'
import { inLanguage } from './preview-page.tsx'

const Sheet = ({ sheet, exam }: { sheet: StudySheet; exam: ExamView }) => (
  <article class="item" aria-labelledby={sheet.skill}>
    <h2 id={sheet.skill}>
      <code>{sheet.skill}</code>
    </h2>
    <div class="sides">
      {exam.locales.map((locale) => {
        const wording = sheet.wordings[locale]
        return (
          wording && (
            <div class="prose" lang={locale}>
              <h3>{wording.title}</h3>
              {studyParts.map((part) => (
                <>
                  {part !== 'teaching' && <h4>{STUDY_WORDS[part][locale]}</h4>}
                  <Compiled html={wording.html[part]} />
                </>
              ))}
            </div>
          )
        )
      })}
    </div>
  </article>
)

/** The study sheets of one area, in every language side by side. */
export function Sheets({ exam, topic, language }: { exam: ExamView; topic: string | undefined; language: Language }) {
  const t = textsOf(language)
  const topics = exam.topics.filter(({ id }) => exam.sheets.some((sheet) => sheet.topic === id))
  const shown = topics.find(({ id }) => id === topic) ?? topics[0]
  const findings = exam.sheetFindings
  return (
    <div class="items">
      {findings.length > 0 && <FindingList findings={findings} t={t} />}
      {!shown && <p class="note">{t('preview.sheet.none')}</p>}
      <nav class="filt" aria-label={t('preview.topic')}>
        {topics.map((one) => (
          <a
            href={`/sheets?${new URLSearchParams({ exam: exam.id, topic: one.id })}`}
            aria-current={one === shown ? 'true' : undefined}
          >
            {inLanguage(one.title, language, one.id)}
          </a>
        ))}
      </nav>
      {exam.sheets
        .filter((sheet) => sheet.topic === shown?.id)
        .map((sheet) => (
          <Sheet sheet={sheet} exam={exam} />
        ))}
    </div>
  )
}
