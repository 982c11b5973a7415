ALTER TABLE `outbox` RENAME TO `outbox_before`;--> statement-breakpoint
DROP TRIGGER `outbox_count_insert`;--> statement-breakpoint
DROP TRIGGER `outbox_count_update`;--> statement-breakpoint
DROP TRIGGER `outbox_count_delete`;--> statement-breakpoint
DROP INDEX `outbox_due`;--> statement-breakpoint
DROP INDEX `outbox_newest`;--> statement-breakpoint
DROP INDEX `outbox_worker`;--> statement-breakpoint
CREATE TABLE `delivery_attempts` (
	`message_id` text NOT NULL,
	`at` integer NOT NULL,
	`lease` text NOT NULL,
	`outcome` text NOT NULL,
	`detail` text NOT NULL,
	`elapsed_ms` integer NOT NULL,
	PRIMARY KEY(`message_id`, `lease`)
);--> statement-breakpoint
CREATE INDEX `delivery_attempts_at` ON `delivery_attempts` (`at`);--> statement-breakpoint
CREATE TABLE `message_counts` (
	`destination` text NOT NULL,
	`status` text NOT NULL,
	`n` integer NOT NULL,
	PRIMARY KEY(`destination`, `status`)
);--> statement-breakpoint
CREATE TABLE `outbox` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`destination` text NOT NULL,
	`stream` text NOT NULL,
	`chain` text NOT NULL,
	`kind` text NOT NULL,
	`request` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` integer NOT NULL,
	`not_before` integer NOT NULL,
	`lease` text,
	`lease_until` integer NOT NULL,
	`last_error` text,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	`about` text
);--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_id_unique` ON `outbox` (`id`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`destination`,`next_at`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `outbox_stream_status` ON `outbox` (`stream`,`status`,`seq`);--> statement-breakpoint
CREATE INDEX `outbox_chain_status` ON `outbox` (`chain`,`status`,`seq`);--> statement-breakpoint
CREATE INDEX `outbox_status` ON `outbox` (`status`);--> statement-breakpoint
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
--> statement-breakpoint
CREATE INDEX `outbox_about` ON `outbox` (`about`);--> statement-breakpoint
INSERT INTO `outbox` (`id`, `destination`, `stream`, `chain`, `kind`, `request`, `status`, `attempts`, `next_at`, `not_before`, `lease`, `lease_until`, `last_error`, `created_at`, `settled_at`, `about`)
	SELECT `id`, 'plugin', CASE `worker` WHEN '' THEN `id` ELSE 'worker:' || `worker` END, `id`, `type`,
		json_object('method', 'POST', 'path', '/webhooks/marketplace', 'body', json_object('id', `id`, 'type', `type`,
			'timestamp', strftime('%Y-%m-%dT%H:%M:%S', `created_at` / 1000, 'unixepoch') || printf('.%03dZ', `created_at` % 1000),
			'data', json_patch(CASE WHEN json_valid(`data`) THEN `data` ELSE '{}' END, json_object('worker', `worker`, 'version', `version`)))),
		CASE `state` WHEN 'waiting' THEN 'pending' ELSE `state` END, `attempts` - (`state` = 'delivered'), `due_at`, `created_at`, NULL, 0,
		CASE `state` WHEN 'delivered' THEN NULL ELSE nullif(`last_outcome`, '') END, `created_at`, CASE `state` WHEN 'waiting' THEN NULL ELSE `due_at` END, nullif(`worker`, '')
	FROM `outbox_before` ORDER BY `created_at`, `id`;
