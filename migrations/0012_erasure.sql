CREATE TABLE `tombstones` (
	`tombstone` text PRIMARY KEY NOT NULL,
	`erased_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `leaks_by` ON `leaks` (`by`);--> statement-breakpoint
CREATE INDEX `exam_proposals_by` ON `exam_proposals` (`by`);--> statement-breakpoint
CREATE INDEX `exam_proposals_decided_by` ON `exam_proposals` (`decided_by`);--> statement-breakpoint
CREATE INDEX `exam_publications_by` ON `exam_publications` (`by`);--> statement-breakpoint
CREATE INDEX `attempt_events_of_actor` ON `attempt_events` (`actor`) WHERE actor not in ('kentei', 'marketplace');--> statement-breakpoint
CREATE INDEX `concerns_of_settler` ON `concerns` (`settled_by`);--> statement-breakpoint
CREATE INDEX `integrity_cases_of_actor` ON `integrity_cases` (`actor`);--> statement-breakpoint
CREATE INDEX `credential_events_of_actor` ON `credential_events` (`actor`) WHERE actor <> '';--> statement-breakpoint
CREATE INDEX `workers_named_tombstones` ON `workers` (`erased_at`) WHERE erased_at is not null;
--> statement-breakpoint
UPDATE `inbox` SET `data` = '' WHERE `data` <> '';
--> statement-breakpoint
UPDATE `attempt_events` SET `data` = '{}', `actor` = CASE WHEN `actor` IN ('kentei', 'marketplace') THEN `actor` ELSE '' END WHERE `attempt_id` IN (SELECT `id` FROM `attempts` WHERE `worker` = '');
--> statement-breakpoint
UPDATE `attempts` SET `credential` = NULL WHERE `worker` = '';
--> statement-breakpoint
UPDATE `integrity_cases` SET `credential_id` = '', `message_id` = NULL, `marketplace_case` = NULL WHERE `worker` = '';
--> statement-breakpoint
UPDATE `credential_events` SET `why` = '', `other` = NULL WHERE `credential_id` IN (SELECT `id` FROM `credentials` WHERE `worker` = '');
--> statement-breakpoint
UPDATE `credentials` SET `attempt_id` = `id`, `edition` = 1, `predecessor` = NULL, `relation` = NULL, `given_at` = NULL, `awarded_at` = NULL, `remind_at` = NULL WHERE `worker` = '';
