import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { lintGutter, type Diagnostic as Mark, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Annotation, EditorSelection, EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  type KeyBinding,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import type { Edit } from '../authoring/diagnostic.ts'
import { bankHighlight } from './bank-highlight.ts'
import { lineOfBlock } from './block-place.ts'
import type { Words } from './words.ts'

/** What was found, in lines of the text that stands in the editor. */
export interface Found {
  readonly line: number
  readonly column: number
  readonly severity: 'error' | 'warning'
  readonly message: string
}

export interface EditorOptions {
  readonly parent: HTMLElement
  /** For who cannot see which of two fields it is. */
  readonly label: string
  readonly describedBy: string
  readonly words: Words
  readonly isReadOnly: boolean
  written(text: string): void
  /** True where the paste was taken care of. */
  pasted(data: DataTransfer): boolean
}

/** Texts that came from elsewhere: nothing that the author wrote. */
const fromElsewhere = Annotation.define<boolean>()

const LEAVE_WITHIN_MS = 5_000

/** Escape, then Tab, leaves the field, whatever else Escape ends. */
const leaveByEscape: KeyBinding = {
  key: 'Escape',
  run: (view) => {
    view.setTabFocusMode(LEAVE_WITHIN_MS)
    return false
  },
}

/** Undo of so many texts is kept. */
const MOST_KEPT = 60

/** A line that is a block, or a part of one. */
const BLOCK = /^(?:\||#{1,6} |[-*+] |\d+[.)] |> |`{3}|!\[)/

const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--card)', color: 'var(--ink)', fontSize: 'var(--type-13)' },
  '&.cm-focused': { outline: '2px solid var(--ai)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.85', overflow: 'auto' },
  '.cm-content': { paddingBlock: 'var(--gap-8)', caretColor: 'var(--ink)' },
  '.cm-line': { paddingInline: 'var(--gap-8) var(--gap-16)' },
  '.cm-gutters': { backgroundColor: 'var(--card)', color: 'var(--ink-soft)', border: '0' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '2.4rem', fontSize: 'var(--type-12)', lineHeight: '2' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in oklch, var(--ai-tint) 45%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--ai-tint)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--shu) 1.5px',
    textUnderlineOffset: '3px',
    backgroundColor: 'var(--shu-wash)',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--yamabuki) 1.5px',
    textUnderlineOffset: '3px',
  },
  '.cm-gutter-lint': { width: '1.1rem' },
  '.cm-lint-marker': {
    boxSizing: 'border-box',
    width: '.6rem',
    height: '.6rem',
    content: 'none',
    borderRadius: '50%',
    marginBlockStart: '.5rem',
    marginInlineStart: '.25rem',
  },
  '.cm-lint-marker-error': { content: 'none', backgroundColor: 'var(--shu)' },
  '.cm-lint-marker-warning': { content: 'none', border: '2px solid var(--yamabuki)', borderRadius: '2px' },
  '.cm-tooltip': {
    backgroundColor: 'var(--card)',
    color: 'var(--ink)',
    border: '1px solid var(--edge)',
    borderRadius: 'var(--round-8)',
  },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--shu)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--yamabuki)' },
  '.cm-panels': { backgroundColor: 'var(--wash)', color: 'var(--ink)' },
  '.cm-searchMatch': { backgroundColor: 'var(--yamabuki-wash)', outline: '1px solid var(--yamabuki)' },
  '.cm-textfield, .cm-button': {
    backgroundColor: 'var(--card)',
    backgroundImage: 'none',
    color: 'var(--ink)',
    border: '1px solid var(--edge)',
    borderRadius: '6px',
    fontSize: 'var(--type-13)',
  },
})

const phrasesIn = (t: Words): Extension =>
  EditorState.phrases.of({
    Find: t('editor.phrase.find'),
    Replace: t('editor.phrase.replace'),
    next: t('editor.phrase.next'),
    previous: t('editor.phrase.previous'),
    all: t('editor.phrase.all'),
    'match case': t('editor.phrase.case'),
    regexp: t('editor.phrase.regexp'),
    'by word': t('editor.phrase.word'),
    replace: t('editor.phrase.replaceOne'),
    'replace all': t('editor.phrase.replaceAll'),
    close: t('editor.phrase.close'),
  })

/** The part of a text that another one lacks: one change from the first letter that differs to the last. */
export function changeBetween(before: string, after: string): { from: number; to: number; insert: string } | undefined {
  if (before === after) return undefined
  let from = 0
  while (from < before.length && from < after.length && before[from] === after[from]) from += 1
  let tail = 0
  const most = Math.min(before.length, after.length) - from
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) }
}

/**
 * One field for texts, of which one at a time is shown; each keeps its undo. It stands in a shadow root: there its own rules of style
 * need no leave of the page, which allows none inline.
 */
