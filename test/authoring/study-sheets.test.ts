import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { shippedExam } from '../support/shipped-bank.ts'

const PARTS = {
  ja: ['例', 'よくあるまちがい', 'やってみる', '答え', '出典'],
  en: ['Example', 'Common mistakes', 'Try it', 'Answer', 'Sources'],
}

/** The sheets of an exam in a language: the skill's id, then the titles of its parts. */
async function sheetsOf(exam: string, language: keyof typeof PARTS) {
  const folder = `exams/${exam}/sheets`
  const files = (await readdir(folder)).filter((name) => name.endsWith(`.${language}.md`)).sort()
  const texts = await Promise.all(files.map((name) => readFile(`${folder}/${name}`, 'utf8')))
  return texts.flatMap((text) =>
    text
      .split(/^## /m)
      .slice(1)
      .map((sheet) => ({
        skill: sheet.split(' ')[0] ?? '',
        parts: [...sheet.matchAll(/^### (.+)$/gm)].map(([, part]) => part),
      })),
  )
}

describe.each(['business-admin', 'web-writer'] as const)('the study sheets of %s', (exam) => {
  it.each(['ja', 'en'] as const)('are one for each skill, each with its five parts: %s', async (language) => {
    const sheets = await sheetsOf(exam, language)
    const skills = (await shippedExam(exam)).exam.skills.map(({ id }) => id)
    expect(sheets.map(({ skill }) => skill).sort()).toEqual([...skills].sort())
    for (const { skill, parts } of sheets) expect([skill, ...parts]).toEqual([skill, ...PARTS[language]])
  })
})
