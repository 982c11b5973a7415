import list from './shipped.json' with { type: 'json' }

/** Fingerprints of everything that was ever shipped, by their first letter and without it, one after another. The Worker carries what this gives. */
export const shippedPrints = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(Object.groupBy([...list].sort(), ([first = '']) => first)).map(([first, prints = []]) => [
      first,
      prints.map((print) => print.slice(1)).join(''),
    ]),
  )