export function openEditor({ parent, label, describedBy, words, isReadOnly, written, pasted }: EditorOptions) {
  const root = parent.attachShadow({ mode: 'open' })
  // a shadow root knows no ids outside
  const note = document.createElement('p')
  note.id = 'note'
  note.hidden = true
  note.textContent = describedBy
  const place = document.createElement('div')
  root.append(note, place)
  const states = new Map<string, EditorState>()
  let shown: string | undefined

  const extensions: Extension = [
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    lintGutter(),
    history(),
    drawSelection(),
    EditorView.lineWrapping,
    search({ top: true }),
    highlightSelectionMatches(),
    bankHighlight,
    theme,
    phrasesIn(words),
    EditorState.readOnly.of(isReadOnly),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': 'note', spellcheck: 'false' }),
    keymap.of([leaveByEscape, ...searchKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
    EditorView.domEventHandlers({
      paste: (event) => {
        const isTaken = !isReadOnly && event.clipboardData !== null && pasted(event.clipboardData)
        if (isTaken) event.preventDefault()
        return isTaken
      },
      drop: (event) => {
        const isTaken =
          !isReadOnly &&
          event.dataTransfer !== null &&
          event.dataTransfer.files.length > 0 &&
          pasted(event.dataTransfer)
        if (isTaken) event.preventDefault()
        return isTaken
      },
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.some((one) => one.annotation(fromElsewhere)))
        written(update.state.doc.toString())
    }),
  ]
  const view = new EditorView({ parent: place, root, state: EditorState.create({ extensions }) })

  // where what is found takes room from the text, the line that is written on stays in sight
  let height = view.scrollDOM.clientHeight
  new ResizeObserver(() => {
    const [was, now] = [height, view.scrollDOM.clientHeight]
    height = now
    const { head } = view.state.selection.main
    const line = now < was && view.hasFocus ? view.coordsAtPos(head) : null
    const { top } = view.scrollDOM.getBoundingClientRect()
    if (line && line.bottom <= top + was && line.bottom > top + now)
      view.dispatch({ effects: EditorView.scrollIntoView(head) })
  }).observe(view.scrollDOM)

  const offsetOf = ({ line, column }: { readonly line: number; readonly column: number }): number | undefined => {
    if (line < 1 || line > view.state.doc.lines) return undefined
    const at = view.state.doc.line(line)
    return Math.min(at.to, at.from + Math.max(0, column - 1))
  }

  return {
    element: parent,
    text: (): string => view.state.doc.toString(),

    /** The key of what is shown. */
    shows: (): string | undefined => shown,

    /** Shows a text, with the undo of when it was shown last. */
    show(key: string, text: string): void {
      if (shown !== undefined) states.set(shown, view.state)
      const known = states.get(key)
      states.delete(key)
      shown = key
      view.setState(known?.doc.toString() === text ? known : EditorState.create({ doc: text, extensions }))
      const [oldest] = states.keys()
      if (states.size > MOST_KEPT && oldest !== undefined) states.delete(oldest)
    },

    /** Puts another text in place of the one that is shown: what is alike stays, so do cursor and undo. */
    replace(text: string): void {
      const changes = changeBetween(view.state.doc.toString(), text)
      if (changes) view.dispatch({ changes, annotations: fromElsewhere.of(true) })
    },

    mark(found: readonly Found[]): void {
      const marks = found.flatMap(({ severity, message, ...place }): Mark[] => {
        const from = offsetOf(place)
        if (from === undefined) return []
        const { to } = view.state.doc.lineAt(from)
        return [{ from, to: Math.max(from, to), severity, message }]
      })
      view.dispatch(setDiagnostics(view.state, marks))
    },

    /** Makes edits, whose lines are those of this text, all of them or none: false where something else stands there by now. */
    mend(edits: readonly Edit[]): boolean {
      const changes = edits.map((edit) => {
        const from = offsetOf(edit)
        const fits = from !== undefined && view.state.doc.sliceString(from, from + edit.was.length) === edit.was
        return fits ? { from, to: from + edit.was.length, insert: edit.text } : undefined
      })
      const fitting = changes.filter((change) => change !== undefined)
      if (isReadOnly || fitting.length !== edits.length) return false
      view.dispatch({ changes: fitting, userEvent: 'input.mend', scrollIntoView: true })
      return true
    },

    /** Puts a block on lines of its own at the cursor; what `[` and `]` of U+2045 and U+2046 stand around is selected in it. */
    insertBlock(block: string): void {
      const { doc, selection } = view.state
      const asked = doc.lineAt(selection.main.from)
      const line = doc.line(lineOfBlock(doc.toString().split('\n'), asked.number, block))
      const to = line.number === asked.number ? selection.main.to : line.to
      const [above, below] = [line.text.trim() === '' ? '' : '\n\n', doc.sliceString(to, to + 1) === '\n' ? '' : '\n']
      const place = line.text.trim() === '' ? line.from : line.to
      const end = line.text.trim() === '' ? Math.max(to, line.to) : line.to
      const plain = block.replace(/[\u2045\u2046]/g, '')
      const start = place + above.length
      const [open, close] = [block.indexOf('\u2045'), block.indexOf('\u2046') - 1]
      view.dispatch({
        changes: { from: place, to: end, insert: `${above}${plain}${below}` },
        selection:
          open < 0 ? EditorSelection.cursor(start + plain.length) : EditorSelection.range(start + open, start + close),
        userEvent: 'input',
        scrollIntoView: true,
      })
      view.focus()
    },

    insert(text: string): void {
      const { from, to } = view.state.selection.main
      const [first, last] = [view.state.doc.lineAt(from), view.state.doc.lineAt(to)]
      const before = first.text.slice(0, from - first.from).trim()
      const after = last.text.slice(to - last.from).trim()
      // in the middle of a line a table would be letters of it
      const above = before !== '' && BLOCK.test(text) ? '\n\n' : ''
      const below = after !== '' && BLOCK.test(text.slice(text.lastIndexOf('\n') + 1)) ? '\n\n' : ''
      view.dispatch(view.state.replaceSelection(above + text + below), {
        userEvent: 'input.paste',
        scrollIntoView: true,
      })
      view.focus()
    },

    selected: (): string => view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to),

    goTo(line: number, column = 1): void {
      const anchor = offsetOf({ line, column }) ?? 0
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
      view.focus()
    },

    focus: () => view.focus(),
  }
}

export type Editor = ReturnType<typeof openEditor>
