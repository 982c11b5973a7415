CREATE TRIGGER `contract_events_are_kept` BEFORE UPDATE ON `contract_events` BEGIN SELECT RAISE(ABORT, 'contract events are immutable'); END;
--> statement-breakpoint
CREATE TRIGGER `contract_events_stay` BEFORE DELETE ON `contract_events` BEGIN SELECT RAISE(ABORT, 'contract events are immutable'); END;
