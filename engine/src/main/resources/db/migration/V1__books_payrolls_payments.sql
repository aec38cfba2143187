-- Conventions. The bank leads every key. Money is bigint in minor units of the account's currency.
-- Months and wage periods are integers yyyymm. Blind indexes are HMACs, sealed columns are
-- AES-256-GCM envelopes whose keys never stand in this database in the clear. No statement here
-- or in the program asks the server for the time: every instant is given by the caller.
-- What happens to a row later is another row; only the columns of account_balance and counter move.

-- ---------------------------------------------------------------- banks, keys, numbers
CREATE TABLE bank (
  bank        integer PRIMARY KEY,
  code        text NOT NULL UNIQUE,          -- 12-digit CNAPS code, also its clearing member id
  name_zh     text NOT NULL,
  name_en     text NOT NULL,
  zone        text NOT NULL DEFAULT 'Asia/Shanghai',
  CHECK (bank > 0),
  CHECK (code ~ '^[0-9]{12}$')
);

-- Data keys, each wrapped by the master key that lives outside. They and the counters are made in
-- transactions of their own, maybe before the transaction that adds the bank ends: no REFERENCES.
CREATE TABLE data_key (
  bank        integer NOT NULL,
  key_no      integer NOT NULL,
  algorithm   text    NOT NULL,
  wrapped     bytea   NOT NULL,
  PRIMARY KEY (bank, key_no)
);

-- The next free number of each series of a bank, taken in ranges. Events and commands are chained:
-- beside their next number stands the last link.
CREATE TABLE counter (
  bank        integer NOT NULL,
  series      text    NOT NULL,
  next        bigint  NOT NULL,
  chain       bytea,
  PRIMARY KEY (bank, series)
) WITH (fillfactor = 20);

-- ---------------------------------------------------------------- dated parameters, calendars
-- Bank 0 states a value for every bank, region '' for every region; the nearest wins.
CREATE TABLE parameter (
  bank        integer NOT NULL,
  region      text    NOT NULL DEFAULT '',
  name        text    NOT NULL,
  from_date   date    NOT NULL,
  value       text    NOT NULL,
  source      text    NOT NULL,
  PRIMARY KEY (bank, region, name, from_date)
);

-- What values a parameter may have. One without a form here may have any.
CREATE TABLE parameter_form (
  name        text    PRIMARY KEY,
  form        text    NOT NULL CHECK (form IN ('WHOLE', 'TIME', 'CALENDAR', 'YES_NO')),
  least       bigint  NOT NULL DEFAULT 0,    -- of WHOLE
  most        bigint  NOT NULL DEFAULT 0
);

CREATE TABLE calendar_year (
  calendar    text    NOT NULL,
  year        integer NOT NULL,
  version     integer NOT NULL,
  state       text    NOT NULL CHECK (state IN ('PUBLISHED', 'ESTIMATED')),
  source      text    NOT NULL,
  PRIMARY KEY (calendar, year, version)
);

-- Days that are not what their weekday says: a holiday, or a make-up working day.
CREATE TABLE calendar_day (
  calendar    text    NOT NULL,
  year        integer NOT NULL,
  version     integer NOT NULL,
  day         date    NOT NULL,
  kind        text    NOT NULL CHECK (kind IN ('HOLIDAY', 'WORKDAY')),
  PRIMARY KEY (calendar, year, version, day),
  FOREIGN KEY (calendar, year, version) REFERENCES calendar_year
);

-- Clearing members by bank code, and the direct participant a package for them is addressed to.
CREATE TABLE participant (
  bank        integer NOT NULL REFERENCES bank,
  member      text    NOT NULL,
  name        text    NOT NULL,
  direct      text    NOT NULL,
  from_date   date    NOT NULL,
  until_date  date,
  source      text    NOT NULL,
  PRIMARY KEY (bank, member, from_date),
  CHECK (member ~ '^[0-9]{12}$' AND direct ~ '^[0-9]{12}$')
);

-- ---------------------------------------------------------------- parties
CREATE TABLE party (
  bank        integer NOT NULL REFERENCES bank,
  party       bigint  NOT NULL,
  kind        text    NOT NULL CHECK (kind IN ('PERSON', 'FIRM')),
  firm_name   text,                          -- firms only
  name_sealed bytea,                         -- persons only
  source      text    NOT NULL,
  PRIMARY KEY (bank, party),
  CHECK ((kind = 'FIRM') = (firm_name IS NOT NULL)),
  CHECK ((kind = 'PERSON') = (name_sealed IS NOT NULL))
);

