CREATE TABLE `account_sums` (
	`kind` text PRIMARY KEY NOT NULL,
	`debit` integer NOT NULL,
	`credit` integer NOT NULL,
	`lines` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `contract_sums` (
	`status` text PRIMARY KEY NOT NULL,
	`contracts` integer NOT NULL,
	`funded` integer NOT NULL,
	`released` integer NOT NULL,
	`fee` integer NOT NULL,
	`refunded` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `letter_counts` (
	`state` text PRIMARY KEY NOT NULL,
	`n` integer NOT NULL
);
--> statement-breakpoint
DROP INDEX `client_histories_stale`;--> statement-breakpoint
CREATE INDEX `client_histories_due` ON `client_histories` (`client`) WHERE counted < marks;--> statement-breakpoint
DROP INDEX `contracts_timer`;--> statement-breakpoint
CREATE INDEX `contracts_newest` ON `contracts` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `contracts_status` ON `contracts` (`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `contracts_job` ON `contracts` (`job`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `contracts_timer` ON `contracts` (`timer_at`,`id`);--> statement-breakpoint
DROP INDEX `measures_due`;--> statement-breakpoint
CREATE INDEX `measures_due` ON `measures` (`until`,`decision`) WHERE ended_at IS NULL;--> statement-breakpoint
DROP INDEX `moderation_queue`;--> statement-breakpoint
CREATE INDEX `moderation_waiting` ON `moderation_subjects` (`status`) WHERE status IN ('open', 'escalated');--> statement-breakpoint
CREATE INDEX `moderation_queue` ON `moderation_subjects` (`status`,points DESC,`opened_at`,`id`);--> statement-breakpoint
DROP INDEX `outbox_due`;--> statement-breakpoint
CREATE INDEX `outbox_newest` ON `outbox` (`state`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `outbox_worker` ON `outbox` (`worker`,`created_at`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`due_at`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_unindexed` ON `jobs` (`doc`) WHERE search_text = '';--> statement-breakpoint
CREATE INDEX `appeals_subject` ON `appeals` (`subject`,`at`);--> statement-breakpoint
CREATE INDEX `appeals_person` ON `appeals` (`person`);--> statement-breakpoint
CREATE INDEX `appeals_waiting` ON `appeals` (`at`,`id`) WHERE outcome IS NULL;--> statement-breakpoint
CREATE INDEX `appeals_judged` ON `appeals` (`decided_at`,`id`) WHERE outcome IS NOT NULL;--> statement-breakpoint
CREATE INDEX `badges_credential` ON `badges` (`credential`);--> statement-breakpoint
CREATE INDEX `sessions_end` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE INDEX `reviews_author` ON `reviews` (`author`);--> statement-breakpoint
CREATE INDEX `idempotent_calls_age` ON `idempotent_calls` (`started_at`);--> statement-breakpoint
CREATE INDEX `used_tokens_end` ON `used_tokens` (`expires_at`);--> statement-breakpoint
INSERT INTO `account_sums` SELECT substr(`account`, 1, instr(`account` || ':', ':') - 1), sum(`debit`), sum(`credit`), count(*) FROM `ledger_entries` GROUP BY 1;--> statement-breakpoint
INSERT INTO `contract_sums` SELECT `status`, count(*), sum(`funded`), sum(`released`), sum(`fee`), sum(`refunded`) FROM `contracts` GROUP BY `status`;--> statement-breakpoint
INSERT INTO `letter_counts` SELECT `state`, count(*) FROM `outbox` GROUP BY `state`;--> statement-breakpoint
CREATE TRIGGER `ledger_entries_sum` AFTER INSERT ON `ledger_entries` BEGIN
	INSERT INTO `account_sums` (`kind`, `debit`, `credit`, `lines`) VALUES (substr(new.`account`, 1, instr(new.`account` || ':', ':') - 1), new.`debit`, new.`credit`, 1)
		ON CONFLICT (`kind`) DO UPDATE SET `debit` = `debit` + excluded.`debit`, `credit` = `credit` + excluded.`credit`, `lines` = `lines` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `contracts_sum_insert` AFTER INSERT ON `contracts` BEGIN
	INSERT INTO `contract_sums` (`status`, `contracts`, `funded`, `released`, `fee`, `refunded`) VALUES (new.`status`, 1, new.`funded`, new.`released`, new.`fee`, new.`refunded`)
		ON CONFLICT (`status`) DO UPDATE SET `contracts` = `contracts` + 1, `funded` = `funded` + excluded.`funded`, `released` = `released` + excluded.`released`, `fee` = `fee` + excluded.`fee`, `refunded` = `refunded` + excluded.`refunded`;
END;
--> statement-breakpoint
CREATE TRIGGER `contracts_sum_update` AFTER UPDATE OF `status`, `funded`, `released`, `fee`, `refunded` ON `contracts` BEGIN
	UPDATE `contract_sums` SET `contracts` = `contracts` - 1, `funded` = `funded` - old.`funded`, `released` = `released` - old.`released`, `fee` = `fee` - old.`fee`, `refunded` = `refunded` - old.`refunded` WHERE `status` = old.`status`;
	INSERT INTO `contract_sums` (`status`, `contracts`, `funded`, `released`, `fee`, `refunded`) VALUES (new.`status`, 1, new.`funded`, new.`released`, new.`fee`, new.`refunded`)
		ON CONFLICT (`status`) DO UPDATE SET `contracts` = `contracts` + 1, `funded` = `funded` + excluded.`funded`, `released` = `released` + excluded.`released`, `fee` = `fee` + excluded.`fee`, `refunded` = `refunded` + excluded.`refunded`;
END;
--> statement-breakpoint
CREATE TRIGGER `outbox_count_insert` AFTER INSERT ON `outbox` BEGIN
	INSERT INTO `letter_counts` (`state`, `n`) VALUES (new.`state`, 1) ON CONFLICT (`state`) DO UPDATE SET `n` = `n` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `outbox_count_update` AFTER UPDATE OF `state` ON `outbox` WHEN new.`state` <> old.`state` BEGIN
	UPDATE `letter_counts` SET `n` = `n` - 1 WHERE `state` = old.`state`;
	INSERT INTO `letter_counts` (`state`, `n`) VALUES (new.`state`, 1) ON CONFLICT (`state`) DO UPDATE SET `n` = `n` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `outbox_count_delete` AFTER DELETE ON `outbox` BEGIN
	UPDATE `letter_counts` SET `n` = `n` - 1 WHERE `state` = old.`state`;
END;
