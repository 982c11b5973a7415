const paths = {
  alert: 'M10 3.5 2.8 16h14.4L10 3.5ZM10 8.3v3.7M10 14v.1',
  book: 'M4 4.5h5a1.5 1.5 0 0 1 1 .5 1.5 1.5 0 0 1 1-.5h5v11h-5a1.5 1.5 0 0 0-1 .5 1.5 1.5 0 0 0-1-.5H4ZM10 5v10.8',
  bars: 'M3.5 16.5h13M6 14V9.5M10 14V5M14 14v-3',
  calendar: 'M4 5h12v11.5H4zM4 8.5h12M7.3 3v3M12.7 3v3',
  check: 'M4.5 10.5l3.7 3.7 7.3-8',
  clock: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM10 6v4.2l2.8 1.8',
  copy: 'M7.5 7.5v-3a1 1 0 0 1 1-1h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-3M4.5 7.5h7a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Z',
  cross: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  dots: 'M4.5 10h.1M10 10h.1M15.5 10h.1',
  down: 'M10 4v12M5.5 11.5 10 16l4.5-4.5',
  download: 'M10 3.5v9M6.2 9 10 12.7 13.8 9M4 16.5h12',
  eye: 'M2.5 10S5.3 5 10 5s7.5 5 7.5 5-2.8 5-7.5 5-7.5-5-7.5-5Zm7.5 2.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6Z',
  flag: 'M5 17V3.5h8.2l-1.4 3 1.4 3H5',
  globe:
    'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM3 10h14M10 3c2.2 2 3.2 4.3 3.2 7s-1 5-3.2 7c-2.2-2-3.2-4.3-3.2-7s1-5 3.2-7Z',
  grid: 'M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM11.5 11.5h5v5h-5z',
  info: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM10 9.3v4M10 6.7v.1',
  laptop: 'M4.5 5h11v7.5h-11zM2.5 15h15',
  left: 'M12 4.5 6.5 10l5.5 5.5',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  narrow: 'M3.5 5.5h13M6 10h8M8.5 14.5h3',
  out: 'M8 4.5H4.5v11h11V12M11.5 3.5h5v5M16.5 3.5 9.5 10.5',
  page: 'M5.5 3h6l3 3v11h-9V3ZM11.5 3v3h3M8 10h4M8 13h4',
  pause: 'M7.5 5v10M12.5 5v10',
  pen: 'M4 16l.8-3.2L13.5 4l2.5 2.5-8.8 8.7L4 16ZM12 5.5 14.5 8',
  person: 'M10 3.2a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4ZM3.8 17c.5-3.3 2.9-4.9 6.2-4.9s5.7 1.6 6.2 4.9',
  play: 'M6.5 4.2v11.6l9-5.8Z',
  question: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM8 8.2c.1-1.2.9-1.9 2-1.9s2 .7 2 1.8c0 1.5-2 1.6-2 3M10 13.6v.1',
  redo: 'M4 10a6 6 0 1 0 1.9-4.4L4 7.4M4 3.8v3.6h3.6',
  right: 'M8 4.5 13.5 10 8 15.5',
  search: 'M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4ZM12.7 12.7l3.8 3.8',
  send: 'M3.5 10 16.5 4l-3.7 12.5-3-5.2-6.3-1.3ZM9.8 11.3l3-3.5',
  shield: 'M10 2.8 4.2 5v4.3c0 3.6 2.3 6.5 5.8 7.9 3.5-1.4 5.8-4.3 5.8-7.9V5L10 2.8ZM7.3 9.9l2 2 3.5-3.8',
  sprout:
    'M10 17v-6.5M10 10.5C10 7 7.5 5 3.5 5c0 3.7 2.5 5.5 6.5 5.5ZM10 8.5C10 5.5 12.3 3.5 16.5 3.5c0 3.5-2.5 5-6.5 5',
  star: 'M10 3.3l2 4.3 4.7.6-3.5 3.2.9 4.7-4.1-2.3-4.1 2.3.9-4.7L3.3 8.2l4.7-.6 2-4.3Z',
  stop: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM5.2 5.2l9.6 9.6',
  unfold: 'M4.5 8 10 13.5 15.5 8',
  up: 'M10 16V4M5.5 8.5 10 4l4.5 4.5',
  yen: 'M5.5 4 10 10.5 14.5 4M10 10.5V17M6 11h8M6 13.8h8',
} as const

export type IconName = keyof typeof paths

interface IconProps {
  readonly name: IconName
  readonly small?: boolean
  readonly tone?: 'ok' | 'bad'
  /** Points down when what it stands on is unfolded. */
  readonly turning?: boolean
}

/** A line drawing that repeats what the words beside it say; never the only bearer of a meaning. */
export const Icon = ({ name, small, tone, turning }: IconProps) => (
  <svg
    class={['icon', small && 'small', tone, turning && 'turning'].filter(Boolean).join(' ')}
    viewBox="0 0 20 20"
    aria-hidden="true"
    focusable="false"
  >
    <path d={paths[name]} />
  </svg>
)
