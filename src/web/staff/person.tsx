import { Avatar } from '../ui/page.tsx'

/** A person by name, the id small beside it. */
export const Person = ({ name, id }: { name: string; id: string }) => (
  <span class="person">
    <Avatar name={name} />
    <span>
      <bdi>{name || id}</bdi>
      {name && <small class="sub">{id}</small>}
    </span>
  </span>
)

const two = (n: number): string => String(n).padStart(2, '0')

/** What is left of a time, as minutes and seconds. */
export const leftText = (milliseconds: number): string =>
  `${two(Math.floor(milliseconds / 60_000))}:${two(Math.floor(milliseconds / 1_000) % 60)}`
