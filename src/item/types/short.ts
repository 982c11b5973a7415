import type { CompiledHtml } from '../markup/compiled-html.ts'
import type { ItemTypeDefinition } from './item-type.ts'
import { accepts, explainText, settleText, type TypedText, typedText } from './typed-text.ts'

interface ShortKey {
  readonly type: 'short'
  readonly accepted: readonly string[]
}

interface Short extends TypedText {
  readonly stem: { readonly type: 'short'; readonly html: CompiledHtml }
  readonly key: ShortKey
  readonly settledKey: ShortKey
  readonly presented: object
}

/** An item whose answer is a word or two. */
export const short: ItemTypeDefinition<Short> = {
  ...typedText,
  isScored: true,
  bankSchema: ({ accepted }) => ({ stem: {}, key: { accepted } }),
  presentedSchema: () => ({}),
  settleStem: settleText,
  keyFits: () => true,
  acceptedIn: ({ accepted }) => accepted,
  settleKey: (key, fill) => ({ ...key, accepted: fill.accepted(key.accepted) }),
  showKey: ({ accepted }, _, words) => ({ form: 'lines', lines: words.accepted(accepted) }),
  rightTexts: () => [],
  present: () => ({}),
  explain: ({ accepted }, _, response) => explainText(accepted.slice(0, 1), response),
  rightAnswer: ({ accepted }) => accepted[0] ?? '',
  score: ({ accepted }, response) => (accepts(accepted, response) ? 1 : 0),
}
