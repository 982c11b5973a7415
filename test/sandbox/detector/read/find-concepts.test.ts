import { describe, expect, it } from 'vitest'
import { conceptNames, findConcepts, nothingFound } from '../../../../src/sandbox/detector/read/find-concepts.ts'
import { emptyFolding } from '../../../../src/sandbox/detector/read/fold-characters.ts'
import { foldInto } from '../../../../src/sandbox/detector/read/fold-text.ts'

const joinFee = conceptNames.indexOf('joinFee')

/** For each registration fee that a text speaks of, whether it is denied. */
function deniedFees(text: string): boolean[] {
  const { concepts, denied, length } = findConcepts(foldInto(text, emptyFolding(4_096)), nothingFound())
  return [...concepts.subarray(0, length)].flatMap((concept, at) => (concept === joinFee ? [denied[at] === 1] : []))
}

describe('concepts that a sentence denies', () => {
  it.each([
    ['登録料はいただきません。', [true]],
    ['登録料をお支払いください。', [false]],
    ['登録料はありません。ただし登録料の代わりに入会金がかかります。', [true, false, false]],
    ['ご心配はいりません。登録料は三千円です。', [false]],
    ['There is no registration fee.', [true]],
    ['Pay the registration fee. You do not need a card.', [false]],
    ['Nobody pays a registration fee. The registration fee is 5,000 yen.', [true, false]],
  ])('a concept is denied by the words of its own sentence alone: %s', (text, denied) => {
    expect(deniedFees(text)).toEqual(denied)
  })
})
