CREATE TABLE `exam_papers` (
	`exam` text PRIMARY KEY NOT NULL,
	`papers` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `status_lists` (
	`list` integer PRIMARY KEY NOT NULL,
	`used` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `message_counts` (
	`destination` text NOT NULL,
	`status` text NOT NULL,
	`n` integer NOT NULL,
	PRIMARY KEY(`destination`, `status`)
);
--> statement-breakpoint
DROP INDEX `scored_responses_of_item`;--> statement-breakpoint
DROP INDEX `concerns_open`;--> statement-breakpoint
CREATE INDEX `concerns_waiting` ON `concerns` (`raised_at`,`id`) WHERE settled_at is null;--> statement-breakpoint
DROP INDEX `credentials_by_end`;--> statement-breakpoint
CREATE INDEX `credentials_ending` ON `credentials` (`valid_until`) WHERE status in ('active', 'suspended');--> statement-breakpoint
DROP INDEX `outbox_due`;--> statement-breakpoint
DROP INDEX `outbox_stream`;--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`destination`,`next_at`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `outbox_stream_status` ON `outbox` (`stream`,`status`,`seq`);--> statement-breakpoint
CREATE INDEX `outbox_chain_status` ON `outbox` (`chain`,`status`,`seq`);--> statement-breakpoint
CREATE INDEX `outbox_status` ON `outbox` (`status`);--> statement-breakpoint
CREATE INDEX `outbox_event_of` ON `outbox` (letter ->> '$.body.data.worker') WHERE kind = 'event';--> statement-breakpoint
ALTER TABLE `item_exposures` ADD `graded` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `item_exposures` ADD `passed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `attempts_of_exam` ON `attempts` (`exam`,`started_at`);--> statement-breakpoint
CREATE INDEX `idempotency_keys_age` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE INDEX `used_tokens_end` ON `used_tokens` (`expires_at`);--> statement-breakpoint
CREATE INDEX `event_log_of` ON `event_log` (data ->> 'worker') WHERE json_valid(data);
--> statement-breakpoint
DROP INDEX `credentials_by_header`;--> statement-breakpoint
-- The first part of a token names the key that signed it. Queries use these very words.
CREATE INDEX `credentials_by_header` ON `credentials` (substr(jwt, 1, instr(jwt, '.') - 1), `valid_until`, `id`);--> statement-breakpoint
INSERT INTO `exam_papers` SELECT `exam`, count(*) FROM `attempts` GROUP BY `exam`;--> statement-breakpoint
UPDATE `item_exposures` SET `graded` = `use`.`graded`, `passed` = `use`.`passed` FROM (
	SELECT `attempts`.`exam` AS `exam`, `placed`.`value` ->> 'itemId' AS `item`, sum(`attempts`.`status` = 'graded') AS `graded`, sum(`attempts`.`credential` IS NOT NULL) AS `passed`
	FROM `attempts`, json_each(`attempts`.`form`, '$.sections') AS `section`, json_each(`section`.`value`, '$.items') AS `placed`
	WHERE json_valid(`attempts`.`form`) GROUP BY 1, 2
) AS `use` WHERE `use`.`exam` = `item_exposures`.`exam` AND `use`.`item` = `item_exposures`.`item`;--> statement-breakpoint
INSERT INTO `status_lists` SELECT `status_list`, count(*) FROM `credentials` GROUP BY `status_list`;--> statement-breakpoint
INSERT INTO `message_counts` SELECT `destination`, `status`, count(*) FROM `outbox` GROUP BY `destination`, `status`;--> statement-breakpoint
CREATE TRIGGER `credentials_take_a_place` AFTER INSERT ON `credentials` BEGIN
	INSERT INTO `status_lists` (`list`, `used`) VALUES (new.`status_list`, 1) ON CONFLICT (`list`) DO UPDATE SET `used` = `used` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `credentials_leave_a_place` AFTER DELETE ON `credentials` BEGIN
	UPDATE `status_lists` SET `used` = `used` - 1 WHERE `list` = old.`status_list`;
END;
--> statement-breakpoint
CREATE TRIGGER `outbox_count_insert` AFTER INSERT ON `outbox` BEGIN
	INSERT INTO `message_counts` (`destination`, `status`, `n`) VALUES (new.`destination`, new.`status`, 1) ON CONFLICT (`destination`, `status`) DO UPDATE SET `n` = `n` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `outbox_count_update` AFTER UPDATE OF `status` ON `outbox` WHEN new.`status` <> old.`status` BEGIN
	UPDATE `message_counts` SET `n` = `n` - 1 WHERE `destination` = old.`destination` AND `status` = old.`status`;
	INSERT INTO `message_counts` (`destination`, `status`, `n`) VALUES (new.`destination`, new.`status`, 1) ON CONFLICT (`destination`, `status`) DO UPDATE SET `n` = `n` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `outbox_count_delete` AFTER DELETE ON `outbox` BEGIN
	UPDATE `message_counts` SET `n` = `n` - 1 WHERE `destination` = old.`destination` AND `status` = old.`status`;
END;
