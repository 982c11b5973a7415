CREATE TABLE `identities` (
	`worker` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`operator` text NOT NULL,
	`note` text NOT NULL,
	`decided_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `payout_accounts` (
	`worker` text PRIMARY KEY NOT NULL,
	`account` text NOT NULL,
	`ending` text NOT NULL,
	`registered_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `payout_accounts_account` ON `payout_accounts` (`account`,`registered_at`,`worker`);--> statement-breakpoint
CREATE TABLE `shared_accounts` (
	`account` text PRIMARY KEY NOT NULL,
	`shared_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `shared_accounts_at` ON `shared_accounts` (`shared_at`,`account`);
--> statement-breakpoint
CREATE TRIGGER `payout_accounts_count_insert` AFTER INSERT ON `payout_accounts` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) SELECT `worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`) FROM (SELECT new.`worker` AS `worker` UNION SELECT `worker` FROM (SELECT p.`worker` FROM `payout_accounts` p LEFT JOIN `identities` i ON i.`worker` = p.`worker` WHERE p.`account` = new.`account` ORDER BY i.`state` IS 'verified' DESC, p.`registered_at`, p.`worker` LIMIT 2)) WHERE true ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
	INSERT INTO `shared_accounts` (`account`, `shared_at`) SELECT new.`account`, new.`registered_at` WHERE EXISTS (SELECT 1 FROM `payout_accounts` WHERE `account` = new.`account` AND `worker` <> new.`worker`) ON CONFLICT (`account`) DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER `payout_accounts_count_update` AFTER UPDATE ON `payout_accounts` WHEN old.`account` <> new.`account` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) SELECT `worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`) FROM (SELECT new.`worker` AS `worker` UNION SELECT `worker` FROM (SELECT p.`worker` FROM `payout_accounts` p LEFT JOIN `identities` i ON i.`worker` = p.`worker` WHERE p.`account` = old.`account` ORDER BY i.`state` IS 'verified' DESC, p.`registered_at`, p.`worker` LIMIT 2) UNION SELECT `worker` FROM (SELECT p.`worker` FROM `payout_accounts` p LEFT JOIN `identities` i ON i.`worker` = p.`worker` WHERE p.`account` = new.`account` ORDER BY i.`state` IS 'verified' DESC, p.`registered_at`, p.`worker` LIMIT 2)) WHERE true ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
	DELETE FROM `shared_accounts` WHERE `account` = old.`account` AND (SELECT count(*) FROM (SELECT 1 FROM `payout_accounts` WHERE `account` = old.`account` LIMIT 2)) < 2;
	INSERT INTO `shared_accounts` (`account`, `shared_at`) SELECT new.`account`, new.`registered_at` WHERE EXISTS (SELECT 1 FROM `payout_accounts` WHERE `account` = new.`account` AND `worker` <> new.`worker`) ON CONFLICT (`account`) DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER `payout_accounts_count_delete` AFTER DELETE ON `payout_accounts` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) SELECT `worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`) FROM (SELECT old.`worker` AS `worker` UNION SELECT `worker` FROM (SELECT p.`worker` FROM `payout_accounts` p LEFT JOIN `identities` i ON i.`worker` = p.`worker` WHERE p.`account` = old.`account` ORDER BY i.`state` IS 'verified' DESC, p.`registered_at`, p.`worker` LIMIT 2)) WHERE true ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
	DELETE FROM `shared_accounts` WHERE `account` = old.`account` AND (SELECT count(*) FROM (SELECT 1 FROM `payout_accounts` WHERE `account` = old.`account` LIMIT 2)) < 2;
END;
--> statement-breakpoint
CREATE TRIGGER `identities_count_insert` AFTER INSERT ON `identities` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) SELECT `worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`) FROM (SELECT new.`worker` AS `worker` UNION SELECT `worker` FROM (SELECT p.`worker` FROM `payout_accounts` p LEFT JOIN `identities` i ON i.`worker` = p.`worker` WHERE p.`account` = (SELECT `account` FROM `payout_accounts` WHERE `worker` = new.`worker`) ORDER BY i.`state` IS 'verified' DESC, p.`registered_at`, p.`worker` LIMIT 2)) WHERE true ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `identities_count_update` AFTER UPDATE ON `identities` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) SELECT `worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`) FROM (SELECT new.`worker` AS `worker` UNION SELECT `worker` FROM (SELECT p.`worker` FROM `payout_accounts` p LEFT JOIN `identities` i ON i.`worker` = p.`worker` WHERE p.`account` = (SELECT `account` FROM `payout_accounts` WHERE `worker` = new.`worker`) ORDER BY i.`state` IS 'verified' DESC, p.`registered_at`, p.`worker` LIMIT 2)) WHERE true ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `identities_count_delete` AFTER DELETE ON `identities` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) SELECT `worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`) FROM (SELECT old.`worker` AS `worker` UNION SELECT `worker` FROM (SELECT p.`worker` FROM `payout_accounts` p LEFT JOIN `identities` i ON i.`worker` = p.`worker` WHERE p.`account` = (SELECT `account` FROM `payout_accounts` WHERE `worker` = old.`worker`) ORDER BY i.`state` IS 'verified' DESC, p.`registered_at`, p.`worker` LIMIT 2)) WHERE true ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
