-- How large a payroll sheet may be. Bytes as bytes, rows as wages, cells as characters.
INSERT INTO parameter (bank, region, name, from_date, value, source) VALUES
  (0, '', 'sheet-bytes',          '2020-05-01', '20971520',  'Default of Wagerail: an xlsx or csv payroll is no larger, by whatever channel'),
  (0, '', 'sheet-rows',           '2020-05-01', '100000',    'Default of Wagerail: a payroll sheet has at most so many wages'),
  (0, '', 'sheet-inflated-bytes', '2020-05-01', '419430400', 'Default of Wagerail: the parts of a workbook, unpacked and counted'),
  (0, '', 'sheet-entries',        '2020-05-01', '200',       'Default of Wagerail: a workbook has at most so many parts'),
  (0, '', 'sheet-ratio',          '2020-05-01', '200',       'Default of Wagerail: one byte of a part unpacks to at most so many'),
  (0, '', 'sheet-cell',           '2020-05-01', '32767',     'Default of Wagerail: the longest cell, as spreadsheets have it');

INSERT INTO parameter_form (name, form, least, most) VALUES
  ('sheet-bytes',          'WHOLE', 1, 1000000000),
  ('sheet-rows',           'WHOLE', 1, 10000000),
  ('sheet-inflated-bytes', 'WHOLE', 1, 100000000000),
  ('sheet-entries',        'WHOLE', 1, 100000),
  ('sheet-ratio',          'WHOLE', 1, 100000),
  ('sheet-cell',           'WHOLE', 1, 32767);
