import { controlsOf, type IslandType } from './island-type.ts'

const picked = (q: HTMLElement) =>
  controlsOf(q)
    .filter((control) => control.checked)
    .map((control) => control.value)

function check(q: HTMLElement, refs: readonly string[]) {
  for (const control of controlsOf(q)) control.checked = refs.includes(control.value)
}

export const oneChoice: IslandType = {
  read(q) {
    const [choice] = picked(q)
    return choice === undefined ? [null, false] : [{ choice }, true]
  },
  write: (q, answer) => check(q, answer && 'choice' in answer ? [answer.choice as string] : []),
}

export const severalChoices: IslandType = {
  read(q) {
    const choices = picked(q)
    return choices.length ? [{ choices }, true] : [null, false]
  },
  write: (q, answer) => check(q, answer && 'choices' in answer ? (answer.choices as string[]) : []),
}
