import { FETCH_TIMEOUT } from './guarded-fetch.ts'

/** Fetches that are under way, by what is fetched. */
export type Flights<T> = Map<string, Promise<T>>

/**
 * Joins the fetch that is under way for a key, or begins it. On Workers a fetch dies with the request that began it, so
 * whoever waits for another's gives up at the limit of a fetch, with `otherwise`.
 */
export async function inOneFlight<T>(flights: Flights<T>, key: string, begin: () => Promise<T>, otherwise: T): Promise<T> {
  const flight = flights.get(key) ?? begin()
  flights.set(key, flight)
  try {
    return await Promise.race([flight, patience(otherwise)])
  } finally {
    if (flights.get(key) === flight) flights.delete(key)
  }
}

const patience = <T>(otherwise: T): Promise<T> => new Promise((resolve) => AbortSignal.timeout(FETCH_TIMEOUT).addEventListener('abort', () => resolve(otherwise)))
