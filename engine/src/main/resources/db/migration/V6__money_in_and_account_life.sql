-- When wages are due, how money comes in, and how an account begins and ends. The conventions are
-- those of the first migration.

-- ---------------------------------------------------------------- pay dates
-- The day a file names may be a rest day: what is kept as the pay date is the last working day
-- before it, and beside it the day that the file named. Leavers and supplements are paid at once.
ALTER TABLE payroll_batch ADD COLUMN moved_from date CHECK (moved_from > pay_date);
ALTER TABLE payroll_batch ADD COLUMN at_once boolean NOT NULL DEFAULT false;
CREATE INDEX payroll_batch_at_once ON payroll_batch (bank, pay_date) WHERE at_once;

-- ---------------------------------------------------------------- labour cost that is due
-- What owner and contractor agreed on a project's labour cost, and told the bank: from when, how
-- often, on which day, and an amount of each cycle or a share of the certified progress.
CREATE TABLE labour_term (
  bank        integer NOT NULL,
  project     bigint  NOT NULL,
  from_date   date    NOT NULL,
  until_date  date,
  document    bytea   NOT NULL,              -- SHA-256 of the signed paper
  cycle       text    NOT NULL CHECK (cycle IN ('MONTH', 'WEEK')),
  due_day     integer NOT NULL,              -- of the month, or of the week from Monday
  amount      bigint  CHECK (amount > 0),
  share       integer CHECK (share BETWEEN 1 AND 10000), -- in hundredths of a percent
  source      text    NOT NULL,
  PRIMARY KEY (bank, project, from_date),
  FOREIGN KEY (bank, project) REFERENCES project,
  CHECK ((amount IS NULL) <> (share IS NULL)),
  CHECK (due_day BETWEEN 1 AND CASE cycle WHEN 'MONTH' THEN 31 ELSE 7 END)
);

-- Progress that owner and contractor have certified: what a share is of.
CREATE TABLE certified_progress (
  bank         integer NOT NULL,
  project      bigint  NOT NULL,
  certified_on date    NOT NULL,
  amount       bigint  NOT NULL CHECK (amount > 0),
  document     bytea   NOT NULL,
  source       text    NOT NULL,
  PRIMARY KEY (bank, project, certified_on),
  FOREIGN KEY (bank, project) REFERENCES project
);

-- What the daily check found of a labour cost that was due, whenever that was something new.
CREATE TABLE labour_cost_state (
  bank        integer NOT NULL,
  project     bigint  NOT NULL,
  due_date    date    NOT NULL,
  nth         integer NOT NULL,
  state       text    NOT NULL CHECK (state IN ('LATE', 'SHORT', 'MET')),
  amount      bigint  NOT NULL CHECK (amount > 0),
  credited    bigint  NOT NULL CHECK (credited BETWEEN 0 AND amount),
  checked_on  date    NOT NULL CHECK (checked_on > due_date),
  seq         bigint  NOT NULL,              -- the event that told of it
  checked_at  timestamptz NOT NULL,
  PRIMARY KEY (bank, project, due_date, nth),
  FOREIGN KEY (bank, project) REFERENCES project,
  CHECK (state = CASE WHEN credited = amount THEN 'MET' WHEN credited = 0 THEN 'LATE' ELSE 'SHORT' END)
);

-- What came in on a wage book is asked for every day.
CREATE INDEX labour_cost_on ON labour_cost (bank, wage_book, business_date);

-- ---------------------------------------------------------------- money that comes in
INSERT INTO entry_kind (kind, leaves_wage_book) VALUES ('UNASSIGNED', false), ('SENT_BACK', false);

-- Each movement that the core system told of a special wage account, once. What was told of the
-- payer is sealed under the number.
CREATE TABLE advice (
  bank          integer NOT NULL,
  advice        bigint  NOT NULL,
  account       text    NOT NULL,            -- number of the special wage account, as it was told
  reference     text    NOT NULL,            -- the core system's own: one movement of the account
  doc_month     integer NOT NULL,
  document      bigint  NOT NULL,
  project       text    NOT NULL DEFAULT '', -- code of the project it named
  amount        bigint  NOT NULL,            -- 0 when it is not an amount in cents of CNY
  outcome       text    NOT NULL CHECK (outcome IN ('CREDITED', 'SUSPENDED', 'NOTED')),
  reason        text    NOT NULL,            -- why it was not credited, '' when it was
  said          bytea   NOT NULL,
  business_date date    NOT NULL,
  seq           bigint  NOT NULL,            -- the event that told of it
  taken_at      timestamptz NOT NULL,
  PRIMARY KEY (bank, advice),
  CHECK (outcome = 'NOTED' OR amount > 0),
  CHECK ((outcome = 'CREDITED') = (reason = ''))
);

-- What is told before it is booked, and what takes it back, may bear the same reference.
CREATE UNIQUE INDEX advice_once ON advice (
  bank, account, reference,
  (CASE WHEN reason IN ('NOT_BOOKED', 'NOT_A_CREDIT') THEN reason ELSE '' END));

