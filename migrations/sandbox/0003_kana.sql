-- Custom SQL migration file: katakana and hiragana are the same in an indexed text, and what nobody sees is not in it. Texts that are missing are made at the start.
DELETE FROM `worker_texts`;
--> statement-breakpoint
UPDATE `jobs` SET `search_text` = '';
