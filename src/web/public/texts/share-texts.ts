import type { PageContext } from '../../ui/page-context.ts'

const ja = {
  picture: '画像とリンク',
  pictureNote: 'スクリプトを使いません。取り消されると、次に読み込んだときから印が付きます。',
  frame: '枠（iframe）',
  frameNote: 'スクリプトを使いません。状態を言葉でも示します。幅は200ピクセルまで縮みます。',
  element: '部品（kentei-badge）',
  elementNote: 'ページの配色に合わせます。発行者に尋ねて表示するだけで、署名は検証しません。答えがないときは有効に見せません。',
  oembed: 'ブログ（oEmbed）',
  oembedNote: 'oEmbedに対応したブログなら、証明書のアドレスを1行で貼るだけです。',
  career: 'LinkedInなどの資格欄',
  files: 'ファイル',
  filesNote: '画像の中にも、署名付きの文書が入っています。',
  fileNames: { png: '画像（PNG）', svg: '画像（SVG）', jwt: '署名付きの文書（JWT）', json: '内容（JSON）', 'vc.json': 'ウォレット用（VC）' },
}

type ShareTexts = typeof ja

const en: ShareTexts = {
  picture: 'Picture with a link',
  pictureNote: 'No script. After a revocation the picture is stamped from the next load on.',
  frame: 'Frame (iframe)',
  frameNote: 'No script. The state is there in words too. It shrinks to a width of 200 pixels.',
  element: 'Element (kentei-badge)',
  elementNote: 'Follows your page’s colours. It shows what the issuer answers and verifies no signature. Without an answer it never looks valid.',
  oembed: 'Blog (oEmbed)',
  oembedNote: 'In a blog that speaks oEmbed the certificate’s address on a line of its own is enough.',
  career: 'LinkedIn and other career sites',
  files: 'Files',
  filesNote: 'The picture carries the signed document too.',
  fileNames: { png: 'Picture (PNG)', svg: 'Picture (SVG)', jwt: 'Signed document (JWT)', json: 'Content (JSON)', 'vc.json': 'For a wallet (VC)' },
}

export const shareTextsOf = (locale: PageContext['locale']): ShareTexts => ({ ja, en })[locale]
