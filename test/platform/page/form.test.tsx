import { describe, expect, it } from 'vitest'
import { Form, formActionOf, renderPage } from '../../../src/platform/page/form.tsx'

const Page = ({ to }: { to: string }) => (
  <main>
    <Form method="post" action={to} class="acts" also={['/attempts/att_1/takeover']}>
      <button>go</button>
    </Form>
    <div>{'<form action="/staff/proposals/prp_2/approve">'}</div>
  </main>
)

describe('the forms of a page', () => {
  it('are written as they are, and told of by their addresses', async () => {
    const { html, actions } = await renderPage(<Page to="/staff/proposals/prp_1/approve?x=1#a" />)
    expect(html).toContain(
      '<form method="post" action="/staff/proposals/prp_1/approve?x=1#a" class="acts"><button>go</button></form>',
    )
    expect(actions).toEqual(['/staff/proposals/prp_1/approve?x=1#a', '/attempts/att_1/takeover'])
  })

  it('are those of one page, whatever is rendered meanwhile', async () => {
    const pages = await Promise.all(['/a', '/b', '/c'].map((to) => renderPage(<Page to={to} />)))
    expect(pages.map(({ actions }) => actions[0])).toEqual(['/a', '/b', '/c'])
    expect((await renderPage(<p />)).actions).toEqual([])
  })

  it('make a policy of exact addresses, or of none', () => {
    expect(formActionOf([], ['https://kentei.example'])).toBe("'none'")
    expect(formActionOf(['/a?b=1#c', '/a', '/d;e,f'], ['https://kentei.example'], ['https://market.example'])).toBe(
      'https://kentei.example/a https://kentei.example/d%3Be%2Cf https://market.example',
    )
  })
})
