-- Who may do what over REST, what they asked for, and the role under which their statements run.

-- ---------------------------------------------------------------- people
-- What a user may do. The name is what the issuer of tokens calls the account; rights belong to the
-- person behind it, so that two accounts of one person are one pair of eyes.
CREATE TABLE user_role (
  bank        integer NOT NULL,
  user_name   text    NOT NULL,
  role        text    NOT NULL CHECK (role IN ('MAKER', 'CHECKER', 'CONTRACTOR', 'OPERATOR',
                                               'RECONCILER', 'AUDITOR', 'ADMINISTRATOR')),
  person      bigint  NOT NULL,
  firm        bigint,                        -- whom a contractor's person acts for
  from_date   date    NOT NULL,
  until_date  date,
  source      text    NOT NULL,
  PRIMARY KEY (bank, user_name, role, from_date),
  FOREIGN KEY (bank, person) REFERENCES party (bank, party),
  FOREIGN KEY (bank, firm) REFERENCES party (bank, party),
  CHECK ((role = 'CONTRACTOR') = (firm IS NOT NULL))
);

-- ---------------------------------------------------------------- requests
-- A request that may move money, and what it was answered: asked again, it gets the same answer.
CREATE TABLE answered_request (
  bank        integer NOT NULL,
  person      bigint  NOT NULL,
  key         text    NOT NULL,              -- as the caller named it
  hash        bytea   NOT NULL,              -- SHA-256 of what was asked
  status      integer NOT NULL,
  type        text    NOT NULL,
  location    text,
  answer      bytea   NOT NULL,              -- nothing personal
  answered_at timestamptz NOT NULL,
  PRIMARY KEY (bank, person, key)
);

-- Who handed a document in, for whom. The same file handed in by two firms is one document.
CREATE TABLE submission (
  bank         integer NOT NULL,
  month        integer NOT NULL,
  document     bigint  NOT NULL,
  firm         bigint  NOT NULL,
  person       bigint  NOT NULL,
  submitted_at timestamptz NOT NULL,
  PRIMARY KEY (bank, month, document, firm)
) PARTITION BY LIST (month);

-- What somebody was refused. Of bank 0 where the caller could not be told.
CREATE TABLE security_event (
  bank        integer NOT NULL,
  event       bigint  NOT NULL,
  kind        text    NOT NULL,              -- the code of the refusal
  subject     text    NOT NULL,              -- method and path
  person      bigint,
  detail      text    NOT NULL,
  at          timestamptz NOT NULL,
  PRIMARY KEY (bank, event)
);

INSERT INTO parameter (bank, region, name, from_date, value, source) VALUES
  (0, '', 'payroll-bytes-rest',   '2020-05-01', '104857600', 'Default of Wagerail: an XML payroll handed in by REST is no larger'),
  (0, '', 'request-bytes',        '2020-05-01', '65536',     'Default of Wagerail: the body of any other request is no larger'),
  (0, '', 'uploads-at-once',      '2020-05-01', '8',         'Default of Wagerail: payrolls of one bank that come in by REST at once'),
  (0, '', 'upload-bytes-a-second','2020-05-01', '4096',      'Default of Wagerail: a slower upload is given up'),
  (0, '', 'upload-patience',      '2020-05-01', '10',        'Default of Wagerail: seconds before the speed of an upload counts'),
  (0, '', 'daily-round',          '2020-05-01', '08:00',     'Default of Wagerail: when a running server makes the daily round, bank time');

INSERT INTO parameter_form (name, form, least, most) VALUES
  ('payroll-bytes-rest',    'WHOLE', 1, 1000000000000),
  ('request-bytes',         'WHOLE', 1, 1000000000),
  ('uploads-at-once',       'WHOLE', 1, 1000),
  ('upload-bytes-a-second', 'WHOLE', 0, 1000000000),
  ('upload-patience',       'WHOLE', 0, 3600),
  ('daily-round',           'TIME', 0, 0);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['user_role', 'answered_request', 'submission', 'security_event']
  LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t || '_append_only', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_bank ON %I USING (bank = current_setting(''wagerail.bank'')::integer)', t);
  END LOOP;
END $$;

-- ---------------------------------------------------------------- the role of REST
-- It owns nothing, so the policies hold it to one bank; it may add what a request may add, and
-- change nothing. Roles belong to the server, not to one database: it may be there already.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'wagerail_rest') THEN
    CREATE ROLE wagerail_rest NOLOGIN;
  END IF;
  IF NOT pg_has_role(current_user, 'wagerail_rest', 'MEMBER') THEN
    EXECUTE format('GRANT wagerail_rest TO %I', current_user);
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'the database user needs the role wagerail_rest: CREATE ROLE wagerail_rest NOLOGIN; GRANT wagerail_rest TO %',
    current_user USING ERRCODE = 'insufficient_privilege';
END $$;

GRANT USAGE ON SCHEMA public TO wagerail_rest;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO wagerail_rest;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO wagerail_rest;

GRANT INSERT ON data_key, event, command_log, inbound_document, inbound_hash, inbound_repeat,
  outbound_due, release, line_decision, wage_claim, answered_request, submission, security_event
  TO wagerail_rest;
GRANT INSERT, UPDATE ON counter TO wagerail_rest;
GRANT DELETE ON wage_claim TO wagerail_rest;

-- A new month's tables are the owner's; whoever is first to need them may have them made.
ALTER FUNCTION open_month(integer) SECURITY DEFINER SET search_path = public, pg_temp;
