import { type Random, randomFrom, type Seed, stableHash } from '../../../kernel/random.ts'
import { kinds } from '../judge/kinds.ts'
import { boilerplate } from './boilerplate.data.ts'
import type { LabelledPost } from './labelled-posts.ts'
import { lawfulSentences } from './lawful-sentences.data.ts'
import { rephrase } from './rephrase.ts'

const MOST_SENTENCES = 4
/**
 * Of each sort, and one more as windows show it. Lawful posts are as various as work is, and most posts are lawful: they get
 * more forms. Twice as many as these take twice the time and tell hardly more.
 */
const LAWFUL_FORMS = 4
const UNLAWFUL_FORMS = 3

/** Sentences are of two sorts, so that calibration sees some that training has not: one in three. */
type Purpose = 'training' | 'calibration'
const sentencesFor = <T>(list: readonly T[], purpose: Purpose): T[] =>
  list.filter((_, at) => (at % 3 === 0) === (purpose === 'calibration'))

const pick = <T>(list: readonly T[], random: Random): T | undefined =>
  list.length > 0 ? list[random.below(list.length)] : undefined

/** A text with the parts before or after it, by lot. */
function surround(body: string, parts: readonly string[], random: Random): string {
  const whole = [body]
  for (const part of parts) {
    if (random.below(5) < 2) whole.unshift(part)
    else whole.push(part)
  }
  return whole.join(random.below(2) === 0 ? '\n' : '')
}

/** A stretch of a text of so many characters, that begins somewhere by lot. */
function excerptOf(text: string, characters: number, random: Random): string {
  const start = text.length > characters ? random.below(text.length - characters + 1) : 0
  return text.slice(start, start + characters)
}

/** A sentence about something that a rule forbids and this post does not do: as likely in lawful posts as in others. */
function lawfulSentence({ lang, kinds: broken }: LabelledPost, purpose: Purpose, random: Random): string | undefined {
  const kind = pick(
    kinds.filter((candidate) => !broken.includes(candidate)),
    random,
  )
  return kind && pick(sentencesFor(lawfulSentences[lang][kind], purpose), random)
}

/** Characters of another post that a form shows at most. */
const MOST_OF_ANOTHER = 400

function augmentPost(
  post: LabelledPost,
  { purpose, lawful }: { readonly purpose: Purpose; readonly lawful: readonly LabelledPost[] },
  random: Random,
): LabelledPost {
  const parts: string[] = []
  for (let left = 1 + random.below(MOST_SENTENCES); left > 0; left -= 1)
    parts.push(pick(sentencesFor(boilerplate[post.lang], purpose), random) ?? '')
  const sentence = random.below(2) === 0 ? lawfulSentence(post, purpose, random) : undefined
  if (sentence) parts.push(sentence)
  const other = random.below(3) === 0 ? pick(lawful, random) : undefined
  if (other) parts.push(excerptOf(other.body, MOST_OF_ANOTHER, random))
  const body = surround(post.body, parts, random)
  return {
    ...post,
    body,
    pay: random.below(2) === 0 ? post.pay : null,
    accountAgeDays: random.below(2) === 0 ? post.accountAgeDays : null,
  }
}

/** Characters of other texts that a window shows beside what it is about. */
const MOST_BESIDE = 50
const WINDOW_SHOWS = 100

/** A letter of Japanese says as much as so many of English. */
const scaleOf = ({ lang }: LabelledPost): number => (lang === 'ja' ? 1 : 2.5)

/**
 * A post as a window over a long text shows it: between the end of one text and the beginning of another; of a lawful post
 * any part, of another what breaks the rule.
 */
function showInWindow(post: LabelledPost, lawful: readonly LabelledPost[], random: Random): LabelledPost {
  const { body, kinds: broken } = post
  const [shows, beside] = [WINDOW_SHOWS * scaleOf(post), Math.round(MOST_BESIDE * scaleOf(post))]
  const shown = broken.length === 0 ? excerptOf(body, shows, random) : (post.breach ?? body)
  const [before, after] = [pick(lawful, random)?.body ?? '', pick(lawful, random)?.body ?? '']
  const tail = before.slice(Math.max(0, before.length - random.below(beside)))
  const joint = random.below(2) === 0 ? '\n' : ''
  return {
    ...post,
    body: [tail, shown, after.slice(0, random.below(beside))].join(joint),
    pay: random.below(2) === 0 ? post.pay : null,
    accountAgeDays: random.below(2) === 0 ? post.accountAgeDays : null,
  }
}

