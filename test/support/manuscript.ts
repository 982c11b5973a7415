/** A family with this manuscript, in which the shop of the slot is always the same. */
export const manuscript = (text: string, faults: number, status = '下書き'): string => `---
task: small-draft
exam: web-writer
kind: 直し
locale: ja
minutes: 5
faults: ${faults}
status: ${status}
v: 1
---

# 短い下書き

## 依頼

直してください。

## 規則

- 規則です。

### くじ

| 名前 | 候補 |
| --- | --- |
| 店 | 北窓架空家具 |

### 原稿

${text}
`
