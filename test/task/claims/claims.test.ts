import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trialSeed } from '../../../src/authoring/tasks/check-draws.ts'
import type { TaskFamily } from '../../../src/item/family.ts'
import { claimsBots } from '../../../src/task/claims/bots.ts'
import { claims } from '../../../src/task/claims/claims.ts'
import type { ClaimsBody, RedlineBody, SourcesBody } from '../../../src/task/claims/family.ts'
import type { ClaimKey, ClaimsKey } from '../../../src/task/claims/key.ts'
import type { ClaimsMaterials } from '../../../src/task/claims/present.ts'
import { namedIn, wordText } from '../../../src/task/claims/redline.ts'
import { drawTask, streamOf } from '../../../src/task/draw-task.ts'
import { gradeTask, notesOf } from '../../../src/task/grade-task.ts'
import { readEntries } from '../../../src/task/read-entries.ts'
import type { TaskInstance } from '../../../src/task/task.ts'
import { compiledFamily } from '../../support/compiled.ts'

const read = <Body extends ClaimsBody>(name: string) =>
  compiledFamily(
    'claims',
    readFileSync(new URL(`../../support/${name}.ja.md`, import.meta.url), 'utf8'),
  ) as TaskFamily<Body>
const article = read<SourcesBody>('market-claims')
const redline = read<RedlineBody>('serum-redline')
const FAMILIES = [article, redline] as const
const draw = (of: TaskFamily, trial: number) =>
  drawTask(of, { locale: 'ja', seed: trialSeed(trial) }) as TaskInstance<ClaimsKey>
const trial = fc.integer({ min: 0, max: 100_000 })
const bot = (name: string) => claimsBots.find((one) => one.name === name) as (typeof claimsBots)[number]
const play = (name: string, instance: TaskInstance<ClaimsKey>) =>
  bot(name).play(instance, streamOf(instance.seed, name))
const score = (instance: TaskInstance<ClaimsKey>, entries: Readonly<Record<string, string>>) =>
  gradeTask(instance, entries).score
const materials = (instance: TaskInstance<ClaimsKey>) => instance.presented.materials as ClaimsMaterials
const claimOf = (instance: TaskInstance<ClaimsKey>, verdict: string) =>
  instance.key.claims.find((claim) => claim.verdict === verdict) as ClaimKey
const without = (entries: Readonly<Record<string, string>>, ...names: string[]) =>
  Object.fromEntries(Object.entries(entries).filter(([name]) => !names.includes(name)))
const creditOf = (instance: TaskInstance<ClaimsKey>, entries: Readonly<Record<string, string>>, id: string) =>
  gradeTask(instance, entries).checkpoints.find((checkpoint) => checkpoint.id === id)?.credit

