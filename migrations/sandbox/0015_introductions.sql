CREATE TABLE `introductions` (
	`worker` text PRIMARY KEY NOT NULL,
	`headline_ja` text NOT NULL,
	`headline_en` text NOT NULL,
	`about_ja` text NOT NULL,
	`about_en` text NOT NULL,
	`week` integer NOT NULL,
	`hours_per_week` integer,
	`starts_at` integer,
	`reply_hours` integer,
	`fixed_price` integer NOT NULL,
	`smallest_ja` text NOT NULL,
	`smallest_en` text NOT NULL,
	`declines_ja` text NOT NULL,
	`declines_en` text NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER `introductions_count_insert` AFTER INSERT ON `introductions` WHEN EXISTS (SELECT 1 FROM `workers` WHERE `id` = new.`worker`) BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `introductions_count_update` AFTER UPDATE ON `introductions` WHEN old.`week` <> new.`week` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `introductions_count_delete` AFTER DELETE ON `introductions` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (old.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
