function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

/** Each piece costs as much as some kilobytes do: pieces of a byte would make a small body a thousand times as dear. */
const PIECES_AT_LEAST = 128
const BYTES_PER_PIECE = 1_024

/** In how many pieces a stream of `mostBytes` may come: an honest one comes in fewer than one for each packet of a network. */
const mostPiecesOf = (mostBytes: number): number => PIECES_AT_LEAST + Math.ceil(mostBytes / BYTES_PER_PIECE)

/**
 * Reads a stream of strangers to its end, or until more than `mostBytes` have come, or a great many tiny pieces: the rest is
 * then not asked for, and the answer is `too-long`. @throws what the stream throws.
 */
export async function readBounded(
  stream: ReadableStream<Uint8Array>,
  mostBytes: number,
): Promise<Uint8Array<ArrayBuffer> | 'too-long'> {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  const mostPieces = mostPiecesOf(mostBytes)
  let length = 0
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    length += chunk.value.length
    if (length > mostBytes || chunks.length >= mostPieces) {
      // what becomes of the rest concerns nobody, and a sender may never answer
      void reader.cancel().catch(() => undefined)
      return 'too-long'
    }
    chunks.push(chunk.value)
  }
  return joined(chunks, length)
}

/** The text of another service's answer; undefined where it is longer than `mostBytes`. @throws what the network throws. */
export async function readAnswer(
  { body }: { readonly body: ReadableStream<Uint8Array> | null },
  mostBytes: number,
): Promise<string | undefined> {
  const bytes = body ? await readBounded(body, mostBytes) : new Uint8Array()
  return bytes === 'too-long' ? undefined : new TextDecoder().decode(bytes)
}

/** The JSON of another service's answer; undefined where it is none, or longer than `mostBytes`. @throws what the network throws. */
export async function readJsonAnswer(
  answer: { readonly body: ReadableStream<Uint8Array> | null },
  mostBytes: number,
): Promise<unknown> {
  const text = await readAnswer(answer, mostBytes)
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