-- The scheme is part of what the blind index hashes. Identifiers, accounts, employments and
-- confirmations come in by the million, from joins that find the party: no REFERENCES.
CREATE TABLE party_identifier (
  bank        integer NOT NULL,
  blind       bytea   NOT NULL,
  party       bigint  NOT NULL,
  scheme      text    NOT NULL CHECK (scheme IN ('RESIDENT_ID', 'PASSPORT', 'HK_MACAU_PERMIT',
                                                 'TAIWAN_PERMIT', 'USCC')),
  sealed      bytea   NOT NULL,
  from_date   date    NOT NULL,
  until_date  date,
  source      text    NOT NULL,
  PRIMARY KEY (bank, blind, party, from_date)
);
CREATE INDEX party_identifier_of ON party_identifier (bank, party);

CREATE TABLE worker_account (
  bank           integer NOT NULL,
  worker_account bigint  NOT NULL,
  party          bigint  NOT NULL,
  blind          bytea   NOT NULL,
  sealed         bytea   NOT NULL,
  member         text    NOT NULL,           -- 12-digit code of the worker's bank
  from_date      date    NOT NULL,
  until_date     date,
  source         text    NOT NULL,
  PRIMARY KEY (bank, worker_account)
);
CREATE INDEX worker_account_of ON worker_account (bank, party);
CREATE INDEX worker_account_blind ON worker_account (bank, blind);

-- Accounts whose number another person has, or once had, as well. Kept by a trigger, so that a
-- payday need not search the whole register for what is nearly never there.
CREATE TABLE shared_account (
  bank           integer NOT NULL,
  party          bigint  NOT NULL,
  worker_account bigint  NOT NULL,
  PRIMARY KEY (bank, party, worker_account)
);

-- A person who may sign for a firm, with an Ed25519 public key (X.509 encoding).
CREATE TABLE signatory (
  bank        integer NOT NULL,
  firm        bigint  NOT NULL,
  person      bigint  NOT NULL,
  public_key  bytea   NOT NULL,
  from_date   date    NOT NULL,
  until_date  date,
  source      text    NOT NULL,
  PRIMARY KEY (bank, firm, person, from_date),
  FOREIGN KEY (bank, firm) REFERENCES party (bank, party),
  FOREIGN KEY (bank, person) REFERENCES party (bank, party)
);

-- ---------------------------------------------------------------- the ledger
CREATE TABLE account (
  bank        integer NOT NULL REFERENCES bank,
  account     bigint  NOT NULL,
  kind        text    NOT NULL CHECK (kind IN ('WAGE_BOOK', 'WAGE_DEPOSIT', 'BASIC',
                 'GUARANTEE_MARGIN', 'LOAN', 'LOAN_SERVICE', 'IN_CLEARING', 'SETTLEMENT',
                 'COURT_REMITTANCE', 'SUSPENSE', 'EMERGENCY_FUND', 'WORKER')),
  currency    text    NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  master      text    NOT NULL CHECK (master IN ('OURS', 'CORE')),
  external_id text,
  owner       bigint,
  opened_on   date    NOT NULL,
  PRIMARY KEY (bank, account),
  CHECK (master = 'OURS' OR external_id IS NOT NULL)
);
CREATE INDEX account_of_kind ON account (bank, kind) WHERE kind IN ('IN_CLEARING', 'SETTLEMENT', 'SUSPENSE');

-- The one place that moves: balance and holds, a cache of the rows below and audited against them.
CREATE TABLE account_balance (
  bank           integer NOT NULL,
  account        bigint  NOT NULL,
  balance        bigint  NOT NULL DEFAULT 0, -- credits less debits
  held           bigint  NOT NULL DEFAULT 0,
  version        bigint  NOT NULL DEFAULT 0, -- number of postings so far
  master_balance bigint,                     -- as the core system last reported it
  master_at      timestamptz,
  PRIMARY KEY (bank, account),
  FOREIGN KEY (bank, account) REFERENCES account,
  CHECK (held >= 0)
) WITH (fillfactor = 40);

-- Why money may move. The closed list of what may leave a wage book stands here and in the program.
CREATE TABLE entry_kind (
  kind             text PRIMARY KEY,
  leaves_wage_book boolean NOT NULL
);
INSERT INTO entry_kind (kind, leaves_wage_book) VALUES
  ('OPENING', false), ('LABOUR_COST', false), ('WAGES', true), ('WAGES_SETTLED', false),
  ('WAGES_REJECTED', false), ('WAGES_RETURNED', false), ('COURT_TRANSFER_OF_WAGES', true),
  ('COURT_EXCESS', true), ('CREDIT_REVERSAL', true), ('CLOSING_BALANCE', true),
  ('CORRECTION', true), ('FEE', false), ('LOAN_REPAYMENT', false), ('SWEEP', false),
  ('OWNER_REFUND', false);

