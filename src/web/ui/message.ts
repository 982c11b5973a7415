import type { Language, Subjects } from '../../../dist/texts.d.ts'
import { marketplaceWords, type PageTag } from '../../platform/page/words.ts'
import { catalogue, type PlainKey, type Translator } from '../../platform/words/catalogue.ts'
import about from '../../texts/about?texts'
import attempt from '../../texts/attempt?texts'
import bank from '../../texts/bank?texts'
import concern from '../../texts/concern?texts'
import credentials from '../../texts/credentials?texts'
import desk from '../../texts/desk?texts'
import evidence from '../../texts/evidence?texts'
import exam from '../../texts/exam?texts'
import frame from '../../texts/frame?texts'
import page from '../../texts/page?texts'
import practical from '../../texts/practical?texts'
import reason from '../../texts/reason?texts'
import records from '../../texts/records?texts'
import result from '../../texts/result?texts'
import staff from '../../texts/staff?texts'
import study from '../../texts/study?texts'
import today from '../../texts/today?texts'
import verify from '../../texts/verify?texts'
import welcome from '../../texts/welcome?texts'
import type { Brand } from '../../world/brand.ts'

/** A language of the pages. */
export type PageLocale = Language

type S = Subjects
type Texts = S['about'] &
  S['attempt'] &
  S['bank'] &
  S['concern'] &
  S['credentials'] &
  S['desk'] &
  S['evidence'] &
  S['exam'] &
  S['frame'] &
  S['page'] &
  S['practical'] &
  S['reason'] &
  S['records'] &
  S['result'] &
  S['staff'] &
  S['study'] &
  S['today'] &
  S['verify'] &
  S['welcome']

/** A sentence in which nothing is filled in. */
export type TextKey = PlainKey<Texts>

export type Translate = Translator<Texts>

const sentences = catalogue<Texts, Language>([
  about,
  attempt,
  bank,
  concern,
  credentials,
  desk,
  evidence,
  exam,
  frame,
  page,
  practical,
  reason,
  records,
  result,
  staff,
  study,
  today,
  verify,
  welcome,
])

/** The sentences in a language or a variant of one, about a marketplace: `{marketplace}` and its like need no value. */
export const textsOf = (tag: PageTag, brand?: Brand): Translate => sentences.in(tag, marketplaceWords(tag, brand))
