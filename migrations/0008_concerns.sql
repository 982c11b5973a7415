CREATE TABLE `concerns` (
	`id` text PRIMARY KEY NOT NULL,
	`credential_id` text NOT NULL,
	`worker` text NOT NULL,
	`kind` text NOT NULL,
	`note` text NOT NULL,
	`raised_at` integer NOT NULL,
	`settled_at` integer,
	`settled_by` text
);
--> statement-breakpoint
CREATE INDEX `concerns_of_credential` ON `concerns` (`credential_id`);--> statement-breakpoint
CREATE INDEX `concerns_of_worker` ON `concerns` (`worker`);--> statement-breakpoint
CREATE INDEX `concerns_open` ON `concerns` (`settled_at`,`raised_at`);