// Sentences that stand in lawful posts and in unlawful ones alike: pay, terms, greetings. In training they are added to
// posts of both sorts, so that "円", "募集" or "apply" tell nothing. They must fit any post and break no rule.

const ja = `報酬は1件につき500円です。
報酬は1本3,000円(税込)を予定しています。
1文字1.2円、2,000文字で2,400円のお仕事です。
時給1,200円、週10時間程度です。
月に3万円から5万円ほどになる見込みです。
予算は2万円で、ご相談に応じます。
お見積りをお願いします。金額は応相談です。
単価は経験に応じて上げていきます。
報酬:固定10,000円
【報酬】1件あたり800円
■報酬 20,000円〜30,000円
月10万円以上のご依頼も可能です。
日給8,000円ほどの作業量です。
未経験の方も大歓迎です。
初心者の方でも丁寧にフォローいたします。
在宅でできるお仕事です。
スキマ時間にできる簡単なお仕事です。
スマホだけでも作業できます。
主婦の方、副業の方も多数活躍中です。
自分のペースで進められます。
ノルマはありませんのでご安心ください。
継続してお願いできる方を募集しています。
長期でお付き合いいただける方を探しています。
ご応募お待ちしております!
まずはお気軽にご応募ください。
興味のある方はぜひご応募ください✨
少しでも気になった方はご応募くださいね♪
応募の際は、簡単な自己紹介と1日の作業可能時間をお書きください。
応募時に以下をお知らせください。・年齢 ・経験 ・稼働できる時間
【応募条件】日本語が自然に書ける方、期限を守れる方
■応募資格 18歳以上の方、パソコンをお持ちの方
あなたの経験を活かしませんか?
あなたのお力を貸してください!
一緒に働いてくれる仲間を募集します。
定員になり次第、締め切らせていただきます。
募集人数は5名です。先着順ではありません。
急募です!今週中に始められる方だと助かります。
即日始められる方、歓迎です。
ご不明な点はメッセージでご質問ください。
メッセージには24時間以内にお返事いたします。
連絡がこまめに取れる方を希望します。
はじめまして。ご覧いただきありがとうございます。
数ある募集の中からご覧いただき、ありがとうございます。
当社は都内でウェブ事業を営む会社です。
個人で小さなお店をしています。
何卒よろしくお願いいたします。
どうぞよろしくお願いします🙇
詳しい作業の手順はマニュアルにまとめています。
資料と見本はこちらからお送りします。
納期は契約から1週間です。
納期は7日後を目安にしています。
納品はGoogleドキュメントかWordでお願いします。
修正は2回までお願いすることがあります。
文字数は2,000字程度です。
作業時間は1日1〜2時間ほどです。
全部で100件ほどあります。
【納期】2週間程度
【業務内容】
■お仕事の内容
・作業はパソコンで行います
・報酬 1件300円
・在宅勤務可、時間は自由
守秘義務がありますので、内容は口外しないでください。
NDAを結んでいただきます。
すぐに予定数に達するかもしれません。
うまくいけば次のお仕事もお願いします。
その後の継続もあります。
お名前と実績を送ってください。
過去の作品を送っていただけると助かります。
丁寧に対応してくれる方だとうれしいです。
採用の方にのみご連絡いたします。
登録してあるプロフィールを拝見して選ばせていただきます。
お支払いは月末締め、翌月の初めです。
交通費は出ません。
実働は月に5日ほどです。
写真を撮って送るところまでお願いします。
リストの会社名、住所、電話番号を確認します。
商品の名前と値段を表に入れてください。
ページの公開は来月を予定しています。
表記のルールは資料をご覧ください。
正確さを大切にしています。
図や表を入れても構いません。`

const en = `Pay is 3,000 yen per article.
The budget is 20,000 yen, negotiable.
We pay 1,500 yen per hour, about ten hours a week.
You can earn around 50,000 yen a month.
Fixed price: 10,000 yen.
■ Pay: 800 yen per item
Rates go up with experience.
Payment is at the end of the month.
No experience needed, we will explain everything.
Beginners are welcome.
You can work from home at your own pace.
Easy work for your spare time.
A smartphone is enough for this job.
Anyone living in Japan can apply.
Please apply with a short introduction.
Send me a message if you are interested!
Looking forward to hearing from you.
Feel free to ask any questions.
Please tell us your name, your experience and when you can work.
We are looking for someone reliable for the long term.
I need somebody who replies quickly.
We are hiring five people.
Urgent, please apply today.
Start as soon as possible.
Hi everyone, thanks for reading.
We are a small company in Tokyo.
I run a little online shop.
The deadline is one week after the contract.
Delivery as a Google Doc or Word file.
Two rounds of revisions are included.
About 1,000 words.
There are about 100 items in all.
Instructions and samples are provided.
Requirements: good English, attention to detail
- Must be 18 or older
- Remote, flexible hours
You will sign an NDA.
If it goes well there will be more work.
Only selected people will be contacted.
Please send two samples of your past work.
I will send you the details and a list.
Your job is simple and clear.
Check the names, addresses and phone numbers in the list.
The page goes online next month.
Thank you and best regards`

export const boilerplate: Readonly<Record<'ja' | 'en', readonly string[]>> = { ja: ja.split('\n'), en: en.split('\n') }
