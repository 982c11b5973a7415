import * as z from 'zod'
import type { CompiledHtml } from '../markup/compiled-html.ts'
import type { Criterion, ItemTypeDefinition } from './item-type.ts'
import { explainText, settleText, type TypedText, typedText } from './typed-text.ts'

interface EssayKey {
  readonly type: 'essay'
  readonly criteria: readonly Criterion[]
  readonly model: string
}

interface Essay extends TypedText {
  readonly stem: {
    readonly type: 'essay'
    readonly html: CompiledHtml
    readonly minChars: number
    readonly maxChars: number
  }
  readonly key: EssayKey
  readonly settledKey: EssayKey
  /** Length, in characters. */
  readonly presented: { readonly minChars: number; readonly maxChars: number }
}

/** An item whose answer is a text of some length, rated by people. */
export const essay: ItemTypeDefinition<Essay> = {
  ...typedText,
  isScored: false,
  bankSchema: ({ text }) => ({
    stem: { minChars: z.int(), maxChars: z.int() },
    key: {
      criteria: z.array(
        z.strictObject({
          name: text,
          points: z.number(),
          levels: z.array(z.strictObject({ level: z.int(), descriptor: text })),
        }),
      ),
      model: text,
    },
  }),
  presentedSchema: () => ({ minChars: z.int(), maxChars: z.int() }),
  describeLayout: ({ minChars, maxChars }) => [`${minChars}–${maxChars}`],
  settleStem: settleText,
  keyFits: () => true,
  settleKey: (key) => key,
  showKey: ({ criteria, model }) => ({ form: 'rubric', criteria, model }),
  rightTexts: () => [],
  present: ({ minChars, maxChars }) => ({ minChars, maxChars }),
  rightAnswer: ({ model }) => model,
  score: () => 0,
  explain: ({ model }, _, response) => explainText([model], response),
}
