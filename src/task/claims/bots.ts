import type { Random } from '../../kernel/random.ts'
import type { Entries, TaskField } from '../present.ts'
import type { TaskInstance } from '../task.ts'
import type { Bot } from '../task-kind.ts'
import { corrects, plainText } from './corrections.ts'
import type { Verdict } from './family.ts'
import { type ClaimKey, type ClaimsKey, VERDICTS } from './key.ts'
import { type ClaimsMaterials, claimField, MESSAGE_FIELD } from './present.ts'
import { replaces, signsIn } from './redline.ts'
import { CLAIMS_BOT_WORDS } from './words.data.ts'

type ClaimsInstance = TaskInstance<ClaimsKey>
const fieldsOf = ({ presented }: ClaimsInstance): readonly TaskField[] => presented.fields
const materialsOf = ({ presented }: ClaimsInstance): ClaimsMaterials => presented.materials as ClaimsMaterials

/** Only what the task has a field for, and no longer than fits. */
const entered = (instance: ClaimsInstance, written: ReadonlyMap<string, string>): Entries =>
  Object.fromEntries(
    fieldsOf(instance).flatMap((field) => {
      const value = written.get(field.name)?.slice(0, field.max) ?? field.initial
      return value === field.initial ? [] : [[field.name, value] as const]
    }),
  )

/** A replacement that would do: the author's, or a word that is asked for with a sentence that says nothing. */
function replacementOf(claim: ClaimKey): string {
  const { holds = [], model } = claim
  const tries = [
    ...(model === undefined ? [] : [model]),
    ...['', ...holds].flatMap((word) => CLAIMS_BOT_WORDS.plain.map((rest) => word + rest)),
  ]
  return tries.find((text) => replaces(text, claim)) ?? ''
}

/** A message that names what was marked and says all that it must, as long as is asked for. */
function messageOf(key: ClaimsKey, wordOf: (words: readonly string[]) => string): string {
  if (key.form !== 'redline') return ''
  const { facts, least } = key.message
  const wanted = Math.max(0, ...facts.map((fact) => (fact.as === 'names' ? fact.least : 0)))
  // words are shorter, and a beginning may be that of another sentence too
  const flagged = key.claims
    .filter(({ names }) => names)
    .sort((a, b) => (b.names?.length ?? 0) - (a.names?.length ?? 0))
  const names = flagged.slice(0, wanted).map(({ names = [], shown }) => names[0] ?? shown.slice(0, 12))
  const words = facts.flatMap((fact) => (fact.as === 'words' ? [wordOf(fact.words)] : []))
  let text = CLAIMS_BOT_WORDS.about(names, words)
  while (signsIn(text) < least) text += CLAIMS_BOT_WORDS.polite
  return text
}

const first = (words: readonly string[]): string => words[0] ?? ''
const last = (words: readonly string[]): string => words.at(-1) ?? ''

function right(
  instance: ClaimsInstance,
  { correction, pick }: { correction: (claim: ClaimKey) => string; pick: (words: readonly string[]) => string },
): Entries {
  const written = new Map<string, string>([[MESSAGE_FIELD, messageOf(instance.key, pick)]])
  const { rejects } = VERDICTS[instance.key.form]
  for (const claim of instance.key.claims) {
    const put = (part: Parameters<typeof claimField>[1], value: string) =>
      written.set(claimField(claim.claim, part), value)
    put('verdict', claim.verdict)
    put(instance.key.form === 'sources' ? 'source' : 'reason', pick(claim.picks ?? ['']))
    if (claim.corrections) put('correction', correction(claim))
    if (instance.key.form === 'redline' && claim.verdict === rejects) put('replacement', replacementOf(claim))
  }
  return entered(instance, written)
}

const perfect = (instance: ClaimsInstance): Entries =>
  right(instance, { correction: ({ corrections = [] }) => first(corrections), pick: first })

const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))

/** Right in other wordings: the last one that is listed, the number alone, with what stood there before, in full width. */
function otherForms(instance: ClaimsInstance, random: Random): Entries {
  return right(instance, {
    pick: last,
    correction: ({ corrections = [], shown }) => {
      const wording = last(corrections)
      const number = CLAIMS_BOT_WORDS.unit.exec(plainText(wording))?.[1] ?? ''
      const forms = [wording, `${shown} → ${wording}`, number, fullWidth(wording)].filter((form) =>
        corrects(form, corrections, shown),
      )
      return forms[random.below(Math.max(1, forms.length))] ?? wording
    },
  })
}

