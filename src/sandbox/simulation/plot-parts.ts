/** What every picture of a simulation is drawn with. */

/** Where a panel is. */
export interface Frame {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
export type Scale = (value: number) => number

export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
export const n1 = (value: number): string => (Math.round(value * 10) / 10).toString()
export interface Label {
  readonly x: number
  readonly y: number
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly look?: string
  readonly colour?: string
}
export const label = (text: string, { x, y, anchor = 'start', look = 'small', colour }: Label): string =>
  `<text x="${n1(x)}" y="${n1(y)}" text-anchor="${anchor}" class="${look}"${colour ? ` style="fill:${colour}"` : ''}>${escaped(text)}</text>`

export const heading = ({ x, y }: Frame, title: string, note: string): string =>
  label(title, { x, y: y - 34, look: 'head' }) + label(note, { x, y: y - 15, look: 'note' })

export function axes(
  frame: Frame,
  x: { readonly scale: Scale; readonly ticks: readonly number[]; readonly name: string },
  y: { readonly scale: Scale; readonly ticks: readonly number[]; readonly show: (value: number) => string },
): string {
  const { x: left, y: top, width, height } = frame
  const rows = y.ticks.map(
    (tick) =>
      `<line x1="${left}" x2="${left + width}" y1="${n1(y.scale(tick))}" y2="${n1(y.scale(tick))}" class="grid"/>${label(y.show(tick), { x: left - 8, y: y.scale(tick) + 4, anchor: 'end' })}`,
  )
  const columns = x.ticks.map((tick) =>
    label(String(tick), { x: x.scale(tick), y: top + height + 20, anchor: 'middle' }),
  )
  return `${rows.join('')}${columns.join('')}${label(x.name, { x: left + width / 2, y: top + height + 42, anchor: 'middle', look: 'note' })}`
}

export const plotStyle = `<style>text{font-family:'Noto Sans JP','Hiragino Sans','Yu Gothic',system-ui,sans-serif;fill:#22302e}.title{font-size:21px;font-weight:700}.head{font-size:16px;font-weight:700}.note{font-size:12.5px;fill:#50605d}.small{font-size:12.5px}.grid{stroke:#d8d2c4;stroke-width:1}.axis{stroke:#8b9390;stroke-width:1}</style>`
