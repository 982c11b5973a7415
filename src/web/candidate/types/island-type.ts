import type { RunData } from '../island/run-types.ts'

/** A response as it travels. Which shape it has is the type's own matter. */
export type Answer = object | null

/** Selects are read like inputs: by name and value. */
export type Control = HTMLInputElement

/** Says a sentence of the page to screen readers, with its values filled in. */
export type Tell = (text: keyof RunData['texts'], values: Readonly<Record<string, string | number>>) => void

/** How the page's script deals with the controls of one type of item. `q` is the element of the whole question. */
export interface IslandType {
  /** What the controls say now, and whether nothing is left open. */
  read(q: HTMLElement): readonly [Answer, boolean]
  write(q: HTMLElement, answer: Answer): void
  /** A click on something of its own within the question; whether it changed the answer. */
  click?(q: HTMLElement, target: HTMLElement, tell: Tell): boolean
  /** Brings what else the question shows in line with its answer. */
  draw?(q: HTMLElement, isComplete: boolean): void
}

export const controlsOf = (q: HTMLElement): Control[] =>
  [...q.querySelectorAll<Control>('input,select,textarea')].filter(
    (control) => control.name === q.id || control.name.startsWith(`${q.id}.`),
  )
