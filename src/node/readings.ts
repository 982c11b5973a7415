import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { marks } from '../platform/words/readings.ts'

/** Words and how they stand in a text with their readings marked, the longest first. */
export type Readings = readonly (readonly [word: string, marked: string])[]

/** 受験《じゅけん》: the kanji before, and their reading. */
const WRITTEN = /([\p{sc=Han}々〆ヶ]+)《([^》]+)》/gu

const marked = (text: string): string => text.replace(WRITTEN, `${marks.word}$1${marks.reading}$2${marks.end}`)

/** The words of a folder of texts that are read out: `readings.txt`, each as 受験《じゅけん》 or 始《はじ》め. None where there is no such file. */
export async function readReadings(folder: string): Promise<Readings> {
  const text = await readFile(join(folder, 'readings.txt'), 'utf8').catch(() => '')
  const words = text.split(/\s+/).filter((word) => word !== '')
  return words
    .map((word) => [word.replace(WRITTEN, '$1'), marked(word)] as const)
    .sort(([a], [b]) => b.length - a.length)
}

/** The text with the readings of its words marked: those that stand in it, 今日《きょう》, and those of the list. */
export function withReadings(text: string, readings: Readings): string {
  if (readings.length === 0) return text
  let out = ''
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at)
    const own = /^[\p{sc=Han}々〆ヶ]+《[^》]+》/u.exec(rest)?.[0]
    const [word, written] = readings.find(([word]) => rest.startsWith(word)) ?? []
    const taken = own ?? word ?? rest.charAt(0)
    out += own ? marked(own) : (written ?? taken)
    at += taken.length
  }
  return out
}
