import type { CognitiveLevel, ItemStatus, Locale } from '../item/item.ts'

export type SectionName = 'answer' | 'rationale' | 'references' | 'notes' | 'rubric' | 'model-answer' | 'variables'

type Spellings<Name extends string> = Readonly<Record<Name, Readonly<Record<Locale, string>>>>

export const STATUS_WORDS: Spellings<ItemStatus> = {
  live: { ja: '公開', en: 'live' },
  dormant: { ja: '控え', en: 'dormant' },
  draft: { ja: '下書き', en: 'draft' },
  pilot: { ja: '試験導入', en: 'pilot' },
  retired: { ja: '廃止', en: 'retired' },
  honeypot: { ja: 'おとり', en: 'honeypot' },
}

export const LEVEL_WORDS: Spellings<CognitiveLevel> = {
  knowledge: { ja: '知識', en: 'knowledge' },
  application: { ja: '適用', en: 'application' },
  judgement: { ja: '判断', en: 'judgement' },
}

export const SECTION_WORDS: Spellings<SectionName> = {
  answer: { ja: '正解', en: 'Answer' },
  rationale: { ja: '解説', en: 'Rationale' },
  references: { ja: '出典', en: 'References' },
  notes: { ja: 'メモ', en: 'Notes' },
  rubric: { ja: '採点基準', en: 'Rubric' },
  'model-answer': { ja: '模範解答', en: 'Model answer' },
  variables: { ja: '変数', en: 'Variables' },
}

/** Folds a keyword as written: full and half width, case, spaces at the ends. */
export const foldWord = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

function indexOfWords<Name extends string>(words: Spellings<Name>): ReadonlyMap<string, Name> {
  return new Map((Object.keys(words) as Name[]).flatMap((name) => [[foldWord(words[name].ja), name] as const, [foldWord(words[name].en), name] as const]))
}

const statuses = indexOfWords(STATUS_WORDS)
const levels = indexOfWords(LEVEL_WORDS)
const sections = indexOfWords(SECTION_WORDS)
const exactSections: ReadonlyMap<string, SectionName> = new Map(
  (Object.keys(SECTION_WORDS) as SectionName[]).flatMap((name) => [[SECTION_WORDS[name].ja, name] as const, [SECTION_WORDS[name].en, name] as const]),
)

export const readStatus = (word: string): ItemStatus | undefined => statuses.get(foldWord(word))
export const readLevel = (word: string): CognitiveLevel | undefined => levels.get(foldWord(word))
export const readSectionName = (word: string): SectionName | undefined => exactSections.get(word) ?? sections.get(foldWord(word))
