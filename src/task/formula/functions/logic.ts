import { toBoolean } from '../coerce.ts'
import { compare, type Failure, isBlock, isFailure, NA, type Operand, type Scalar, VALUE } from '../value.ts'
import { define, firstFailure, flat } from './define.ts'

/** Of ranges truth values and numbers, of single values whatever can be read as true or false. */
const ofTruths = (run: (truths: readonly boolean[]) => boolean) =>
  define('a*a', (...operands: Operand[]) => {
    const truths = operands.flatMap((operand): readonly (boolean | Failure)[] =>
      (isBlock(operand) ? flat(operand).filter((value) => typeof value !== 'string' && value !== null) : [operand]).map(
        toBoolean,
      ),
    )
    return firstFailure(truths) ?? (truths.length ? run(truths as boolean[]) : VALUE)
  })

const is = (test: (value: Scalar) => boolean) => define('e', test)

export const LOGIC = {
  IF: define('be?e', (truth, yes, no = false) => (truth ? yes : no)),
  IFS: define('ee*ee', (...cases) => {
    for (let i = 0; i < cases.length; i += 2) {
      const truth = toBoolean(cases[i] as Scalar)
      if (truth) return isFailure(truth) ? truth : (cases[i + 1] as Scalar)
    }
    return NA
  }),
  IFERROR: define('ee', (value, instead) => (isFailure(value) ? instead : value)),
  IFNA: define('ee', (value, instead) => (isFailure(value) && value.error === '#N/A' ? instead : value)),
  SWITCH: define('vee*e', (value, ...cases) => {
    for (let i = 0; i + 1 < cases.length; i += 2) {
      const wanted = cases[i] as Scalar
      if (isFailure(wanted)) return wanted
      if (!compare(value, wanted)) return cases[i + 1] as Scalar
    }
    return cases.length % 2 ? (cases.at(-1) as Scalar) : NA
  }),
  AND: ofTruths((truths) => truths.every(Boolean)),
  OR: ofTruths((truths) => truths.some(Boolean)),
  NOT: define('b', (truth) => !truth),
  TRUE: define('', () => true),
  FALSE: define('', () => false),
  NA: define('', () => NA),
  ISBLANK: is((value) => value === null),
  ISNUMBER: is((value) => typeof value === 'number'),
  ISTEXT: is((value) => typeof value === 'string'),
  ISERROR: is(isFailure),
  ISNA: is((value) => isFailure(value) && value.error === '#N/A'),
  N: define('v', (value) => (typeof value === 'string' ? 0 : Number(value))),
  T: define('v', (value) => (typeof value === 'string' ? value : '')),
}
