-- Every business day our books, the core banking system's statements and clearing's settlement report
-- are compared as sets. The conventions are those of the first migration.

-- ---------------------------------------------------------------- what the core system states
-- A page of a statement of one account and day, minor units. A page that comes again takes the place
-- of the one before it.
CREATE TABLE core_statement (
  bank        integer NOT NULL,
  month       integer NOT NULL,              -- of its day
  statement   bigint  NOT NULL,
  doc_month   integer NOT NULL,
  document    bigint  NOT NULL,
  name        text    NOT NULL,              -- its own identification
  account     text    NOT NULL,              -- number of a special wage account, as it was told
  day         date    NOT NULL,
  page        integer NOT NULL,              -- from 1
  last_page   boolean NOT NULL,
  sequence    bigint,                        -- its number among the account's statements
  opening     bigint,                        -- of the whole statement, on its first page
  closing     bigint,                        -- of the whole statement, on its last page
  entries     integer NOT NULL,
  total       bigint  NOT NULL,              -- credits less debits
  read_at     timestamptz NOT NULL,
  PRIMARY KEY (bank, month, statement)
) PARTITION BY LIST (month);
CREATE INDEX core_statement_of ON core_statement (bank, account, day);

CREATE TABLE core_entry (
  bank        integer NOT NULL,
  month       integer NOT NULL,
  statement   bigint  NOT NULL,
  entry       integer NOT NULL,              -- from 1 on each page
  reference   text    NOT NULL,              -- the movement: ours for what we told, else the core's own
  amount      bigint  NOT NULL,              -- credit positive; 0 when it is not in cents of CNY
  booked      date    NOT NULL,
  valued      date,
  PRIMARY KEY (bank, month, statement, entry)
) PARTITION BY LIST (month);
CREATE INDEX core_entry_of ON core_entry (bank, reference);

-- What our books moved on special wage accounts, as the core system should have it: an entry under
-- E<month>-<number>, a credit that the core system told under its own reference, on the day that it
-- was booked there. How the books began is no movement.
CREATE VIEW core_movement WITH (security_invoker = true) AS
SELECT e.bank, e.book_month, e.entry, s.number AS account,
       'E' || e.book_month || '-' || e.entry AS reference, sum(p.amount)::bigint AS amount,
       e.business_date AS on_day
  FROM journal_entry e
  JOIN posting p ON p.bank = e.bank AND p.book_month = e.book_month AND p.entry = e.entry
  JOIN wage_book w ON w.bank = p.bank AND w.wage_book = p.account
  JOIN special_account s ON s.bank = w.bank AND s.special_account = w.special_account
 WHERE e.kind <> 'OPENING'
   AND (e.kind <> 'LABOUR_COST' OR (e.bank, e.subject) NOT IN (
         SELECT l.bank, 'labour cost ' || l.labour_cost
           FROM labour_cost l
           JOIN advice a ON a.bank = l.bank AND l.reference = 'advice ' || a.advice
                AND l.document = sha256(convert_to(
                      'advice' || chr(10) || a.account || chr(10) || a.reference, 'UTF8'))))
 GROUP BY e.bank, e.book_month, e.entry, e.business_date, s.number
HAVING sum(p.amount) <> 0
UNION ALL
SELECT a.bank, (extract(year FROM a.business_date) * 100
                  + extract(month FROM a.business_date))::integer, 0, a.account, a.reference,
       a.amount, a.business_date
  FROM advice a
 WHERE a.outcome IN ('CREDITED', 'SUSPENDED')
UNION ALL
SELECT e.bank, e.book_month, e.entry, a.account, 'E' || e.book_month || '-' || e.entry, -a.amount,
       e.business_date
  FROM journal_entry e
  JOIN advice a ON a.bank = e.bank AND e.subject = 'advice ' || a.advice
 WHERE e.kind = 'SENT_BACK';

-- ---------------------------------------------------------------- the comparison of a day
-- A business day with the rest days before it. It may be compared again until it is closed.
CREATE TABLE day_comparison (
  bank        integer NOT NULL,
  day         date    NOT NULL,
  nth         integer NOT NULL,              -- from 1
  after       date    NOT NULL CHECK (after < day), -- the business day before
  ours        integer NOT NULL,              -- movements of ours on special wage accounts
  theirs      integer NOT NULL,              -- entries of the core system's statements
  agreed      integer NOT NULL CHECK (agreed <= least(ours, theirs)),
  statements  integer NOT NULL,              -- pages read of its days by then
  reports     integer NOT NULL,              -- clearing's reports of its days by then
  items       integer NOT NULL,              -- of those reports
  items_agreed integer NOT NULL CHECK (items_agreed <= items),
  breaks      integer NOT NULL,              -- that it found, new or not
  compared_at timestamptz NOT NULL,
  PRIMARY KEY (bank, day, nth)
);

