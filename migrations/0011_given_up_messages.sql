ALTER TABLE `outbox` ADD `dead_as` text;--> statement-breakpoint
CREATE INDEX `outbox_given_up` ON `outbox` (`destination`,`next_at`) WHERE dead_as = 'given-up';--> statement-breakpoint
-- until now only the words told what was given up; it may go out again a twenty-fourth of its way later, within thirty days
UPDATE `outbox` SET
  `dead_as` = CASE WHEN instr(`last_error`, '; given up at ') > 0 THEN 'given-up' ELSE 'refused' END,
  `next_at` = CASE
    WHEN instr(`last_error`, '; given up at ') = 0 OR `last_error` IS NULL THEN `next_at`
    WHEN `settled_at` + (`settled_at` - `created_at`) / 24 < `created_at` + 2592000000 THEN `settled_at` + (`settled_at` - `created_at`) / 24
    ELSE 8640000000000000
  END
WHERE `status` = 'dead';
