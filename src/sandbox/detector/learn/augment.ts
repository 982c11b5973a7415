import type { Random } from '../../../kernel/random.ts'
import { kinds } from '../judge/kinds.ts'
import { boilerplate } from './boilerplate.data.ts'
import type { LabelledPost } from './labelled-posts.ts'
import { lawfulSentences } from './lawful-sentences.data.ts'

const MOST_SENTENCES = 4
/** Lawful posts are as various as work is, and most posts are lawful: they get more forms. */
const LAWFUL_FORMS = 2
const UNLAWFUL_FORMS = 1

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

/** A sentence about something that a rule forbids and this post does not do: as likely in lawful posts as in others. */
function lawfulSentence({ lang, kinds: broken }: LabelledPost, purpose: Purpose, random: Random): string | undefined {
  const kind = pick(
    kinds.filter((candidate) => !broken.includes(candidate)),
    random,
  )
  return kind && pick(sentencesFor(lawfulSentences[lang][kind], purpose), random)
}

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
  if (other) parts.push(other.body)
  const body = surround(post.body, parts, random)
  return {
    ...post,
    body,
    pay: random.below(2) === 0 ? post.pay : null,
    accountAgeDays: random.below(2) === 0 ? post.accountAgeDays : null,
  }
}

/**
 * Other forms of each post for training: with neutral sentences, often with one that speaks of another rule, sometimes
 * with the words of a lawful post of the same author and style, and without pay or age as often as with them. What is
 * common to all posts then weighs nothing, a trick is found in a long text, and nothing depends on circumstances that a
 * stranger's post lacks.
 */
export function augmentPosts(posts: readonly LabelledPost[], random: Random): LabelledPost[][] {
  const lawful = Map.groupBy(
    posts.filter((post) => post.kinds.length === 0),
    ({ author, style }) => `${author}/${style}`,
  )
  return posts.map((post) => {
    const others = lawful.get(`${post.author}/${post.style}`) ?? []
    return Array.from({ length: post.kinds.length > 0 ? UNLAWFUL_FORMS : LAWFUL_FORMS }, () =>
      augmentPost(post, { purpose: 'training', lawful: others }, random),
    )
  })
}

/** A form of each post as a stranger might have written it, with sentences that training does not use. */
export const estrangePosts = (posts: readonly LabelledPost[], random: Random): LabelledPost[] =>
  posts.map((post) => augmentPost(post, { purpose: 'calibration', lawful: [] }, random))
