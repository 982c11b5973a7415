import type { Sent, ServedFile } from './open-drafts.ts'

/** The files of a draft as the service has them. */
export interface Source {
  readonly files: readonly ServedFile[]
  /** Paths of pictures, with their hashes. */
  readonly assets: readonly { readonly path: string; readonly hash: string }[]
}

interface SourceBody {
  readonly files: readonly {
    readonly path: string
    readonly hash: string
    readonly text?: string
    readonly before?: string
    readonly by?: string
  }[]
}

export type Put =
  | { readonly is: 'put'; readonly path: string }
  /** Of the same name, another one is there. */
  | { readonly is: 'taken' | 'refused' | 'too-large' | 'unreachable' }

const json = { 'content-type': 'application/json' }

const isSignedOut = ({ status, redirected }: Response): boolean => status === 401 || status === 403 || redirected

export type DeskClient = ReturnType<typeof openClient>

/** The calls of the desk's page, to the service that it came from. */
export function openClient({ exam, person }: { readonly exam: string; readonly person: string }) {
  const at = `/staff/desk/${encodeURIComponent(exam)}`
  /** Another may have signed in in this browser since: what stands here is not theirs. */
  const written = { 'desk-person': encodeURIComponent(person) }
  let tag: string | null = null

  return {
    /** Asks for all of it the next time, whatever it was told last. */
    forgetTag(): void {
      tag = null
    },

    /** Undefined where nothing has changed since it was asked last, or nobody answers. */
    async source(): Promise<Source | undefined> {
      const answer = await fetch(`${at}/source`, { headers: tag === null ? {} : { 'if-none-match': tag } }).catch(
        () => undefined,
      )
      if (!answer?.ok || answer.redirected) return undefined
      tag = answer.headers.get('etag')
      const { files } = (await answer.json()) as SourceBody
      return {
        files: files.flatMap(({ text, before, ...file }) =>
          text === undefined ? [] : [{ ...file, text: unix(text), before: unix(before ?? text) }],
        ),
        assets: files.filter(({ text }) => text === undefined),
      }
    },

    async asset(path: string): Promise<Uint8Array | undefined> {
      const answer = await fetch(`${at}/${path.split('/').map(encodeURIComponent).join('/')}`).catch(() => undefined)
      return answer?.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined
    },

    async send(file: { readonly path: string; readonly was: string | null; readonly text: string }): Promise<Sent> {
      const answer = await fetch(`${at}/files`, {
        method: 'PUT',
        headers: { ...json, ...written },
        body: JSON.stringify(file),
      }).catch(() => undefined)
      if (!answer || answer.status >= 500) return { is: 'unreachable' }
      if (isSignedOut(answer)) return { is: 'signed-out' }
      if (answer.status === 413) return { is: 'too-large' }
      if (!answer.ok && answer.status !== 409) return { is: 'refused' }
      const body = (await answer.json()) as { hash: string; text: string; by: string; savedAt: string }
      return answer.ok
        ? { is: 'saved', hash: body.hash, savedAt: Date.parse(body.savedAt) }
        : { is: 'overtaken', hash: body.hash, text: unix(body.text), by: body.by }
    },

    async sendAsset(name: string, bytes: Blob): Promise<Put> {
      const answer = await fetch(`${at}/assets/${encodeURIComponent(name)}`, {
        method: 'PUT',
        headers: written,
        body: bytes,
      }).catch(() => undefined)
      if (!answer || answer.status >= 500) return { is: 'unreachable' }
      if (answer.ok) return { is: 'put', path: ((await answer.json()) as { path: string }).path }
      return { is: answer.status === 413 ? 'too-large' : answer.status === 409 ? 'taken' : 'refused' }
    },
  }
}

/** Editors know one sort of line ends. */
const unix = (text: string): string => text.replace(/\r\n?/g, '\n')
