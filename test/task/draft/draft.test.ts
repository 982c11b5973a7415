import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trialSeed } from '../../../src/authoring/tasks/check-draws.ts'
import type { TaskFamily } from '../../../src/item/family.ts'
import { draftBots, recallPapers } from '../../../src/task/draft/bots.ts'
import type { DraftBody } from '../../../src/task/draft/family.ts'
import type { DraftKey } from '../../../src/task/draft/key.ts'
import { drawTask, streamOf } from '../../../src/task/draw-task.ts'
import { gradeTask, notesOf } from '../../../src/task/grade-task.ts'
import type { Entries } from '../../../src/task/present.ts'
import { readEntries } from '../../../src/task/read-entries.ts'
import { fillText } from '../../../src/task/slots.ts'
import type { TaskInstance } from '../../../src/task/task.ts'
import { compiledFamily } from '../../support/compiled.ts'
import { manuscript } from '../../support/manuscript.ts'

type Instance = TaskInstance<DraftKey>

// the example has too few places to be published
const family = compiledFamily(
  'draft',
  readFileSync(new URL('../../support/chair-draft.ja.md', import.meta.url), 'utf8'),
  ['draft/pool'],
) as TaskFamily<DraftBody>
const draw = (trial: number, of: TaskFamily = family) =>
  drawTask(of, { locale: 'ja', seed: trialSeed(trial) }) as Instance
const shown = ({ presented }: Instance) => presented.fields[0]?.initial as string
const trial = fc.integer({ min: 0, max: 100_000 })

function grade(instance: Instance, entries: Entries) {
  const read = readEntries(instance.presented.fields, { entries })
  if (!read.ok) throw new Error(read.problem)
  return gradeTask(instance, read.value.entries)
}
const play = (name: string, instance: Instance): Entries => {
  const bot = draftBots.find((one) => one.name === name) as (typeof draftBots)[number]
  return bot.play(instance, streamOf(instance.seed, name))
}

/** What is said of a corrected text, where every place of the manuscript is shown wrong. */
function corrected(written: string, faults: number, correct: (text: string) => string) {
  const instance = draw(1, compiledFamily('draft', manuscript(written, faults), ['draft/pool', 'draft/twin']))
  const { checkpoints, losses, score } = grade(instance, { text: correct(shown(instance)) })
  return {
    credits: checkpoints.map(({ credit }) => credit),
    losses: losses.map(({ reason, weight }) => `${reason} ${weight}`),
    score,
  }
}

