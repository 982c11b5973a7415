import type { Language, Subjects } from '../../../dist/texts.d.ts'
import { marketplaceWords } from '../../platform/page/words.ts'
import { catalogue, type Translator } from '../../platform/words/catalogue.ts'
import account from '../../texts/account?texts'
import cases from '../../texts/case?texts'
import contract from '../../texts/contract?texts'
import detector from '../../texts/detector?texts'
import evidence from '../../texts/evidence?texts'
import form from '../../texts/form?texts'
import frame from '../../texts/frame?texts'
import front from '../../texts/front?texts'
import guide from '../../texts/guide?texts'
import job from '../../texts/job?texts'
import market from '../../texts/market?texts'
import operator from '../../texts/operator?texts'
import play from '../../texts/play?texts'
import reviews from '../../texts/reviews?texts'
import statement from '../../texts/statement?texts'
import work from '../../texts/work?texts'
import type { Brand } from '../../world/brand.ts'

export type Locale = Language

type S = Subjects
type Texts = S['account'] &
  S['case'] &
  S['contract'] &
  S['detector'] &
  S['evidence'] &
  S['form'] &
  S['frame'] &
  S['front'] &
  S['guide'] &
  S['job'] &
  S['market'] &
  S['operator'] &
  S['play'] &
  S['reviews'] &
  S['statement'] &
  S['work']

/** A sentence around a time, which is shown as one. */
export type TimeSentence = {
  readonly [Key in keyof Texts]: { readonly time: string | number } extends Texts[Key] ? Key : never
}[keyof Texts]

export type Translate = Translator<Texts>

const sentences = catalogue<Texts, Language>([
  account,
  cases,
  contract,
  detector,
  evidence,
  form,
  frame,
  front,
  guide,
  job,
  market,
  operator,
  play,
  reviews,
  statement,
  work,
])

/** The sentences in a language, about this marketplace: `{marketplace}` and its like need no value. */
export const textsOf = (locale: Locale, brand?: Brand): Translate =>
  sentences.in(locale, marketplaceWords(locale, brand))
