import { Chapter, Example, GuideTable } from './guide-parts.tsx'

/** Putting a badge on a page, in four ways whose state is live. */
export const ShowChapter = () => (
  <Chapter id="show" title="Showing a badge">
    <p>
      Every way shows the state of the moment and leads to the verification page. None of them is a proof by itself: a page may paint what it likes. Verify what you rely on, and let readers follow the
      link.
    </p>
    <GuideTable
      caption="Ways to show a badge"
      columns={['way', 'state', 'your policy must allow']}
      rows={[
        [<code>{'<a><img></a>'}</code>, 'A stamp on the picture, asked for anew at each load. The alternative text must not name a state.', <code>img-src</code>],
        [<code>{'<iframe>'}</code>, 'In words, asked anew at each load. From 200 px of width; no script, no cookie.', <code>frame-src</code>],
        [
          <code>{'<kentei-badge>'}</code>,
          'In words, asked at load, on return to the page and when the network changes. Without an answer it says “not verified now”. It checks no signature.',
          <code>script-src connect-src img-src</code>,
        ],
        ['oEmbed', 'Brings the frame, or the picture where there is no room for a frame.', 'what the blog allows'],
      ]}
    />
    <Example name="show.html" title="Picture, frame and element" open />
    <p>
      The element takes <code>credential</code> and <code>locale</code> (<code>ja</code> or <code>en</code>; else the language of the page around it). It asks only the Kentei that served its script,
      so that no other server can say “valid” in its name: load it from there. It follows <code>color-scheme</code> and needs no inline style.
    </p>
    <Example name="oembed.sh" title="oEmbed" />
    <p>
      <code>/oembed</code> takes <code>url</code> (the page, the frame or a file of a certificate), <code>maxwidth</code> and <code>maxheight</code>; other addresses are 404, <code>format=xml</code>{' '}
      is 501. The verification page names it in its head and in its <code>Link</code> header. Whoever draws a badge of their own reads <code>GET /api/credentials/{'{id}'}</code>, from any origin.
    </p>
  </Chapter>
)
