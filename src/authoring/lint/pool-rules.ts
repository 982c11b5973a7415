import { assembleForm, NO_EXPOSURE } from '../../form/assemble-form.ts'
import { isDrawn } from '../../form/draw-sections.ts'
import type { BlueprintSection, ExamDefinition } from '../../item/bank.ts'
import type { Item, Locale } from '../../item/item.ts'
import type { CompileMemory } from '../compile-memory.ts'
import { sha256 } from '../content-hash.ts'
import { error, type Report, type Said, say, warning } from '../diagnostic.ts'
import { lintRetakes } from './retake-rules.ts'

/** Papers drawn on trial. Fewer for large pools, where each draw costs more and fails less. */
const trialsFor = (items: number): number => (items > 5_000 ? 2 : items > 1_000 ? 6 : 40)

/** Whether the live items can fill the blueprint, in every locale of the exam. Reported at the exam, not at an item. */
export function lintPool(exam: ExamDefinition, items: readonly Item[], { report, memory }: { readonly report: Report; readonly memory: CompileMemory }): void {
  const top = { line: 1, column: 1 }
  for (const locale of exam.locales) {
    const live = items.filter((item) => isDrawn(item) && item.wordings[locale])
    const short = exam.sections.filter((section) => !lintSection(section, live, locale, report))
    if (short.length > 0) continue
    const facts = factsOf(exam, live)
    const failure = memory.once(`trial papers ${locale}`, [memory, facts], () => tryAssembly(exam, live, locale))
    if (!failure) lintRetakes(exam, live, { locale, facts, report, memory })
    else
      report(
        top,
        error(
          'pool/too-small',
          say(
            `設計図どおりの試験を組めないことがあります（${locale}、${failure.share}回に${failure.failed}回）：重要な能力の最少数と、敵の組を確かめてください`,
            `the blueprint cannot always be met (${locale}; ${failure.failed} of ${failure.share} trials): ${failure.message}`,
          ),
          say('問題を増やすか、critical.min や敵の指定を見直してください', 'add items, or review critical.min and the enemies'),
        ),
      )
  }
  lintSkills(exam, items, report)
}

/** A part of a section whose pool holds fewer live items than the blueprint asks for; below `draw` no paper can be drawn. */
export interface Shortfall {
  readonly topic: string
  readonly locale: Locale
  readonly from: number
  readonly to: number
  readonly draw: number
  readonly need: number
  readonly count: number
}

/** What the section lacks of live items in a locale. */
export function shortfalls(section: BlueprintSection, items: readonly Item[], locale: Locale): Shortfall[] {
  const mine = items.filter((item) => item.topic === section.topic && isDrawn(item) && item.wordings[locale])
  const quotas = section.quotas.length > 0 ? section.quotas : [{ from: 1, to: 5, draw: section.draw }]
  return quotas.flatMap(({ from, to, draw }) => {
    const count = mine.filter((item) => item.difficulty >= from && item.difficulty <= to).length
    const need = Math.ceil(draw * section.minPool)
    return count < need ? [{ topic: section.topic, locale, from, to, draw, need, count }] : []
  })
}

/** How short a pool is, in a sentence. */
export const shortfallText = ({ topic, locale, from, to, draw, need, count }: Shortfall): Said =>
  say(
    `${topic}（${locale}、難易度${from === to ? from : `${from}〜${to}`}）の公開中の問題が${count}問です。${draw}問の出題には${need}問要ります`,
    `${topic} (${locale}, difficulty ${from}–${to}) has ${count} live items; drawing ${draw} needs ${need}`,
  )

/** False when the section cannot be filled at all. */
function lintSection(section: BlueprintSection, live: readonly Item[], locale: Locale, report: Report): boolean {
  const short = shortfalls(section, live, locale)
  for (const one of short)
    report(
      { line: 1, column: 1 },
      (one.count < one.draw ? error : warning)('pool/too-small', shortfallText(one), say('問題を書き足すか、状態を「公開」にしてください', 'write more items, or make drafts `live`')),
    )
  return short.every(({ count, draw }) => count >= draw)
}

/** All that decides which items go together on a paper; what they say does not. */
const factsOf = ({ id: exam, sections, critical }: ExamDefinition, live: readonly Item[]): string =>
  JSON.stringify([exam, sections, critical, live.map(({ id, type, topic, status, difficulty, skill, enemies }) => [id, type, topic, status, difficulty, skill, enemies])])

function tryAssembly(exam: ExamDefinition, live: readonly Item[], locale: Locale): { failed: number; share: number; message: string } | undefined {
  const share = trialsFor(live.length)
  let failed = 0
  let message = ''
  for (let i = 0; i < share; i++) {
    try {
      assembleForm({ exam, items: live, hash: '' }, { locale, seed: sha256(`trial ${i}`).slice(0, 32), exposure: NO_EXPOSURE })
    } catch (problem) {
      failed += 1
      message = problem instanceof Error ? problem.message : String(problem)
    }
  }
  return failed === 0 ? undefined : { failed, share, message }
}

/** One skill may hold this share of a section's live items before the section measures little else. */
const LARGEST_SHARE = 0.5

function lintSkills(exam: ExamDefinition, items: readonly Item[], report: Report): void {
  if (exam.skills.length === 0) return
  const top = { line: 1, column: 1 }
  const known = new Set(exam.skills.map((skill) => skill.id))
  const live = items.filter((item) => item.status === 'live')
  // what is never drawn measures nothing
  const used = new Set(items.filter((item) => item.status !== 'honeypot').map((item) => item.skill))
  const unused = exam.skills.filter((skill) => !used.has(skill.id)).map((skill) => skill.id)
  if (unused.length > 0) report(top, warning('blueprint/unbalanced', say(`問題のない能力があります：${unused.join('、')}`, `no item measures these skills: ${unused.join(', ')}`)))
  const strange = [...new Set(items.map(({ skill }) => skill))].filter((skill) => skill !== undefined && !known.has(skill))
  if (strange.length > 0)
    report(
      top,
      warning('blueprint/unbalanced', say(`skills にない能力が使われています：${strange.slice(0, 20).join('、')}`, `items name skills that exam.md does not: ${strange.slice(0, 20).join(', ')}`)),
    )
  for (const section of exam.sections) {
    const mine = live.filter((item) => item.topic === section.topic && item.skill !== undefined)
    for (const [skill, group] of Map.groupBy(mine, (item) => item.skill))
      if (mine.length >= 8 && group.length > mine.length * LARGEST_SHARE)
        report(
          top,
          warning(
            'blueprint/unbalanced',
            say(`${section.topic} の公開中の問題${mine.length}問のうち${group.length}問が能力「${skill}」です`, `${group.length} of ${mine.length} live items of ${section.topic} measure "${skill}"`),
          ),
        )
  }
}