describe('claims of both forms', () => {
  it('the same seed gives the same claims, another seed others', () => {
    for (const family of FAMILIES) {
      expect(draw(family, 1)).toEqual(draw(family, 1))
      expect(draw(family, 1).presented).not.toEqual(draw(family, 2).presented)
    }
  })

  it('somebody who does all of it right scores 1, in other accepted wordings too, and somebody who does nothing 0', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FAMILIES), trial, (family, seed) => {
        const instance = draw(family, seed)
        expect(score(instance, play('perfect', instance))).toBe(1)
        expect(score(instance, play('other-forms', instance))).toBe(1)
        expect(score(instance, {})).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  it('what every simulated candidate enters can be saved', () => {
    for (const family of FAMILIES)
      for (const { play: enter } of claimsBots) {
        const instance = draw(family, 8)
        const entries = enter(instance, streamOf(instance.seed, 'save'))
        expect(readEntries(instance.presented.fields, { entries })).toEqual({ ok: true, value: { entries } })
      }
  })

  it('every simulated candidate stays within the bounds that the kind sets', () => {
    for (const family of FAMILIES) {
      const seeds = Array.from({ length: 40 }, (_, i) => draw(family, i))
      for (const { name, each, mean } of claimsBots) {
        const scores = seeds.map((instance) => score(instance, play(name, instance)))
        const average = scores.reduce((sum, one) => sum + one, 0) / scores.length
        const of = `${name} on ${family.id}`
        expect(Math.min(...scores), `${of}: the lowest`).toBeGreaterThanOrEqual(each?.least ?? 0)
        expect(Math.max(...scores), `${of}: the highest`).toBeLessThanOrEqual(each?.most ?? 1)
        expect(average, `${of}: the mean`).toBeLessThanOrEqual(mean?.most ?? 1)
      }
    }
  })

  it('one right answer more never lowers a score', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FAMILIES), trial, fc.integer({ min: 0, max: 500 }), (family, seed, pick) => {
        const instance = draw(family, seed)
        const right = Object.entries(play('perfect', instance))
        const some = Object.fromEntries(right.filter((_, i) => (i * 7 + pick) % 3 > 0))
        const [name, value] = right[pick % right.length] as [string, string]
        expect(score(instance, { ...some, [name]: value })).toBeGreaterThanOrEqual(score(instance, some))
      }),
      { numRuns: 60 },
    )
  })

  it('a right claim called wrong costs a point more than one that was left open', () => {
    for (const [family, sound, rejects] of [
      [article, 'right', 'wrong'],
      [redline, 'keep', 'fix'],
    ] as const) {
      const instance = draw(family, 3)
      const field = `${claimOf(instance, sound).claim}.verdict`
      const grade = gradeTask(instance, { ...play('perfect', instance), [field]: rejects })
      expect(grade.losses).toEqual([{ reason: 'called-wrong', weight: 1, field }])
      expect(grade.score).toBeLessThan(score(instance, without(play('perfect', instance), field)))
    }
  })

  it('candidates are told counts, and never which claim', () => {
    for (const [family, group] of [
      [article, 'wrong'],
      [redline, 'fix'],
    ] as const) {
      const instance = draw(family, 6)
      const notes = notesOf(gradeTask(instance, play('perfect', instance)))
      const of = instance.key.claims.filter(({ verdict }) => verdict === group).length
      expect(notes).toContainEqual(expect.objectContaining({ group, done: of, of }))
      expect(notes.every((note) => !note.group.includes(':'))).toBe(true)
    }
  })

  it('an English candidate reads the verdicts in English and the materials in Japanese', () => {
    const english = { ...article, wordings: { ...article.wordings, en: article.wordings.ja } } as TaskFamily
    const instance = drawTask(english, { locale: 'en', seed: trialSeed(1) })
    expect(instance.presented.fields[0]).toMatchObject({
      label: '1 verdict',
      options: [{ label: 'right' }, { label: 'wrong' }, { label: 'the sources do not say' }],
    })
    expect(instance.presented.materials).toEqual(draw(article, 1).presented.materials)
  })

  it('hostile texts are graded at once', () => {
    for (const family of FAMILIES) {
      const instance = draw(family, 2)
      const entries = Object.fromEntries(
        instance.presented.fields.map((field) => [
          field.name,
          field.as === 'one' ? (field.options.at(-1)?.value ?? '') : '1万→'.repeat(300).slice(0, field.max),
        ]),
      )
      expect(score(instance, entries)).toBeLessThan(0.6)
    }
  })

  it('a body that was handed in is read back, and HTML that no compiler wrote is refused', () => {
    for (const { body } of FAMILIES) {
      const { slots: _, ...declared } = body
      expect(claims.bodySchema().safeParse(declared).success).toBe(true)
    }
    const { slots: _, ...declared } = article.body
    const [source, ...others] = declared.sources
    const forged = { ...declared, sources: [{ ...source, html: '<p onclick="x">1</p>' }, ...others] }
    expect(claims.bodySchema().safeParse(forged).success).toBe(false)
  })
})

