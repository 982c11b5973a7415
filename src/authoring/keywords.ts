import type { CognitiveLevel, ItemStatus } from '../item/item.ts'
import { STATUS_WORDS } from '../item/source/status-words.data.ts'
import { LEVEL_WORDS, SECTION_WORDS, type SectionName, type Spellings } from './keywords.data.ts'

/** Folds a keyword as written: full and half width, case, spaces at the ends. */
export const foldWord = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

function indexOfWords<Name extends string>(words: Spellings<Name>): ReadonlyMap<string, Name> {
  return new Map(
    (Object.keys(words) as Name[]).flatMap((name) =>
      Object.values(words[name]).map((word) => [foldWord(word), name] as const),
    ),
  )
}

const statuses = indexOfWords(STATUS_WORDS)
const levels = indexOfWords(LEVEL_WORDS)
const sections = indexOfWords(SECTION_WORDS)
const exactSections: ReadonlyMap<string, SectionName> = new Map(
  (Object.keys(SECTION_WORDS) as SectionName[]).flatMap((name) =>
    Object.values(SECTION_WORDS[name]).map((word) => [word, name] as const),
  ),
)

export const readStatus = (word: string): ItemStatus | undefined => statuses.get(foldWord(word))
export const readLevel = (word: string): CognitiveLevel | undefined => levels.get(foldWord(word))
export const readSectionName = (word: string): SectionName | undefined =>
  exactSections.get(word) ?? sections.get(foldWord(word))
