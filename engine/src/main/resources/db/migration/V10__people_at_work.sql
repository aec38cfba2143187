-- ---------------------------------------------------------------- what waits for a person
INSERT INTO parameter (bank, region, name, from_date, value, source) VALUES
  (0, '', 'office-opens',     '2020-05-01', '09:00', 'Default of Wagerail: business hours begin, bank time'),
  (0, '', 'office-closes',    '2020-05-01', '17:00', 'Default of Wagerail: business hours end, bank time'),
  (0, '', 'held-line-hours',  '2020-05-01', '8',     'Default of Wagerail: business hours until a held line is overdue'),
  (0, '', 'exception-hours',  '2020-05-01', '16',    'Default of Wagerail: business hours until an exception of clearing is overdue'),
  (0, '', 'proposal-hours',   '2020-05-01', '24',    'Default of Wagerail: hours until a proposal nobody answered lapses');

INSERT INTO parameter_form (name, form, least, most) VALUES
  ('office-opens',    'TIME', 0, 0),
  ('office-closes',   'TIME', 0, 0),
  ('held-line-hours', 'WHOLE', 0, 2000),
  ('exception-hours', 'WHOLE', 0, 2000),
  ('proposal-hours',  'WHOLE', 1, 2000);

-- Held lines that nobody has decided are found without reading the others.
CREATE INDEX payroll_line_held ON payroll_line (bank, payroll, line) WHERE verdict = 'HOLD';

-- Whose a held line is. Without a row it is the makers', from the moment it was read.
CREATE TABLE line_owner (
  bank        integer NOT NULL,
  pay_month   integer NOT NULL,
  payroll     bigint  NOT NULL,
  line        integer NOT NULL,
  nth         integer NOT NULL,              -- from 1
  owner       text    NOT NULL CHECK (owner <> ''),
  actor       text    NOT NULL,
  given_at    timestamptz NOT NULL,
  PRIMARY KEY (bank, pay_month, payroll, line, nth)
) PARTITION BY LIST (pay_month);

-- What one person proposed to do about something; it waits for a second person until it lapses.
CREATE TABLE proposal (
  bank        integer NOT NULL,
  month       integer NOT NULL,              -- in which it was made
  proposal    bigint  NOT NULL,
  item        text    NOT NULL,              -- what it is about: 'payroll 202610/3 line 7'
  action      text    NOT NULL,
  ground      text    NOT NULL CHECK (ground <> ''),
  maker       text    NOT NULL,
  proposed_at timestamptz NOT NULL,
  lapses_at   timestamptz NOT NULL CHECK (lapses_at > proposed_at),
  PRIMARY KEY (bank, month, proposal)
) PARTITION BY LIST (month);
CREATE INDEX proposal_of ON proposal (bank, item);

CREATE TABLE proposal_answer (
  bank        integer NOT NULL,
  month       integer NOT NULL,              -- of the proposal
  proposal    bigint  NOT NULL,
  agreed      boolean NOT NULL,
  checker     text    NOT NULL,
  reason      text    NOT NULL,              -- why not; empty when agreed
  answered_at timestamptz NOT NULL,
  PRIMARY KEY (bank, month, proposal),
  CHECK (agreed OR reason <> '')
) PARTITION BY LIST (month);

-- ---------------------------------------------------------------- screening
-- Editions of the bank's list. Their bytes, which name people, lie in the message store.
CREATE TABLE screening_list (
  bank        integer NOT NULL,
  list        bigint  NOT NULL,
  from_date   date    NOT NULL,
  hash        bytea   NOT NULL,
  size        bigint  NOT NULL,
  entries     integer NOT NULL,
  source      text    NOT NULL CHECK (source <> ''),
  actor       text    NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (bank, list)
);

-- Lines of a payroll, from one on, that were compared with an edition.
CREATE TABLE payroll_screened (
  bank        integer NOT NULL,
  pay_month   integer NOT NULL,
  payroll     bigint  NOT NULL,
  first_line  integer NOT NULL,
  list        bigint  NOT NULL,
  lines       integer NOT NULL,
  hits        integer NOT NULL,
  PRIMARY KEY (bank, pay_month, payroll, first_line)
) PARTITION BY LIST (pay_month);

CREATE TABLE screening_hit (
  bank        integer NOT NULL,
  pay_month   integer NOT NULL,
  payroll     bigint  NOT NULL,
  line        integer NOT NULL,
  list        bigint  NOT NULL,
  entry       integer NOT NULL,              -- of the list, from 1
  matched     text    NOT NULL CHECK (matched IN ('NAME', 'IDENTIFIER')),
  reason      text    NOT NULL,              -- the list's; names nobody
  PRIMARY KEY (bank, pay_month, payroll, line)
) PARTITION BY LIST (pay_month);

-- ---------------------------------------------------------------- corrections
INSERT INTO parameter (bank, region, name, from_date, value, source) VALUES
  (0, '', 'evidence-bytes', '2020-05-01', '20971520', 'Default of Wagerail: a paper that is kept as evidence is no larger');
INSERT INTO parameter_form (name, form, least, most) VALUES
  ('evidence-bytes', 'WHOLE', 1, 1000000000);

-- Papers that decisions rest on, by the hash under which the store keeps them.
CREATE TABLE evidence_document (
  bank        integer NOT NULL,
  hash        bytea   NOT NULL,
  size        bigint  NOT NULL,
  actor       text    NOT NULL,
  kept_at     timestamptz NOT NULL,
  PRIMARY KEY (bank, hash)
);

