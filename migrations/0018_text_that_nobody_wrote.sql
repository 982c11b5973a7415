-- by nobody is what was published: the steps of erased authors, which 0014 took for that, hid who wrote before them
UPDATE `draft_writers` SET `version` = coalesce((SELECT max(step.`version`) FROM `draft_files` step
  WHERE step.`exam` = `draft_writers`.`exam` AND step.`path` = `draft_writers`.`path` AND step.`base` = `draft_writers`.`base` AND step.`hash` = step.`base`), 0)
  WHERE `by` = '';