describe('an article and its sources', () => {
  it('shows every source with what was drawn, and numbers as many places as the family asks for', () => {
    const instance = draw(article, 1)
    const { sources, article: text } = materials(instance)
    expect(sources.map(({ label }) => label)).toEqual(['資料1', '資料2', '資料3', '資料4', '資料5'])
    expect(sources[0]?.html).toMatch(/^<table>.*<td>\d{2}<\/td>/)
    const numbered = text.flat().flatMap(({ claim }) => claim ?? [])
    expect(numbered).toEqual(Array.from({ length: 10 }, (_, i) => String(i + 1)))
    expect(instance.presented.fields.map(({ name }) => name).slice(0, 3)).toEqual([
      '1.verdict',
      '1.correction',
      '1.source',
    ])
    expect(JSON.stringify(instance.presented)).not.toMatch(/\{\{|#ra-|\|/)
  })

  it('what is right, and where it stands, does not move what is shown', () => {
    const other: TaskFamily<SourcesBody> = {
      ...article,
      body: {
        ...article.body,
        article: article.body.article.map((paragraph) =>
          paragraph.map((piece) => {
            if (!('place' in piece)) return piece
            const { place } = piece
            const as = place.as === 'either' ? place.as : place.as === 'right' ? 'unknown' : 'right'
            return { place: { ...place, as, wordings: ['別の語'], skill: 'nk-1', sources: ['4'] } as const }
          }),
        ),
      },
    }
    fc.assert(
      fc.property(trial, (seed) => {
        expect(draw(other, seed).presented).toEqual(draw(article, seed).presented)
        expect(draw(other, seed).key).not.toEqual(draw(article, seed).key)
      }),
      { numRuns: 30 },
    )
  })

  it('another right text at a place that was drawn wrong does not move what is shown', () => {
    const instance = draw(article, 5)
    const { shown } = claimOf(instance, 'wrong')
    const other: TaskFamily<SourcesBody> = {
      ...article,
      body: {
        ...article.body,
        article: article.body.article.map((paragraph) =>
          paragraph.map((piece) =>
            'place' in piece && piece.place.wrong.includes(shown)
              ? { place: { ...piece.place, right: '正午' } }
              : piece,
          ),
        ),
      },
    }
    expect(draw(other, 5).presented).toEqual(instance.presented)
    expect(claimOf(draw(other, 5), 'wrong').corrections?.[0]).toBe('正午')
  })

  it('a drawn number that is the right one by chance is a right claim', () => {
    const same: TaskFamily<SourcesBody> = {
      ...article,
      body: {
        ...article.body,
        article: article.body.article.map((paragraph) =>
          paragraph.map((piece) =>
            'place' in piece && piece.place.as === 'either'
              ? { place: { ...piece.place, wrong: [piece.place.right.replace('%', '％')] } }
              : piece,
          ),
        ),
      },
    }
    expect(draw(same, 1).key.claims.every(({ verdict }) => verdict !== 'wrong')).toBe(true)
  })

  it('correction and source count only with a verdict that they go with', () => {
    const instance = draw(article, 4)
    const { claim } = claimOf(instance, 'wrong')
    const right = play('perfect', instance)
    const called = (verdict: string) => ({ ...right, [`${claim}.verdict`]: verdict })
    expect(creditOf(instance, right, `correction:${claim}`)).toBe(1)
    expect(creditOf(instance, right, `source:${claim}`)).toBe(1)
    expect(creditOf(instance, called('right'), `correction:${claim}`)).toBe(0)
    expect(creditOf(instance, called('right'), `source:${claim}`)).toBe(1)
    expect(creditOf(instance, called('unknown'), `source:${claim}`)).toBe(0)
  })
})

describe('a text to red-line', () => {
  it('asks of every sentence a verdict, a reason and a replacement, and for one message', () => {
    const { presented } = draw(redline, 1)
    expect(presented.form).toBe('redline')
    expect(presented.fields).toHaveLength(12 * 3 + 1)
    expect(presented.fields.at(-1)).toMatchObject({ name: 'message', as: 'lines' })
    expect(presented.materials).toMatchObject({ sources: [], message: { least: 80, most: 200 } })
  })

  it('what is to be done with a sentence, and why, does not move what is shown', () => {
    const reasons = redline.body.sentences.flatMap((sentence) =>
      sentence.reasons.length > 0 ? [sentence.reasons] : [],
    )
    let next = 0
    const other: TaskFamily<RedlineBody> = {
      ...redline,
      body: {
        ...redline.body,
        sentences: redline.body.sentences.map((sentence) =>
          sentence.verdict === 'keep'
            ? { ...sentence, skill: 'nk-1' }
            : {
                ...sentence,
                verdict: sentence.verdict === 'fix' ? 'check' : 'fix',
                reasons: reasons[(next++ + 3) % reasons.length] as readonly string[],
                holds: ['別'],
                avoids: [],
                skill: 'nk-2',
              },
        ),
      },
    }
    fc.assert(
      fc.property(trial, (seed) => {
        expect(draw(other, seed).presented).toEqual(draw(redline, seed).presented)
        expect(draw(other, seed).key).not.toEqual(draw(redline, seed).key)
      }),
      { numRuns: 30 },
    )
  })

  it('sentences of a lower number come first, and the others in any order', () => {
    const ordered: TaskFamily<RedlineBody> = {
      ...redline,
      body: {
        ...redline.body,
        sentences: redline.body.sentences.map((sentence, i) => ({ ...sentence, section: i % 3 })),
      },
    }
    const sectionOf = new Map(ordered.body.sentences.map(({ text, section }) => [text, section]))
    for (const seed of [1, 2, 3]) {
      const shown = draw(ordered, seed).presented.materials as ClaimsMaterials
      // sentences with slots in them are left out
      const sections = shown.article.map((paragraph) => [
        ...new Set(paragraph.flatMap(({ text }) => sectionOf.get(text) ?? [])),
      ])
      expect(sections).toEqual([[0], [1], [2]])
    }
  })

  it('a replacement holds a word that is asked for and none that is refused, and is another sentence', () => {
    const instance = draw(redline, 3)
    const claim = instance.key.claims.find(
      ({ holds = [], avoids = [] }) => holds.length > 0 && avoids.length > 0,
    ) as ClaimKey
    const credit = (text: string) =>
      creditOf(
        instance,
        { [`${claim.claim}.verdict`]: 'fix', [`${claim.claim}.replacement`]: text },
        `replacement:${claim.claim}`,
      )
    const [word, refused] = [claim.holds?.[0], claim.avoids?.[0]] as [string, string]
    expect(credit(`肌に${word}いを与えます。`)).toBe(1)
    expect(credit(`肌に ${word}\nいを与え、${refused}ます。`)).toBe(0)
    expect(credit('使うのが楽しみです。')).toBe(0)
    expect(credit(claim.shown)).toBe(0)
  })

  it('a message counts by its facts, within its length, and only where it speaks of what was marked', () => {
    const instance = draw(redline, 7)
    const right = play('perfect', instance)
    const credits = (message: string, entries = right) =>
      gradeTask(instance, { ...entries, message })
        .checkpoints.filter(({ id }) => id.startsWith('message:'))
        .map(({ credit }) => credit)
    const message = right.message as string
    expect(credits(message)).toEqual([1, 1, 1])
    expect(credits(message.slice(0, 60))).not.toContain(1)
    expect(credits(message.padEnd(201, '。'))).toEqual([0.5, 0.5, 0.5])
    const polite = bot('constant-sound').play(instance, streamOf(instance.seed, 'x')).message as string
    expect(credits(polite)).toEqual([0, 0, 0])
    const kept = Object.fromEntries(Object.keys(right).map((name) => [name, name.endsWith('verdict') ? 'keep' : '']))
    expect(credits(message, kept)).toEqual([0, 0, 0])
  })

  it('a message speaks of a sentence by a word of its own or by quoting it', () => {
    const instance = draw(redline, 7)
    const marked = instance.key.claims.filter(({ verdict }) => verdict !== 'keep')
    const right = play('perfect', instance)
    const names = (texts: readonly string[]) =>
      creditOf(instance, { ...right, message: texts.join('と').padEnd(90, '。') }, 'message:1')
    expect(names(marked.slice(0, 2).map(({ shown }) => shown))).toBe(1)
    expect(names(marked.slice(0, 2).map(({ shown }) => shown.slice(2, 11)))).toBe(1)
    expect(names(marked.slice(0, 1).map(({ shown }) => shown))).toBe(0)
    const kept = instance.key.claims.filter(({ verdict }) => verdict === 'keep')
    expect(names(kept.map(({ shown }) => shown))).toBe(0)
  })

  it.each([
    [
      'ending in what every mail says',
      '詳しくは、お店でご確認ください。',
      '原稿をお送りします。どうぞご確認ください。',
      0,
    ],
    ['quoted by its words', 'たった3日で別人の肌になれます。', '「3日で別人の肌」の所です。', 1],
    [
      'quoted, without a word of its own,',
      'すぐにきれいになれるのです。',
      '「すぐにきれいになれるのです」の所です。',
      1,
    ],
  ])('a sentence %s is named as often as it is quoted', (_, shown, message, times) => {
    const claims = [shown, 'ふつうの文です。'].map((text, i) => ({ claim: `c${i}`, shown: text }) as ClaimKey)
    expect(namedIn(wordText(message), claims.slice(0, 1), claims)).toBe(times)
  })

  it('a message that says what only a court can say costs a point', () => {
    const instance = draw(redline, 7)
    const right = play('perfect', instance)
    const grade = gradeTask(instance, { ...right, message: `${right.message}違法です。` })
    expect(grade.losses).toEqual([{ reason: 'banned-words', weight: 1, field: 'message' }])
  })
})
