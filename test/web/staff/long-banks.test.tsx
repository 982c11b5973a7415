import { describe, expect, it } from 'vitest'
import type { ExposedItem } from '../../../src/flows/mark-leaked.ts'
import { LeaksPage } from '../../../src/web/staff/leaks-page.tsx'
import { textsOf } from '../../../src/web/ui/message.ts'
import { noBrand } from '../../../src/world/brand.ts'
import { shippedExam } from '../../support/shipped-bank.ts'

const context = {
  locale: 'en' as const,
  tag: 'en' as const,
  offered: [],
  t: textsOf('en'),
  brand: noBrand,
  issuer: 'Kentei',
  path: '/',
}

describe('a bank of thousands of items', () => {
  it('gets two hundred forms for leaks, and is told how many items more there are', async () => {
    const [of] = (await shippedExam('business-admin')).items
    if (!of) throw new Error('an exam without items')
    const items = Array.from(
      { length: 5_000 },
      (_, n): ExposedItem => ({
        id: `item-${n}`,
        asks: { skill: '', difficulty: 1, of },
        status: 'live',
        use: { papers: 0, graded: 0, passed: 0 },
      }),
    )
    const exams = [{ exam: 'long', title: {}, skills: [], papers: 0, items }]
    const page = (q: string) => String(<LeaksPage context={context} exams={exams} scope={{ days: 30 }} q={q} />)
    expect(page('').match(/name="item"/g)).toHaveLength(200)
    expect(page('')).toContain('4,800 more items are not listed')
    expect(page('item-4321')).toContain('value="item-4321"')
  })
})
