DROP INDEX `outbox_event_of`;--> statement-breakpoint
ALTER TABLE `outbox` RENAME COLUMN `letter` TO `request`;--> statement-breakpoint
ALTER TABLE `outbox` ADD `about` text;--> statement-breakpoint
CREATE INDEX `outbox_about` ON `outbox` (`about`);--> statement-breakpoint
UPDATE `outbox` SET `about` = CASE WHEN `kind` = 'event' THEN `request` ->> '$.body.data.worker' ELSE substr(`stream`, instr(`stream`, ':') + 1) END;