CREATE TABLE journal_entry (
  bank          integer NOT NULL,
  book_month    integer NOT NULL,
  entry         bigint  NOT NULL,
  kind          text    NOT NULL REFERENCES entry_kind,
  subject       text    NOT NULL,            -- what it was booked for: run, document, notice
  business_date date    NOT NULL,
  booked_at     timestamptz NOT NULL,
  seq           bigint  NOT NULL,
  PRIMARY KEY (bank, book_month, entry)
) PARTITION BY LIST (book_month);

CREATE TABLE posting (
  bank          integer NOT NULL,
  book_month    integer NOT NULL,
  entry         bigint  NOT NULL,
  leg           smallint NOT NULL,
  account       bigint  NOT NULL,
  amount        bigint  NOT NULL CHECK (amount <> 0), -- credit positive, debit negative
  balance_after bigint  NOT NULL,
  version       bigint  NOT NULL,
  PRIMARY KEY (bank, book_month, entry, leg),
  UNIQUE (bank, book_month, account, version)
) PARTITION BY LIST (book_month);

CREATE TABLE hold (
  bank        integer NOT NULL,
  hold        bigint  NOT NULL,
  account     bigint  NOT NULL,
  class       text    NOT NULL CHECK (class IN ('RUN', 'NEXT_PAYROLL', 'COURT', 'SUPERVISOR')),
  rank        bigint  NOT NULL,              -- arrival order within the class; ours yield to courts
  amount      bigint  NOT NULL CHECK (amount > 0),
  subject     text    NOT NULL,
  placed_at   timestamptz NOT NULL,
  PRIMARY KEY (bank, hold),
  FOREIGN KEY (bank, account) REFERENCES account
);
CREATE INDEX hold_on ON hold (bank, account);

CREATE TABLE hold_end (
  bank        integer NOT NULL,
  hold        bigint  NOT NULL,
  outcome     text    NOT NULL CHECK (outcome IN ('CONSUMED', 'RELEASED')),
  ended_at    timestamptz NOT NULL,
  PRIMARY KEY (bank, hold),
  FOREIGN KEY (bank, hold) REFERENCES hold
);

-- ---------------------------------------------------------------- events and commands
-- Events are appended in blocks. The last event of each carries the block's link: a hash of the link
-- before it and of a digest of the block under the bank's key, which does not stand in this database.
CREATE TABLE event (
  bank        integer NOT NULL,
  seq         bigint  NOT NULL,
  kind        text    NOT NULL,
  subject     text    NOT NULL,
  detail      text    NOT NULL DEFAULT '',
  at          timestamptz NOT NULL,
  chain       bytea,                         -- of the last event of a block
  PRIMARY KEY (bank, seq)
);

CREATE TABLE command_log (
  bank        integer NOT NULL,
  command     bigint  NOT NULL,
  actor       text    NOT NULL,
  kind        text    NOT NULL,
  ground      text    NOT NULL,
  canonical   text    NOT NULL,              -- the command, one form for one meaning; nothing personal
  hash        bytea   NOT NULL,              -- its link: chained as events are
  at          timestamptz NOT NULL,
  PRIMARY KEY (bank, command)
);

-- ---------------------------------------------------------------- the mailbox
CREATE TABLE inbound_document (
  bank        integer NOT NULL,
  month       integer NOT NULL,
  document    bigint  NOT NULL,
  sender      text    NOT NULL,
  name        text    NOT NULL,
  message     text    NOT NULL,              -- pain.001.001.09, or '' when it cannot be told
  hash        bytea   NOT NULL,              -- SHA-256 of the bytes, their address in the store
  size        bigint  NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (bank, month, document)
) PARTITION BY LIST (month);

-- The same bytes from the same sender are one document, for ever.
CREATE TABLE inbound_hash (
  bank        integer NOT NULL,
  sender      text    NOT NULL,
  hash        bytea   NOT NULL,
  month       integer NOT NULL,
  document    bigint  NOT NULL,
  PRIMARY KEY (bank, sender, hash)
);

-- Every arrival of a document that was there already.
CREATE TABLE inbound_repeat (
  bank        integer NOT NULL,
  month       integer NOT NULL,
  document    bigint  NOT NULL,
  nth         integer NOT NULL,
  name        text    NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (bank, month, document, nth)
);

