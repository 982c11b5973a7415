// Turns of phrase that can stand for each other, a line each: whoever offers the same work or the same trick says it in
// other words. In training one is put for another by lot, so that what a writer happens to say weighs less.

const ja = `いただきます|もらいます|頂戴します|いただいております
いただけます|もらえます
ください|下さい|くださいませ|くださいね|ほしいです|くだされ
お願いします|お願いいたします|お願い致します|おねがいします|頼みます|お頼み申します
お願いできる方|頼める方|やってくださる方|引き受けてくださる方|お任せできる方|できる人|やれる人
です。|でございます。|だ。|です!|ですよ。|です♪
ます。|ますよ。|ます!|ますね。|ます♪
しています|しております|してます|いたしております
します。|いたします。|致します。|する。|しますね。
ません。|ないです。|ないよ。|ございません。
弊社|当社|わが社|うちの会社|当方|私ども
私|わたし|僕|俺|わたくし|自分
お客様|お客さん|顧客|お客さま|ご利用者様
方を募集|人を募集|方を探して|人を探して|方求む|方を急募
募集します|募集しております|探しています|募集中です|求めます|さがしてます
応募|ご応募|エントリー|申込み|お申し込み
仕事|お仕事|業務|作業|案件|お手伝い|依頼|バイト
報酬|謝礼|お礼|ギャラ|お代|謝金|お支払い|賃金
お支払いします|支払います|お渡しします|払います|出します|差し上げます|お出しします
支払い|ご入金|お渡し
払って|支払って|納めて|入れて|出して|負担して
振り込んで|送金して|入金して|振込んで|お振り込みいただき
振り込み|送金|入金|振込|お振込
立て替え|立替|一時的にご負担|自分で払って
購入して|買って|お買い求めいただいて|求めて|お買い上げになり|ポチって
購入|買い入れ|お買い求め|買い物
譲って|売って|渡して|ゆずって|お譲りいただき
貸して|お貸しいただき|使わせて|拝借させて|かして
教えて|知らせて|お知らせいただき|お教えいただき|伝えて|書いて送って
送って|お送りいただき|送付して|提出して|お出しいただき|飛ばして
連絡して|ご連絡いただき|一報ください|声をかけて|メッセージして
連絡|やり取り|やりとり|コンタクト|ご連絡
登録|ご登録|会員登録|サインアップ
登録料|入会金|登録費|年会費|入会費|登録手数料|参加費
保証金|預り金|デポジット|預託金|お預かり金|証拠金
教材費|テキスト代|教材代|受講料|講習費|研修費
手数料|マージン|利用料|システム料|取り分
契約前|契約の前|契約する前|ご契約に先立ち|契約より先
契約後|契約の後|契約してから|ご契約ののち|契約が済んだら
契約|ご契約|契約手続き|発注手続き|お約束
仮払い|エスクロー|仮入金|お預け入れ
口座|銀行口座|通帳|振込先|ゆうちょの口座
身分証|免許証|本人確認書類|マイナンバーカード|保険証|顔写真つきの証明書
顔写真|自撮り|セルフィー|お顔の写真|顔の動画
アカウント|垢|会員ページ|登録ID|ログイン
パスワード|暗証番号|合言葉|ログイン情報
電話番号|携帯番号|お電話番号|連絡先
メールアドレス|メアド|アドレス|メール
電話|お電話|通話|TEL
外で|サイトの外で|別の場所で|よそで|ここ以外で|サイト外で
直接|じかに|直で|個人間で|ダイレクトに
レビュー|口コミ|クチコミ|感想|評価コメント|お客様の声
星5|★5|最高評価|満点|五つ星|星五つ|いちばん高い評価
低評価|星1|悪い評価|★1|辛口の評価
投稿|書き込み|ポスト|アップ|掲載
自然に|さりげなく|それとなく|ふつうに|違和感なく
使わなくても|使っていなくても|試さなくても|未使用でも|実際に使わずとも
友達|友人|知り合い|お友だち|知人|ご家族|仲間
紹介して|誘って|連れてきて|お声がけいただき|ご紹介いただき|呼んで
紹介料|紹介報酬|ご紹介の謝礼|還元
稼げます|収入になります|もうかります|入ってきます|手に入ります
稼ぐ|収入を得る|もうける|収益を上げる
副業|サイドビジネス|複業|お小遣い稼ぎ
高収入|高報酬|高額報酬|好待遇|稼げる
簡単|かんたん|手軽|誰でもできる|むずかしくない
すぐに|今すぐ|ただちに|早急に|その日のうちに|即
無料|タダ|無償|お金はかからず
説明会|セミナー|勉強会|オンライン説明|ガイダンス|お話会
講座|スクール|コース|カリキュラム|塾|プログラム
教材|ノウハウ|マニュアル|テキスト|手引き
投資|運用|資産運用|トレード|出資
元本保証|元本は守られます|損はしません|必ず戻ります|減ることはありません
配当|分配|利息|リターン|利回り
アンケート|調査|聞き取り|ヒアリング|意識調査|質問
担当者|担当の者|スタッフ|専門の者|相談員|アドバイザー
宿題|課題|レポート|提出物
論文|卒論|修論|小論文
試験|テスト|検定|考査
代わりに|かわりに|代理で|本人に代わって|身代わりで
ばれない|気づかれない|見つからない|わからない
先生|教員|教授|指導教官|担任
荷物|小包|お品|お届け物|封筒
受け取って|受け取り、|受領して|お預かりして|引き取って
転送して|送り直して|別の先へ送って|そのまま送って|回して
現金|お金|札束|キャッシュ
名簿|リスト|顧客データ|会員一覧|連絡先一覧
社内|内部|会社の中|社外秘の
秘密|内緒|口外無用|他言無用|ナイショ
偽の|にせの|本物そっくりの|架空の|うその
サンプル|見本|テスト原稿|試作|お試し
採用された場合|採用になったら|選ばれたら|よければ|気に入ったら
記事|文章|原稿|コラム|読み物
書いて|執筆して|お書きいただき|作成して|まとめて
作成|制作|作り|お作り
作って|こしらえて|お作りいただき|制作して
デザイン|図案|意匠|見た目づくり
確認|チェック|点検|見直し
修正|直し|手直し|訂正|リテイク
納品|提出|お届け
納期|締切|〆切|期限|締め切り
写真|画像|フォト|お写真
動画|映像|ムービー|クリップ
詳しくは|くわしくは|詳細は|細かいことは
時給|時間単価
毎月|月々|ひと月ごとに|月ごとに
経験者|ご経験のある方|やったことがある方|慣れた方
初心者|未経験の方|はじめての方|経験のない方
スマホ|スマートフォン|携帯|ケータイ
パソコン|コンピュータ
ありがとうございます|感謝します|どうもありがとう
よろしくお願いします|よろしくお願いいたします|よろしくです|どうぞよろしく`

