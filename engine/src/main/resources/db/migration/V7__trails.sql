-- What is looked for by another end than the one it was made for: a person's work and wages, what was
-- booked, sent and commanded for something. Each index is small beside a payday's rows: of lines only
-- those that are not simply paid are in one; the others are found by their claim.
CREATE INDEX employment_of ON employment (bank, party);
CREATE INDEX payroll_line_of ON payroll_line (bank, party) WHERE verdict <> 'PAY';
CREATE INDEX payroll_key_msg_id ON payroll_key (bank, msg_id);
CREATE INDEX journal_entry_of ON journal_entry (bank, subject);
CREATE INDEX outbound_message_of ON outbound_message (bank, subject COLLATE "C");
CREATE INDEX command_log_of ON command_log (bank, left(canonical, 100) COLLATE "C");
