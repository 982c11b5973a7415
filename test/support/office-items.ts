/** Two questions as an author writes them: one to pick from, and one that asks for a number. */
export const officeItems = `## office-001 件名

\`単一\` \`難易度2\`

件名として最も適切なものはどれですか。

- [ ] いつもお世話になっております
- [x] 【見積書送付】7月分オフィス用品
- [ ] 見積書をお送りします
- [ ] Re: 先日の件について

### 解説

件名だけで用件が分かるのは二つ目です。

## office-002 税込金額

\`数値\`

税抜 12,000 円の備品を買いました。税率が 10% のとき、税込金額は何円ですか。

### 正解

13,200 ± 0 円

### 解説

12,000 に 1.1 を掛けます。
`
