/** RFC 5545 wants CRLF, lines of at most 75 octets, and these four characters escaped. */
const escaped = (text: string): string => text.replace(/([\\,;])/g, '\\$1').replace(/\n/g, '\\n')

function folded(line: string): string {
  const encoder = new TextEncoder()
  let out = ''
  let octets = 0
  for (const character of line) {
    const size = encoder.encode(character).length
    if (octets + size > 74) {
      out += '\r\n '
      octets = 1
    }
    out += character
    octets += size
  }
  return out
}

const utc = (at: number): string => `${new Date(at).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`

interface RetakeEvent {
  readonly exam: string
  readonly host: string
  readonly retryAt: number
  readonly now: number
  readonly summary: string
  readonly url: string
}

/** An iCalendar file with the one event "you may take it again". */
export function retakeCalendar(event: RetakeEvent): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Kentei//Retake//EN',
    'BEGIN:VEVENT',
    `UID:retake-${event.exam}-${event.retryAt}@${event.host}`,
    `DTSTAMP:${utc(event.now)}`,
    `DTSTART:${utc(event.retryAt)}`,
    'DURATION:PT30M',
    `SUMMARY:${escaped(event.summary)}`,
    `URL:${event.url}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'TRIGGER:PT0S',
    `DESCRIPTION:${escaped(event.summary)}`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}