-- A document is done once its reading has ended, whatever came of it.
CREATE TABLE inbound_done (
  bank        integer NOT NULL,
  month       integer NOT NULL,
  document    bigint  NOT NULL,
  outcome     text    NOT NULL,
  done_at     timestamptz NOT NULL,
  PRIMARY KEY (bank, month, document)
) PARTITION BY LIST (month);

CREATE TABLE outbound_message (
  bank        integer NOT NULL,
  month       integer NOT NULL,
  message     bigint  NOT NULL,
  counterpart text    NOT NULL,              -- contractor, clearing
  name        text    NOT NULL,              -- file name it goes out under
  kind        text    NOT NULL,              -- pacs.008.001.08
  subject     text    NOT NULL,              -- package or payroll it speaks of
  hash        bytea   NOT NULL,
  size        bigint  NOT NULL,
  answers     bigint,                        -- the inbound document it is the first answer to
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (bank, month, message),
  UNIQUE (bank, month, kind, subject)
) PARTITION BY LIST (month);
CREATE INDEX outbound_message_answers ON outbound_message (bank, answers) WHERE answers IS NOT NULL;

-- The queue of what waits for delivery: a row leaves when its message has gone.
CREATE TABLE outbound_due (
  bank        integer NOT NULL,
  month       integer NOT NULL,
  message     bigint  NOT NULL,
  PRIMARY KEY (bank, month, message)
);

CREATE TABLE outbound_delivery (
  bank         integer NOT NULL,
  month        integer NOT NULL,
  message      bigint  NOT NULL,
  nth          integer NOT NULL,
  delivered_at timestamptz NOT NULL,
  PRIMARY KEY (bank, month, message, nth)
) PARTITION BY LIST (month);

-- ---------------------------------------------------------------- projects
CREATE TABLE project (
  bank        integer NOT NULL,
  project     bigint  NOT NULL,
  code        text    NOT NULL,
  name        text    NOT NULL,
  region      text    NOT NULL,              -- GB/T 2260 code
  owner       bigint  NOT NULL,
  contractor  bigint  NOT NULL,
  source      text    NOT NULL,
  PRIMARY KEY (bank, project),
  UNIQUE (bank, code),
  FOREIGN KEY (bank, owner) REFERENCES party (bank, party),
  FOREIGN KEY (bank, contractor) REFERENCES party (bank, party)
);

CREATE TABLE special_account (
  bank            integer NOT NULL,
  special_account bigint  NOT NULL,
  number          text    NOT NULL,
  contractor      bigint  NOT NULL,
  opened_on       date    NOT NULL,
  source          text    NOT NULL,
  PRIMARY KEY (bank, special_account),
  UNIQUE (bank, number),
  FOREIGN KEY (bank, contractor) REFERENCES party (bank, party)
);

-- One project's money inside a special wage account; its money stands on a ledger account.
CREATE TABLE wage_book (
  bank            integer NOT NULL,
  wage_book       bigint  NOT NULL,          -- the ledger account
  special_account bigint  NOT NULL,
  project         bigint  NOT NULL,
  source          text    NOT NULL,
  PRIMARY KEY (bank, wage_book),
  UNIQUE (bank, special_account, project),
  UNIQUE (bank, project),
  FOREIGN KEY (bank, wage_book) REFERENCES account (bank, account),
  FOREIGN KEY (bank, special_account) REFERENCES special_account,
  FOREIGN KEY (bank, project) REFERENCES project
);

-- Owner, general contractor and bank agree how a project's wage book is run.
CREATE TABLE agreement (
  bank        integer NOT NULL,
  project     bigint  NOT NULL,
  from_date   date    NOT NULL,
  document    bytea   NOT NULL,              -- SHA-256 of the signed paper
  pay_day     integer NOT NULL CHECK (pay_day BETWEEN 1 AND 31),
  short_money text    NOT NULL CHECK (short_money IN ('NOTHING', 'PRO_RATA')),
  calendar    text    NOT NULL,
  source      text    NOT NULL,
  PRIMARY KEY (bank, project, from_date),
  FOREIGN KEY (bank, project) REFERENCES project
);

CREATE TABLE subcontract (
  bank        integer NOT NULL,
  project     bigint  NOT NULL,
  firm        bigint  NOT NULL,
  from_date   date    NOT NULL,
  source      text    NOT NULL,
  PRIMARY KEY (bank, project, firm),
  FOREIGN KEY (bank, project) REFERENCES project,
  FOREIGN KEY (bank, firm) REFERENCES party (bank, party)
);

