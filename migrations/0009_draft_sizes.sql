DROP INDEX `draft_files_by`;--> statement-breakpoint
ALTER TABLE `draft_files` ADD `bytes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `draft_files_sizes` ON `draft_files` (`exam`,`path`,`version`,`hash`,`bytes`);--> statement-breakpoint
CREATE INDEX `draft_files_author` ON `draft_files` (`by`,`bytes`);--> statement-breakpoint
-- what is packed says how long it was in the last four bytes of its gzip, the lowest first; the last eight letters of base64 hold them
UPDATE `draft_files` SET `bytes` = CASE
  WHEN `content` LIKE 'text:%' THEN length(CAST(substr(`content`, 6) AS blob))
  WHEN `content` LIKE 'base64:%' THEN (length(rtrim(`content`, '=')) - 7) * 3 / 4
  ELSE (
    SELECT (`tail` & 255) * 16777216 + (`tail` >> 8 & 255) * 65536 + (`tail` >> 16 & 255) * 256 + (`tail` >> 24 & 255)
    FROM (
      SELECT sum(max(instr('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', substr(`content`, `value` - 8, 1)) - 1, 0) << (42 - 6 * `value`))
        >> (8 * (length(`content`) - length(rtrim(`content`, '=')))) AS `tail`
      FROM json_each('[0,1,2,3,4,5,6,7]')
    )
  )
END;
