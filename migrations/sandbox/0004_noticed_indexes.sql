CREATE INDEX `badges_passed` ON `badges` (`exam`,`issued_at`);--> statement-breakpoint
CREATE INDEX `workers_joined` ON `workers` (`joined_at`);