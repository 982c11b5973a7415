import { fixListMark } from '../certain-fix.ts'
import { error, type Place, withFix } from '../diagnostic.ts'
import { keyOf, leaveOut, lines as linesOf } from '../formats/csv/row.ts'
import { escapeAnswer } from '../formats/escape-markdown.ts'
import { escapeGift, listed, wholeStem } from '../formats/gift/gift-text.ts'
import { exactAnswer, answer as moodleAnswer } from '../formats/moodle/question.ts'
import { blocks, correctResponse, declaration, mapping, mapResponse, TEXT_ENTRY } from '../formats/qti/write-scoring.ts'
import { element } from '../formats/write-xml.ts'
import { contentLines, plainAnswer } from '../read-answer.ts'
import { say } from '../said.ts'
import { plainAnswers, stemHtml } from '../wording-scope.ts'
import { TYPE_DATA } from './words.data.ts'
import { secretKey, type WrittenType } from './written-type.ts'

interface AcceptedAnswers {
  readonly form: 'accepted'
  readonly accepted: readonly string[]
}

export const short: WrittenType<AcceptedAnswers, 'short'> = {
  ...secretKey,
  ...TYPE_DATA.short,
  form: 'accepted',
  sections: ['answer'],
  lint: { asks: true },
  readAnswer(lines, from, to, report) {
    const accepted: string[] = []
    const places: Place[] = []
    for (const { text, place } of contentLines(lines, from, to)) {
      const bullet = /^[-*+] +(\S.*)$/.exec(text)
      if (!bullet)
        report(place, withFix(error('answer/list', say('finding.acceptedList')), fixListMark(text, place.line)))
      else {
        accepted.push(bullet[1] as string)
        places.push({ line: place.line, column: text.length - (bullet[1] as string).length + 1 })
      }
    }
    if (accepted.length > 0) return { answer: { form: 'accepted', accepted }, places }
    report(
      { line: from, column: 1 },
      error('answer/missing', say('finding.noAcceptedAnswer'), say('advice.writeAnswer')),
    )
    return undefined
  },
  printSections: ({ accepted }) => ({ answer: accepted.map((text) => `- ${text}`).join('\n') }),
  compile: ({ accepted }, scope) => ({
    stem: { html: stemHtml(scope), type: 'short' },
    key: { accepted: plainAnswers(scope, accepted, scope.places.answers[0]), type: 'short' },
  }),
  keyShape: () => undefined,
  meaning: ({ accepted }) => accepted.map(plainAnswer),
  fill: (answer, { text }) => ({ ...answer, accepted: answer.accepted.map(text) }),
  csv: {
    names: ['shortanswer', 'fillin', 'fillintheblank', 'fillintheblanks', 'shorttext', 'text'],
    lists: () => ({ options: [], pairs: [] }),
    fields: ({ accepted }) => ({ answer: accepted.join('\n') }),
    read(row) {
      const key = keyOf(row)
      // some tables have the accepted answers in the columns of the options
      const accepted = row.options.filter((text) => text !== '').map(escapeAnswer)
      if (key === '' && !row.isOwn && accepted.length > 0) return { form: 'accepted', accepted }
      return key === '' ? leaveOut(row.losses, say('exchange.noKey')) : { form: 'accepted', accepted: linesOf(key) }
    },
  },
  writeGift: (item) => wholeStem(item, listed(item.answer.accepted.map((text) => `=${escapeGift(exactAnswer(text))}`))),
  writeMoodle: ({ answer: { accepted } }) => ({
    type: 'shortanswer',
    parts: [element('usecase', {}, '0'), ...accepted.map((text) => moodleAnswer('100', exactAnswer(text)))],
  }),
  writeQti({ stem, answer }) {
    const accepted = answer.accepted.map(plainAnswer)
    const worth = accepted.map((key) => [key, 1] as const)
    return {
      declarations: [
        declaration(
          { cardinality: 'single', 'base-type': 'string' },
          correctResponse(accepted.slice(0, 1)),
          mapping(worth, { foldsCase: true }),
        ),
      ],
      body: `${blocks(stem)}<p>${TEXT_ENTRY}</p>`,
      processing: mapResponse,
      most: 1,
    }
  },
}
