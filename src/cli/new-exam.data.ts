/** The `exam.md` of a new exam, to be written over. */
export const examText = (id: string): string => `---
id: ${id}
title: { ja: ${id}, en: ${id} }
level: 3
version: 1
locales: [ja]
time: 45m
pass: 70%
valid_for: 2y
retake: { wait: 14d, per_year: 4 }
blueprint:
  basics: { title: { ja: 基本, en: Basics }, draw: 1 }
---

## この検定で分かること

受験者が始める前に読む説明を、ここに書きます。
`
