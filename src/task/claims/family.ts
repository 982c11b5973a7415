import type { CompiledHtml } from '../../item/markup/compiled-html.ts'
import type { FamilyBody } from '../task-kind.ts'

/** The varieties: an article to check against sources, or sentences of a text to red-line. */
export type ClaimsForm = 'sources' | 'redline'

/** What can be said of a claim in an article, and of a sentence in a text to red-line. */
export type SourcesVerdict = 'right' | 'wrong' | 'unknown'
export type RedlineVerdict = 'keep' | 'fix' | 'check'
export type Verdict = SourcesVerdict | RedlineVerdict

/** A material that claims are checked against. Slots stand in it as they are written. */
export interface ClaimsSource {
  /** Its number in the title, `1`. */
  readonly id: string
  /** What it is called in short, and what it is. */
  readonly label: string
  readonly title: string
  readonly html: CompiledHtml
}

/** A place in an article that candidates may be asked about. */
export interface ClaimPlace {
  /** Drawn right or wrong, always right, or nothing that the sources say. */
  readonly as: 'either' | 'right' | 'unknown'
  /** Texts that are wrong there, of which one is drawn; none unless it is drawn right or wrong. */
  readonly wrong: readonly string[]
  /** What stands there otherwise, and the other wordings in which it may be given. */
  readonly right: string
  readonly wordings: readonly string[]
  readonly skill: string
  /** Each of these sources settles it; none where nothing is to be named. */
  readonly sources: readonly string[]
}

/** A stretch of an article: text, or a place. */
export type ArticlePiece = { readonly text: string } | { readonly place: ClaimPlace }

/** A sentence that may be drawn into a text to red-line. */
export interface RedlineSentence {
  readonly text: string
  /** Sentences of a lower number come first; those of one number in any order. */
  readonly section: number
  readonly verdict: RedlineVerdict
  /** Each of these is the reason. */
  readonly reasons: readonly string[]
  /** A sentence to put in its place holds one of these, where there are any, and none of those. */
  readonly holds: readonly string[]
  readonly avoids: readonly string[]
  /** A sentence that would do. */
  readonly model?: string
  readonly skill: string
}

/** Something that the final message must say: one of these words, or words of so many sentences that were marked. */
export type MessageFact = { readonly skill: string } & (
  | { readonly as: 'words'; readonly words: readonly string[] }
  | { readonly as: 'names'; readonly least: number }
)

export interface ClaimsMessage {
  /** In characters, spaces and line ends not counted. */
  readonly least: number
  readonly most: number
  readonly facts: readonly MessageFact[]
  /** Words that must not stand in it. */
  readonly banned: readonly string[]
}

/** What each answer earns, and what it costs to call a right claim wrong. */
export interface SourcesPoints {
  readonly verdict: number
  readonly correction: number
  readonly source: number
  readonly calledWrong: number
}

export interface RedlinePoints {
  readonly verdict: number
  readonly reason: number
  readonly replacement: number
  /** Of each fact of the message. */
  readonly message: number
  readonly calledWrong: number
}

export interface SourcesBody extends FamilyBody {
  readonly form: 'sources'
  /** So many places are asked about. */
  readonly claims: number
  readonly sources: readonly ClaimsSource[]
  /** Paragraphs. */
  readonly article: readonly (readonly ArticlePiece[])[]
  readonly points: SourcesPoints
}

export interface RedlineBody extends FamilyBody {
  readonly form: 'redline'
  /** So many sentences are drawn, two thirds of them not to be kept. */
  readonly claims: number
  readonly sources: readonly ClaimsSource[]
  readonly sentences: readonly RedlineSentence[]
  readonly message: ClaimsMessage
  readonly points: RedlinePoints
}

/** Claims to check. */
export type ClaimsBody = SourcesBody | RedlineBody