/** What a long post is without the stretch that breaks a rule: lawful, and as like it as can be. */
const withoutBreach = (post: LabelledPost): LabelledPost[] =>
  post.breach ? [{ ...post, kinds: [], body: post.body.replace(post.breach, '') }] : []

/** A long lawful post stretch by stretch, as windows show it: each of them is as lawful as the whole. */
function stretchesOf(post: LabelledPost): LabelledPost[] {
  const { body } = post
  const shows = WINDOW_SHOWS * scaleOf(post)
  const count = Math.floor(body.length / shows)
  if (post.kinds.length > 0 || count < LEAST_STRETCHES) return []
  return Array.from({ length: count }, (_, at) => ({
    ...post,
    body: body.slice(at * shows, (at + 1) * shows),
    pay: null,
    accountAgeDays: null,
  }))
}

const LEAST_STRETCHES = 4

/** A form of a post as another writer might have put it. */
const inOtherWords = (post: LabelledPost, random: Random): LabelledPost => ({
  ...post,
  title: rephrase(post.title, post.lang, random),
  body: rephrase(post.body, post.lang, random),
})

/**
 * Other forms of each post for training, in other words: with neutral sentences, often with one that speaks of another rule, sometimes
 * with the words of a lawful post of the same author and style, and without pay or age as often as with them. What is
 * common to all posts then weighs nothing, a trick is found in a long text, and nothing depends on circumstances that a
 * stranger's post lacks.
 */
export function augmentPosts(posts: readonly LabelledPost[], random: Random): LabelledPost[][] {
  const lawful = posts.filter((post) => post.kinds.length === 0)
  const ofStyle = Map.groupBy(lawful, ({ author, style }) => `${author}/${style}`)
  const ofAuthor = Map.groupBy(lawful, ({ author }) => author)
  return posts.map((post) => {
    const alike = ofStyle.get(`${post.author}/${post.style}`) ?? []
    const others = ofAuthor.get(post.author) ?? []
    const forms = Array.from({ length: post.kinds.length > 0 ? UNLAWFUL_FORMS : LAWFUL_FORMS })
    return [
      ...forms.map(() => inOtherWords(augmentPost(post, { purpose: 'training', lawful: alike }, random), random)),
      ...[...forms, undefined].map(() => inOtherWords(showInWindow(post, others, random), random)),
      ...withoutBreach(post).flatMap((form) => [form, ...stretchesOf(form)]),
      ...stretchesOf(post),
    ]
  })
}

/** A form of each post as a stranger might have written it, with sentences that training does not use. */
export const estrangePosts = (posts: readonly LabelledPost[], random: Random): LabelledPost[] =>
  posts.map((post) => augmentPost(post, { purpose: 'calibration', lawful: [] }, random))

/** Characters of other texts that a post is hidden among. */
const HIDING_PLACES = [400, 800, 2_000] as const

/** Most lawful posts of the same author that a post is hidden among: those that look unlawful are as rare as elsewhere. */
function hidePost(post: LabelledPost, lawful: readonly LabelledPost[], random: Random): LabelledPost {
  const size = HIDING_PLACES[random.below(HIDING_PLACES.length)] as number
  const plain = lawful.filter(({ near }) => !near)
  const parts: string[] = []
  for (let length = 0; length < size; ) {
    const other = pick(plain.length > 0 && random.below(3) > 0 ? plain : lawful, random)?.body
    const part =
      (other && excerptOf(other, size - length, random)) ??
      pick(sentencesFor(boilerplate[post.lang], 'calibration'), random) ??
      post.title
    parts.push(part)
    length += Math.max(1, part.length)
  }
  return { ...post, body: surround(post.body, parts, random) }
}

/** A post of a set, by its place, hidden among other texts in one of many ways. */
export type Hide = (at: number, way: number) => LabelledPost

/** Hides posts among other texts of their author, lawful and not alike, so that what a long text adds by chance is seen. */
export function hiding(posts: readonly LabelledPost[], seed: Seed): Hide {
  const groupOf = ({ author, lang }: LabelledPost) => `${author}/${lang}`
  const lawful = Map.groupBy(
    posts.filter((post) => post.kinds.length === 0),
    groupOf,
  )
  return (at, way) => {
    const post = posts[at] as LabelledPost
    const random = randomFrom(stableHash(`${seed} ${way} ${post.id}`).toString(16).padStart(8, '0').repeat(4))
    const others = (lawful.get(groupOf(post)) ?? []).filter((other) => other !== post)
    return hidePost(post, others, random)
  }
}
