import { openWorkload, type VerificationWorkload } from '../bench/verification-workload.ts'

let workload: VerificationWorkload | undefined

/** Runs an act of the bench: `/open?count=&skills=`, then `/{act}?from=&count=&times=`. The caller keeps the time, since a Worker's clock stands still. */
export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    const number = (name: string) => Number(searchParams.get(name))
    if (pathname === '/open') workload = await openWorkload(number('count'), number('skills'))
    else
      for (let i = 0; i < number('times'); i += 1)
        await workload?.[pathname.slice(1) as keyof VerificationWorkload](number('from'), number('count'))
    return new Response('done')
  },
}
