import type { Archive } from '../../src/world/world.ts'
import type { Fault, Weather } from './faults.ts'
import type { Owner, Scheduler } from './scheduler.ts'

const SHELF_FAULTS: readonly Fault[] = ['fails-before', 'fails-after', 'delay', 'crash-before', 'crash-after']

const attemptOf = (name: string): string => name.split('.', 1)[0] ?? ''

/** What an archive does that cannot be reached. */
const unreachable = () => Object.assign(new Error('input/output error'), { code: 'EIO' })

/** Where archived work lies, for all instances. */
export class Shelf {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>()

  /** The archive as an instance has it, that may die at each call of it. */
  of(
    owner: Owner,
    { scheduler, weather, crash }: { scheduler: Scheduler; weather: Weather; crash: () => void },
  ): Archive {
    const call = <T>(name: string, act: () => T): Promise<T> => {
      const what = `archive ${name}`
      const fault = weather.draw(what, SHELF_FAULTS)
      const wait = scheduler.random.below(fault === 'delay' ? 3_000 : 20)
      const dies = fault === 'crash-before' || fault === 'crash-after'
      const ended = scheduler.after(owner, fault ? `${what} (${fault})` : what, wait, () => {
        if (fault === 'fails-before') throw unreachable()
        const result = fault === 'crash-before' ? undefined : act()
        if (dies) crash()
        if (fault === 'fails-after') throw unreachable()
        return result as T
      })
      // whoever died hears nothing any more
      return dies ? new Promise(() => {}) : ended
    }
    const { files } = this
    return {
      put: (name, bytes) => call('put', () => void files.set(name, bytes)),
      get: (name) => call('get', () => files.get(name)),
      remove: (name) => call('remove', () => void files.delete(name)),
      removeOf: (attempt) =>
        call('remove', () => {
          for (const name of files.keys()) if (attemptOf(name) === attempt) files.delete(name)
        }),
      async *attempts(ending) {
        const names = await call('list', () => [...new Set([...files.keys()].map(attemptOf))])
        yield names.filter((name) => ending === undefined || name.endsWith(ending))
      },
    }
  }
}
