import { assembleForm, NO_EXPOSURE } from '../../form/assemble-form.ts'
import { isDrawn } from '../../form/draw-sections.ts'
import { simulateRetakes } from '../../form/simulate-forms.ts'
import type { BlueprintSection, ExamDefinition } from '../../item/bank.ts'
import type { Item, Locale } from '../../item/item.ts'
import type { CompileMemory } from '../compile-memory.ts'
import { sha256 } from '../content-hash.ts'
import { error, type Report, warning } from '../diagnostic.ts'
import { listed, type Said, say } from '../said.ts'

/** Papers drawn on trial. Fewer for large pools, where each draw costs more and fails less. */
const trialsFor = (items: number): number => (items > 5_000 ? 2 : items > 1_000 ? 6 : 40)

/** Whether the live items can fill the blueprint, in every locale of the exam. Reported at the exam, not at an item. */
export function lintPool(
  exam: ExamDefinition,
  items: readonly Item[],
  { report, memory }: { readonly report: Report; readonly memory: CompileMemory },
): void {
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
          say('finding.blueprintNotMet', { locale, ...failure }),
          say('advice.reviewCriticalAndEnemies'),
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
  say('finding.poolShort', { topic, locale, isOne: from === to ? 'yes' : 'no', from, to, count, draw, need })

/** False when the section cannot be filled at all. */
function lintSection(section: BlueprintSection, live: readonly Item[], locale: Locale, report: Report): boolean {
  const short = shortfalls(section, live, locale)
  for (const one of short)
    report(
      { line: 1, column: 1 },
      (one.count < one.draw ? error : warning)('pool/too-small', shortfallText(one), say('advice.writeMoreOrMakeLive')),
    )
  return short.every(({ count, draw }) => count >= draw)
}

/** All that decides which items go together on a paper; what they say does not. */
const factsOf = ({ id: exam, sections, critical }: ExamDefinition, live: readonly Item[]): string =>
  JSON.stringify([
    exam,
    sections,
    critical,
    live.map(({ id, type, topic, status, difficulty, skill, enemies }) => [
      id,
      type,
      topic,
      status,
      difficulty,
      skill,
      enemies,
    ]),
  ])

function tryAssembly(
  exam: ExamDefinition,
  live: readonly Item[],
  locale: Locale,
): { failed: number; share: number; message: string } | undefined {
  const share = trialsFor(live.length)
  let failed = 0
  let message = ''
  for (let i = 0; i < share; i++) {
    try {
      assembleForm(
        { exam, items: live, hash: '' },
        { locale, seed: sha256(`trial ${i}`).slice(0, 32), exposure: NO_EXPOSURE },
      )
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
  const live = items.filter((item) => item.status === 'live')
  // what is never drawn measures nothing
  const used = new Set(
    items.filter(({ status }) => status !== 'honeypot' && status !== 'practice').map((item) => item.skill),
  )
  const unused = exam.skills.filter((skill) => !used.has(skill.id)).map((skill) => skill.id)
  if (unused.length > 0)
    report(
      top,
      warning(
        'blueprint/unbalanced',
        say('finding.skillsUnmeasured', { unused: listed(unused) }),
        say('advice.measureOrDrop'),
      ),
    )
  for (const section of exam.sections) {
    const mine = live.filter((item) => item.topic === section.topic && item.skill !== undefined)
    for (const [skill, group] of Map.groupBy(mine, (item) => item.skill))
      if (mine.length >= 8 && group.length > mine.length * LARGEST_SHARE)
        report(
          top,
          warning(
            'blueprint/unbalanced',
            say('finding.oneSkillPrevails', {
              topic: section.topic,
              live: mine.length,
              count: group.length,
              skill: skill as string,
            }),
            say('advice.otherSkills'),
          ),
        )
  }
}

/** Workers who retake on trial. Fewer for large pools, where each draw costs more and fails less. */
const workersFor = (items: number): number => (items > 1_000 ? 1 : 5)

const percent = (share: number): string => `${Math.round(share * 100)}%`

interface RetakeContext {
  readonly locale: Locale
  /** Tells pools apart of which other papers are drawn. */
  readonly facts: string
  readonly report: Report
  readonly memory: CompileMemory
}

/** Whether somebody who retakes as often as a year allows gets papers as far apart as `own_overlap` asks. */
function lintRetakes(
  exam: ExamDefinition,
  live: readonly Item[],
  { locale, facts, report, memory }: RetakeContext,
): void {
  const { mostOwnOverlap: cap, mostOverlap, retake } = exam
  if (cap === undefined) return
  const { overlap } = memory.once(`trial retakes ${locale}`, [memory, facts, cap, mostOverlap, retake.perYear], () =>
    simulateRetakes(
      { exam, items: live, hash: '' },
      { locale, workers: workersFor(live.length), seed: sha256('retakes').slice(0, 32) },
    ),
  )
  if (overlap.most <= cap) return
  report(
    { line: 1, column: 1 },
    warning(
      'pool/own-overlap',
      say('finding.ownOverlap', { perYear: retake.perYear, most: percent(overlap.most), locale, cap: percent(cap) }),
      say('advice.writeMoreOrReviewOverlap'),
    ),
  )
}
