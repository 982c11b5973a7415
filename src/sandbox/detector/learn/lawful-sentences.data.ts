import type { Kind } from '../judge/kinds.ts'

// Sentences that speak of what a rule forbids, in order to deny it or about something lawful. In training they are added
// to lawful posts, and to unlawful ones of other kinds: a scam may well say that it charges no fee.

const ja: Readonly<Record<Kind, string>> = {
  'off-platform-contact': `やりとりはすべてサイト内のメッセージでお願いします。
LINEやメールなど外部でのご連絡は行いません。
打ち合わせが必要なときは、契約後にこのサイトのビデオ通話を使います。
LINE公式アカウントで配信する文章を作っていただきます。
メールマガジンの原稿です。
LINEスタンプ用のイラストです。
電話対応はありません。
お問い合わせメールの返信文を作ります。
DiscordのBotを直していただきます。
公式LINEのリッチメニューのデザインです。
やりとりもお支払いも、すべてこのサイトの中で行います。
別のアプリに移ってほしいと言われたら、運営にお知らせください。
電話番号やIDを応募文に書かないようお願いします。
以前、外で直接契約しようと持ちかけられて困ったことがあります。
お客様からのLINEのお問い合わせに、決まった文でお返事する作業です。
手数料を避けるために直接のお取引をすることはありません。
打ち合わせはサイトの通話で、顔は映さなくてかまいません。
メールの文面を整えるお仕事で、送るのは当社です。
社内ではチャットを使っていますが、入っていただく必要はありません。`,
  'upfront-fee': `登録料や教材費などをいただくことは一切ありません。
必要な道具や材料はこちらで用意してお送りします。
経費は実費を当社が負担します。
ソフトのライセンスは当社のものをお使いください。
費用のご負担はありません。
研修中も報酬をお支払いします。
送料は着払いで結構です。
料金表のページを作っていただきます。
先にお金をいただくことは、どんな名目でもありません。
登録料を求める求人の手口を紹介する記事です。
保証金や違約金の定めはございません。
ソフトの代金は当社が直接支払います。
研修費を引くようなことはせず、研修の時間も時給に含めます。
講座の代金を払ったのに仕事が来ないという相談が増えています。
交通費は実費を後日お支払いします。
材料はお送りし、余ったものは着払いでお返しください。
当店の名で振り込みを求める連絡があれば、それは当店ではありません。`,
  'account-trade': `ログイン情報をお渡しすることはありません。
権限は当社のスタッフが設定します。
試験用のアカウントはこちらで用意します。
会員登録の画面とログインの不具合を直してください。
Instagramの公式アカウントに載せる画像を作ります。
SNS運用の代行で、投稿は当社が行います。
ご自身のアカウントを使うことはありません。
Xの投稿文を10本書いていただきます。
作業に使うアカウントは当社で用意いたします。
合言葉や確認の番号をうかがうことはありません。
アカウントを貸すと自分が責任を負う、という説明を入れてください。
招待の形で、編集の権限だけをお渡しします。
乗っ取られたときの手順を書いた案内を作ります。
ゲームの中の物をお金で売り買いする話は載せません。
契約が終わりましたら権限を外します。
管理者の権限をお渡しすることはありません。`,
  'identity-lending': `身分証の写真などをいただくことはありません。
口座開設の手順を解説する記事です。
本人確認の画面の動作をダミーの画像で確かめます。
入出金明細と請求書を照合します。
荷物がご自宅に届くことはありません。
銀行の窓口で使う案内の翻訳です。
物流会社のサイトの文章です。
銀行振込の一覧をエクセルにまとめます。
身分証の写しはいただきません。
口座を売ったり貸したりすると罪になることを伝えます。
名義を貸してほしいという誘いの断り方を載せます。
報酬はサイトを通してお支払いするので、口座番号は必要ありません。
本人確認の見本には、作り物の画像を使います。
印鑑やカードをお預かりすることはありません。
宅配便の送り状の書き方を説明する図です。
法人の口座を開く手順をまとめた資料の校正です。`,
  'multi-level-marketing': `勧誘や販売は一切ありません。
お友達を紹介していただくような仕組みではありません。
ネットワークビジネスの被害を防ぐための記事です。
無料セミナーの受付と司会のお手伝いです。
交流会の案内状を作ってください。
代理店向けの資料のデザインです。
セミナー動画の編集で、参加の必要はありません。
何かを売ったり、人を誘ったりするお仕事ではありません。
紹介の報酬はございません。
マルチ商法から抜けた方の体験を聞き書きします。
契約の取り消しのしかたを図にします。
会員を増やすための文は書かなくてかまいません。
お茶会や説明会に出ていただくことはありません。
地域のサークルの仲間を募るチラシです。会費はありません。`,
  'disguised-survey': `お名前や連絡先など個人情報は伺いません。
無記名の選択式で、結果は統計としてのみ使います。
大学の研究で、倫理審査の承認を受けています。
営業のお電話をすることはありません。
集めたアンケートの集計と入力です。
試作品の画面を触って、迷ったところを教えてください。
カードや口座はダミーのデータを使います。
インタビューの音声を文字にします。
モニター調査の報告書を作ります。
答えた方に電話や勧誘をすることは決してありません。
お名前、ご住所、電話番号の欄はありません。
年収の欄は五つの区分で、答えなくてもかまいません。
集めた回答は数えたあとに消します。
調査を装って連絡先を集める手口への注意を書きます。
謝礼は全員同じで、物の購入は関係ありません。
回答者の連絡先は当社には届きません。
自由に書かれた意見を似たものごとに分けてください。`,
  'work-before-escrow': `仮払いを確認してから作業を始めてください。
契約と仮払いが済んでから資料をお渡しします。
テストは有償で、合否にかかわらずお支払いします。
応募の段階で作品を作っていただく必要はありません。
検収は3日以内に行い、すぐにお支払いします。
過去の作品を見て選ばせていただきます。
はじめに1本だけ、別の契約で有償でお願いします。
仮払いの前に作業を始めないでください。
選考のために作っていただくものはありません。
採用にならなかった案にも、お約束の額をお支払いします。
見本の作成も一件として契約します。
気に入らないからお支払いしない、ということはありません。
契約の前に原稿を送ってほしいと言われたという声がありました。
納品から五日のうちに検収します。
途中でやめる場合も、そこまでの分をお支払いします。
試しの期間も同じ時給です。`,
  'proxy-purchase': `商品の購入や発注は当社が行います。
立て替えていただく費用はありません。
ギフトカードのデザインです。
チケット販売サイトの使い方をまとめた記事です。
仕入れ先の候補を調べて一覧にします。
店舗の在庫の数え方をマニュアルにします。
商品の代金は仮払いに含めます。
通販サイトへの商品登録です。
立て替えは一切ありません。
買うものがあるときは、当社が先に買ってお送りします。
ご自分のカードを使うことはありません。
プリペイドの番号を送らせる手口を図で説明します。
店の値段を見て書き写すだけで、買う必要はありません。
代金は契約の額に入れて仮払いします。
買い物代行のアプリの画面の翻訳です。
転売を目的とした買い付けではありません。`,
  'paid-reviews': `評価の内容は指定しません。良い点も悪い点も率直にお書きください。
記事の冒頭にPRと明記します。
届いたレビューを内容ごとに分類します。
口コミの返信文を作っていただきます。
実際に使った方だけにお願いします。
星の数や感想の内容はお任せします。
お客様の声のページをデザインします。
フォロワー数の推移をグラフにします。
星の数をお願いすることはありません。
使っていない方の感想は載せません。
悪い点も必ず一つ書いてください。
提供を受けたことを記事のはじめに書きます。
感想を作ってくれる業者の誘いは断りました。
口コミを消してもらうお願いではありません。
買っていない人の書き込みを見つける道具の説明です。
お客様の感想を、許しを得て冊子に載せます。
届いた感想は、良いものも悪いものもそのまま載せます。`,
  'info-product': `講座の受講や教材の購入は必要ありません。
スクールの講座動画に字幕を付けます。
教材の校正をお願いします。
副業詐欺への注意を呼びかける記事です。
コンサルティング会社の経理の補助です。
オンライン講座の受講生からの質問を整理します。
学習塾のチラシのデザインです。
投資の基本を中立の立場で解説する記事です。
教材を買っていただくことはありません。
講座に入らないと仕事がない、ということはありません。
必ず稼げるという宣伝の見分け方を書きます。
受講者のアンケートを打ち込みます。
面談で何かをおすすめすることはありません。
スクールの時間割を組むお仕事です。
無料の説明会の案内状で、そのあとの販売はありません。
道具の使い方は無料の動画で覚えられます。`,
  'crime-recruiting': `荷物の受け取りや現金を扱う作業はありません。
闇バイトへの注意を呼びかける記事です。
特殊詐欺の手口を高齢の方に伝えるチラシです。
運転手の募集ではなく、運行表の入力です。
仕事の内容はすべてこのページに書いてあります。
警察署の防犯教室で配る冊子のデザインです。
防犯カメラの映像の見方を説明する資料です。
配送の仕事の求人ページの文章です。
内容を隠した仕事ではありません。作業は上に書いたとおりです。
すぐに高い額がもらえるという募集への注意を、学生向けに書きます。
お年寄りに電話の詐欺を知らせる紙芝居です。
現金やカードを受け取りに行くことはありません。
応募してしまった人の相談先を載せます。
役者さんが演じる訓練の映像に字幕をつけます。
深夜の仕事ですが、場所も責任者も先にお知らせします。
荷物の送り主と中身は、送り状に全部書いてあります。`,
  'academic-proxy': `学校の課題や論文の代筆ではありません。
ご自身の論文の英文を校正いたします。
試験問題の作成と解説をお願いします。
大学の授業で使うスライドのデザインです。
資格試験の過去問を表に整理します。
塾の先生が使う小テストの入力です。
卒業論文の参考文献の書式をそろえます。
レポートの書き方を教える記事です。
代わりに書くのではなく、書き方を教える冊子です。
提出物をお作りすることはできません。
ご自分で書かれた文の誤字だけを直します。
先生の許しのある英文校正です。
代行業者に頼んでしまった学生の相談窓口の案内です。
授業で配る資料を見やすく整えます。
学校の試験とは別の、練習用の問題です。
引用のしかたを説明する図を描いてください。`,
  'investment-solicitation': `投資や口座開設のご案内は一切ありません。
証券会社の社内報の校正です。
投資詐欺への注意を呼びかける記事です。
NISAの制度を中立に解説する記事です。
暗号資産の用語集を翻訳していただきます。
株主総会の議事録の文字起こしです。
決算短信の数字を表に写します。
お金を預かることはありません。
特定の商品をすすめる文は書きません。
お金を入れていただくことはありません。
必ずもうかるという誘いは詐欺だと伝える漫画です。
元本が減ることがある、と必ず書いてください。
制度の説明だけで、口座の案内はありません。
決算の数字を表に移します。売り買いには関わりません。
勧誘を受けた方からの相談をまとめました。
投資の経験は問いません。経験をお聞きすることもありません。`,
  'information-purchase': `名簿や個人情報を集める作業ではありません。
公開されている会社の所在地だけをまとめます。
顧客の情報は伏せた状態でお渡しします。
ご自身が公開してよい内容だけをお書きください。
社外秘の資料には触れません。
個人情報の取り扱いの規程を作ります。
情報漏えいを防ぐ研修のスライドです。
業界の一般的な知識をお話しいただくだけです。
お勤め先の内部のことは書かないでください。
名簿を買ったり売ったりすることはありません。
会社が公開している情報だけを使ってください。
元の勤め先の資料をお持ちいただく必要はありません。
お客様のお名前は消してからお渡しします。
個人の情報を売ってほしいと言われたときの断り方です。
持ち出しを防ぐ決まりを社員に伝える紙面です。
一般に知られている仕事の流れをうかがいます。`,
  other: `法律に触れる作業はありません。
成人向けの内容は扱いません。
著作権は確認済みの素材だけを使います。
差別的な表現がないかを確かめていただきます。
誰かになりすますことはありません。
偽造品の見分け方の記事です。
公開されている範囲の情報だけを使います。
規約に反することはお願いしません。
許可をいただいた写真だけを使います。
日付や数字を直すことはありません。書いてあるとおりに入れてください。
本物と間違えられないよう「見本」と大きく入れます。
ご本人が承知していることを書面で確かめてあります。
偽の書類を作ってほしいという依頼はお断りしています。
誰かを悪く言う文は載せません。
他のお店の写真や文を使わないでください。
消されたものを載せ直すようなことはしません。
審査や検査をごまかすためのものではありません。
実際にあったことだけを書いてください。`,
}

