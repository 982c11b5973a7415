import type { NamedPerson } from '../../marketplace/store.ts'
import { Icon } from '../../platform/page/icon.tsx'
import { Avatar } from '../ui/page.tsx'
import type { PageContext } from '../ui/page-context.ts'

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

/** People whose names begin as was asked: one of them is meant. */
export const FoundPeople = ({
  context: { t },
  people,
  most,
  hrefOf,
}: {
  context: PageContext
  people: readonly NamedPerson[]
  /** So many are shown. */
  most: number
  hrefOf: (id: string) => string
}) => (
  <section class="card" aria-labelledby="people">
    <h2 id="people">{t('people.which')}</h2>
    <ul class="people">
      {people.slice(0, most).map(({ worker, name }) => (
        <li>
          <a href={hrefOf(worker)}>
            <Person name={name} id={worker} />
            <Icon name="right" small />
          </a>
        </li>
      ))}
    </ul>
    {people.length > most && <p class="tiny">{t('people.more', { most })}</p>}
  </section>
)

const two = (n: number): string => String(n).padStart(2, '0')

/** What is left of a time, as minutes and seconds. */
export const leftText = (milliseconds: number): string =>
  `${two(Math.floor(milliseconds / 60_000))}:${two(Math.floor(milliseconds / 1_000) % 60)}`
