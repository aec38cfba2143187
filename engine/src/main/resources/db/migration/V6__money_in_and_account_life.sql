-- When wages are due, how money comes in, and how an account begins and ends. The conventions are
-- those of the first migration.

-- ---------------------------------------------------------------- pay dates
-- The day a file names may be a rest day: what is kept as the pay date is the last working day
-- before it, and beside it the day that the file named. Leavers and supplements are paid at once.
ALTER TABLE payroll_batch ADD COLUMN moved_from date CHECK (moved_from > pay_date);
ALTER TABLE payroll_batch ADD COLUMN at_once boolean NOT NULL DEFAULT false;