-- What two persons decided about money in suspense.
CREATE TABLE advice_decision (
  bank          integer NOT NULL,
  advice        bigint  NOT NULL,
  outcome       text    NOT NULL CHECK (outcome IN ('ASSIGNED', 'SENT_BACK')),
  wage_book     bigint,
  maker         text    NOT NULL,
  checker       text    NOT NULL CHECK (checker <> maker),
  ground        text    NOT NULL CHECK (ground <> ''),
  business_date date    NOT NULL,
  seq           bigint  NOT NULL,
  decided_at    timestamptz NOT NULL,
  PRIMARY KEY (bank, advice),
  FOREIGN KEY (bank, advice) REFERENCES advice,
  FOREIGN KEY (bank, wage_book) REFERENCES wage_book,
  CHECK ((outcome = 'ASSIGNED') = (wage_book IS NOT NULL))
);

-- ---------------------------------------------------------------- the life of an account
INSERT INTO parameter (bank, region, name, from_date, value, source) VALUES
  (0, '', 'closing-notice-days', '2021-07-07', '30',
   '人社部发〔2021〕53号：无拖欠公示30日'),
  (0, '', 'projects-in-one-account', '2021-07-07', 'no',
   '人社部发〔2021〕53号第六条：所在地规定允许的，方可在已有专户下分账管理');

INSERT INTO parameter_form (name, form, least, most) VALUES
  ('closing-notice-days',     'WHOLE', 1, 366),
  ('projects-in-one-account', 'YES_NO', 0, 0);

-- The special mark of an account, as it was put on and lifted. An account without a row was marked
-- when it was imported.
CREATE TABLE account_mark (
  bank            integer NOT NULL,
  special_account bigint  NOT NULL,
  nth             integer NOT NULL,
  marked          boolean NOT NULL,
  ground          text    NOT NULL CHECK (ground <> ''),
  seq             bigint  NOT NULL,
  at              timestamptz NOT NULL,
  PRIMARY KEY (bank, special_account, nth),
  FOREIGN KEY (bank, special_account) REFERENCES special_account
);

-- How a wage book was opened on request.
CREATE TABLE account_opening (
  bank        integer NOT NULL,
  wage_book   bigint  NOT NULL,
  signed_on   date    NOT NULL,              -- the works contract
  opened_on   date    NOT NULL CHECK (opened_on >= signed_on),
  maker       text    NOT NULL,
  checker     text    NOT NULL CHECK (checker <> maker),
  seq         bigint  NOT NULL,
  opened_at   timestamptz NOT NULL,
  PRIMARY KEY (bank, wage_book),
  FOREIGN KEY (bank, wage_book) REFERENCES wage_book
);

-- What happened on the way to a wage book's end, and what stood in the way.
CREATE TABLE closing_step (
  bank        integer NOT NULL,
  wage_book   bigint  NOT NULL,
  nth         integer NOT NULL,
  step        text    NOT NULL CHECK (step IN ('NOTICE', 'PROMISE', 'SUPERVISOR_WORD', 'CASE_OPENED',
                                               'CASE_ENDED', 'CLOSED')),
  on_date     date    NOT NULL,
  maker       text    NOT NULL,
  checker     text    NOT NULL CHECK (checker <> maker),
  ground      text    NOT NULL CHECK (ground <> ''),
  amount      bigint  NOT NULL DEFAULT 0 CHECK (amount >= 0), -- what was left, of CLOSED
  seq         bigint  NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (bank, wage_book, nth),
  FOREIGN KEY (bank, wage_book) REFERENCES wage_book,
  CHECK (amount = 0 OR step = 'CLOSED')
);
CREATE UNIQUE INDEX closing_step_closed ON closing_step (bank, wage_book) WHERE step = 'CLOSED';

-- ---------------------------------------------------------------- disputes
-- What a worker claims beyond what he accepted of a wage, by the number of his confirmation. The
-- wage book keeps nothing back for it.
CREATE TABLE wage_dispute (
  bank        integer NOT NULL,
  period      integer NOT NULL,
  project     bigint  NOT NULL,
  party       bigint  NOT NULL,
  run_type    text    NOT NULL CHECK (run_type IN ('REG', 'LEAVER', 'SUPP')),
  nth         integer NOT NULL,
  accepted    bigint  NOT NULL CHECK (accepted > 0),
  claimed     bigint  NOT NULL CHECK (claimed > accepted),
  seq         bigint  NOT NULL,
  opened_at   timestamptz NOT NULL,
  PRIMARY KEY (bank, period, project, party, run_type, nth)
) PARTITION BY LIST (period);

-- How a dispute ended: what of the claim the mediation gave.
CREATE TABLE wage_dispute_end (
  bank        integer NOT NULL,
  period      integer NOT NULL,
  project     bigint  NOT NULL,
  party       bigint  NOT NULL,
  run_type    text    NOT NULL,
  nth         integer NOT NULL,
  agreed      bigint  NOT NULL CHECK (agreed >= 0),
  maker       text    NOT NULL,
  checker     text    NOT NULL CHECK (checker <> maker),
  ground      text    NOT NULL CHECK (ground <> ''),
  seq         bigint  NOT NULL,
  ended_at    timestamptz NOT NULL,
  PRIMARY KEY (bank, period, project, party, run_type, nth)
) PARTITION BY LIST (period);

-- ---------------------------------------------------------------- guards of the tables above
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['labour_term', 'certified_progress', 'labour_cost_state', 'advice',
                           'advice_decision', 'account_mark', 'account_opening', 'closing_step',
                           'wage_dispute', 'wage_dispute_end']
  LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t || '_append_only', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_bank ON %I USING (bank = current_setting(''wagerail.bank'')::integer)', t);
  END LOOP;
END $$;
