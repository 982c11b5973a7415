const petals = (radius: number, depth: number, count: number, phase: number): string => {
  const points = Array.from({ length: 181 }, (_, i) => {
    const angle = (i / 180) * Math.PI * 2
    const r = radius * (1 + depth * Math.cos(count * angle + phase))
    return `${(50 + r * Math.cos(angle)).toFixed(1)} ${(50 + r * Math.sin(angle)).toFixed(1)}`
  })
  return `M${points.join('L')}Z`
}
const rim = petals(44, 0.05, 20, 0)
const line = petals(37, 0.04, 20, 1.6)

/** The small rosette of the house: one sign, drawn like the badges but never mistaken for one (no ribbon, no number). */
export const Seal = ({ sign, size = 36 }: { sign: string; size?: number }) => (
  <svg class="seal" viewBox="0 0 100 100" width={size} height={size} aria-hidden="true">
    <path d={rim} fill="#264a8e" />
    <path d={line} fill="none" stroke="#a2bef2" stroke-width="1.6" />
    <circle cx="50" cy="50" r="31" fill="#f7faff" />
    <text x="50" y="50" dy=".36em" text-anchor="middle" font-size="36" font-weight="700" fill="#17397b">
      {sign}
    </text>
  </svg>
)

/** A person without a picture: the first letter of the name on a pale disc. */
export const Avatar = ({ name }: { name: string }) => (
  <svg class="avatar" viewBox="0 0 40 40" aria-hidden="true">
    <circle cx="20" cy="20" r="20" fill="#cedffd" />
    <circle cx="20" cy="20" r="17.5" fill="none" stroke="#9fb8e5" stroke-width=".8" />
    <text x="20" y="20" dy=".36em" text-anchor="middle" font-size="17" fill="#223b6c">
      {[...name][0] ?? '?'}
    </text>
  </svg>
)