describe('a manuscript', () => {
  it('the same seed gives the same manuscript, another seed another one', () => {
    expect(draw(1)).toEqual(draw(1))
    expect(new Set(Array.from({ length: 60 }, (_, i) => shown(draw(i)))).size).toBe(60)
  })

  it('shows as many wrong places as the family says, and one text to work on', () => {
    const { presented, key } = draw(2)
    expect(presented.fields).toEqual([
      { name: 'text', label: '解説記事の下書きを直す', max: 4_000, as: 'lines', initial: shown(draw(2)) },
    ])
    expect(key.places).toHaveLength(18)
    expect(presented.materials).toEqual({})
    expect(shown(draw(2)).split('\n\n')).toHaveLength(8)
  })

  it('what is right at a place that is shown wrong does not move what is shown', () => {
    fc.assert(
      fc.property(trial, (seed) => {
        const wrong = new Set(draw(seed).key.places.map(({ number }) => number))
        let number = 0
        const other: TaskFamily<DraftBody> = {
          ...family,
          body: {
            ...family.body,
            parts: family.body.parts.map(({ alternatives }) => ({
              alternatives: alternatives.map((one) =>
                one.map((pieces) =>
                  pieces.map((piece) =>
                    piece.as === 'place' && wrong.has(++number)
                      ? { ...piece, right: [`別の${piece.right[0]}`], skill: 'nk-9' }
                      : piece,
                  ),
                ),
              ),
            })),
          },
        }
        expect(draw(seed, other).presented).toEqual(draw(seed).presented)
        expect(draw(seed, other).key).not.toEqual(draw(seed).key)
      }),
      { numRuns: 30 },
    )
  })

  it('every simulated candidate stays within the bounds that the kind sets', () => {
    const seeds = Array.from({ length: 40 }, (_, i) => draw(i))
    for (const { name, each, mean } of draftBots) {
      const scores = seeds.map((instance) => grade(instance, play(name, instance)).score)
      const average = scores.reduce((sum, one) => sum + one, 0) / scores.length
      expect(Math.min(...scores), `${name}: the lowest`).toBeGreaterThanOrEqual(each?.least ?? 0)
      expect(Math.max(...scores), `${name}: the highest`).toBeLessThanOrEqual(each?.most ?? 1)
      expect(average, `${name}: the mean`).toBeLessThanOrEqual(mean?.most ?? 1)
    }
  })

  it('the corrections of ten other papers, searched and replaced without a look at the text, earn next to nothing', () => {
    const others = Array.from({ length: 10 }, (_, i) => draw(500 + i))
    for (let seed = 0; seed < 20; seed++)
      expect(grade(draw(seed), recallPapers(draw(seed), others, 0)).score).toBeLessThanOrEqual(0.05)
  })

  it('another text, however long, earns nothing', () => {
    const instance = draw(3)
    const forms = instance.key.places.map(({ accepted }) => accepted[0]).join('。')
    for (const text of [
      '',
      '。'.repeat(4_000),
      [...shown(instance)].reverse().join(''),
      forms.repeat(20).slice(0, 4_000),
    ])
      expect(grade(instance, { text }).score).toBe(0)
  })

  it('one more right place never lowers a score, one more damaged place never raises it', () => {
    fc.assert(
      fc.property(trial, fc.integer({ min: 0, max: 10_000 }), (seed, pick) => {
        const instance = draw(seed)
        const { places, kept } = instance.key
        const flat = shown(instance).replaceAll('\n', '')
        const write = (writes: readonly { from: number; to: number; text: string }[]) =>
          [...writes]
            .sort((a, b) => b.from - a.from)
            .reduce((text, { from, to, text: now }) => text.slice(0, from) + now + text.slice(to), flat)
        const fix = ({ from, to, accepted }: (typeof places)[number]) => ({ from, to, text: accepted[0] as string })
        const some = places.filter((_, i) => (i * 7 + pick) % 3 > 0)
        const more = places.filter((place, i) => some.includes(place) || i === pick % places.length)
        const base = grade(instance, { text: write(some.map(fix)) }).score
        expect(grade(instance, { text: write(more.map(fix)) }).score).toBeGreaterThanOrEqual(base)
        const span = kept[pick % kept.length]?.spans[0] as { from: number; to: number }
        const damaged = write([...some.map(fix), { from: span.from, to: span.to, text: '〇' }])
        expect(grade(instance, { text: damaged }).score).toBeLessThanOrEqual(base)
        const at = pick % flat.length
        if (some.every(({ from, to }) => at < from || at > to)) {
          const needless = write([...some.map(fix), { from: at, to: at, text: '〇' }])
          expect(grade(instance, { text: needless }).score).toBeLessThanOrEqual(base)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('candidates are told counts by competency and by kind of damage, and never where', () => {
    const instance = draw(6)
    const perfect = play('perfect', instance).text as string
    const notes = notesOf(grade(instance, { text: perfect.replace('図っている', '測っている') }))
    const skills = new Set(instance.key.places.map(({ skill }) => skill))
    expect(notes.map(({ group }) => group)).toEqual([...skills, 'look-alike'])
    for (const { done, of } of notes) expect(done).toBe(of ?? 1)
  })
})

describe('a place of a manuscript', () => {
  const sentence = '椅子は{{以外|意外/思いのほか #nk-3}}に高い買い物です。初めての人は、よく見ましょう。'

  it.each(['意外', '思いのほか'])('earns its point with the accepted form %s', (form) => {
    expect(corrected(sentence, 1, (text) => text.replace('以外', form))).toEqual({ credits: [1], losses: [], score: 1 })
  })

  it.each(['以外（意外）', '意外／以外', '案外', '意外以外', ''])(
    'earns nothing with %j, which costs nothing either',
    (form) => {
      expect(corrected(sentence, 1, (text) => text.replace('以外', form))).toEqual({
        credits: [0],
        losses: [],
        score: 0,
      })
    },
  )

  it('of one character is judged where it stands', () => {
    const written = '床の傷が気になる人は、敷物{{が|を #st-3}}敷くとよいでしょう。'
    expect(corrected(written, 1, (text) => text.replace('敷物が', '敷物を')).credits).toEqual([1])
    expect(corrected(written, 1, (text) => text.replace('傷が', '傷を')).credits).toEqual([0])
  })

  it('whose right form stands within the wrong one is right when the rest of it is gone', () => {
    const written =
      '買ってから{{後で後悔|後悔 #nk-6}}しない椅子です。{{およそ500円前後|およそ500円/500円前後 #nk-6}}の品です。'
    const done = (text: string) => text.replace('後で後悔', '後悔').replace('円前後', '円')
    expect(corrected(written, 2, done)).toEqual({ credits: [1, 1], losses: [], score: 1 })
    expect(corrected(written, 2, (text) => done(text).replace('およそ500円', '500円前後')).score).toBe(1)
    expect(corrected(written, 2, (text) => text.replace('後で後悔', 'あとで後悔')).credits).toEqual([0, 0])
  })

  it('one of whose right forms holds another is right with either', () => {
    const written = '手入れを{{説明する|説明します/ご説明します #bp-4}}。'
    for (const form of ['説明します', 'ご説明します'])
      expect(corrected(written, 1, (text) => text.replace('説明する', form))).toEqual({
        credits: [1],
        losses: [],
        score: 1,
      })
  })

  it.each([
    ['what follows begins as the right form ends', '棚は{{三|三段 #nk-6}}段式です。', '棚は三段段式です。'],
    [
      'what follows begins as the wrong form ends',
      '棚を置く{{ときは|とき #nk-6}}はまっすぐに。',
      '棚を置くときはまっすぐに。',
    ],
    ['what comes before ends as the right form begins', '棚は木の{{形|の形 #nk-6}}です。', '棚は木のの形です。'],
    ['another form was put there', '棚は{{高い|安い品 #nk-6}}品です。', '棚は安い品品です。'],
  ])('earns its point where %s', (_, written, done) => {
    expect(corrected(written, 1, () => done)).toEqual({ credits: [1], losses: [], score: 1 })
  })

  it('is not corrected by the same characters elsewhere', () => {
    const written = '棚は{{三|三段 #nk-6}}段式で、二段のものはありません。'
    expect(corrected(written, 1, (text) => text.replace('二段', '二段段'))).toEqual({
      credits: [0],
      losses: ['needless 0.5'],
      score: 0,
    })
  })

  it('earns its point in a sentence that was turned round and holds the right form', () => {
    const turn = () => '初めての人は、よく見ましょう。高い買い物なのが、意外です。'
    const written = '初めての人は、よく見ましょう。{{以外|意外 #nk-3}}なのは、高い買い物だということです。'
    expect(corrected(written, 1, turn)).toEqual({ credits: [1], losses: [], score: 1 })
  })

  it.each([
    ['behind it', '月末{{まで|までに #st-3}}まとめを出す。', 'まとめ', 'に報告書', 0.5],
    [
      'behind it, from its first character on',
      '送る前に画面{{が|を #st-3}}閉じてはいけない。',
      'が閉じ',
      'を消し',
      0.5,
    ],
    ['before it', '送る前に画面{{が|を #st-3}}閉じてはいけない。', '画面が', '窓を', 0.5],
  ])('earns its point where the words %s were changed along with it', (_, written, from, to, loss) => {
    expect(corrected(written, 1, (text) => text.replace(from, to))).toMatchObject({
      credits: [1],
      losses: [`needless ${loss}`],
    })
  })

  it.each([
    ['月末{{まで|までに #st-3}}まとめを出す。', 'まとめ', '報告書に'],
    ['送る前に画面{{が|を #st-3}}閉じてはいけない。', '画面が', '窓をが'],
    ['送る前に画面{{が|を #st-3}}閉じてはいけない。', '閉じ', 'を消し'],
  ])('earns nothing where only the words beside it were changed: %s', (written, from, to) => {
    expect(corrected(written, 1, (text) => text.replace(from, to)).credits).toEqual([0])
  })

  it('is found when sentences were joined, parted or laid out anew', () => {
    const lines = (text: string) => text.replace('以外', '意外').replace('。', '。\r\n\u3000').replace('は、', 'は、\n')
    expect(corrected(sentence, 1, lines)).toEqual({ credits: [1], losses: [], score: 1 })
    const joined = corrected(sentence, 1, (text) => text.replace('以外', '意外').replace('です。', 'で、'))
    expect(joined).toEqual({ credits: [1], losses: ['needless 0.5'], score: 0.5 })
  })
})

describe('damage to a manuscript', () => {
  const written =
    '{{=以外}}の品は、{{店}}で1,200円です。客は「{{=座ったまんまで}}、ぐるっと回れるのが楽しい」と言います。{{時|とき #nk-2}}。'
  const losses = (from: string, to: string) => corrected(written, 1, (text) => text.replace(from, to)).losses

  it('a look-alike that was changed costs 1', () => {
    expect(losses('以外', '意外')).toEqual(['look-alike 1'])
    expect(losses('まんま', 'まま')).toEqual(['look-alike 1'])
  })

  it.each([
    ['a number', '1,200', '1200'],
    ['a digit more', '1,200', '11,200'],
    ['a name', '北窓架空家具', '北窓家具'],
    ['a quotation', 'ぐるっと回れる', 'くるくる回れる'],
    ['the brackets of a quotation', '楽しい」', '楽しい'],
  ])('%s that was changed costs 1', (_, from, to) => {
    expect(losses(from, to)).toEqual(['fixed 1'])
  })

  it('a number that stands in a sentence twice is damaged once', () => {
    const twice = '8時から開きます。8人と8人の{{時|とき #nk-2}}です。'
    expect(corrected(twice, 1, (text) => text.replace('8人の', '９人の')).losses).toEqual(['fixed 1'])
  })

  it('any other change costs one half, and one more for every ten characters beyond six', () => {
    expect(losses('言います', '話します')).toEqual(['needless 0.5'])
    expect(losses('の品は、', 'の品は、何よりもまず、ふところに優しいうえに、')).toEqual(['needless 1.5'])
  })

  it('changes within three characters of one another are one', () => {
    expect(losses('客は', 'お客さんは')).toEqual(['needless 0.5'])
    expect(corrected(written, 1, (text) => text.replace('客は', 'お客は').replace('と言い', 'と話し')).losses).toEqual([
      'needless 0.5',
      'needless 0.5',
    ])
  })

  it('a sentence in another order that holds all that had to stay costs no more than its changes', () => {
    const turned = corrected(
      written,
      1,
      () => '北窓架空家具では、以外の品は1,200円です。客は「座ったまんまで、ぐるっと回れるのが楽しい」と言います。時。',
    )
    expect(new Set(turned.losses)).toEqual(new Set(['needless 0.5']))
  })
})

describe('a slot with a map', () => {
  it('reads numbers that are grouped', () => {
    const values = new Map([['価', { text: '2,400' }]])
    expect(fillText('{{価:1,980=1980, 2,400=2400, 3,200=3200}}', values)).toBe('2400')
    expect(fillText('{{価:1,980={{価}}, 2,400={{価}}円}}', values)).toBe('2,400円')
    expect(fillText('{{価:2,400=二千四百,3,200=三千二百}}', values)).toBe('二千四百')
  })
})
