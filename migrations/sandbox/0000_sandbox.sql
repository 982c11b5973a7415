CREATE TABLE `badges` (
	`worker` text NOT NULL,
	`credential` text NOT NULL,
	`exam` text NOT NULL,
	`level` integer NOT NULL,
	`title` text NOT NULL,
	`status` text NOT NULL,
	`version` integer NOT NULL,
	`url` text NOT NULL,
	`image` text NOT NULL,
	`jwt` text NOT NULL,
	`issued_at` integer NOT NULL,
	`valid_until` integer NOT NULL,
	`verified_at` integer NOT NULL,
	PRIMARY KEY(`worker`, `credential`),
	FOREIGN KEY (`worker`) REFERENCES `workers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `ranking_signals` (
	`worker` text NOT NULL,
	`exam` text NOT NULL,
	`version` integer NOT NULL,
	`withdrawn` integer NOT NULL,
	`prior_mean` real NOT NULL,
	`equivalent_reviews` real NOT NULL,
	`valid_until` integer NOT NULL,
	`explanation_ja` text NOT NULL,
	`explanation_en` text NOT NULL,
	PRIMARY KEY(`worker`, `exam`),
	FOREIGN KEY (`worker`) REFERENCES `workers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `faults` (
	`id` text PRIMARY KEY NOT NULL,
	`status` integer,
	`delay_ms` integer NOT NULL,
	`remaining` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `past_reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`worker` text NOT NULL,
	`client` text NOT NULL,
	`at` integer NOT NULL,
	`skill` integer NOT NULL,
	`quality` integer NOT NULL,
	`schedule` integer NOT NULL,
	`communication` integer NOT NULL,
	`partnership` integer NOT NULL,
	`comment_ja` text NOT NULL,
	`comment_en` text NOT NULL,
	FOREIGN KEY (`worker`) REFERENCES `workers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `past_reviews_worker` ON `past_reviews` (`worker`,`at`);--> statement-breakpoint
CREATE TABLE `review_norms` (
	`id` text PRIMARY KEY NOT NULL,
	`mean` real NOT NULL,
	`sd` real NOT NULL
);
--> statement-breakpoint
CREATE TABLE `review_totals` (
	`worker` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`clients` integer NOT NULL,
	`skill` integer NOT NULL,
	`quality` integer NOT NULL,
	`schedule` integer NOT NULL,
	`communication` integer NOT NULL,
	`partnership` integer NOT NULL,
	FOREIGN KEY (`worker`) REFERENCES `workers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `workers` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`reading` text NOT NULL,
	`categories` text NOT NULL,
	`skills_ja` text NOT NULL,
	`skills_en` text NOT NULL,
	`hourly_rate` integer NOT NULL,
	`joined_at` integer NOT NULL,
	`standing` text NOT NULL,
	`standing_version` integer NOT NULL,
	`erased_at` integer
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`worker` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`due_at` integer NOT NULL,
	`held_until` integer NOT NULL,
	`last_outcome` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`due_at`);--> statement-breakpoint
CREATE TABLE `trial_draws` (
	`day` text NOT NULL,
	`category` text NOT NULL,
	`position` integer NOT NULL,
	`worker` text NOT NULL,
	`propensity` real NOT NULL,
	`pool_size` integer NOT NULL,
	`first_shown_at` integer NOT NULL,
	PRIMARY KEY(`day`, `category`, `position`, `worker`, `pool_size`)
);
--> statement-breakpoint
CREATE TABLE `idempotent_calls` (
	`key` text PRIMARY KEY NOT NULL,
	`fingerprint` text NOT NULL,
	`started_at` integer NOT NULL,
	`answer` text
);
--> statement-breakpoint
CREATE TABLE `received_events` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`body` text NOT NULL,
	`received_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `used_tokens` (
	`jti` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