CREATE TABLE employment (
  bank        integer NOT NULL,
  project     bigint  NOT NULL,
  party       bigint  NOT NULL,
  firm        bigint  NOT NULL,
  from_date   date    NOT NULL,
  until_date  date,
  contract    text    NOT NULL DEFAULT '',   -- reference of the labour contract, '' when there is none
  source      text    NOT NULL,
  PRIMARY KEY (bank, project, party, from_date)
);

-- What a worker confirmed of one wage. The last one counts.
CREATE TABLE confirmation (
  bank         integer NOT NULL,
  period       integer NOT NULL,
  project      bigint  NOT NULL,
  party        bigint  NOT NULL,
  run_type     text    NOT NULL CHECK (run_type IN ('REG', 'LEAVER', 'SUPP')),
  nth          integer NOT NULL,
  amount       bigint  NOT NULL CHECK (amount > 0),
  confirmed_at timestamptz NOT NULL,
  source       text    NOT NULL CHECK (source IN ('WORKER', 'SUPERVISOR', 'SIGNED_SHEET', 'COURT')),
  evidence     text    NOT NULL,             -- where the sheet or record can be found
  PRIMARY KEY (bank, period, project, party, run_type, nth)
) PARTITION BY LIST (period);

-- Labour cost that arrived on a wage book. One advice counts once.
CREATE TABLE labour_cost (
  bank          integer NOT NULL,
  document      bytea   NOT NULL,            -- SHA-256 of the advice
  labour_cost   bigint  NOT NULL,            -- its number, the subject of its journal entry
  wage_book     bigint  NOT NULL,
  amount        bigint  NOT NULL CHECK (amount > 0),
  reference     text    NOT NULL,
  business_date date    NOT NULL,
  PRIMARY KEY (bank, document),
  FOREIGN KEY (bank, wage_book) REFERENCES wage_book
);

-- ---------------------------------------------------------------- payrolls
CREATE TABLE payroll (
  bank         integer NOT NULL,
  pay_month    integer NOT NULL,
  payroll      bigint  NOT NULL,
  doc_month    integer NOT NULL,
  document     bigint  NOT NULL,
  message      text    NOT NULL,
  initiator    text    NOT NULL,
  msg_id       text    NOT NULL,
  content_hash bytea   NOT NULL,
  verdict      text    NOT NULL CHECK (verdict IN ('READ', 'REFUSED')),
  contractor   bigint,                       -- null when the file was refused before it was known
  lines        integer NOT NULL,
  total        bigint  NOT NULL,
  findings     text    NOT NULL DEFAULT '',  -- of a refused file: JSON, nothing personal
  read_at      timestamptz NOT NULL,
  PRIMARY KEY (bank, pay_month, payroll)
) PARTITION BY LIST (pay_month);
CREATE INDEX payroll_of ON payroll (bank, document);

-- One initiator's message identification names one content, for ever.
CREATE TABLE payroll_key (
  bank         integer NOT NULL,
  initiator    text    NOT NULL,
  msg_id       text    NOT NULL,
  content_hash bytea   NOT NULL,
  pay_month    integer NOT NULL,
  payroll      bigint  NOT NULL,
  PRIMARY KEY (bank, initiator, msg_id)
);
CREATE INDEX payroll_key_content ON payroll_key (bank, content_hash);

CREATE TABLE payroll_batch (
  bank         integer NOT NULL,
  pay_month    integer NOT NULL,
  payroll      bigint  NOT NULL,
  batch        integer NOT NULL,
  pmt_inf_id   text    NOT NULL,
  wage_book    bigint,                       -- null when account and project are not a wage book here
  project      bigint,
  firm         bigint,
  firm_code    text    NOT NULL,             -- unified social credit code, as the file said
  pay_date     date    NOT NULL,
  lines        integer NOT NULL,
  total        bigint  NOT NULL,
  PRIMARY KEY (bank, pay_month, payroll, batch)
) PARTITION BY LIST (pay_month);
CREATE INDEX payroll_batch_due ON payroll_batch (bank, wage_book, pay_date);