const en: Readonly<Record<Kind, string>> = {
  'off-platform-contact': `All communication stays in the marketplace messages.
We never move the talk to LINE or WhatsApp.
You will answer customers in our official LINE account.
The work is a set of LINE stickers.
Calls are held in this site's video tool after the contract.
We need a Discord bot fixed.
It is an email newsletter for our customers.`,
  'upfront-fee': `There is no fee of any kind for you.
Materials are sent to you at our cost.
All expenses are covered by us.
You use our own software licence.
Training time is paid.`,
  'account-trade': `We never ask for your login or use your accounts.
Test accounts are provided by us.
You fix the login page and the password reset.
Our staff give you access as an editor.
You write posts for our Instagram account.
Posting is done by us.`,
  'identity-lending': `No ID photos are needed.
It is an article on how to open a bank account in Japan.
You check the bank statement against our invoices.
We test identity verification with dummy pictures.
No parcels come to your home.
Our company ships parcels from its own warehouse.`,
  'multi-level-marketing': `There is no selling and no recruiting.
The article warns readers about network marketing.
You host a free webinar with our script.
Nobody has to invite friends.
We need slides for a partner meeting.`,
  'disguised-survey': `We collect no personal data.
The survey is anonymous and used for research only.
Nobody will call you.
You try a prototype and tell us what confused you.
Cards and accounts in the test are fake ones.
You enter paper questionnaires into a sheet.`,
  'work-before-escrow': `Please begin only after the escrow is funded.
The sample is paid, whether we go on or not.
No unpaid tests.
We choose by your portfolio, no sample needed.
We check the delivery within three days and pay at once.`,
  'proxy-purchase': `We order and pay for all goods ourselves.
You never buy anything with your own money.
The job is the design of a gift card.
You list products that are in our shop.
Costs are included in the escrow.
You research suppliers and put them in a list.`,
  'paid-reviews': `Write what you really think, good or bad.
The article is labelled as sponsored.
You sort reviews that customers sent us.
We do not ask for a rating.
You write replies to reviews.
The page shows what customers said.`,
  'info-product': `You do not need to join the course.
You add subtitles to videos of our school.
The article warns about side job courses.
We need the books of a language school kept.
You proofread a textbook.
You design a flyer for our classes.`,
  'crime-recruiting': `No cash or parcels are handled.
It is an article that warns of job offers that turn out to be crimes.
You design a leaflet of the police about fraud.
The whole task is described on this page.
You enter the timetable of our drivers.`,
  'academic-proxy': `We do not ask anyone to write coursework.
You proofread the author's own thesis.
You write the questions of a practice exam.
The slides are for a university lecture.
You check the list of references.`,
  'investment-solicitation': `There is nothing to invest and no account to open.
It is a neutral article on how pensions work.
The article warns readers of investment fraud.
You translate a glossary of crypto terms.
You copy figures from annual reports into a sheet.`,
  'information-purchase': `No lists of people are collected.
Customer data is masked before you see it.
Only addresses that companies publish are used.
You write our rules on handling personal data.
The slides are for a training against data leaks.`,
  other: `Nothing in this job is against the law.
No adult content.
All pictures are licensed.
Nobody has to pretend to be someone else.
The article is about how to spot counterfeits.`,
}

const inLines = (texts: Readonly<Record<Kind, string>>): Readonly<Record<Kind, readonly string[]>> =>
  Object.fromEntries(Object.entries(texts).map(([kind, text]) => [kind, text.split('\n')])) as Record<Kind, string[]>

export const lawfulSentences: Readonly<Record<'ja' | 'en', Readonly<Record<Kind, readonly string[]>>>> = {
  ja: inLines(ja),
  en: inLines(en),
}
