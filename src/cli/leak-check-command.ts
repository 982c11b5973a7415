import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Language } from '../authoring/diagnostic.ts'
import { type FoundLeak, findLeaks, type Leakable } from '../authoring/find-leaks.ts'
import { textOfHtml } from '../authoring/lint/subject.ts'
import type { Locale, Wording } from '../item/item.ts'
import { choicesOf } from '../item/stem-choices.ts'
import { checkFolder, examFolders } from './check-folder.ts'
import { type ExitCode, type Terminal, UsageError } from './terminal.ts'

const LARGEST = 20_000_000

/** What a candidate reads of a wording. Slots of a parametric item stand for any number and are left out. */
function leakableOf(item: string, locale: Locale, { stem }: Wording): Leakable {
  return { item, locale, stem: textOfHtml(stem.html), parts: choicesOf(stem).map(({ text }) => text) }
}

const kinds: Readonly<Record<FoundLeak['kind'], Readonly<Record<Language, string>>>> = {
  verbatim: { ja: 'ほぼそのまま', en: 'nearly word for word' },
  reworded: { ja: '言い換え', en: 'reworded' },
  recalled: { ja: '記憶による覚え書きの疑い', en: 'perhaps a note from memory' },
}

async function readPasted(path: string): Promise<string> {
  const bytes = await readFile(path).catch((problem: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} cannot be read (${problem.code})`)
  })
  if (bytes.length > LARGEST) throw new UsageError(`${path} is larger than ${LARGEST / 1_000_000} MB`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UsageError(`${path} is not UTF-8 text`)
  }
}

export interface LeakCheckOptions {
  readonly file: string
  readonly folders: readonly string[]
  readonly json: boolean
  readonly language: Language
}

/** `kentei leak-check`: which items stand in a text that was found somewhere. Exit 1 when any does. */
export async function runLeakCheck({ file, folders, json, language }: LeakCheckOptions, terminal: Terminal): Promise<ExitCode> {
  const text = await readPasted(resolve(terminal.cwd, file))
  const items: Leakable[] = []
  for (const folder of await examFolders(folders, terminal)) {
    const { compiled } = await checkFolder(folder, { now: terminal.now(), language })
    for (const { item } of compiled.items) for (const [locale, wording] of Object.entries(item?.wordings ?? {})) items.push(leakableOf(item?.id ?? '', locale as Locale, wording))
  }
  const found = findLeaks(text, items)
  if (json) terminal.out(JSON.stringify(found, null, 2))
  else
    for (const { item, locale, kind, containment, at, excerpt } of found) {
      const line = text.slice(0, at).split('\n').length
      terminal.out(`${item} (${locale}) ${Math.round(containment * 100)}% ${kinds[kind][language]} ${language === 'ja' ? `${line}行目` : `line ${line}`}: ${excerpt.replace(/\p{Cc}/gu, ' ')}`)
    }
  terminal.err(
    language === 'ja'
      ? `${new Set(items.map(({ item }) => item)).size}問と照合：${found.length}問が見つかりました`
      : `${new Set(items.map(({ item }) => item)).size} items looked for, ${found.length} found`,
  )
  return found.length > 0 ? 1 : 0
}
