CREATE TRIGGER `contract_events_are_kept` BEFORE UPDATE ON `contract_events` BEGIN SELECT RAISE(ABORT, 'contract events are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `contract_events_stay` BEFORE DELETE ON `contract_events` BEGIN SELECT RAISE(ABORT, 'contract events are immutable'); END;

--> statement-breakpoint
CREATE TRIGGER `reviews_are_kept` BEFORE UPDATE ON `reviews` BEGIN SELECT RAISE(ABORT, 'reviews are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `review_replies_are_kept` BEFORE UPDATE ON `review_replies` BEGIN SELECT RAISE(ABORT, 'replies are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `hidden_answers_are_kept` BEFORE UPDATE ON `hidden_answers` BEGIN SELECT RAISE(ABORT, 'hidden answers are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `hidden_reads_are_kept` BEFORE UPDATE ON `hidden_reads` BEGIN SELECT RAISE(ABORT, 'the audit log is immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `hidden_reads_stay` BEFORE DELETE ON `hidden_reads` BEGIN SELECT RAISE(ABORT, 'the audit log is immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `hidden_batches_are_kept` BEFORE UPDATE ON `hidden_batches` BEGIN SELECT RAISE(ABORT, 'published aggregates are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `hidden_batches_stay` BEFORE DELETE ON `hidden_batches` BEGIN SELECT RAISE(ABORT, 'published aggregates are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `hidden_batch_members_are_kept` BEFORE UPDATE ON `hidden_batch_members` BEGIN SELECT RAISE(ABORT, 'published aggregates are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `hidden_batch_members_stay` BEFORE DELETE ON `hidden_batch_members` BEGIN SELECT RAISE(ABORT, 'published aggregates are immutable'); END;

--> statement-breakpoint
CREATE TRIGGER `ledger_entries_are_kept` BEFORE UPDATE ON `ledger_entries` BEGIN SELECT RAISE(ABORT, 'ledger entries are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `ledger_entries_stay` BEFORE DELETE ON `ledger_entries` BEGIN SELECT RAISE(ABORT, 'ledger entries are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `transfers_begin_pending` BEFORE INSERT ON `transfers` WHEN NEW.`state` <> 'pending' BEGIN SELECT RAISE(ABORT, 'transfers begin pending'); END;
--> statement-breakpoint
CREATE TRIGGER `transfers_resolve_once` BEFORE UPDATE ON `transfers` WHEN OLD.`state` <> 'pending' OR NEW.`state` = 'pending' OR NEW.`amount` <> OLD.`amount` OR NEW.`party` <> OLD.`party` OR NEW.`contract` <> OLD.`contract` OR NEW.`kind` <> OLD.`kind` BEGIN SELECT RAISE(ABORT, 'transfers resolve once'); END;
--> statement-breakpoint
CREATE TRIGGER `transfers_stay` BEFORE DELETE ON `transfers` BEGIN SELECT RAISE(ABORT, 'transfers are kept'); END;
--> statement-breakpoint
CREATE TRIGGER `skill_contexts_are_kept` BEFORE UPDATE ON `skill_contexts` BEGIN SELECT RAISE(ABORT, 'skill contexts are frozen'); END;

--> statement-breakpoint
CREATE TRIGGER `moderation_events_are_kept` BEFORE UPDATE ON `moderation_events` BEGIN SELECT RAISE(ABORT, 'moderation events are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `moderation_events_stay` BEFORE DELETE ON `moderation_events` BEGIN SELECT RAISE(ABORT, 'moderation events are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `moderation_decisions_are_kept` BEFORE UPDATE ON `moderation_decisions` BEGIN SELECT RAISE(ABORT, 'statements of reasons are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `moderation_decisions_stay` BEFORE DELETE ON `moderation_decisions` BEGIN SELECT RAISE(ABORT, 'statements of reasons are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `labels_are_kept` BEFORE UPDATE ON `labels` BEGIN SELECT RAISE(ABORT, 'labels are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `labels_stay` BEFORE DELETE ON `labels` BEGIN SELECT RAISE(ABORT, 'labels are immutable'); END;
--> statement-breakpoint
CREATE VIRTUAL TABLE `job_index` USING fts5(`text`, content='', contentless_delete=1, tokenize='trigram case_sensitive 1');
--> statement-breakpoint
CREATE VIRTUAL TABLE `job_terms` USING fts5vocab(`job_index`, 'row');
--> statement-breakpoint
CREATE VIRTUAL TABLE `job_instances` USING fts5vocab(`job_index`, 'instance');
--> statement-breakpoint
CREATE TRIGGER `jobs_enter_the_search` AFTER INSERT ON `jobs` WHEN new.`listed` BEGIN
	INSERT INTO `job_listings` (`doc`, `category`, `pay_type`, `pay_amount`, `closes_at`, `rank`) VALUES (new.`doc`, new.`category`, new.`pay_type`, new.`pay_amount`, new.`closes_at`, new.`rank`);
	INSERT INTO `job_index` (`rowid`, `text`) VALUES (new.`doc`, new.`search_text`);
END;
--> statement-breakpoint
CREATE TRIGGER `jobs_keep_their_listing` AFTER UPDATE ON `jobs` WHEN old.`listed` OR new.`listed` BEGIN
	DELETE FROM `job_listings` WHERE `doc` = old.`doc`;
	INSERT INTO `job_listings` (`doc`, `category`, `pay_type`, `pay_amount`, `closes_at`, `rank`) SELECT new.`doc`, new.`category`, new.`pay_type`, new.`pay_amount`, new.`closes_at`, new.`rank` WHERE new.`listed`;
END;
--> statement-breakpoint
CREATE TRIGGER `jobs_keep_their_words` AFTER UPDATE ON `jobs` WHEN old.`listed` <> new.`listed` OR old.`search_text` <> new.`search_text` BEGIN
	DELETE FROM `job_index` WHERE `rowid` = old.`doc`;
	INSERT INTO `job_index` (`rowid`, `text`) SELECT new.`doc`, new.`search_text` WHERE new.`listed`;
END;
--> statement-breakpoint
CREATE TRIGGER `jobs_leave_the_search` AFTER DELETE ON `jobs` BEGIN
	DELETE FROM `job_listings` WHERE `doc` = old.`doc`;
	DELETE FROM `job_index` WHERE `rowid` = old.`doc`;
END;
--> statement-breakpoint
CREATE TRIGGER `jobs_follow_their_client` AFTER UPDATE OF `standing` ON `clients` WHEN old.`standing` <> new.`standing` BEGIN
	UPDATE `jobs` SET `client_standing` = new.`standing` WHERE `client` = new.`id`;
END;
--> statement-breakpoint
CREATE VIRTUAL TABLE `worker_index` USING fts5(`text`, content='', contentless_delete=1, tokenize='trigram case_sensitive 1');
--> statement-breakpoint
CREATE VIRTUAL TABLE `worker_terms` USING fts5vocab(`worker_index`, 'row');
--> statement-breakpoint
CREATE VIRTUAL TABLE `worker_instances` USING fts5vocab(`worker_index`, 'instance');
--> statement-breakpoint
CREATE TRIGGER `worker_texts_enter` AFTER INSERT ON `worker_texts` BEGIN
	INSERT INTO `worker_index` (`rowid`, `text`) VALUES (new.`doc`, new.`text`);
END;
--> statement-breakpoint
CREATE TRIGGER `worker_texts_change` AFTER UPDATE ON `worker_texts` BEGIN
	DELETE FROM `worker_index` WHERE `rowid` = old.`doc`;
	INSERT INTO `worker_index` (`rowid`, `text`) VALUES (new.`doc`, new.`text`);
END;
--> statement-breakpoint
CREATE TRIGGER `worker_texts_leave` AFTER DELETE ON `worker_texts` BEGIN
	DELETE FROM `worker_index` WHERE `rowid` = old.`doc`;
END;
--> statement-breakpoint
CREATE TRIGGER `workers_erased` AFTER UPDATE OF `erased_at` ON `workers` WHEN new.`erased_at` IS NOT NULL BEGIN
	DELETE FROM `worker_texts` WHERE `worker` = new.`id`;
	UPDATE `applications` SET `message` = '', `state` = CASE `state` WHEN 'open' THEN 'withdrawn' ELSE `state` END WHERE `worker` = new.`id`;
END;
--> statement-breakpoint
CREATE TRIGGER `workers_count_insert` AFTER INSERT ON `workers` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`id`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `workers_count_update` AFTER UPDATE ON `workers` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`id`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `workers_count_delete` AFTER DELETE ON `workers` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (old.`id`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `review_totals_count_insert` AFTER INSERT ON `review_totals` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `review_totals_count_update` AFTER UPDATE ON `review_totals` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `review_totals_count_delete` AFTER DELETE ON `review_totals` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (old.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `badges_count_insert` AFTER INSERT ON `badges` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `badges_count_update` AFTER UPDATE ON `badges` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `badges_count_delete` AFTER DELETE ON `badges` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (old.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `ranking_signals_count_insert` AFTER INSERT ON `ranking_signals` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `ranking_signals_count_update` AFTER UPDATE ON `ranking_signals` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (new.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `ranking_signals_count_delete` AFTER DELETE ON `ranking_signals` BEGIN
	INSERT INTO `worker_changes` (`worker`, `seq`) VALUES (old.`worker`, (SELECT coalesce(max(`seq`), 0) + 1 FROM `worker_changes`)) ON CONFLICT (`worker`) DO UPDATE SET `seq` = excluded.`seq`;
END;
--> statement-breakpoint
CREATE TRIGGER `contracts_mark_their_client` AFTER UPDATE OF `status` ON `contracts` WHEN old.`status` <> new.`status` BEGIN
	INSERT INTO `client_histories` (`client`, `marks`, `counted`, `concluded`, `paid`, `accepted`, `acceptance_days`, `requests`, `request_sum`, `score`) VALUES (new.`client`, 1, 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT (`client`) DO UPDATE SET `marks` = `marks` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `reviews_mark_their_client` AFTER UPDATE OF `revealed_at` ON `review_pairs` WHEN old.`revealed_at` IS NULL AND new.`revealed_at` IS NOT NULL BEGIN
	INSERT INTO `client_histories` (`client`, `marks`, `counted`, `concluded`, `paid`, `accepted`, `acceptance_days`, `requests`, `request_sum`, `score`) VALUES (new.`client`, 1, 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT (`client`) DO UPDATE SET `marks` = `marks` + 1;
END;
