CREATE TABLE `place_draws` (
	`day` text NOT NULL,
	`category` text NOT NULL,
	`arm` text NOT NULL,
	`position` integer NOT NULL,
	`worker` text NOT NULL,
	`group` text NOT NULL,
	`propensity` real NOT NULL,
	`pool_size` integer NOT NULL,
	`first_shown_at` integer NOT NULL,
	PRIMARY KEY(`day`, `category`, `arm`, `position`, `worker`, `propensity`)
);
--> statement-breakpoint
CREATE INDEX `place_draws_worker` ON `place_draws` (`worker`);--> statement-breakpoint
CREATE TABLE `priority_shows` (
	`worker` text PRIMARY KEY NOT NULL,
	`shown` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `search_arms` (
	`arm` text PRIMARY KEY NOT NULL,
	`searches` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `search_days` (
	`day` text PRIMARY KEY NOT NULL,
	`held_out_share` real NOT NULL
);
--> statement-breakpoint
CREATE TABLE `search_draw_places` (
	`draw` text NOT NULL,
	`way` text NOT NULL,
	`place` integer NOT NULL,
	`worker` text,
	`group` text NOT NULL,
	`propensity` real NOT NULL,
	`day` text NOT NULL,
	PRIMARY KEY(`draw`, `way`, `place`),
	FOREIGN KEY (`draw`) REFERENCES `search_draws`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `search_draw_places_worker` ON `search_draw_places` (`worker`,`day`);--> statement-breakpoint
CREATE TABLE `search_draws` (
	`id` text PRIMARY KEY NOT NULL,
	`day` text NOT NULL,
	`category` text NOT NULL,
	`reader` text NOT NULL,
	`arm` text NOT NULL,
	`arm_propensity` real NOT NULL,
	`ratio` real NOT NULL,
	`narrowed` integer NOT NULL,
	`priority` integer NOT NULL,
	`certified_fresh` integer NOT NULL,
	`certified_settled` integer NOT NULL,
	`other_fresh` integer NOT NULL,
	`other_settled` integer NOT NULL,
	`drawn_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `search_draws_reader` ON `search_draws` (`reader`,`drawn_at`);--> statement-breakpoint
CREATE INDEX `search_draws_at` ON `search_draws` (`drawn_at`);--> statement-breakpoint
CREATE TABLE `search_outcomes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`draw` text NOT NULL,
	`kind` text NOT NULL,
	`worker` text,
	`group` text NOT NULL,
	`propensity` real NOT NULL,
	`drawn` integer NOT NULL,
	`contract` text,
	`day` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`draw`) REFERENCES `search_draws`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `search_outcomes_once` ON `search_outcomes` (`draw`,`worker`,`kind`);--> statement-breakpoint
CREATE INDEX `search_outcomes_worker` ON `search_outcomes` (`worker`,`kind`,`day`);--> statement-breakpoint
ALTER TABLE `workers` ADD `last_seen_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `contracts_under_way` ON `contracts` (`worker`) WHERE funded_at IS NOT NULL AND settled_at IS NULL;
--> statement-breakpoint
CREATE TRIGGER `contracts_tell_of_their_worker` AFTER UPDATE OF `funded_at`, `settled_at` ON `contracts` WHEN (new.`funded_at` IS NOT NULL AND new.`settled_at` IS NULL) <> (old.`funded_at` IS NOT NULL AND old.`settled_at` IS NULL) BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `search_draws_count` AFTER INSERT ON `search_draws` BEGIN
	INSERT INTO `search_arms` (`arm`, `searches`) VALUES (new.`arm`, 1) ON CONFLICT (`arm`) DO UPDATE SET `searches` = `searches` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `priority_shows_count` AFTER INSERT ON `search_draw_places` WHEN new.`way` = 'priority' AND new.`worker` IS NOT NULL BEGIN
	INSERT INTO `priority_shows` (`worker`, `shown`) VALUES (new.`worker`, 1) ON CONFLICT (`worker`) DO UPDATE SET `shown` = `shown` + 1;
END;
