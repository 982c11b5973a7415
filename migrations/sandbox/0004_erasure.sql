CREATE INDEX `sessions_person` ON `sessions` (`person`);--> statement-breakpoint
UPDATE `received_events` SET `body` = '';--> statement-breakpoint
DROP TRIGGER `reviews_are_kept`;--> statement-breakpoint
CREATE TRIGGER `reviews_are_kept` BEFORE UPDATE OF `id`, `contract`, `side`, `author`, `subject`, `skill`, `request`, `quality`, `schedule`, `communication`, `partnership`, `written_at`, `request_key` ON `reviews` BEGIN SELECT RAISE(ABORT, 'reviews are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `reviews_keep_their_words` BEFORE UPDATE OF `comment` ON `reviews` WHEN new.`comment` <> '' OR NOT EXISTS (SELECT 1 FROM `workers` WHERE `id` IN (old.`author`, old.`subject`) AND `erased_at` IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'reviews are immutable'); END;
--> statement-breakpoint
DROP TRIGGER `review_replies_are_kept`;--> statement-breakpoint
CREATE TRIGGER `review_replies_are_kept` BEFORE UPDATE OF `review`, `at`, `request_key` ON `review_replies` BEGIN SELECT RAISE(ABORT, 'replies are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `review_replies_keep_their_words` BEFORE UPDATE OF `text` ON `review_replies` WHEN new.`text` <> '' OR NOT EXISTS (SELECT 1 FROM `reviews` r JOIN `workers` w ON w.`id` IN (r.`author`, r.`subject`) WHERE r.`id` = old.`review` AND w.`erased_at` IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'replies are immutable'); END;
--> statement-breakpoint
DROP TRIGGER `hidden_answers_are_kept`;--> statement-breakpoint
CREATE TRIGGER `hidden_answers_are_kept` BEFORE UPDATE OF `review`, `contract`, `side`, `again`, `safe` ON `hidden_answers` BEGIN SELECT RAISE(ABORT, 'hidden answers are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `hidden_answers_keep_their_words` BEFORE UPDATE OF `note` ON `hidden_answers` WHEN new.`note` <> '' OR NOT EXISTS (SELECT 1 FROM `reviews` r JOIN `workers` w ON w.`id` IN (r.`author`, r.`subject`) WHERE r.`id` = old.`review` AND w.`erased_at` IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'hidden answers are immutable'); END;
--> statement-breakpoint
DROP TRIGGER `contract_events_are_kept`;--> statement-breakpoint
CREATE TRIGGER `contract_events_are_kept` BEFORE UPDATE OF `contract`, `seq`, `type`, `actor`, `at` ON `contract_events` BEGIN SELECT RAISE(ABORT, 'contract events are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `contract_events_keep_their_words` BEFORE UPDATE OF `data` ON `contract_events` WHEN new.`data` IS NOT json_replace(old.`data`, '$.note', '', '$.remark.reason', '') OR NOT EXISTS (SELECT 1 FROM `contracts` c JOIN `workers` w ON w.`id` = c.`worker` WHERE c.`id` = old.`contract` AND w.`erased_at` IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'contract events are immutable'); END;
--> statement-breakpoint
DROP TRIGGER `moderation_events_are_kept`;--> statement-breakpoint
CREATE TRIGGER `moderation_events_are_kept` BEFORE UPDATE OF `subject`, `seq`, `type`, `actor`, `at` ON `moderation_events` BEGIN SELECT RAISE(ABORT, 'moderation events are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `moderation_events_keep_their_words` BEFORE UPDATE OF `data` ON `moderation_events` WHEN new.`data` IS NOT json_replace(old.`data`, '$.note', '', '$.evidence', json('null')) OR NOT EXISTS (SELECT 1 FROM `moderation_subjects` s JOIN `workers` w ON w.`id` = s.`person` WHERE s.`id` = old.`subject` AND w.`erased_at` IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'moderation events are immutable'); END;
--> statement-breakpoint
DROP TRIGGER `moderation_decisions_are_kept`;--> statement-breakpoint
CREATE TRIGGER `moderation_decisions_are_kept` BEFORE UPDATE OF `id`, `subject`, `person`, `action`, `kinds`, `until`, `operator`, `decided_at` ON `moderation_decisions` BEGIN SELECT RAISE(ABORT, 'statements of reasons are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `moderation_decisions_keep_their_words` BEFORE UPDATE OF `statement` ON `moderation_decisions` WHEN new.`statement` IS NOT json_replace(old.`statement`, '$.facts', '', '$.rule.text.ja', '', '$.rule.text.en', '', '$.text.ja', '', '$.text.en', '') OR NOT EXISTS (SELECT 1 FROM `workers` WHERE `id` = old.`person` AND `erased_at` IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'statements of reasons are immutable'); END;
