CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`job` text NOT NULL,
	`client` text NOT NULL,
	`worker` text,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`answered_at` integer,
	FOREIGN KEY (`job`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_once` ON `invitations` (`job`,`worker`);--> statement-breakpoint
CREATE INDEX `invitations_worker` ON `invitations` (`worker`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `invitations_client` ON `invitations` (`client`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `invitations_open` ON `invitations` (`worker`) WHERE state = 'open';--> statement-breakpoint
CREATE TABLE `weekly_notices` (
	`worker` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL,
	`due_at` integer NOT NULL,
	`sent_at` integer
);
--> statement-breakpoint
CREATE INDEX `weekly_notices_due` ON `weekly_notices` (`due_at`);--> statement-breakpoint
ALTER TABLE `job_listings` ADD `welcomes_newcomers` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `job_listings_starters` ON `job_listings` (`category`,`rank`) WHERE welcomes_newcomers OR (pay_type = 'fixed' AND pay_amount <= 30000);--> statement-breakpoint
ALTER TABLE `jobs` ADD `welcomes_newcomers` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `notifications` ADD `once` text;--> statement-breakpoint
CREATE UNIQUE INDEX `notifications_once` ON `notifications` (`once`);
--> statement-breakpoint
DROP TRIGGER `jobs_enter_the_search`;
--> statement-breakpoint
CREATE TRIGGER `jobs_enter_the_search` AFTER INSERT ON `jobs` WHEN new.`listed` BEGIN
	INSERT INTO `job_listings` (`doc`, `category`, `pay_type`, `pay_amount`, `closes_at`, `rank`, `welcomes_newcomers`) VALUES (new.`doc`, new.`category`, new.`pay_type`, new.`pay_amount`, new.`closes_at`, new.`rank`, new.`welcomes_newcomers`);
	INSERT INTO `job_index` (`rowid`, `text`) VALUES (new.`doc`, new.`search_text`);
END;
--> statement-breakpoint
DROP TRIGGER `jobs_keep_their_listing`;
--> statement-breakpoint
CREATE TRIGGER `jobs_keep_their_listing` AFTER UPDATE ON `jobs` WHEN old.`listed` OR new.`listed` BEGIN
	DELETE FROM `job_listings` WHERE `doc` = old.`doc`;
	INSERT INTO `job_listings` (`doc`, `category`, `pay_type`, `pay_amount`, `closes_at`, `rank`, `welcomes_newcomers`) SELECT new.`doc`, new.`category`, new.`pay_type`, new.`pay_amount`, new.`closes_at`, new.`rank`, new.`welcomes_newcomers` WHERE new.`listed`;
END;
--> statement-breakpoint
CREATE TRIGGER `jobs_close_their_invitations` AFTER UPDATE ON `jobs` WHEN old.`listed` AND NOT new.`listed` BEGIN
	UPDATE `invitations` SET `state` = 'closed' WHERE `job` = new.`id` AND `state` = 'open';
END;
--> statement-breakpoint
CREATE TRIGGER `workers_begin_their_weeks` AFTER INSERT ON `workers` BEGIN
	INSERT OR IGNORE INTO `weekly_notices` (`worker`, `since`, `due_at`, `sent_at`) VALUES (new.`id`, new.`joined_at`, new.`joined_at`, NULL);
END;
--> statement-breakpoint
CREATE TRIGGER `badges_begin_their_weeks` AFTER INSERT ON `badges` WHEN new.`status` = 'active' AND NOT EXISTS (SELECT 1 FROM `badges` WHERE `worker` = new.`worker` AND `exam` = new.`exam` AND `status` = 'active' AND `issued_at` < new.`issued_at`) BEGIN
	INSERT INTO `weekly_notices` (`worker`, `since`, `due_at`, `sent_at`) VALUES (new.`worker`, new.`issued_at`, new.`issued_at`, NULL) ON CONFLICT (`worker`) DO UPDATE SET `since` = excluded.`since`, `due_at` = max(excluded.`since`, coalesce(`sent_at` + 604800000, excluded.`since`)) WHERE excluded.`since` > `since`;
END;
