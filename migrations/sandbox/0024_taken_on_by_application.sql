-- who had applied for the job when the contract was proposed had taken it on with it
UPDATE `contracts` SET `taken_on_at` = `created_at` WHERE `job` IS NOT NULL AND (`taken_on_at` IS NULL OR `taken_on_at` > `created_at`) AND EXISTS (SELECT 1 FROM `applications` WHERE `applications`.`job` = `contracts`.`job` AND `applications`.`worker` = `contracts`.`worker` AND `applications`.`created_at` <= `contracts`.`created_at` AND `applications`.`state` <> 'withdrawn');
--> statement-breakpoint
-- the first contract is the one that was agreed first: with the later of the payment and the worker's word
INSERT INTO `first_reviews` (`worker`, `exam`, `version`, `cohort`, `n`, `stars`)
SELECT `worker`, json_extract(`counted`, '$[0]'), json_extract(`counted`, '$[1]'), json_extract(`counted`, '$[2]'), json_extract(`counted`, '$[3]'), json_extract(`counted`, '$[4]') FROM (
  SELECT `reviewed`.`worker`, (
    SELECT json_array(`category`, coalesce(`version`, ''), CASE WHEN `credential` IS NULL THEN 'other' ELSE 'certified' END, count(*), sum(`stars`)) FROM (
      SELECT `category`, `credential`, `version`, `stars` FROM (
        SELECT `begun`.`category`, `begun`.`credential`,
          coalesce((SELECT `exam_version` FROM `badges` WHERE `badges`.`credential` = `begun`.`credential` LIMIT 1), (SELECT `version` FROM `exam_versions` WHERE `exam` = `begun`.`category` AND `since` <= `begun`.`agreed_at` ORDER BY `since` DESC LIMIT 1)) AS `version`,
          `skill` + `quality` + `schedule` + `communication` + `partnership` AS `stars`, `review_pairs`.`revealed_at`, `reviews`.`id`,
          row_number() OVER (PARTITION BY `reviews`.`author` ORDER BY `reviews`.`written_at`, `reviews`.`id`) AS `nth`
        FROM (SELECT `id`, `category`, max(`funded_at`, `taken_on_at`) AS `agreed_at`, (SELECT `credential` FROM `skill_contexts` WHERE `contract` = `contracts`.`id`) AS `credential`
          FROM `contracts` WHERE `contracts`.`worker` = `reviewed`.`worker` AND `funded_at` IS NOT NULL AND `taken_on_at` IS NOT NULL ORDER BY `agreed_at`, `id` LIMIT 1) AS `begun`
        JOIN `reviews` ON `reviews`.`subject` = `reviewed`.`worker` AND `reviews`.`side` = 'client'
        JOIN `review_pairs` ON `review_pairs`.`contract` = `reviews`.`contract` AND `review_pairs`.`revealed_at` IS NOT NULL AND `review_pairs`.`category` = `begun`.`category`
        WHERE EXISTS (SELECT 1 FROM `contracts` AS `paid` WHERE `paid`.`id` = `reviews`.`contract` AND `paid`.`status` IN ('released', 'decided') AND `paid`.`released` > 0 AND `paid`.`refunded` = 0)
          AND NOT EXISTS (SELECT 1 FROM `client_blocks` JOIN `review_blocks` ON `review_blocks`.`id` = `client_blocks`.`block` AND `review_blocks`.`state` <> 'independent' WHERE `client_blocks`.`client` = `reviews`.`author`)
      ) WHERE `nth` = 1 ORDER BY `revealed_at`, `id` LIMIT 3
    ) GROUP BY `category`, `version`, `credential`
  ) AS `counted` FROM (SELECT DISTINCT `subject` AS `worker` FROM `reviews` WHERE `side` = 'client') AS `reviewed`
  WHERE EXISTS (SELECT 1 FROM `workers` WHERE `workers`.`id` = `reviewed`.`worker` AND `erased_at` IS NULL)
    AND NOT EXISTS (SELECT 1 FROM `past_reviews` WHERE `past_reviews`.`worker` = `reviewed`.`worker`)
) WHERE `counted` IS NOT NULL ON CONFLICT (`worker`) DO UPDATE SET `exam` = excluded.`exam`, `version` = excluded.`version`, `cohort` = excluded.`cohort`, `n` = excluded.`n`, `stars` = excluded.`stars`;
