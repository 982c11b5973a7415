const paths = {
  check: 'M4.5 10.5l3.7 3.7 7.3-8',
  next: 'M8 4.5 13.5 10 8 15.5',
  back: 'M12 4.5 6.5 10l5.5 5.5',
  question: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM8 8.2c.1-1.2.9-1.9 2-1.9s2 .7 2 1.8c0 1.5-2 1.6-2 3M10 13.6v.1',
  clock: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM10 6v4.2l2.8 1.8',
  globe: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM3 10h14M10 3c2.2 2 3.2 4.3 3.2 7s-1 5-3.2 7c-2.2-2-3.2-4.3-3.2-7s1-5 3.2-7Z',
  search: 'M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4ZM12.7 12.7l3.8 3.8',
  narrow: 'M3.5 5.5h13M6 10h8M8.5 14.5h3',
  star: 'M10 3.3l2 4.3 4.7.6-3.5 3.2.9 4.7-4.1-2.3-4.1 2.3.9-4.7L3.3 8.2l4.7-.6 2-4.3Z',
  shield: 'M10 2.8 4.2 5v4.3c0 3.6 2.3 6.5 5.8 7.9 3.5-1.4 5.8-4.3 5.8-7.9V5L10 2.8ZM7.3 9.9l2 2 3.5-3.8',
  sprout: 'M10 17v-6.5M10 10.5C10 7 7.5 5 3.5 5c0 3.7 2.5 5.5 6.5 5.5ZM10 8.5C10 5.5 12.3 3.5 16.5 3.5c0 3.5-2.5 5-6.5 5',
  stop: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM5.2 5.2l9.6 9.6',
  info: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM10 9.2v4.3M10 6.5v.1',
  pause: 'M7.5 5v10M12.5 5v10',
  person: 'M10 3.2a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4ZM3.8 17c.5-3.3 2.9-4.9 6.2-4.9s5.7 1.6 6.2 4.9',
  page: 'M5.5 3h6l3 3v11h-9V3ZM11.5 3v3h3M8 10h4M8 13h4',
  lock: 'M5 9h10v7.5H5V9ZM7 9V6.5a3 3 0 0 1 6 0V9',
  again: 'M4.5 10a5.5 5.5 0 1 0 1.6-3.9M4.5 3.5v3.2h3.2',
} as const

export type IconName = keyof typeof paths

export const Icon = ({ name, className }: { name: IconName; className?: string }) => (
  <svg class={`icon ${className ?? ''}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
    <path d={paths[name]} />
  </svg>
)
