import { describe, expect, it } from 'vitest'
import { gradeClaims2 } from '../../src/task/claims/grade-2.ts'
import type { ClaimsKey } from '../../src/task/claims/key.ts'
import { claimField } from '../../src/task/claims/present.ts'
import { gradeInbox2 } from '../../src/task/inbox/grade-2.ts'
import type { InboxKey } from '../../src/task/inbox/key.ts'

describe('the second grader of inboxes', () => {
  const field = (name: string, as: 'one' | 'many' | 'line' | 'lines', values: string[] = [], initial = '') => ({
    ...{ name: `m1.${name}`, label: '', max: 600, initial, as },
    options: values.map((value) => ({ value, label: '' })),
  })
  const fields = [
    ...[field('act', 'one', ['reply']), field('to', 'many', ['a1']), field('cc', 'many')],
    ...[field('subject', 'line', [], 'Re: お見積り'), field('body', 'lines')],
  ]
  const keyOf = (sum: string): InboxKey => ({
    common: `見積りは、単価${sum}です。`,
    mails: [
      {
        ...{ id: 'm1', name: '見積り', act: 'reply', to: ['a1'], cc: [], files: [], received: [] },
        facts: [{ name: '金額', as: 'wording', accepted: [[sum]] }],
        ...{ forbidden: [], critical: false, actSkill: 's', factSkill: 'f', why: '' },
        thread: '9:00\n青葉 <a@example.jp>\nお見積り\n\n12個の合計はいくらになりますか。',
      },
    ],
  })
  const grade = (right: string, typed: string) =>
    gradeInbox2(keyOf(right), fields as never, {
      'm1.act': 'reply',
      'm1.to': 'a1',
      'm1.body': `お世話になっております。お問い合わせをいただき、ありがとうございます。12個の合計は${typed}になります。どうぞよろしくお願いいたします。`,
    })

  const spellings: readonly (readonly [string, readonly string[]])[] = [
    ['132,000円', ['132,000円', '13万2千円', '13万2000円', '13万2,000円', '１３万２，０００円', '13.2万円']],
    ['1億2000万円', ['120,000,000円', '1億2,000万円', '1.2億円', '12,000万円']],
    ['15,000円', ['15千円']],
  ]
  it.each(spellings)('takes for %s what is written otherwise', (right, written) => {
    for (const typed of written) expect(grade(right, typed), typed).toMatchObject({ score: 1, losses: [] })
  })

  it('takes another sum for another sum', () => {
    for (const typed of ['13万2,001円', '2,000円', '13万円', '1億2,000円'])
      expect(grade('13万2,000円', typed).losses, typed).toMatchObject([{ reason: 'invented' }])
  })
})

describe('the second grader of claims', () => {
  const grade = (right: string, typed: string, shown = '999店') => {
    const key: ClaimsKey = {
      form: 'sources',
      points: { verdict: 1, correction: 1, source: 1, calledWrong: 1 },
      claims: [{ claim: '1', skill: 's', verdict: 'wrong', shown, corrections: [right] }],
    }
    const field = (part: 'verdict' | 'correction') => ({ name: claimField('1', part), initial: '', max: 100 })
    return gradeClaims2(key, [field('verdict'), field('correction')] as never, {
      [claimField('1', 'verdict')]: 'wrong',
      [claimField('1', 'correction')]: typed,
    }).checkpoints.find(({ id }) => id.startsWith('correction'))?.credit
  }

  it.each([
    ['115,000,000円', '1.15億円'],
    ['1.15億円', '1億1,500万円'],
    ['3か月', '3カ月'],
    ['３ヶ月', '3か月間'],
    ['午後3時', '15時'],
    ['15:00', '午後3時'],
    ['午前9時半', '9時30分'],
  ])('takes %s and %s for the same', (right, typed) => {
    expect(grade(right, typed)).toBe(1)
  })

  it.each([
    ['115,000,000円', '1.16億円'],
    ['午後3時', '午前3時'],
    ['3か月', '3か国'],
  ])('keeps %s and %s apart', (right, typed) => {
    expect(grade(right, typed)).toBe(0)
  })
})
