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

-- ---------------------------------------------------------------- guards of the tables above
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['line_owner', 'proposal', 'proposal_answer']
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
