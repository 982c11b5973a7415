import type { KeptText } from './open-drafts.ts'

// Texts that the service has not got, in the browser of who wrote them. A browser may forbid that.

const STORE = 'texts'

interface Owner {
  readonly exam: string
  readonly person: string
}

/** Keeps texts apart by exam and person: a browser may be shared. */
export interface KeptTexts {
  keep(text: KeptText): void
  forget(path: string): void
  all(): Promise<readonly KeptText[]>
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

function openStore(): Promise<IDBDatabase | undefined> {
  try {
    const request = indexedDB.open('kentei-desk', 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    return settled(request).catch(() => undefined)
  } catch {
    return Promise.resolve(undefined)
  }
}

export function openKeptTexts({ exam, person }: Owner): KeptTexts {
  const database = openStore()
  const prefix = `${person}\n${exam}\n`
  const inStore = async <T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>) => {
    const opened = await database
    return opened && settled(act(opened.transaction(STORE, mode).objectStore(STORE))).catch(() => undefined)
  }
  return {
    keep: (text) => void inStore('readwrite', (store) => store.put(text, prefix + text.path)),
    forget: (path) => void inStore('readwrite', (store) => store.delete(prefix + path)),
    all: async () =>
      ((await inStore('readonly', (store) => store.getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`)))) ??
        []) as readonly KeptText[],
  }
}
