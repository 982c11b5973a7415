import type { Diagnostic } from '../authoring/diagnostic.ts'
import { imagesOf } from '../authoring/embed-image.ts'
import { rulePage } from '../authoring/rule-pages.ts'
import { type Example, examplesOf, isTold } from '../authoring/rules/rule-page.ts'
import { type Language, sentenceOf } from '../authoring/said.ts'
import { itemHeadings } from '../item/source/items-in-file.ts'
import { instant } from '../kernel/instant.ts'
import { answerPage } from './answer-page.ts'
import { beginSibling } from './begin-sibling.ts'
import { type Checker, openChecker } from './open-checker.ts'
import type { Answers, Asked, Explained, FoundIn, Looked } from './protocol.ts'
import { readPart, showItem } from './show-item.ts'
import { showSheets } from './show-sheets.tsx'
import { showTask } from './show-task.tsx'

// Runs beside the desk's page: parser, lint and the candidate's view. It asks nobody and keeps nothing.

let language: Language = 'ja'
let checker: Checker = openChecker(language)
let image = imagesOf([])

const textOf = (path: string): string | undefined => {
  const content = checker.files.get(path)?.content
  return content instanceof Uint8Array ? new TextDecoder().decode(content) : content
}

const put = (files: Extract<Asked, { ask: 'put' }>['files']) => {
  for (const { path, content } of files) checker.put(path, content)
  if (files.some(({ path }) => path.startsWith('assets/'))) image = imagesOf([...checker.files.values()])
}

/** More than this of one file nobody reads; the worst of each item is told all the same. */
const MOST_SHOWN = 500

function look(now: number, path: string): Looked {
  const start = performance.now()
  const family = /^tasks\/([^./]+)/.exec(path)?.[1]
  if (family !== undefined) checker.tryTask(family)
  const all = checker.look(instant(now))
  const errors = all.filter(({ severity }) => severity === 'error').length
  return {
    errors,
    warnings: all.length - errors,
    here: all.filter(({ file }) => file === path).slice(0, MOST_SHOWN),
    found: worstByItem(all),
    took: performance.now() - start,
  }
}

function worstByItem(all: readonly Diagnostic[]): FoundIn[] {
  return [...Map.groupBy(all, ({ file }) => file)].flatMap(([path, found]) => {
    const headings = path.startsWith('tasks/') ? [] : itemHeadings(textOf(path) ?? '')
    const byItem = Map.groupBy(found, ({ line }) => headings.findLast((heading) => heading.line <= line)?.id)
    return [...byItem].map(([item, of]): FoundIn => {
      const worst = of.some(({ severity }) => severity === 'error') ? 'error' : 'warning'
      return { path, ...(item === undefined ? {} : { item }), worst }
    })
  })
}

function explain(rule: string): Explained | undefined {
  const page = rulePage(rule)
  if (!page) return undefined
  const { bad, good } = examplesOf(page, language)
  const shown = (example: Example): string =>
    typeof example === 'string'
      ? example
      : isTold(example)
        ? sentenceOf(example.told, language)
        : Object.entries(example)
            .map(([name, text]) => `${name}\n${text}`)
            .join('\n\n')
  return {
    title: sentenceOf(page.title, language),
    why: sentenceOf(page.why, language),
    bad: shown(bad),
    good: shown(good),
  }
}

function answer(asked: Exclude<Asked, { ask: 'paste' }>): Answers[Exclude<keyof Answers, 'paste'>] {
  switch (asked.ask) {
    case 'open':
      language = asked.language
      checker = openChecker(language)
      put(asked.files)
      return undefined
    case 'put':
      put(asked.files)
      return undefined
    case 'look':
      return look(asked.now, asked.path)
    case 'item': {
      const part = readPart(asked.part, image)
      return part && asked.looks.map((one) => showItem(part, one))
    }
    case 'task':
      return showTask([...checker.files.values()], { ...asked, language, image })
    case 'sheets':
      return showSheets({ path: asked.path, text: textOf(asked.path) ?? '' }, { skill: asked.skill, image })
    case 'sibling': {
      const text = textOf(asked.path)
      return text === undefined
        ? undefined
        : beginSibling(asked.item, { path: asked.path, text, sibling: textOf(asked.sibling) })
    }
    case 'explain':
      return explain(asked.rule)
    default:
      return asked satisfies never
  }
}

answerPage<Exclude<Asked['ask'], 'paste'>>(answer)
