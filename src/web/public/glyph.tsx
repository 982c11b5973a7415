const paths = {
  question: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM8 8.2c.1-1.2.9-1.9 2-1.9s2 .7 2 1.8c0 1.5-2 1.6-2 3M10 13.6v.1',
  shield: 'M10 2.8 4.2 5v4.3c0 3.6 2.3 6.5 5.8 7.9 3.5-1.4 5.8-4.3 5.8-7.9V5L10 2.8ZM7.3 9.9l2 2 3.5-3.8',
} as const

/** Line drawings of the public pages only, in the manner of the house's icons. */
export const Glyph = ({ name, small }: { name: keyof typeof paths; small?: boolean }) => (
  <svg class={small ? 'icon small' : 'icon'} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <path d={paths[name]} />
  </svg>
)
