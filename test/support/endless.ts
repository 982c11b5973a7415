/** A body without end, in pieces of 64 KB, and how much of it was asked for; whoever reads it all is stopped at 64 MB. */
export function endless() {
  const asked = { bytes: 0, cancelled: false }
  const piece = new Uint8Array(65_536).fill(0x20)
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      asked.bytes += piece.length
      if (asked.bytes > 67_108_864) controller.close()
      else controller.enqueue(piece)
    },
    cancel() {
      asked.cancelled = true
    },
  })
  return { asked, body }
}
