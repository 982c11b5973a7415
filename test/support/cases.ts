/** How many drawn cases a law is tried on: all with `npm run laws`; one in `of`, rounded up, in a run of the tests. */
export const cases = (all: number, of = 4): number => (process.env.CASES === 'all' ? all : Math.ceil(all / of))