CREATE TABLE payroll_line (
  bank           integer NOT NULL,
  pay_month      integer NOT NULL,
  payroll        bigint  NOT NULL,
  line           integer NOT NULL,           -- ordinal in the file, from 1
  batch          integer NOT NULL,
  period         integer NOT NULL,           -- 0 when it cannot be told
  run_type       text    NOT NULL,
  party          bigint,
  worker_account bigint,
  amount         bigint  NOT NULL,           -- 0 when it is not an amount in cents
  verdict        text    NOT NULL CHECK (verdict IN ('PAY', 'HOLD', 'REFUSE')),
  checks         text,                       -- the checks it failed, first in the ladder first
  instr_id       text,
  end_to_end     text    NOT NULL,
  said           bytea,                      -- sealed: what a refused or held line said
  PRIMARY KEY (bank, pay_month, payroll, line)
) PARTITION BY LIST (pay_month);

-- Lines already taken from a large file, so that reading goes on where it stopped.
CREATE TABLE payroll_block (
  bank        integer NOT NULL,
  pay_month   integer NOT NULL,
  payroll     bigint  NOT NULL,
  first_line  integer NOT NULL,
  last_line   integer NOT NULL,
  PRIMARY KEY (bank, pay_month, payroll, first_line)
) PARTITION BY LIST (pay_month);

-- One wage of one worker, period and kind of run exists once. A second is held.
CREATE TABLE wage_claim (
  bank        integer NOT NULL,
  period      integer NOT NULL,
  project     bigint  NOT NULL,
  party       bigint  NOT NULL,
  run_type    text    NOT NULL,
  pay_month   integer NOT NULL,
  payroll     bigint  NOT NULL,
  line        integer NOT NULL,
  PRIMARY KEY (bank, period, project, party, run_type)
) PARTITION BY LIST (period);

-- What was decided about a line after it was read: a held line accepted or refused,
-- a rejected or returned wage sent again to a verified account.
CREATE TABLE line_decision (
  bank           integer NOT NULL,
  pay_month      integer NOT NULL,
  payroll        bigint  NOT NULL,
  line           integer NOT NULL,
  decision       integer NOT NULL,           -- from 1
  verdict        text    NOT NULL CHECK (verdict IN ('PAY', 'REFUSE', 'REPAY')),
  worker_account bigint,
  end_to_end     text    NOT NULL,
  amount         bigint  NOT NULL,
  replaces       bigint,                     -- the payment that failed
  ground         text    NOT NULL,
  seq            bigint  NOT NULL,           -- the event that told of it
  decided_at     timestamptz NOT NULL,
  PRIMARY KEY (bank, pay_month, payroll, line, decision)
) PARTITION BY LIST (pay_month);

CREATE TABLE release (
  bank        integer NOT NULL,
  pay_month   integer NOT NULL,
  payroll     bigint  NOT NULL,
  person      bigint  NOT NULL,
  hash        bytea   NOT NULL,              -- the content that was signed
  signature   bytea   NOT NULL,
  released_at timestamptz NOT NULL,
  PRIMARY KEY (bank, pay_month, payroll, person)
) PARTITION BY LIST (pay_month);

-- ---------------------------------------------------------------- runs and payments
CREATE TABLE pay_run (
  bank        integer NOT NULL,
  pay_month   integer NOT NULL,
  run         bigint  NOT NULL,
  wage_book   bigint  NOT NULL,
  pay_date    date    NOT NULL,
  outcome     text    NOT NULL CHECK (outcome IN ('FULL', 'PRO_RATA', 'NOTHING')),
  lines       integer NOT NULL,
  needed      bigint  NOT NULL,
  available   bigint  NOT NULL,
  paid        bigint  NOT NULL,
  hold        bigint,
  as_of       bigint  NOT NULL,              -- line decisions up to this event belong to it
  decided_at  timestamptz NOT NULL,
  PRIMARY KEY (bank, pay_month, run)
) PARTITION BY LIST (pay_month);

CREATE INDEX pay_run_of ON pay_run (bank, wage_book, pay_date);

-- The payroll batches of a run.
CREATE TABLE run_batch (
  bank        integer NOT NULL,
  pay_month   integer NOT NULL,
  run         bigint  NOT NULL,
  payroll_month integer NOT NULL,
  payroll     bigint  NOT NULL,
  batch       integer NOT NULL,
  outcome     text    NOT NULL,
  PRIMARY KEY (bank, pay_month, run, payroll, batch)
) PARTITION BY LIST (pay_month);
CREATE INDEX run_batch_of ON run_batch (bank, payroll, batch);