/** The same answer to every claim, and texts that fit anywhere. */
const constant =
  (of: 'sound' | 'rejects' | 'doubts') =>
  (instance: ClaimsInstance): Entries => {
    const verdict: Verdict = VERDICTS[instance.key.form][of]
    const written = new Map<string, string>([[MESSAGE_FIELD, CLAIMS_BOT_WORDS.message]])
    for (const field of fieldsOf(instance)) {
      const part = field.name.slice(field.name.indexOf('.') + 1)
      if (part === 'verdict') written.set(field.name, verdict)
      else if (part === 'correction') written.set(field.name, CLAIMS_BOT_WORDS.correction)
      else if (part === 'replacement') written.set(field.name, CLAIMS_BOT_WORDS.replacement)
      else if (field.as === 'one') written.set(field.name, field.options[0]?.value ?? '')
    }
    return entered(instance, written)
  }

/** Rejects everything and quotes: each claim as it stands, the text as the message. */
function quoted(instance: ClaimsInstance): Entries {
  const pieces = materialsOf(instance).article.flat()
  const message = instance.key.form === 'redline' ? instance.key.message.most : 0
  const written = new Map([
    [
      MESSAGE_FIELD,
      pieces
        .map(({ text }) => text)
        .join('')
        .slice(0, message),
    ],
  ])
  for (const { text, claim } of pieces) {
    if (claim === undefined) continue
    written.set(claimField(claim, 'verdict'), VERDICTS[instance.key.form].rejects)
    written.set(claimField(claim, 'correction'), text)
    written.set(claimField(claim, 'replacement'), text)
    written.set(claimField(claim, 'source'), '1')
    written.set(claimField(claim, 'reason'), '1')
  }
  return entered(instance, written)
}

const random = (instance: ClaimsInstance, draws: Random): Entries =>
  entered(
    instance,
    new Map(
      fieldsOf(instance).flatMap((field) =>
        field.as === 'one' ? [[field.name, field.options[draws.below(field.options.length)]?.value ?? '']] : [],
      ),
    ),
  )

/** Looks each claim up in the sources as a search would: what stands there word for word is right, all else is not said. */
function searched(instance: ClaimsInstance): Entries {
  const { sources, article } = materialsOf(instance)
  const { sound, doubts } = VERDICTS[instance.key.form]
  const texts = sources.map(({ id, html }) => ({ id, text: plainText(html.replace(/<[^>]*>/g, '')) }))
  const written = new Map<string, string>()
  for (const { text, claim } of article.flat()) {
    if (claim === undefined) continue
    const found = texts.find((source) => source.text.includes(plainText(text)))
    written.set(claimField(claim, 'verdict'), found ? sound : doubts)
    if (found) written.set(claimField(claim, 'source'), found.id)
  }
  return entered(instance, written)
}

/** The right verdicts, with every word that could earn something in every text. */
function stuffed(instance: ClaimsInstance): Entries {
  const { key } = instance
  const written = new Map<string, string>()
  const holds = [...new Set(key.claims.flatMap((claim) => claim.holds ?? []))].join('')
  if (key.form === 'redline')
    written.set(
      MESSAGE_FIELD,
      [
        ...key.claims.flatMap(({ names = [] }) => names),
        ...key.message.facts.flatMap((fact) => (fact.as === 'words' ? fact.words : [])),
      ].join(''),
    )
  for (const claim of key.claims) {
    written.set(claimField(claim.claim, 'verdict'), claim.verdict)
    written.set(claimField(claim.claim, 'replacement'), holds)
    written.set(claimField(claim.claim, 'correction'), key.claims.flatMap((one) => one.corrections ?? []).join(''))
  }
  return entered(instance, written)
}

/** Simulated candidates of claims, and what their scores must be. */
export const claimsBots: readonly Bot<ClaimsKey>[] = [
  { name: 'perfect', play: perfect, each: { least: 1 } },
  { name: 'other-forms', play: otherForms, each: { least: 1 } },
  { name: 'untouched', play: () => ({}), each: { most: 0 } },
  { name: 'constant-sound', play: constant('sound'), mean: { most: 0.35 }, each: { most: 0.45 } },
  { name: 'constant-wrong', play: constant('rejects'), mean: { most: 0.35 }, each: { most: 0.45 } },
  { name: 'constant-doubt', play: constant('doubts'), mean: { most: 0.35 }, each: { most: 0.45 } },
  { name: 'quoted', play: quoted, mean: { most: 0.35 }, each: { most: 0.45 } },
  { name: 'random', play: random, mean: { most: 0.35 } },
  { name: 'searched', play: searched },
  { name: 'stuffed', play: stuffed },
]
