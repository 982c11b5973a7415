import type { Locale } from '../../item/item.ts'
import { decodeText } from '../../item/markup/compiled-html.ts'
import type { Random } from '../../kernel/random.ts'
import type { FieldOption, TaskField } from '../present.ts'
import { fillMarkup, fillText } from '../slots.ts'
import { CannotDraw, type Drawn, type FamilyDraw, type KindShapes } from '../task-kind.ts'
import { saysSame } from './corrections.ts'
import type { ClaimPlace, ClaimsBody, ClaimsForm, RedlineBody, RedlineSentence, SourcesBody } from './family.ts'
import { type ClaimKey, type ClaimsKey, VERDICTS } from './key.ts'
import {
  type ClaimPart,
  type ClaimsMaterials,
  claimField,
  MESSAGE_FIELD,
  type ShownPiece,
  type ShownSource,
} from './present.ts'
import { namesOf } from './redline.ts'
import { CLAIM_LABELS } from './words.data.ts'

export interface ClaimsShapes extends KindShapes {
  readonly body: ClaimsBody
  readonly materials: ClaimsMaterials
  readonly key: ClaimsKey
}

/** The longest texts. A message may be longer than it should be: what is too long is graded, not refused. */
const LONGEST_CORRECTION = 60
const LONGEST_REPLACEMENT = 200
const LONGEST_MESSAGE = 800

/** So much of the claims of an article is drawn wrong, so much can only stand as it is, and so much of the sentences of a text is not to be kept. */
const LEAST_WRONG = 0.5
const MOST_WRONG = 0.6
const LEAST_SINGLE = 0.3
const MOST_SINGLE = 0.4
const FLAGGED = 2 / 3

type Draw<Body extends ClaimsBody> = Omit<FamilyDraw<Body>, 'family'> & {
  readonly family: Omit<FamilyDraw<Body>['family'], 'body'> & { readonly body: Body }
}

const shownSources = ({ family: { body }, slots, locale }: Draw<ClaimsBody>): ShownSource[] =>
  body.sources.map(({ id, label, title, html }) => ({
    id,
    label,
    title: fillText(title, slots),
    html: fillMarkup(html, slots, locale),
  }))

const field = (
  locale: Locale,
  claim: string,
  part: ClaimPart,
  of: { as: 'line' | 'lines'; max: number },
): TaskField => ({
  name: claimField(claim, part),
  label: `${claim} ${CLAIM_LABELS[locale][part]}`,
  initial: '',
  ...of,
})

const pick = (locale: Locale, claim: string, part: ClaimPart, options: readonly FieldOption[]): TaskField => ({
  name: claimField(claim, part),
  label: `${claim} ${CLAIM_LABELS[locale][part]}`,
  max: 20,
  initial: '',
  as: 'one',
  options,
})

const verdictField = (locale: Locale, claim: string, form: ClaimsForm): TaskField =>
  pick(
    locale,
    claim,
    'verdict',
    Object.values(VERDICTS[form]).map((value) => ({ value, label: CLAIM_LABELS[locale][value] })),
  )

/** Some of the numbers below a bound, in their order. */
const some = (bound: number, count: number, random: Random): number[] =>
  random
    .shuffle(Array.from({ length: bound }, (_, i) => i))
    .slice(0, count)
    .sort((a, b) => a - b)

/** A place, what stands in it, and whether it is asked about. */
interface DrawnPlace {
  readonly place: ClaimPlace
  readonly shown: string
  readonly claim?: string
}

/** Which places are asked about, in their order: mostly such as may be drawn wrong, so that no verdict is most of them. */
function drawAsked(places: readonly ClaimPlace[], claims: number, random: Random): number[] {
  const all = random.shuffle(places.map((_, at) => at))
  const single = all.filter((at) => (places[at] as ClaimPlace).wrong.length === 0)
  const either = all.filter((at) => (places[at] as ClaimPlace).wrong.length > 0)
  const least = Math.floor(claims * LEAST_SINGLE)
  const wanted = least + random.below(Math.floor(claims * MOST_SINGLE) - least + 1)
  const count = Math.max(Math.min(wanted, single.length), claims - either.length)
  return [...single.slice(0, count), ...either.slice(0, claims - count)].sort((a, b) => a - b)
}

/** Draws what stands in the places, in their order. What is right is not asked: only how many texts an author wrote for each. */
function drawPlaces({ family: { body }, slots, stream }: Draw<SourcesBody>): DrawnPlace[] {
  const places = body.article.flat().flatMap((piece) => ('place' in piece ? [piece.place] : []))
  if (places.length < body.claims) throw new CannotDraw(`${places.length} places for ${body.claims} claims`)
  const asked = drawAsked(places, body.claims, stream('places'))
  const open = asked.filter((at) => (places[at] as ClaimPlace).wrong.length > 0)
  const random = stream('wrong')
  const least = Math.floor(body.claims * LEAST_WRONG)
  const count = least + random.below(Math.floor(body.claims * MOST_WRONG) - least + 1)
  const wrong = new Set(random.shuffle(open).slice(0, count))
  const forms = stream('forms')
  return places.map((place, at) => {
    const form = forms.below(Math.max(1, place.wrong.length))
    const number = asked.indexOf(at) + 1
    const shown = fillText(wrong.has(at) ? (place.wrong[form] as string) : place.right, slots)
    return { place, shown, ...(number === 0 ? {} : { claim: String(number) }) }
  })
}