-- Inserted once, in the month of the payroll that it pays. Month and number are its transaction
-- identification in clearing.
CREATE TABLE payment (
  bank           integer NOT NULL,
  pay_month      integer NOT NULL,
  payment        bigint  NOT NULL,
  run_month      integer NOT NULL,
  run            bigint  NOT NULL,
  wage_book      bigint  NOT NULL,
  payroll        bigint  NOT NULL,
  line           integer NOT NULL,
  decision       integer NOT NULL,           -- 0: as the file said; else the line decision
  part           integer NOT NULL,           -- from 1; more after a short run
  party          bigint  NOT NULL,
  worker_account bigint  NOT NULL,
  amount         bigint  NOT NULL CHECK (amount > 0),
  rail           text    NOT NULL,
  replaces       bigint,
  PRIMARY KEY (bank, pay_month, payment),
  UNIQUE (bank, pay_month, payroll, line, decision, part)
) PARTITION BY LIST (pay_month);

-- A run is debited once: this row, its entry and the end of its hold are one transaction. Until the
-- run is paid, its total in the in-clearing account has no payments yet.
CREATE TABLE run_debited (
  bank          integer NOT NULL,
  pay_month     integer NOT NULL,
  run           bigint  NOT NULL,
  total         bigint  NOT NULL,
  PRIMARY KEY (bank, pay_month, run)
) PARTITION BY LIST (pay_month);

-- A run is paid once: all its payments and this row are one transaction.
CREATE TABLE run_paid (
  bank          integer NOT NULL,
  pay_month     integer NOT NULL,
  run           bigint  NOT NULL,
  payments      integer NOT NULL,
  total         bigint  NOT NULL,
  PRIMARY KEY (bank, pay_month, run)
) PARTITION BY LIST (pay_month);

-- Payments of one direct participant, numbered without a gap, that travel in one pacs.008.
CREATE TABLE package (
  bank            integer NOT NULL,
  pay_month       integer NOT NULL,
  package         bigint  NOT NULL,          -- the number of its first payment
  last_payment    bigint  NOT NULL,
  participant     text    NOT NULL,
  settlement_date date    NOT NULL,
  payments        integer NOT NULL,
  total           bigint  NOT NULL,
  PRIMARY KEY (bank, pay_month, package)
) PARTITION BY LIST (pay_month);

-- The packages that a message carries.
CREATE TABLE package_sent (
  bank            integer NOT NULL,
  pay_month       integer NOT NULL,
  package         bigint  NOT NULL,
  PRIMARY KEY (bank, pay_month, package)
) PARTITION BY LIST (pay_month);

-- What clearing said: one final answer and one return at most, so a second cannot move money again.
CREATE TABLE payment_result (
  bank        integer NOT NULL,
  pay_month   integer NOT NULL,
  payment     bigint  NOT NULL,
  stage       smallint NOT NULL,             -- 1 the final answer, 2 the return
  kind        text    NOT NULL CHECK (kind IN ('SETTLED', 'REJECTED', 'RETURNED')),
  reason      text,
  doc_month   integer NOT NULL,
  document    bigint  NOT NULL,
  subject     text    NOT NULL,              -- of the journal entry that moved its money
  at          timestamptz NOT NULL,
  PRIMARY KEY (bank, pay_month, payment, stage),
  CHECK ((kind = 'RETURNED') = (stage = 2))
) PARTITION BY LIST (pay_month);
CREATE INDEX payment_returned ON payment_result (bank, pay_month, payment) WHERE stage = 2;

-- How many results a block of answers gave the payments of a payroll: whoever is to tell contractors
-- reads these rows and not every payment there ever was.
CREATE TABLE payroll_answer (
  bank        integer NOT NULL,
  pay_month   integer NOT NULL,
  payroll     bigint  NOT NULL,
  replies     bigint  NOT NULL,
  results     integer NOT NULL CHECK (results > 0),
  PRIMARY KEY (bank, pay_month, payroll, replies)
) PARTITION BY LIST (pay_month);

-- What needs a person: a contradiction, an answer to nothing, silence.
CREATE TABLE clearing_exception (
  bank        integer NOT NULL,
  exception   bigint  NOT NULL,
  kind        text    NOT NULL CHECK (kind IN ('CONTRADICTION', 'UNKNOWN_PAYMENT', 'AMOUNT_DIFFERS',
                                               'NO_ANSWER')),
  tx_id       text    NOT NULL,
  said        text    NOT NULL,
  reason      text,
  doc_month   integer,
  document    bigint,
  opened_at   timestamptz NOT NULL,
  PRIMARY KEY (bank, exception)
);
CREATE UNIQUE INDEX clearing_exception_once
  ON clearing_exception (bank, tx_id, kind, said, coalesce(document, 0));

