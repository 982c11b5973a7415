CREATE TABLE `credential_events` (
	`credential_id` text NOT NULL,
	`version` integer NOT NULL,
	`at` integer NOT NULL,
	`change` text NOT NULL,
	`from_status` text,
	`to_status` text NOT NULL,
	`cause` text NOT NULL,
	`actor` text NOT NULL,
	`why` text NOT NULL,
	`other` text,
	PRIMARY KEY(`credential_id`, `version`)
);
--> statement-breakpoint
ALTER TABLE `credentials` ADD `awarded_at` integer;--> statement-breakpoint
ALTER TABLE `credentials` ADD `edition` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `credentials` ADD `predecessor` text;--> statement-breakpoint
ALTER TABLE `credentials` ADD `relation` text;--> statement-breakpoint
ALTER TABLE `credentials` ADD `remind_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `credentials_one_per_edition` ON `credentials` (`attempt_id`,`edition`);--> statement-breakpoint
CREATE UNIQUE INDEX `credentials_one_successor` ON `credentials` (`predecessor`,`relation`);--> statement-breakpoint
CREATE INDEX `credentials_by_reminder` ON `credentials` (`remind_at`) WHERE status = 'active';--> statement-breakpoint
CREATE INDEX `credentials_revoked` ON `credentials` (`status_list`,`status_index`) WHERE status = 'revoked';--> statement-breakpoint
DROP INDEX `credentials_one_per_attempt`;--> statement-breakpoint
UPDATE `credentials` SET `remind_at` = `valid_until` - 5184000000;--> statement-breakpoint
INSERT INTO `credential_events` SELECT `id`, 1, `issued_at`, 'issued', NULL, 'active', 'pass', '', `attempt_id`, NULL FROM `credentials`;--> statement-breakpoint
INSERT INTO `credential_events`
	WITH `notes` AS (
		SELECT substr(`id`, 8, instr(substr(`id`, 8), ':') - 1) AS `credential`, CAST(substr(`id`, 8 + instr(substr(`id`, 8), ':')) AS integer) AS `version`, `received_at`, substr(`type`, 12) AS `change`,
			CASE `type` WHEN 'credential.reinstated' THEN 'active' WHEN 'credential.revoked' THEN 'revoked' WHEN 'credential.expired' THEN 'expired' ELSE 'suspended' END AS `status`, `data`
		FROM `inbox` WHERE `id` LIKE 'status:crd\_%:%' ESCAPE '\'
	)
	SELECT `credential`, `version`, `received_at`, `change`, coalesce(lag(`status`) OVER (PARTITION BY `credential` ORDER BY `version`), 'active'), `status`,
		`data` ->> 'cause', coalesce(`data` ->> 'actor', ''), coalesce(`data` ->> 'why', ''), NULL FROM `notes` WHERE `version` > 1;
