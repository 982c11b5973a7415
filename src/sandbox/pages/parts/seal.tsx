import { stableHash } from '../../../kernel/random.ts'
import type { Category } from '../../people/worker.ts'
import { COMMON_SIGN, examSigns, MARKET_SIGN } from './signs.data.ts'

interface Rosette {
  readonly centre: number
  readonly radius: number
  readonly waves: number
  /** Height of the waves as a share of the radius. */
  readonly depth: number
}

/** A closed wavy outline: r = R(1 + a·cos kθ). */
function rosettePath({ centre, radius, waves, depth }: Rosette): string {
  const points = Array.from({ length: waves * 8 }, (_, at) => {
    const angle = (2 * Math.PI * at) / (waves * 8)
    const r = radius * (1 + depth * Math.cos(waves * angle))
    return `${(centre + r * Math.cos(angle)).toFixed(1)} ${(centre + r * Math.sin(angle)).toFixed(1)}`
  })
  return `M${points.join('L')}Z`
}

const avatarOutlines = [10, 12, 14].map((waves) => rosettePath({ centre: 20, radius: 17, waves, depth: 0.03 }))
const sealOutline = rosettePath({ centre: 50, radius: 45, waves: 16, depth: 0.05 })

/** A picture for somebody without one: first letter, outline and hue follow from the id. */
export function Avatar({ id, name }: { id: string; name: string }) {
  const hash = stableHash(id)
  const hue = hash % 360
  return (
    <svg class="avatar" viewBox="0 0 40 40" aria-hidden="true">
      <circle cx="20" cy="20" r="20" fill={`oklch(.9 .055 ${hue})`} />
      <path
        d={avatarOutlines[hash % avatarOutlines.length]}
        fill="none"
        stroke={`oklch(.78 .08 ${hue})`}
        stroke-width=".8"
      />
      <text x="20" y="20" dy=".36em" text-anchor="middle" font-size="17" fill={`oklch(.36 .09 ${hue})`}>
        {[...name][0]}
      </text>
    </svg>
  )
}

const colours: Readonly<Record<Category, string>> = { 'business-admin': '#264a8e', 'web-writer': '#2f6b4f' }

function Disc({ colour, sign, size }: { colour: string; sign: string; size: number }) {
  return (
    <svg class="seal" viewBox="0 0 100 100" width={size} height={size} aria-hidden="true">
      <path d={sealOutline} fill={colour} />
      <circle cx="50" cy="50" r="31" fill="#fff" />
      <text x="50" y="50" dy=".36em" text-anchor="middle" font-size="36" font-weight="700" fill={colour}>
        {sign}
      </text>
    </svg>
  )
}

/** The small sign of an exam; grey when its certificate does not count. */
export const ExamSeal = ({ exam, active, size = 28 }: { exam: string; active: boolean; size?: number }) => (
  <Disc
    colour={active ? (colours[exam as Category] ?? '#264a8e') : '#6b7078'}
    sign={examSigns[exam as Category] ?? COMMON_SIGN}
    size={size}
  />
)

export const MarketSeal = ({ size }: { size: number }) => <Disc colour="#81300f" sign={MARKET_SIGN} size={size} />

/** The same sign as a file, for the browser's tab. */
export const marketIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path d="${sealOutline}" fill="#81300f"/><circle cx="50" cy="50" r="31" fill="#fff"/><text x="50" y="50" dy=".36em" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="36" fill="#81300f">${MARKET_SIGN}</text></svg>`
