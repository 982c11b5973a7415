CREATE TABLE `detector_changes` (
	`version` integer PRIMARY KEY NOT NULL,
	`act` text NOT NULL,
	`model` text,
	`prevalence` real,
	`operator` text NOT NULL,
	`note` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `detector_differences` (
	`model` text NOT NULL,
	`nth` integer NOT NULL,
	`surface` text NOT NULL,
	`ref` text NOT NULL,
	`past` integer NOT NULL,
	`serving` text NOT NULL,
	`candidate` text NOT NULL,
	`serving_said` real NOT NULL,
	`candidate_said` real NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`model`, `nth`)
);
--> statement-breakpoint
CREATE TABLE `detector_models` (
	`id` text PRIMARY KEY NOT NULL,
	`version` text NOT NULL,
	`state` text NOT NULL,
	`file` text NOT NULL,
	`comparison` text NOT NULL,
	`learnt` integer NOT NULL,
	`trained_at` integer NOT NULL,
	`judged` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `detector_models_tried` ON `detector_models` (`state`) WHERE state = 'tried';--> statement-breakpoint
CREATE TABLE `detector_trainings` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`fault` text,
	`step` integer NOT NULL,
	`steps` integer NOT NULL,
	`learnt` integer NOT NULL,
	`held_out` integer NOT NULL,
	`operator` text NOT NULL,
	`started_at` integer NOT NULL,
	`beat_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `detector_trainings_running` ON `detector_trainings` (`state`) WHERE state = 'running';--> statement-breakpoint
CREATE INDEX `detector_trainings_started` ON `detector_trainings` (`started_at`);