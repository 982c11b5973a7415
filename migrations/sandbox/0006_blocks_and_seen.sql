ALTER TABLE `decided_clients` ADD `apart` integer DEFAULT false NOT NULL;
--> statement-breakpoint
INSERT INTO `weights_due` (`worker`, `marks`) SELECT DISTINCT `worker`, 1 FROM `client_blocks` JOIN `client_workers` ON `client_workers`.`client` = `client_blocks`.`client` AND `reviewed_at` IS NOT NULL WHERE true ON CONFLICT (`worker`) DO UPDATE SET `marks` = `marks` + 1;
--> statement-breakpoint
UPDATE `workers` SET `last_seen_at` = CAST(unixepoch() AS INTEGER) * 1000 + coalesce((SELECT `moved_by` FROM `test_clock` WHERE `id` = 'clock'), 0) WHERE `last_seen_at` = 0;