-- A difference that a comparison found. Amounts are minor units, null on a side that has none.
CREATE TABLE day_break (
  bank        integer NOT NULL,
  break       bigint  NOT NULL,
  day         date    NOT NULL,
  nth         integer NOT NULL,              -- the comparison that found it
  counterpart text    NOT NULL CHECK (counterpart IN ('CORE', 'CLEARING')),
  kind        text    NOT NULL CHECK (kind IN (
    'MISSING_IN_CORE', 'MISSING_IN_OURS', 'AMOUNT_DIFFERS', 'SIDE_DIFFERS', 'BOOKED_TWICE',
    'WRONG_ACCOUNT', 'WRONG_DATE', 'OPENING_DIFFERS', 'CLOSING_DIFFERS', 'NOT_AT_CLEARING',
    'CONTRADICTION', 'SETTLED_BY_REPORT', 'STATEMENT_MISSING', 'STATEMENT_INCOMPLETE',
    'SEQUENCE_GAP')),
  account     text    NOT NULL,              -- special wage account; of clearing the bank's code
  reference   text    NOT NULL,              -- movement or transaction, '' of a whole statement
  elsewhere   text    NOT NULL,              -- the account on which the other side has it, else ''
  ours        bigint,
  theirs      bigint,
  ours_on     date,
  theirs_on   date,
  exception   bigint,                        -- of clearing, closed by the same word
  opened_at   timestamptz NOT NULL,
  PRIMARY KEY (bank, break),
  FOREIGN KEY (bank, day, nth) REFERENCES day_comparison,
  FOREIGN KEY (bank, exception) REFERENCES clearing_exception
);
CREATE INDEX day_break_of ON day_break (bank, day);

CREATE TABLE break_owner (
  bank        integer NOT NULL,
  break       bigint  NOT NULL,
  nth         integer NOT NULL,              -- from 1
  owner       text    NOT NULL CHECK (owner <> ''),
  given_at    timestamptz NOT NULL,
  PRIMARY KEY (bank, break, nth),
  FOREIGN KEY (bank, break) REFERENCES day_break
);

-- What one person says of it. The last word counts.
CREATE TABLE break_explained (
  bank        integer NOT NULL,
  break       bigint  NOT NULL,
  nth         integer NOT NULL,              -- from 1
  person      text    NOT NULL,
  reason      text    NOT NULL CHECK (reason <> ''),
  explained_at timestamptz NOT NULL,
  PRIMARY KEY (bank, break, nth),
  FOREIGN KEY (bank, break) REFERENCES day_break
);

-- EXPLAINED: one person's word, where no money is concerned. AGREED: two persons'. EXCEPTION: two
-- persons closed the exception that it is. RULE: the report's word moved the payment. GONE: a later
-- comparison no longer finds it.
CREATE TABLE break_closed (
  bank        integer NOT NULL,
  break       bigint  NOT NULL,
  outcome     text    NOT NULL CHECK (outcome IN ('EXPLAINED', 'AGREED', 'EXCEPTION', 'RULE', 'GONE')),
  maker       text,
  checker     text,
  reason      text    NOT NULL CHECK (reason <> ''),
  closed_at   timestamptz NOT NULL,
  PRIMARY KEY (bank, break),
  FOREIGN KEY (bank, break) REFERENCES day_break,
  CHECK ((maker IS NOT NULL) = (outcome IN ('EXPLAINED', 'AGREED', 'EXCEPTION'))),
  CHECK ((checker IS NOT NULL) = (outcome IN ('AGREED', 'EXCEPTION'))),
  CHECK (maker <> checker)
);

CREATE TABLE day_closed (
  bank        integer NOT NULL,
  day         date    NOT NULL,
  nth         integer NOT NULL,              -- the comparison on which it rests
  actor       text    NOT NULL,
  closed_at   timestamptz NOT NULL,
  PRIMARY KEY (bank, day),
  FOREIGN KEY (bank, day, nth) REFERENCES day_comparison
);

-- ---------------------------------------------------------------- guards of the tables above
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['core_statement', 'core_entry', 'day_comparison', 'day_break', 'break_owner',
                           'break_explained', 'break_closed', 'day_closed']
  LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
                   'FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t || '_append_only', t);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own_bank ON %I USING (bank = current_setting(''wagerail.bank'')::integer)', t);
  END LOOP;
END $$;

-- What reconcilers may add over REST.
GRANT INSERT ON break_owner, break_explained, break_closed, day_closed, exception_closed TO wagerail_rest;

-- Months that are open already get the new tables' partitions too.
SELECT open_month(month)
  FROM (SELECT DISTINCT substring(c.relname FROM '[0-9]{6}$')::integer AS month
          FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
         WHERE p.relnamespace = 'public'::regnamespace AND p.relkind = 'p') m;
