DROP TRIGGER `payout_accounts_count_insert`;
--> statement-breakpoint
CREATE TRIGGER `payout_accounts_count_insert` AFTER INSERT ON `payout_accounts` WHEN EXISTS (SELECT 1 FROM `workers` WHERE `id` = new.`worker`) BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `payout_accounts_become_shared` AFTER INSERT ON `payout_accounts` WHEN EXISTS (SELECT 1 FROM `payout_accounts` WHERE `account` = new.`account` AND `worker` <> new.`worker`) BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) SELECT `worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`) FROM (SELECT new.`worker` AS `worker` UNION SELECT `worker` FROM (SELECT p.`worker` FROM `payout_accounts` p LEFT JOIN `identities` i ON i.`worker` = p.`worker` WHERE p.`account` = new.`account` ORDER BY i.`state` IS 'verified' DESC, p.`registered_at`, p.`worker` LIMIT 2)) WHERE true ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
	INSERT INTO `shared_accounts` (`account`, `shared_at`) VALUES (new.`account`, new.`registered_at`) ON CONFLICT (`account`) DO NOTHING;
END;