-- A correcting entry that somebody asks for; what was wrong stays as it is.
CREATE TABLE correction (
  bank          integer NOT NULL,
  correction    bigint  NOT NULL,
  debited       bigint  NOT NULL,
  credited      bigint  NOT NULL,
  amount        bigint  NOT NULL CHECK (amount > 0),
  said_debited  text    NOT NULL,
  said_credited text    NOT NULL,
  corrects      text    NOT NULL CHECK (corrects <> ''),
  reason        text    NOT NULL CHECK (reason <> ''),
  document      bytea   NOT NULL,
  maker         text    NOT NULL,
  asked_at      timestamptz NOT NULL,
  PRIMARY KEY (bank, correction),
  CHECK (debited <> credited),
  FOREIGN KEY (bank, debited) REFERENCES account (bank, account),
  FOREIGN KEY (bank, credited) REFERENCES account (bank, account),
  FOREIGN KEY (bank, document) REFERENCES evidence_document (bank, hash)
);

CREATE TABLE correction_answer (
  bank        integer NOT NULL,
  correction  bigint  NOT NULL,
  agreed      boolean NOT NULL,
  checker     text    NOT NULL,
  reason      text    NOT NULL,
  answered_at timestamptz NOT NULL,
  PRIMARY KEY (bank, correction),
  FOREIGN KEY (bank, correction) REFERENCES correction,
  CHECK (agreed OR reason <> '')
);

-- What came of an agreed one: its entry, or why there is none.
CREATE TABLE correction_outcome (
  bank        integer NOT NULL,
  correction  bigint  NOT NULL,
  booked      boolean NOT NULL,
  reason      text    NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (bank, correction),
  FOREIGN KEY (bank, correction) REFERENCES correction_answer,
  CHECK (booked = (reason = ''))
);

GRANT INSERT ON evidence_document, correction, correction_answer TO wagerail_rest;

-- ---------------------------------------------------------------- the feed of events
INSERT INTO parameter (bank, region, name, from_date, value, source) VALUES
  (0, '', 'webhook-events',        '2020-05-01', '100',  'Default of Wagerail: events in one delivery'),
  (0, '', 'webhook-patience',      '2020-05-01', '10',   'Default of Wagerail: seconds until an endpoint must have answered'),
  (0, '', 'webhook-first-pause',   '2020-05-01', '5',    'Default of Wagerail: seconds after a first failure; each further one doubles them'),
  (0, '', 'webhook-longest-pause', '2020-05-01', '3600', 'Default of Wagerail: seconds between tries at most'),
  (0, '', 'webhook-failures',      '2020-05-01', '30',   'Default of Wagerail: failures in a row until an endpoint is taken for dead');

INSERT INTO parameter_form (name, form, least, most) VALUES
  ('webhook-events',        'WHOLE', 1, 1000),
  ('webhook-patience',      'WHOLE', 1, 300),
  ('webhook-first-pause',   'WHOLE', 0, 3600),
  ('webhook-longest-pause', 'WHOLE', 0, 86400),
  ('webhook-failures',      'WHOLE', 1, 1000);

-- Where a bank's events are sent. What became of it is in its steps; how far it got in its attempts.
CREATE TABLE webhook (
  bank        integer NOT NULL,
  webhook     bigint  NOT NULL,
  url         text    NOT NULL,
  kinds       text[]  NOT NULL,              -- kinds of events that are wanted; all when empty
  secret      bytea   NOT NULL,              -- sealed: signs each delivery
  after_seq   bigint  NOT NULL CHECK (after_seq >= 0), -- the event behind which it begins
  maker       text    NOT NULL,
  asked_at    timestamptz NOT NULL,
  PRIMARY KEY (bank, webhook)
);

CREATE TABLE webhook_step (
  bank        integer NOT NULL,
  webhook     bigint  NOT NULL,
  nth         integer NOT NULL,              -- from 1
  step        text    NOT NULL CHECK (step IN ('CONFIRMED', 'PAUSED', 'RESUMED', 'ENDED')),
  actor       text    NOT NULL,
  reason      text    NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (bank, webhook, nth),
  FOREIGN KEY (bank, webhook) REFERENCES webhook
);

-- A try to deliver the events behind one up to another. The last that succeeded says how far it got.
CREATE TABLE webhook_attempt (
  bank        integer NOT NULL,
  month       integer NOT NULL,
  attempt     bigint  NOT NULL,
  webhook     bigint  NOT NULL,
  after_seq   bigint  NOT NULL,
  last_seq    bigint  NOT NULL CHECK (last_seq > after_seq),
  failure     text,                          -- why not; null when it was delivered
  at          timestamptz NOT NULL,
  PRIMARY KEY (bank, month, attempt)
) PARTITION BY LIST (month);
CREATE INDEX webhook_attempt_of ON webhook_attempt (bank, webhook, attempt);

GRANT INSERT ON webhook, webhook_step TO wagerail_rest;

-- ---------------------------------------------------------------- guards of the tables above
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['line_owner', 'proposal', 'proposal_answer', 'webhook', 'webhook_step',
                           'webhook_attempt', 'screening_list', 'payroll_screened', 'screening_hit',
                           'evidence_document', 'correction', 'correction_answer', 'correction_outcome']
  LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t || '_append_only', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_bank ON %I USING (bank = current_setting(''wagerail.bank'')::integer)', t);
  END LOOP;
END $$;

GRANT INSERT ON line_owner, proposal, proposal_answer, exception_owner, exception_closed,
  outbound_message TO wagerail_rest;

-- Months that are open already get the new tables' partitions too.
SELECT open_month(month)
  FROM (SELECT DISTINCT substring(c.relname FROM '[0-9]{6}$')::integer AS month
          FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
         WHERE p.relnamespace = 'public'::regnamespace AND p.relkind = 'p') m;
