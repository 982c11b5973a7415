import { HighlightStyle, StreamLanguage, type StringStream, syntaxHighlighting } from '@codemirror/language'
import { tags } from '@lezer/highlight'

// Marks of the bank format that an author looks for; not a parser of Markdown: what a text means, the checker says.

interface State {
  /** Between the two lines of dashes at the top of a file. */
  inFront: boolean
  isFirst: boolean
}

/** What may stand anywhere in a line. */
const INLINE: readonly (readonly [RegExp, string])[] = [
  [/^\{\{[^{}]*\}\}/, 'slot'],
  [/^\[\[[^[\]]*\]\]/, 'slot'],
  [/^`[^`]+`/, 'pill'],
  [/^\*\*[^*]+\*\*/, 'strong'],
]

const LINE_STARTS: readonly (readonly [RegExp, string])[] = [
  [/^## .*/, 'title'],
  [/^#{1,6} .*/, 'section'],
  [/^[-*+] \[x\] /i, 'right'],
  [/^([-*+] \[ \] |[-*+] |\d+[.)] )/, 'mark'],
  [/^>/, 'mark'],
]

function token(stream: StringStream, state: State): string | null {
  if (stream.sol()) {
    const isFence = /^---\s*$/.test(stream.string)
    const opens = state.isFirst && isFence
    state.isFirst = false
    if (opens || state.inFront) {
      state.inFront = opens || !isFence
      stream.skipToEnd()
      return 'front'
    }
    for (const [pattern, name] of LINE_STARTS) if (stream.match(pattern)) return name
  }
  for (const [pattern, name] of INLINE) if (stream.match(pattern)) return name
  if (stream.eat('|')) return 'mark'
  stream.next()
  stream.eatWhile(/[^`*{[|]/)
  return null
}

const language = StreamLanguage.define<State>({
  name: 'bank',
  startState: () => ({ inFront: false, isFirst: true }),
  copyState: (state) => ({ ...state }),
  blankLine: (state) => {
    state.isFirst = false
  },
  token,
  tokenTable: {
    title: tags.heading2,
    section: tags.heading3,
    pill: tags.literal,
    slot: tags.special(tags.variableName),
    strong: tags.strong,
    right: tags.atom,
    mark: tags.list,
    front: tags.meta,
  },
})

const style = HighlightStyle.define([
  { tag: tags.heading2, color: 'var(--ai-strong)', fontWeight: '700' },
  { tag: tags.heading3, color: 'var(--ai)', fontWeight: '700' },
  { tag: tags.literal, color: 'var(--yamabuki)' },
  { tag: tags.special(tags.variableName), color: 'var(--ai)' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.atom, color: 'var(--matsu)', fontWeight: '700' },
  { tag: tags.list, color: 'var(--ink-soft)' },
  { tag: tags.meta, color: 'var(--ink-soft)' },
])

/** Colours what the bank format gives a meaning. */
export const bankHighlight = [language, syntaxHighlighting(style)]