function keyOfPlace(
  { place, shown, claim }: DrawnPlace & { readonly claim: string },
  slots: Draw<SourcesBody>['slots'],
): ClaimKey {
  const { skill } = place
  if (place.as === 'unknown') return { claim, skill, verdict: 'unknown', shown }
  const right = [place.right, ...place.wordings].map((wording) => fillText(wording, slots))
  const picks = place.sources.length === 0 ? {} : { picks: place.sources }
  return saysSame(shown, right[0] as string)
    ? { claim, skill, verdict: 'right', shown, ...picks }
    : { claim, skill, verdict: 'wrong', shown, corrections: right, ...picks }
}

function generateSources(draw: Draw<SourcesBody>): Drawn<ClaimsShapes> {
  const { family, locale, slots } = draw
  const places = drawPlaces(draw)
  let next = 0
  const article = family.body.article.map((paragraph) =>
    paragraph.map((piece): ShownPiece => {
      if ('text' in piece) return { text: fillText(piece.text, slots) }
      const { shown: text, claim } = places[next++] as DrawnPlace
      return claim === undefined ? { text } : { text, claim }
    }),
  )
  const asked = places.filter((place): place is DrawnPlace & { claim: string } => place.claim !== undefined)
  const sources = shownSources(draw)
  const options = sources.map(({ id, label }) => ({ value: id, label }))
  return {
    materials: { sources, article },
    fields: asked.flatMap(({ claim }) => [
      verdictField(locale, claim, 'sources'),
      field(locale, claim, 'correction', { as: 'line', max: LONGEST_CORRECTION }),
      pick(locale, claim, 'source', options),
    ]),
    key: { form: 'sources', points: family.body.points, claims: asked.map((place) => keyOfPlace(place, slots)) },
  }
}

/** Draws sentences to keep and others, and puts them in the order of the text. */
function drawSentences({ family: { body }, stream }: Draw<RedlineBody>): RedlineSentence[] {
  const { sound } = VERDICTS.redline
  const kept = body.sentences.filter(({ verdict }) => verdict === sound)
  const flagged = body.sentences.filter(({ verdict }) => verdict !== sound)
  if (body.sentences.length < body.claims)
    throw new CannotDraw(`${body.sentences.length} sentences for ${body.claims} claims`)
  const wanted = Math.max(Math.round(body.claims * FLAGGED), body.claims - kept.length)
  const count = Math.min(wanted, flagged.length)
  const drawn = new Set([
    ...some(flagged.length, count, stream('flagged')).map((at) => flagged[at] as RedlineSentence),
    ...some(kept.length, body.claims - count, stream('kept')).map((at) => kept[at] as RedlineSentence),
  ])
  return stream('order')
    .shuffle(body.sentences.filter((sentence) => drawn.has(sentence)))
    .sort((a, b) => a.section - b.section)
}

/** Every reason that the family knows, in drawn order, so that their order tells nothing of what they were written for. */
const drawReasons = ({ family: { body }, stream }: Draw<RedlineBody>): string[] =>
  stream('reasons').shuffle([...new Set(body.sentences.flatMap(({ reasons }) => reasons))].sort())

const bareText = (html: string): string => decodeText(html.replace(/<[^>]*>/g, ''))

function generateRedline(draw: Draw<RedlineBody>): Drawn<ClaimsShapes> {
  const { family, locale, slots } = draw
  const { body } = family
  const sentences = drawSentences(draw).map((sentence, i) => ({
    sentence,
    shown: fillText(sentence.text, slots),
    claim: String(i + 1),
  }))
  const reasons = drawReasons(draw)
  const options = reasons.map((label, i) => ({ value: String(i + 1), label }))
  const wording = family.wordings[locale]
  const known = [wording?.briefHtml, wording?.rulesHtml].map((html) => bareText(fillText(html ?? '', slots)))
  const keyOf = ({ sentence, shown, claim }: (typeof sentences)[number]): ClaimKey => {
    const { skill, verdict, model } = sentence
    if (verdict === 'keep') return { claim, skill, verdict, shown }
    const fill = (words: readonly string[]) => words.map((word) => fillText(word, slots))
    const others = sentences.filter((other) => other.claim !== claim).map((other) => other.shown)
    return {
      claim,
      skill,
      verdict,
      shown,
      picks: sentence.reasons.map((reason) => String(reasons.indexOf(reason) + 1)),
      names: namesOf(shown, [...others, ...known]),
      ...(verdict === 'fix' ? { holds: fill(sentence.holds), avoids: fill(sentence.avoids) } : {}),
      ...(model === undefined ? {} : { model: fillText(model, slots) }),
    }
  }
  const sections = [...new Set(sentences.map(({ sentence }) => sentence.section))]
  const { least, most, facts, banned } = body.message
  return {
    materials: {
      sources: shownSources(draw),
      article: sections.map((section) =>
        sentences
          .filter(({ sentence }) => sentence.section === section)
          .map(({ shown, claim }) => ({ text: shown, claim })),
      ),
      message: { least, most },
    },
    fields: [
      ...sentences.flatMap(({ claim }) => [
        verdictField(locale, claim, 'redline'),
        pick(locale, claim, 'reason', options),
        field(locale, claim, 'replacement', { as: 'lines', max: LONGEST_REPLACEMENT }),
      ]),
      {
        name: MESSAGE_FIELD,
        label: CLAIM_LABELS[locale][MESSAGE_FIELD],
        max: LONGEST_MESSAGE,
        initial: '',
        as: 'lines' as const,
      },
    ],
    key: {
      form: 'redline',
      points: body.points,
      claims: sentences.map(keyOf),
      message: { least, most, facts, banned },
    },
  }
}

/** Draws claims to check: an article with numbered places and its sources, or a text of numbered sentences. */
export function generateClaims(draw: FamilyDraw<ClaimsBody>): Drawn<ClaimsShapes> {
  return draw.family.body.form === 'sources'
    ? generateSources(draw as Draw<SourcesBody>)
    : generateRedline(draw as Draw<RedlineBody>)
}
