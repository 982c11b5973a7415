import { type Phrase, phrase } from '../people/skills.data.ts'

/** Comments of clients, from poor to very good; a review draws from the band its score falls in. */
export const commentPhrases: Readonly<Record<'poor' | 'fair' | 'good', readonly Phrase[]>> = {
  poor: [
    phrase(
      '期限の直前まで連絡がなく、確認に時間がかかりました。',
      'There was no word until just before the deadline, and checking took time.',
    ),
    phrase(
      '指示書と違うところがあり、直しをお願いしました。',
      'Some parts differed from the brief and had to be redone.',
    ),
    phrase('質問への返事が遅れがちでした。', 'Replies to questions tended to be late.'),
  ],
  fair: [
    phrase('依頼どおりに仕上げていただきました。', 'Delivered as asked.'),
    phrase(
      '初稿に小さな直しがありましたが、対応は早かったです。',
      'The first draft needed small fixes, which came quickly.',
    ),
    phrase(
      '期限は守られました。途中の報告がもう少しあると助かります。',
      'On time. A little more reporting along the way would help.',
    ),
    phrase(
      '分からない点をまとめて聞いてくださり、進めやすかったです。',
      'Collected questions before asking, which kept things moving.',
    ),
    phrase('おおむね希望どおりでした。', 'Mostly what we had hoped for.'),
    phrase('手順を確かめながら進めていただきました。', 'Checked the procedure step by step.'),
  ],
  good: [
    phrase(
      '要点と決定事項が分かれていて、そのまま社内に回せました。',
      'Key points and decisions were separated; we could pass it on as it was.',
    ),
    phrase(
      'こちらの見落としにも気づいて、先に質問してくださいました。',
      'Noticed something we had missed and asked first.',
    ),
    phrase('期限より早く、確認の手間もかかりませんでした。', 'Early, and needed no checking.'),
    phrase(
      '用語のゆれの一覧が助かりました。次もお願いします。',
      'The list of inconsistent terms was a great help. We will ask again.',
    ),
    phrase(
      '表記がそろっていて、直すところがありませんでした。',
      'Consistent throughout; there was nothing to correct.',
    ),
    phrase('仕様の変更にも落ち着いて対応していただきました。', 'Took a change of plan calmly.'),
    phrase(
      '作業の記録も添えてあり、引き継ぎが楽でした。',
      'Came with notes on the work, which made handing over easy.',
    ),
    phrase('こちらの意図をよく汲んでくださいました。', 'Understood well what we were after.'),
    phrase('連絡が早く、安心して任せられました。', 'Quick to reply; we could leave it in good hands.'),
  ],
}
