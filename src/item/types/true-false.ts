import { oneOf } from './single.ts'

/** A statement that is right or wrong: its one wrong option has no other to compete with. */
export const trueFalse = oneOf<'true-false'>(false)
