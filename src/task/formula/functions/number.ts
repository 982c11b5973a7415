import { DIV, fifteenDigits, NUM } from '../value.ts'
import { define, type FunctionEntry } from './define.ts'

/** The point moved to the right by so many places, in decimal: exact, which multiplication is not. */
const movePoint = (number: number, places: number): number => {
  const [digits, exponent = '0'] = String(number).split('e')
  return Number(`${digits}e${Number(exponent) + places}`)
}

/**
 * To so many decimals. What is cut is the number of fifteen digits that a sheet shows: 1.1 * 30 is 33, whatever the binary
 * fraction says, in ROUND as in INT.
 */
export const roundBy =
  (cut: (number: number) => number) =>
  (number: number, decimals: number): number => {
    const places = Math.trunc(Math.max(-308, Math.min(308, decimals)))
    return Math.sign(number) * movePoint(cut(movePoint(Math.abs(fifteenDigits(number)), places)), -places) || 0
  }
const halfUp = roundBy(Math.round)
const down = roundBy(Math.floor)
const up = roundBy(Math.ceil)

const rounding = (round: (number: number, decimals: number) => number) =>
  define('n?n', (number, decimals = 0) => round(number, decimals))

/** Down to the multiple below, or up to the one above, whatever the sign; of negative numbers away from zero where asked. */
const toMultiple = (number: number, step: number, isUp: boolean): number =>
  (isUp ? Math.ceil : Math.floor)(fifteenDigits(number / step)) * step || 0

const older = (isUp: boolean) =>
  define('n?n', (number, step = 1) =>
    step === 0
      ? isUp || !number
        ? 0
        : DIV
      : number > 0 && step < 0
        ? NUM
        : fifteenDigits(toMultiple(number, step, isUp)),
  )

/** The newer ones: the sign of the step says nothing, `mode` that negative numbers go the other way. */
const newer = (isUp: boolean) =>
  define('n?nn', (number, step = 1, mode = 0) =>
    step === 0 ? 0 : fifteenDigits(toMultiple(number, Math.abs(step), number < 0 && mode !== 0 ? !isUp : isUp)),
  )

const ofOne = (run: (number: number) => number): FunctionEntry => define('n', run)

export const NUMBERS = {
  ROUND: rounding(halfUp),
  ROUNDDOWN: rounding(down),
  ROUNDUP: rounding(up),
  TRUNC: rounding(down),
  INT: ofOne((number) => Math.floor(fifteenDigits(number))),
  CEILING: older(true),
  FLOOR: older(false),
  'CEILING.MATH': newer(true),
  'FLOOR.MATH': newer(false),
  MOD: define('nn', (number, by) => (by ? number - by * Math.floor(fifteenDigits(number / by)) : DIV)),
  QUOTIENT: define('nn', (number, by) => (by ? down(number / by, 0) : DIV)),
  ABS: ofOne(Math.abs),
  SIGN: ofOne(Math.sign),
  SQRT: ofOne(Math.sqrt),
  POWER: define('nn', (base, exponent) => power(base, exponent)),
}

/** 0⁰ is an error; a division by zero is one of its own. */
export const power = (base: number, exponent: number) =>
  base ? base ** exponent : exponent > 0 ? 0 : exponent ? DIV : NUM
