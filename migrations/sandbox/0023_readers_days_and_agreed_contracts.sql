ALTER TABLE `contracts` ADD `job_title` text;--> statement-breakpoint
ALTER TABLE `contracts` ADD `taken_on_at` integer;--> statement-breakpoint
ALTER TABLE `client_histories` ADD `paid_workers` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `search_draw_places_priority` ON `search_draw_places` (`worker`,`day`) WHERE way = 'priority';--> statement-breakpoint
CREATE INDEX `search_draws_day` ON `search_draws` (`reader`,`day`);--> statement-breakpoint
CREATE INDEX `search_draws_figures` ON `search_draws` (`category`,`drawn_at`) WHERE narrowed = 0 OR substr(reader, 1, 5) <> 'hour/';--> statement-breakpoint
-- a search with another filter is another draw of the same reader's day: it is counted once
DROP TRIGGER `search_draws_count`;
--> statement-breakpoint
CREATE TRIGGER `search_draws_count` AFTER INSERT ON `search_draws` WHEN NOT EXISTS (SELECT 1 FROM `search_draws` AS `earlier` WHERE `earlier`.`reader` = new.`reader` AND `earlier`.`day` = new.`day` AND `earlier`.`id` <> new.`id`) BEGIN
	INSERT INTO `search_arms` (`arm`, `searches`) VALUES (new.`arm`, 1) ON CONFLICT (`arm`) DO UPDATE SET `searches` = `searches` + 1;
END;
--> statement-breakpoint
UPDATE `search_arms` SET `searches` = (SELECT count(DISTINCT `reader` || '/' || `day`) FROM `search_draws` WHERE `search_draws`.`arm` = `search_arms`.`arm`);
--> statement-breakpoint
DROP TRIGGER `priority_shows_count`;
--> statement-breakpoint
CREATE TRIGGER `priority_shows_count` AFTER INSERT ON `search_draw_places` WHEN new.`way` = 'priority' AND new.`worker` IS NOT NULL AND NOT EXISTS (SELECT 1 FROM `search_draw_places` AS `earlier` JOIN `search_draws` AS `theirs` ON `theirs`.`id` = `earlier`.`draw` WHERE `earlier`.way = 'priority' AND `earlier`.`worker` = new.`worker` AND `earlier`.`day` = new.`day` AND `earlier`.`draw` <> new.`draw` AND `theirs`.`reader` = (SELECT `reader` FROM `search_draws` WHERE `id` = new.`draw`)) BEGIN
	INSERT INTO `priority_shows` (`worker`, `shown`) VALUES (new.`worker`, 1) ON CONFLICT (`worker`) DO UPDATE SET `shown` = `shown` + 1;
END;
--> statement-breakpoint
-- a corrected certificate ends when the one ends that it stands in for, and begins nothing
DROP TRIGGER `badges_begin_their_weeks`;
--> statement-breakpoint
CREATE TRIGGER `badges_begin_their_weeks` AFTER INSERT ON `badges` WHEN new.`status` = 'active' AND NOT EXISTS (SELECT 1 FROM `badges` WHERE `worker` = new.`worker` AND `exam` = new.`exam` AND (`status` = 'active' OR `valid_until` = new.`valid_until`) AND `issued_at` < new.`issued_at`) BEGIN
	INSERT INTO `weekly_notices` (`worker`, `since`, `due_at`, `sent_at`) VALUES (new.`worker`, new.`issued_at`, new.`issued_at`, NULL) ON CONFLICT (`worker`) DO UPDATE SET `since` = excluded.`since`, `due_at` = max(excluded.`since`, coalesce(`sent_at` + 604800000, excluded.`since`)) WHERE excluded.`since` > `since`;
END;
--> statement-breakpoint
-- anybody can pay for a contract with a worker: under way is what the worker has taken on
DROP TRIGGER `contracts_tell_of_their_worker`;
--> statement-breakpoint
UPDATE `contracts` SET `taken_on_at` = (SELECT `at` FROM `contract_events` WHERE `contract` = `contracts`.`id` AND `type` = 'started' ORDER BY `seq` LIMIT 1), `job_title` = (SELECT `title` FROM `jobs` WHERE `jobs`.`id` = `contracts`.`job`);
--> statement-breakpoint
CREATE TRIGGER `contracts_tell_of_their_worker` AFTER UPDATE OF `funded_at`, `taken_on_at`, `settled_at` ON `contracts` WHEN (new.`funded_at` IS NOT NULL AND new.`taken_on_at` IS NOT NULL AND new.`settled_at` IS NULL) <> (old.`funded_at` IS NOT NULL AND old.`taken_on_at` IS NOT NULL AND old.`settled_at` IS NULL) BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
-- how many workers a client has paid is counted with the next turn of the timers
UPDATE `client_histories` SET `marks` = `marks` + 1;
