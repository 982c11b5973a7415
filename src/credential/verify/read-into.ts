/**
 * Reads a stream into a buffer: the bytes read, or `too-long`, in which case the rest is not asked for. An aborted signal
 * ends it early. Throws what the stream throws.
 */
export async function readInto(out: Uint8Array, stream: ReadableStream<Uint8Array>, signal?: AbortSignal): Promise<number | 'too-long'> {
  const reader = stream.getReader()
  // what becomes of the rest concerns nobody, and a server may never answer
  const stop = () => void reader.cancel().catch(() => undefined)
  signal?.addEventListener('abort', stop)
  try {
    let length = 0
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      if (length + chunk.value.length > out.length) {
        stop()
        return 'too-long'
      }
      out.set(chunk.value, length)
      length += chunk.value.length
    }
    return length
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
