-- What every deployment begins with. A bank adds to it by its own import; rows here never change,
-- a new edition of a year or a new value of a parameter is a new row.

-- ---------------------------------------------------------------- mainland China's working days
INSERT INTO calendar_year (calendar, year, version, state, source) VALUES
  ('CN', 2025, 1, 'PUBLISHED', '国办发明电〔2024〕12号'),
  ('CN', 2026, 1, 'PUBLISHED', '国务院办公厅关于2026年部分节假日安排的通知，2025-11-04'),
  -- Not published yet: the days the law names with the rest days that replace them when they fall on
  -- a weekend, and no make-up days.
  ('CN', 2027, 1, 'ESTIMATED', '全国年节及纪念日放假办法（国务院令第795号）');

INSERT INTO calendar_day (calendar, year, version, day, kind)
SELECT 'CN', extract(year FROM day)::integer, 1, day::date, kind
  FROM (VALUES
    ('2025-01-01', '2025-01-01', 'HOLIDAY'),
    ('2025-01-26', '2025-01-26', 'WORKDAY'),
    ('2025-01-28', '2025-02-04', 'HOLIDAY'),
    ('2025-02-08', '2025-02-08', 'WORKDAY'),
    ('2025-04-04', '2025-04-06', 'HOLIDAY'),
    ('2025-04-27', '2025-04-27', 'WORKDAY'),
    ('2025-05-01', '2025-05-05', 'HOLIDAY'),
    ('2025-05-31', '2025-06-02', 'HOLIDAY'),
    ('2025-09-28', '2025-09-28', 'WORKDAY'),
    ('2025-10-01', '2025-10-08', 'HOLIDAY'),
    ('2025-10-11', '2025-10-11', 'WORKDAY'),

    ('2026-01-01', '2026-01-03', 'HOLIDAY'),
    ('2026-01-04', '2026-01-04', 'WORKDAY'),
    ('2026-02-14', '2026-02-14', 'WORKDAY'),
    ('2026-02-15', '2026-02-23', 'HOLIDAY'),
    ('2026-02-28', '2026-02-28', 'WORKDAY'),
    ('2026-04-04', '2026-04-06', 'HOLIDAY'),
    ('2026-05-01', '2026-05-05', 'HOLIDAY'),
    ('2026-05-09', '2026-05-09', 'WORKDAY'),
    ('2026-06-19', '2026-06-21', 'HOLIDAY'),
    ('2026-09-20', '2026-09-20', 'WORKDAY'),
    ('2026-09-25', '2026-09-27', 'HOLIDAY'),
    ('2026-10-01', '2026-10-07', 'HOLIDAY'),
    ('2026-10-10', '2026-10-10', 'WORKDAY'),

    ('2027-01-01', '2027-01-01', 'HOLIDAY'),   -- New Year
    ('2027-02-05', '2027-02-10', 'HOLIDAY'),   -- Spring Festival: eve and three days, two replaced
    ('2027-04-05', '2027-04-05', 'HOLIDAY'),   -- Qingming
    ('2027-05-01', '2027-05-04', 'HOLIDAY'),   -- Labour Day: two days on a weekend, both replaced
    ('2027-06-09', '2027-06-09', 'HOLIDAY'),   -- Dragon Boat
    ('2027-09-15', '2027-09-15', 'HOLIDAY'),   -- Mid-Autumn
    ('2027-10-01', '2027-10-05', 'HOLIDAY')    -- National Day: three days, two replaced
  ) AS spans (first, last, kind),
  LATERAL generate_series(first::timestamp, last::timestamp, interval '1 day') AS day;

-- ---------------------------------------------------------------- parameters
-- Money in minor units of CNY, days as days, times of day at the bank.
INSERT INTO parameter (bank, region, name, from_date, value, source) VALUES
  (0, '', 'wage-line-limit',            '2020-05-01', '5000000',  'Default of Wagerail: one wage above CNY 50,000.00 is refused'),
  (0, '', 'pay-days-ahead',             '2020-05-01', '90',       'Default of Wagerail: a pay date lies at most so many days ahead'),
  (0, '', 'wage-months-back',           '2020-05-01', '36',       'Default of Wagerail: a wage is of a period at most so many months ago'),
  (0, '', 'cut-off',                    '2020-05-01', '16:00',    'Default of Wagerail: runs of a pay date are decided at this time'),
  (0, '', 'findings-listed',            '2020-05-01', '1000',     'Default of Wagerail: findings of a file beyond these are counted'),
  (0, '', 'payroll-bytes-folder',       '2020-05-01', '2147483648', 'Default of Wagerail: a payroll of the watched folder is no larger'),
  (0, '', 'package-size',               '2020-05-01', '2000',     'Default of Wagerail: payments in one package; the clearing bulletin decides'),
  (0, '', 'answer-days',                '2020-05-01', '1',        'Default of Wagerail: working days until silence is asked about'),
  (0, '', 'calendar',                   '2020-05-01', 'CN',       'Default of Wagerail: where no agreement names another');

INSERT INTO parameter_form (name, form, least, most) VALUES
  ('wage-line-limit',      'WHOLE', 1, 100000000000),
  ('pay-days-ahead',       'WHOLE', 1, 3660),
  ('wage-months-back',     'WHOLE', 0, 600),
  ('cut-off',              'TIME', 0, 0),
  ('findings-listed',      'WHOLE', 1, 100000),
  ('payroll-bytes-folder', 'WHOLE', 1, 1000000000000),
  ('package-size',         'WHOLE', 1, 100000),
  ('answer-days',          'WHOLE', 0, 60),
  ('calendar',             'CALENDAR', 0, 0);
