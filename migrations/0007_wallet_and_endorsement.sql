CREATE TABLE `endorsements` (
	`exam` text PRIMARY KEY NOT NULL,
	`jwt` text NOT NULL,
	`public_jwk` text NOT NULL,
	`received_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `credentials` ADD `wallet_export` text;--> statement-breakpoint
ALTER TABLE `workers` ADD `identity` text;