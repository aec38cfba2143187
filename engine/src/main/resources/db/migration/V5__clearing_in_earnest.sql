-- ---------------------------------------------------------------- silence
-- A package whose answers were due, looked at once: how many of its payments were silent then. Those
-- are asked about in one message; nothing is sent again, and no time passes into a verdict.
CREATE TABLE answer_check (
  bank        integer NOT NULL,
  pay_month   integer NOT NULL,
  package     bigint  NOT NULL,
  silent      integer NOT NULL CHECK (silent >= 0),
  checked_at  timestamptz NOT NULL,
  PRIMARY KEY (bank, pay_month, package)
) PARTITION BY LIST (pay_month);

-- Payments that were silent when their answer was due. Without a result their state is unknown; their
-- money stays in clearing.
CREATE TABLE payment_unknown (
  bank        integer NOT NULL,
  pay_month   integer NOT NULL,
  payment     bigint  NOT NULL,
  package     bigint  NOT NULL,
  asked_at    timestamptz NOT NULL,
  PRIMARY KEY (bank, pay_month, payment)
) PARTITION BY LIST (pay_month);

-- ---------------------------------------------------------------- recall
-- A payment that two persons asked back, once for ever.
CREATE TABLE recall (
  bank        integer NOT NULL,
  pay_month   integer NOT NULL,
  payment     bigint  NOT NULL,
  stage       text    NOT NULL CHECK (stage IN ('BEFORE_SETTLEMENT', 'AFTER_SETTLEMENT')),
  reason      text    NOT NULL,              -- ISO cancellation reason code
  maker       text    NOT NULL,
  checker     text    NOT NULL,
  evidence    text    NOT NULL,
  asked_at    timestamptz NOT NULL,
  PRIMARY KEY (bank, pay_month, payment),
  CHECK (maker <> checker)
) PARTITION BY LIST (pay_month);

-- The recalls that a message carries.
CREATE TABLE recall_sent (
  bank        integer NOT NULL,
  pay_month   integer NOT NULL,
  payment     bigint  NOT NULL,
  PRIMARY KEY (bank, pay_month, payment)
) PARTITION BY LIST (pay_month);

-- The first final word on a recall. It moves no money: that is for a rejection or a return.
CREATE TABLE recall_answer (
  bank        integer NOT NULL,
  pay_month   integer NOT NULL,
  payment     bigint  NOT NULL,
  word        text    NOT NULL CHECK (word IN ('AGREED', 'REFUSED')),
  reason      text,
  doc_month   integer NOT NULL,
  document    bigint  NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (bank, pay_month, payment)
) PARTITION BY LIST (pay_month);

-- ---------------------------------------------------------------- settlement reports
-- A day's statement of what clearing settled, minor units, with its own totals.
CREATE TABLE settlement_report (
  bank        integer NOT NULL,
  month       integer NOT NULL,              -- of its day
  report      bigint  NOT NULL,
  doc_month   integer NOT NULL,
  document    bigint  NOT NULL,
  statement   text    NOT NULL,
  day         date    NOT NULL,
  items       integer NOT NULL,
  settled     bigint  NOT NULL,
  returned    bigint  NOT NULL,
  read_at     timestamptz NOT NULL,
  PRIMARY KEY (bank, month, report)
) PARTITION BY LIST (month);

CREATE TABLE settlement_item (
  bank        integer NOT NULL,
  month       integer NOT NULL,
  report      bigint  NOT NULL,
  item        integer NOT NULL,              -- from 1
  tx_id       text    NOT NULL,
  pay_month   integer NOT NULL,              -- 0 when it cannot be ours
  payment     bigint  NOT NULL,
  amount      bigint  NOT NULL,              -- -1 when it is no amount in cents of CNY
  returned    boolean NOT NULL,
  PRIMARY KEY (bank, month, report, item)
) PARTITION BY LIST (month);
CREATE INDEX settlement_item_of ON settlement_item (bank, pay_month, payment);

-- A report is compared once, after what it settles is booked.
CREATE TABLE settlement_compared (
  bank        integer NOT NULL,
  month       integer NOT NULL,
  report      bigint  NOT NULL,
  agreed      integer NOT NULL,              -- items that say what we say
  differences integer NOT NULL,              -- items and payments of which an exception tells
  compared_at timestamptz NOT NULL,
  PRIMARY KEY (bank, month, report)
) PARTITION BY LIST (month);

-- ---------------------------------------------------------------- returns told to contractors
CREATE TABLE return_notice (
  bank        integer NOT NULL,
  pay_month   integer NOT NULL,
  payment     bigint  NOT NULL,
  subject     text    NOT NULL,              -- of the message that tells of it
  PRIMARY KEY (bank, pay_month, payment)
) PARTITION BY LIST (pay_month);

-- Few of a payday's results are returns; those are found without reading the others.
CREATE INDEX payment_result_returned ON payment_result (bank, pay_month, payment) WHERE stage = 2;

-- ---------------------------------------------------------------- exceptions
ALTER TABLE clearing_exception DROP CONSTRAINT clearing_exception_kind_check;
ALTER TABLE clearing_exception ADD CONSTRAINT clearing_exception_kind_check CHECK (kind IN (
  'CONTRADICTION', 'UNKNOWN_PAYMENT', 'AMOUNT_DIFFERS', 'REFERENCE_DIFFERS', 'NO_ANSWER',
  'NEVER_RECALLED', 'NOT_REPORTED', 'REPORTED_TWICE', 'RETURN_NOT_TOLD'));

-- Whose an exception is: the operators' at first, then whoever took it over last.
CREATE TABLE exception_owner (
  bank        integer NOT NULL,
  exception   bigint  NOT NULL,
  nth         integer NOT NULL,              -- from 1
  owner       text    NOT NULL,
  given_at    timestamptz NOT NULL,
  PRIMARY KEY (bank, exception, nth),
  FOREIGN KEY (bank, exception) REFERENCES clearing_exception (bank, exception)
);

CREATE TABLE exception_closed (
  bank        integer NOT NULL,
  exception   bigint  NOT NULL,
  maker       text    NOT NULL,
  checker     text    NOT NULL,
  reason      text    NOT NULL,
  closed_at   timestamptz NOT NULL,
  PRIMARY KEY (bank, exception),
  FOREIGN KEY (bank, exception) REFERENCES clearing_exception (bank, exception),
  CHECK (maker <> checker)
);

-- ---------------------------------------------------------------- rules the database keeps itself
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['answer_check', 'payment_unknown', 'recall', 'recall_sent', 'recall_answer',
                           'settlement_report', 'settlement_item', 'settlement_compared',
                           'return_notice', 'exception_owner', 'exception_closed']
  LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t || '_append_only', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_bank ON %I USING (bank = current_setting(''wagerail.bank'')::integer)', t);
  END LOOP;
END $$;

-- Months that are open already get the new tables' partitions too.
SELECT open_month(month)
  FROM (SELECT DISTINCT substring(c.relname FROM '[0-9]{6}$')::integer AS month
          FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
         WHERE p.relnamespace = 'public'::regnamespace AND p.relkind = 'p') m;