-- ---------------------------------------------------------------- rules the database keeps itself
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION refuse_unlawful_postings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bad text;
BEGIN
  SELECT string_agg(entry::text, ',') INTO bad
    FROM (SELECT p.entry FROM inserted p JOIN account a USING (bank, account)
           GROUP BY p.bank, p.book_month, p.entry, a.currency HAVING sum(p.amount) <> 0) x;
  IF bad IS NOT NULL THEN
    RAISE EXCEPTION 'unbalanced journal entries: %', bad USING ERRCODE = 'check_violation';
  END IF;
  SELECT string_agg(p.entry || ' ' || e.kind, ',') INTO bad
    FROM inserted p JOIN account a USING (bank, account)
    JOIN journal_entry e USING (bank, book_month, entry) JOIN entry_kind k ON k.kind = e.kind
   WHERE p.amount < 0 AND a.kind = 'WAGE_BOOK' AND NOT k.leaves_wage_book;
  IF bad IS NOT NULL THEN
    RAISE EXCEPTION 'debits that may not leave a wage book: %', bad USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

-- Two who register one account at once wait for each other: the second sees the first.
CREATE FUNCTION note_shared_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7250, b.bank) FROM (SELECT DISTINCT bank FROM inserted ORDER BY 1) b;
  INSERT INTO shared_account (bank, party, worker_account)
  SELECT o.bank, o.party, o.worker_account
    FROM inserted n JOIN worker_account o ON o.bank = n.bank AND o.blind = n.blind AND o.party <> n.party
  UNION
  SELECT n.bank, n.party, n.worker_account
    FROM inserted n JOIN worker_account o ON o.bank = n.bank AND o.blind = n.blind AND o.party <> n.party
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER worker_account_shared AFTER INSERT ON worker_account
  REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION note_shared_accounts();

CREATE TRIGGER posting_lawful AFTER INSERT ON posting
  REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION refuse_unlawful_postings();

-- All tables only grow but these: balances and counters move, the queue of messages empties, a claim
-- ends with the line that made it, and a worker's account ends when another takes its place.
DO $$
DECLARE t text;
BEGIN
  FOR t IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
              AND relkind IN ('r', 'p') AND NOT relispartition AND relname NOT LIKE 'flyway%'
              AND relname <> ALL (ARRAY['account_balance', 'counter', 'outbound_due', 'wage_claim',
                                        'worker_account'])
  LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t || '_append_only', t);
  END LOOP;
END $$;

-- Opens the partitions of one month; true when there was something to open.
CREATE FUNCTION open_month(wanted integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE parent record; child text; guard record; opened boolean := false;
BEGIN
  IF wanted % 100 NOT BETWEEN 1 AND 12 OR wanted NOT BETWEEN 200001 AND 299912 THEN
    RAISE EXCEPTION 'not a month: %', wanted;
  END IF;
  PERFORM pg_advisory_xact_lock(7245, wanted);
  FOR parent IN SELECT c.relname FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
                 WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1
  LOOP
    child := parent.relname || '_' || wanted;
    IF to_regclass('public.' || quote_ident(child)) IS NULL THEN
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', child, parent.relname);
      EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES IN (%s)', parent.relname, child, wanted);
      EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', child);
      EXECUTE format('CREATE POLICY own_bank ON %I USING (bank = current_setting(''wagerail.bank'')::integer)', child);
      -- A statement that names a partition fires the partition's triggers only.
      FOR guard IN SELECT pg_get_triggerdef(t.oid) AS made FROM pg_trigger t
                    WHERE t.tgrelid = to_regclass('public.' || quote_ident(parent.relname)) AND NOT t.tgisinternal
      LOOP
        EXECUTE replace(guard.made, format(' ON public.%I ', parent.relname), format(' ON public.%I ', child));
      END LOOP;
      opened := true;
    END IF;
  END LOOP;
  RETURN opened;
END $$;

-- Roles that do not own the tables see their own bank only; the bulk loader owns them.
DO $$
DECLARE t record;
BEGIN
  FOR t IN SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables x
             USING (table_schema, table_name)
            WHERE c.table_schema = 'public' AND c.column_name = 'bank' AND x.table_type = 'BASE TABLE'
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t.table_name);
    EXECUTE format('CREATE POLICY own_bank ON %I USING (bank = current_setting(''wagerail.bank'')::integer%s)',
                   t.table_name, CASE WHEN t.table_name = 'parameter' THEN ' OR bank = 0' ELSE '' END);
  END LOOP;
END $$;