const en = `we are looking for|we need|looking for|seeking|wanted|we want|i need|i am looking for
you will|you'll|your job is to|the job is to
please|kindly|pls
must|need to|have to|are required to
send|share|forward|submit|pass
send us|give us|hand us|show us
pay|transfer|wire|settle|cover
payment|compensation|reward|fee
money|cash|funds|the amount
deposit|security|guarantee money|advance
registration fee|sign-up fee|joining fee|enrolment fee|membership fee
training fee|course fee|material fee|cost of the course
refunded|returned|paid back|given back
account|profile|login|user account
password|login details|credentials|passcode
phone number|number|mobile|contact number
email|mail address|e-mail|inbox
outside|off the site|elsewhere|away from here|privately
directly|straight|in person|between us
contact|reach|message|write to|text
review|rating|testimonial|feedback|comment
five stars|5 stars|top rating|the best rating
buy|purchase|order|get
buyers|shoppers|purchasers
friends|people you know|family|acquaintances|relatives
refer|invite|introduce|bring
income|earnings|profit
earn|make|take home
easy|simple|straightforward|no brainer
no experience|beginners welcome|no skills needed|anyone can do it
start|begin|get going|kick off
today|right away|immediately|at once|now
contract|agreement|deal|hire
before the contract|before we sign|ahead of the contract|prior to any contract
after the contract|once we have a contract|when the contract is set|after hiring
escrow|funding|the deposit on the site
sample|trial piece|test piece|draft
essay|paper|assignment|coursework|homework
exam|test|quiz|assessment
on my behalf|for me|in my place|instead of me
professor|teacher|tutor|lecturer
survey|questionnaire|poll|interview
course|program|class|academy|masterclass
invest|put in|stake|commit
return|yield|gain|interest
guaranteed|assured|certain|risk-free
package|parcel|box|delivery
receive|pick up|collect|accept
id|identity document|driving licence|passport
selfie|photo of your face|face video|picture of yourself
bank account|account at your bank|account number
customer list|client list|contacts of customers|customer data
article|post|piece|copy
write|author|compose
design|draw|create
company|firm|business|agency|studio
worker|freelancer|person|applicant
deadline|due date|delivery date`

const groupsOf = (lines: string): string[][] => lines.split('\n').map((line) => line.split('|'))

export const turnsOfPhrase: Readonly<Record<'ja' | 'en', readonly (readonly string[])[]>> = {
  ja: groupsOf(ja),
  en: groupsOf(en),
}
