import type { Random } from '../../../kernel/random.ts'
import { turnsOfPhrase } from './turns-of-phrase.data.ts'

type Lang = keyof typeof turnsOfPhrase

/** So many of a hundred turns of phrase are put in another way: with all of them, a writer's own words would not be learnt. */
const CHANGED = 60

/** What stands for each turn of phrase, itself among them, and where there is one: of those that begin at one place the longest. */
function phrasesOf(lang: Lang) {
  const groups = new Map<string, readonly string[]>()
  for (const group of turnsOfPhrase[lang])
    for (const turn of group) if (!groups.has(turn.toLowerCase())) groups.set(turn.toLowerCase(), group)
  const turns = [...groups.keys()].sort((a, b) => b.length - a.length)
  const border = lang === 'en' ? '\\b' : ''
  return { groups, pattern: new RegExp(`${border}(?:${turns.join('|')})${border}`, 'gi') }
}
const phrases = { ja: phrasesOf('ja'), en: phrasesOf('en') }

/** A text in other words, as far as there are any; by lot. */
export function rephrase(text: string, lang: Lang, random: Random): string {
  const { groups, pattern } = phrases[lang]
  return text.replace(pattern, (turn) => {
    const group = groups.get(turn.toLowerCase())
    if (!group || random.below(100) >= CHANGED) return turn
    return group[random.below(group.length)] as string
  })
}
