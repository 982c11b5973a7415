import { decodeReferences } from './inline-text.ts'
import { ANSWER_LABEL } from './keywords.data.ts'

/** Signs, spaces and numbers before and behind the words of a line: what makes a line look like a heading. */
const BEFORE = /^(?:\d{1,3}[.)．）、]|[^\p{L}\p{N}])+/u
const BEHIND = /[^\p{L}\p{N}]+$/u

/** Enough for every name of a section with the signs around it. */
const LONGEST_NAME = 40

const FENCE = /^ {0,3}(`{3,}|~{3,})/

/**
 * The name of a section that a line of the public part means to begin, by whatever sign: `【解説】`, `1. 解説`, `■解説`. A
 * label with an answer behind it (`正解：13,200円`) counts, too; `names` tells the words of sections.
 */
export function sectionMeant(line: string, names: (word: string) => unknown): string | undefined {
  const text = decodeReferences(line).replace(BEFORE, '')
  const label = ANSWER_LABEL.exec(text)
  if (label && !/^\s*\[\[/.test(text.slice(label[0].length))) return label[1]
  const bare = line.length > LONGEST_NAME ? '' : text.replace(BEHIND, '')
  return bare !== '' && (names(bare) || names(bare.replaceAll(/\s/g, ''))) ? bare : undefined
}

/** Lines `from`..`to` outside closed code fences, with their places. */
export function* outsideFences(lines: readonly string[], from: number, to: number): Generator<[string, number]> {
  for (let at = from; at < to; at += 1) {
    const fence = FENCE.exec(lines[at] as string)?.[1]
    const end = fence ? lines.findIndex((line, i) => i > at && i < to && line.trim().startsWith(fence)) : -1
    if (end >= 0) at = end
    else yield [lines[at] as string, at]
  }
}
