package org.wagerail.acceptance;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.wagerail.evidence.EventLog;

/**
 * One error of every kind, each as small as it can be. Where an error cannot be made without
 * breaking another rule as well, both must be named.
 */
final class PlantedErrors {
  private PlantedErrors() {}

  /**
   * @param named every rule that the audit must name, the one it is meant for first
   */
  record Planted(String name, List<String> named, Consumer<SmallDay> plant) {}

  private static Planted sql(String name, String rules, String... statements) {
    return new Planted(
        name,
        List.of(rules.split(" ")),
        day -> {
          for (var statement : statements) {
            if (day.jdbc.sql(statement).update() == 0
                && statement.matches("(?s)\\s*(UPDATE|INSERT|DELETE|WITH).*")) {
              throw new IllegalArgumentException("plants nothing: " + statement);
            }
          }
        });
  }

  /** Changes the bytes of the first package's message. */
  private static Planted bytes(String name, String rules, String pattern, String replacement) {
    return new Planted(
        name,
        List.of(rules.split(" ")),
        day ->
            day.rewrite(
                day.jdbc
                    .sql("SELECT min(message) FROM outbound_message WHERE kind LIKE 'pacs.008.%'")
                    .query(Long.class)
                    .single(),
                pattern,
                replacement));
  }

  /** Books a balanced entry with all that belongs to it, so that only its kind or way is wrong. */
  private static Planted entry(
      String name, String rules, String kind, String subject, String debited, String credited) {
    return new Planted(
        name,
        List.of(rules.split(" ")),
        day -> {
          var said =
              "%s on 2026-10-16: %d -100, %d 100"
                  .formatted(kind, number(day, debited), number(day, credited));
          long seq = tell(day, "BOOKED", subject, said);
          for (var statement :
              List.of(
                  "UPDATE counter SET next = next + 1 WHERE series = 'entry'",
                  """
                  INSERT INTO journal_entry
                  SELECT bank, 202610, max(entry) + 1, '%s', '%s', '2026-10-16', max(booked_at), %d
                    FROM journal_entry GROUP BY bank
                  """
                      .formatted(kind, subject, seq),
                  leg(1, debited, -100),
                  leg(2, credited, 100))) {
            day.jdbc.sql(statement).update();
          }
        });
  }

  private static long number(SmallDay day, String sql) {
    return day.jdbc.sql(sql).query(Long.class).single();
  }

  /** Tells an event as the program does, with its link in the chain. */
  private static long tell(SmallDay day, String kind, String subject, String detail) {
    return day.engine
        .bean(EventLog.class)
        .append(
            day.bank,
            Instant.parse("2026-10-16T13:00:00Z"),
            List.of(new EventLog.Event(kind, subject, detail)));
  }

  private static String leg(int leg, String account, int amount) {
    return """
    WITH moved AS (
      UPDATE account_balance SET balance = balance + %2$d, version = version + 1
       WHERE account = (%1$s) RETURNING *)
    INSERT INTO posting
    SELECT bank, 202610, (SELECT max(entry) FROM journal_entry), %3$d, account, %2$d, balance, version
      FROM moved
    """
        .formatted(account, amount, leg);
  }

  private static final String SUSPENSE = "SELECT account FROM account WHERE kind = 'SUSPENSE'";
  private static final String SETTLEMENT = "SELECT account FROM account WHERE kind = 'SETTLEMENT'";

  /** The wage book with money to spare. */
  private static final String RICH =
      "SELECT account FROM account_balance JOIN account USING (bank, account)"
          + " WHERE kind = 'WAGE_BOOK' ORDER BY balance DESC LIMIT 1";

  private static final String ANSWERED =
      "(SELECT min(payment) FROM payment_result WHERE kind = '%s')";

  private static final List<Planted> LEDGER =
      List.of(
          sql(
              "a cent moved from one entry to another",
              "ENTRY_BALANCES ENTRY_HAS_EVENT",
              "UPDATE posting SET amount = amount - 1, balance_after = balance_after - 1"
                  + " WHERE version = 1 AND account = ("
                  + SETTLEMENT
                  + ")",
              "UPDATE posting SET amount = amount + 1 WHERE version = 2 AND account = ("
                  + SETTLEMENT
                  + ")"),
          sql(
              "an entry in the wrong month",
              "ENTRY_COMPLETE ENTRY_HAS_EVENT",
              "UPDATE journal_entry SET business_date = '2026-11-02' WHERE entry ="
                  + " (SELECT min(entry) FROM journal_entry)"),
          sql(
              "money from nowhere",
              "TRIAL_BALANCE BALANCE_IS_POSTINGS",
              "UPDATE account_balance SET balance = balance + 5 WHERE account = ("
                  + SUSPENSE
                  + ")"),
          sql(
              "money moved without an entry",
              "BALANCE_IS_POSTINGS",
              "UPDATE account_balance SET balance = balance + 5 WHERE account = (" + SUSPENSE + ")",
              "UPDATE account_balance SET balance = balance - 5 WHERE account = (" + RICH + ")"),
          sql(
              "a version too many",
              "VERSION_IS_COUNT",
              "UPDATE account_balance SET version = 3 WHERE account = (" + SUSPENSE + ")"),
          sql(
              "a gap in the versions",
              "VERSIONS_WITHOUT_GAP",
              "UPDATE posting SET version = version + 1 WHERE account = ("
                  + SETTLEMENT
                  + ") AND version = (SELECT max(version) FROM posting WHERE account = ("
                  + SETTLEMENT
                  + "))"),
          sql(
              "a wrong balance after the last posting",
              "BALANCE_CHAIN",
              "UPDATE posting SET balance_after = balance_after + 1 WHERE account = ("
                  + SETTLEMENT
                  + ") AND version = (SELECT max(version) FROM posting WHERE account = ("
                  + SETTLEMENT
                  + "))"),
          sql(
              "held without a hold",
              "HELD_IS_OPEN_HOLDS",
              "UPDATE account_balance SET held = held + 7 WHERE account = (" + RICH + ")"),
          sql(
              "more held than there is",
              "HELD_IS_COVERED",
              "INSERT INTO hold SELECT bank, 1000000, account, 'COURT', 1, balance - held + 1,"
                  + " 'order 1', '2026-10-16T00:00:00Z' FROM account_balance WHERE account = ("
                  + RICH
                  + ")",
              "UPDATE counter SET next = 1000001 WHERE series = 'hold'",
              "UPDATE account_balance SET held = balance + 1 WHERE account = (" + RICH + ")"),
          entry(
              "a fee from a wage book",
              "WAGE_BOOK_DEBITS SUSPENSE_IS_UNASSIGNED ENTRY_COMMANDED",
              "FEE",
              "fee 1",
              RICH,
              SUSPENSE),
          sql(
              "a wage book that is no account",
              "WAGE_BOOK_ACCOUNTS REGISTER_SEALED",
              "INSERT INTO wage_book SELECT bank, 999999, special_account, 999999, source"
                  + " FROM wage_book LIMIT 1"),
          entry(
              "a settlement between the wrong accounts",
              "ENTRY_WAY ANSWERS_ARE_BOOKED",
              "WAGES_SETTLED",
              "replies 99/0",
              SUSPENSE,
              SUSPENSE),
          entry(
              "a second debit for wages",
              "WAGE_BOOK_ADDS_UP RUN_IS_BOOKED IN_CLEARING_IS_UNANSWERED",
              "WAGES",
              "run 202610/999999",
              RICH,
              "SELECT account FROM account WHERE kind = 'IN_CLEARING'"));

  private static final List<Planted> RUNS =
      List.of(
          sql(
              "a payment that was told and not made",
              "RUN_IS_PAYMENTS",
              "UPDATE run_paid SET payments = payments + 1 WHERE run = (SELECT min(run) FROM"
                  + " run_paid)"),
          sql(
              "a batch decided again before its run was paid",
              "RUN_OPEN_ONCE RUN_IS_PAYMENTS IN_CLEARING_IS_UNANSWERED WAGE_BOOK_ADDS_UP",
              "DELETE FROM run_paid WHERE run = (SELECT min(f.run) FROM run_batch f JOIN run_batch"
                  + " g USING (bank, payroll, batch) JOIN run_paid p ON p.run = f.run WHERE f.run <"
                  + " g.run)"),
          sql(
              "a run that was paid and not debited",
              "RUN_IS_PAYMENTS RUN_IS_BOOKED RUN_HOLD",
              "DELETE FROM run_debited WHERE run = (SELECT min(run) FROM run_debited)"),
          sql(
              "an entry for another run",
              "RUN_IS_BOOKED EVENT_CHAIN",
              "UPDATE event SET subject = 'run 202610/999' WHERE seq ="
                  + " (SELECT min(seq) FROM journal_entry WHERE kind = 'WAGES')",
              "UPDATE journal_entry SET subject = 'run 202610/999' WHERE seq ="
                  + " (SELECT min(seq) FROM journal_entry WHERE kind = 'WAGES')"),
          sql(
              "a hold for another run",
              "RUN_HOLD",
              "UPDATE hold SET subject = 'run 202610/999' WHERE hold = (SELECT min(hold) FROM"
                  + " hold)"),
          sql(
              "paid in full without the money",
              "RUN_OUTCOME DECISIONS_HAVE_EVENTS",
              "UPDATE pay_run SET available = needed - 1 WHERE outcome = 'FULL'"),
          sql(
              "a run that counted its lines wrong",
              "RUN_NEEDED DECISIONS_HAVE_EVENTS",
              "UPDATE pay_run SET lines = lines + 1 WHERE outcome = 'FULL'"),
          sql(
              "shares that are not pro rata",
              "SHARES_FAIR LINES_SEALED LINE_AS_SAID FILE_ADDS_UP ITEM_NOT_OVERPAID",
              "UPDATE payroll_line l SET amount = amount + x.way * 100 FROM (SELECT p.bank,"
                  + " p.pay_month, p.payroll, p.line, row_number() OVER (ORDER BY p.line) * 2 - 3"
                  + " AS way FROM payment p JOIN pay_run r ON r.run = p.run AND r.outcome ="
                  + " 'PRO_RATA' WHERE p.part = 1 AND p.payroll = (SELECT min(y.payroll) FROM"
                  + " payment y JOIN pay_run z USING (run) WHERE z.outcome = 'PRO_RATA') ORDER BY"
                  + " p.line LIMIT 2) x WHERE (l.bank, l.pay_month, l.payroll, l.line) = (x.bank,"
                  + " x.pay_month, x.payroll, x.line)"),
          sql(
              "a batch of another outcome",
              "RUN_BATCHES",
              "UPDATE run_batch SET outcome = 'NOTHING' WHERE outcome = 'PRO_RATA'"),
          sql(
              "payments of a batch that the run does not hold",
              "PAYMENT_OF_RUN RUN_NEEDED DECISIONS_HAVE_EVENTS",
              "DELETE FROM run_batch WHERE outcome = 'FULL' AND payroll ="
                  + " (SELECT min(payroll) FROM run_batch WHERE outcome = 'FULL')"));

  private static final List<Planted> PAYROLLS =
      List.of(
          sql(
              "a batch that was moved and nobody told",
              "PAY_DATE_TOLD PAYROLL_SEALED BATCH_AS_SAID",
              "UPDATE payroll_batch SET moved_from = pay_date + 1 WHERE payroll = (SELECT"
                  + " min(payroll) FROM payroll)"),
          sql(
              "a batch that declares a line more",
              "LINES_DECLARED PAYROLL_SEALED BATCH_AS_SAID",
              "UPDATE payroll_batch SET lines = lines + 1 WHERE payroll = (SELECT min(payroll) FROM"
                  + " payroll)"),
          sql(
              "a block beyond the lines",
              "LINE_NUMBERS LINES_SEALED SCREENED",
              "UPDATE payroll_block SET last_line = last_line + 1 WHERE payroll ="
                  + " (SELECT min(payroll) FROM payroll)"),
          sql(
              "a file that declares a line more",
              "FILE_ADDS_UP PAYROLL_SEALED PAYROLL_AS_SAID",
              "UPDATE payroll SET lines = lines + 1 WHERE payroll = (SELECT min(payroll) FROM"
                  + " payroll)"),
          sql(
              "a payment that is rejected and returned",
              "ANSWER_IS_FINAL PAID_OUT_ADDS_UP ANSWERS_ARE_BOOKED ANSWERS_SEALED ANSWERS_COUNTED",
              "INSERT INTO payment_result SELECT bank, pay_month, payment, 2, 'RETURNED', 'AC06',"
                  + " doc_month, document, subject, at FROM payment_result WHERE payment = "
                  + ANSWERED.formatted("REJECTED")),
          sql(
              "a payment on a decision to refuse",
              "PAYMENT_ALLOWED RUN_NEEDED FILE_ADDS_UP DECISION_TOLD",
              "UPDATE line_decision SET verdict = 'REFUSE' WHERE verdict = 'PAY'"),
          sql(
              "a payment to another's account",
              "PAYEE_IS_WORKER LINES_SEALED LINE_AS_SAID",
              "UPDATE payroll_line SET worker_account = worker_account + 1 WHERE (payroll, line) ="
                  + " (SELECT payroll, line FROM payment WHERE decision = 0 LIMIT 1)"),
          sql(
              "a part too many",
              "ITEM_NOT_OVERPAID",
              "UPDATE payment SET part = part + 1 WHERE payment = (SELECT max(payment) FROM"
                  + " payment)"),
          sql(
              "more paid than the line says",
              "ITEM_NOT_OVERPAID FILE_ADDS_UP RUN_NEEDED LINES_SEALED LINE_AS_SAID",
              "UPDATE payroll_line l SET amount = amount + x.way FROM (SELECT p.bank, p.pay_month,"
                  + " p.payroll, p.line, row_number() OVER (ORDER BY p.line) * 2 - 3 AS way FROM"
                  + " payment p JOIN pay_run r ON r.run = p.run AND r.outcome = 'FULL' WHERE"
                  + " p.decision = 0 AND p.payroll = (SELECT min(payroll) FROM payment) ORDER BY"
                  + " p.line LIMIT 2) x WHERE (l.bank, l.pay_month, l.payroll, l.line) = (x.bank,"
                  + " x.pay_month, x.payroll, x.line)"),
          sql(
              "one hand only",
              "RELEASED_BY_TWO DECISIONS_HAVE_EVENTS",
              "DELETE FROM release WHERE (payroll, person) ="
                  + " (SELECT payroll, person FROM release ORDER BY payroll LIMIT 1)"),
          sql(
              "another contractor's account",
              "CONTRACTOR_OWNS_BOOK REGISTER_SEALED",
              "UPDATE special_account SET contractor = contractor + 1000000"),
          sql(
              "a release of other content",
              "RELEASE_OF_CONTENT",
              "UPDATE release SET hash = sha256('other') WHERE payroll = (SELECT min(payroll) FROM"
                  + " release)"),
          sql(
              "a forged signature",
              "RELEASE_SIGNATURE",
              "UPDATE release SET signature = sha512('forged') WHERE (payroll, person) ="
                  + " (SELECT payroll, person FROM release ORDER BY payroll LIMIT 1)"),
          sql(
              "one wage on two lines",
              "WAGE_ONCE WAGE_CLAIMED PAYEE_IS_WORKER LINES_SEALED LINE_AS_SAID",
              "UPDATE payroll_line l SET party = x.party FROM (SELECT payroll, min(line) AS line,"
                  + " max(line) AS other, (array_agg(party ORDER BY line))[1] AS party FROM"
                  + " payroll_line WHERE verdict = 'PAY' GROUP BY payroll ORDER BY payroll LIMIT 1)"
                  + " x WHERE l.payroll = x.payroll AND l.line = x.other"),
          sql(
              "a wage that nobody claimed",
              "WAGE_CLAIMED",
              "DELETE FROM wage_claim WHERE (payroll, line) ="
                  + " (SELECT payroll, line FROM payroll_line WHERE verdict = 'PAY' LIMIT 1)"),
          sql(
              "an account of two persons that is not listed",
              "SHARED_ACCOUNT_NOTED REGISTER_SEALED SEALED_OPENS",
              "INSERT INTO worker_account SELECT bank, worker_account + 1000000, (SELECT max(party)"
                  + " FROM party), blind, sealed, member, from_date, until_date, source FROM"
                  + " worker_account WHERE worker_account = (SELECT min(worker_account) FROM"
                  + " worker_account); DELETE FROM shared_account"),
          sql(
              "a message identification for another payroll",
              "PAYROLL_KEY",
              "UPDATE payroll_key SET payroll = payroll + 1000 WHERE payroll = (SELECT min(payroll)"
                  + " FROM payroll)"),
          sql(
              "a decision without those before it",
              "DECISION_FITS_LINE DECISION_TOLD",
              "INSERT INTO line_decision SELECT l.bank, l.pay_month, l.payroll, l.line, 3,"
                  + " 'REFUSE', NULL, l.end_to_end, l.amount, NULL, 'planted', 1,"
                  + " '2026-10-16T00:00:00Z' FROM payroll_line l LEFT JOIN line_decision d USING"
                  + " (bank, pay_month, payroll, line) WHERE l.verdict = 'HOLD' AND d.line IS NULL"
                  + " LIMIT 1"),
          sql(
              "a rejected wage to be paid again twice",
              "REPAY_OF_FAILED DECISION_TOLD",
              "INSERT INTO line_decision SELECT d.bank, d.pay_month, d.payroll, d.line, 2, 'REPAY',"
                  + " d.worker_account, 'TWICE', d.amount, d.replaces, d.ground, e.seq,"
                  + " d.decided_at FROM line_decision d, (SELECT max(seq) AS seq FROM event) e"
                  + " WHERE d.verdict = 'REPAY'"));

  private static final List<Planted> CLEARING =
      List.of(
          sql(
              "an answer that was lost",
              "IN_CLEARING_IS_UNANSWERED ANSWERS_ARE_BOOKED WAGE_BOOK_ADDS_UP ANSWERS_SEALED"
                  + " ANSWERS_COUNTED",
              "DELETE FROM payment_result WHERE payment = (SELECT max(payment) FROM payment_result"
                  + " WHERE kind = 'REJECTED')"),
          sql(
              "a settlement that was lost",
              "SETTLEMENT_IS_RESULTS IN_CLEARING_IS_UNANSWERED ANSWERS_ARE_BOOKED"
                  + " ANSWERS_SEALED ANSWERS_COUNTED",
              "DELETE FROM payment_result WHERE payment = (SELECT max(payment) FROM payment_result"
                  + " WHERE kind = 'SETTLED' AND payment NOT IN"
                  + " (SELECT payment FROM payment_result WHERE stage = 2))"),
          sql(
              "an answer under another's entry",
              "ANSWERS_ARE_BOOKED ANSWERS_SEALED",
              "UPDATE payment_result SET subject = 'replies 99/9' WHERE payment = "
                  + ANSWERED.formatted("REJECTED")),
          sql(
              "an answer that was not counted",
              "ANSWERS_COUNTED",
              "UPDATE payroll_answer SET results = results + 1 WHERE replies = (SELECT"
                  + " min(replies) FROM payroll_answer)"),
          sql(
              "an answer from nowhere",
              "ANSWER_OF_PAYMENT ANSWERS_SEALED",
              "UPDATE payment_result SET document = 999999 WHERE payment = "
                  + ANSWERED.formatted("REJECTED")),
          sql(
              "a rejection without a reason",
              "FAILURE_HAS_REASON ANSWERS_SEALED",
              "UPDATE payment_result SET reason = NULL WHERE payment = "
                  + ANSWERED.formatted("REJECTED")),
          sql(
              "packages that overlap",
              "PACKAGES_APART PACKAGE_TOTALS PACKAGE_PARTICIPANT PAYMENTS_PACKED",
              "UPDATE package SET last_payment = last_payment + 1 WHERE package = (SELECT"
                  + " min(package) FROM package)"),
          sql(
              "payments outside any package",
              "PAYMENTS_PACKED PACKAGE_SENT_ONCE TRANSFER_IS_PAYMENT MESSAGE_IS_PACKAGE"
                  + " UNKNOWN_IS_WATCHED RECALL_SENT_ONCE",
              "DELETE FROM package WHERE package = (SELECT min(package) FROM package)"),
          sql(
              "a package that is a cent off",
              "PACKAGE_TOTALS MESSAGE_IS_PACKAGE",
              "UPDATE package SET total = total + 1 WHERE package = (SELECT min(package) FROM"
                  + " package)"),
          sql(
              "packages that are too large",
              "PACKAGE_SIZE REGISTER_SEALED",
              "INSERT INTO parameter SELECT bank, '', 'package-size', '2026-10-01', '0', 'planted'"
                  + " FROM bank"),
          sql(
              "a package for another participant's banks",
              "PACKAGE_PARTICIPANT REGISTER_SEALED",
              "UPDATE participant SET direct = '999999999999' WHERE member = (SELECT a.member"
                  + " FROM payment p JOIN worker_account a USING (bank, worker_account) LIMIT 1)"),
          sql(
              "a message of a package that was not sent",
              "PACKAGE_SENT_ONCE RECALL_SENT_ONCE",
              "DELETE FROM package_sent WHERE package = (SELECT min(package) FROM package)"));

  private static final List<Planted> QUESTIONS =
      List.of(
          sql(
              "a silence that nobody was asked about",
              "SILENCE_ASKED_ONCE",
              "UPDATE answer_check SET silent = 0 WHERE silent > 0"),
          sql(
              "an unknown payment that nobody watches",
              "UNKNOWN_IS_WATCHED EXCEPTION_TOLD",
              "DELETE FROM clearing_exception WHERE exception = (SELECT max(exception) FROM"
                  + " clearing_exception WHERE kind = 'NO_ANSWER')"),
          sql(
              "a recall that never went out",
              "RECALL_SENT_ONCE",
              "DELETE FROM recall_sent WHERE payment = (SELECT min(payment) FROM recall_sent)"),
          sql(
              "a word on a recall from nowhere",
              "RECALL_ANSWERED",
              "UPDATE recall_answer SET document = 999999"),
          sql(
              "a recall by other persons than the log says",
              "DECIDED_BY_TWO",
              "UPDATE recall SET checker = 'nobody' WHERE payment = (SELECT min(payment) FROM"
                  + " recall)"),
          sql(
              "a report that is a cent off",
              "REPORT_ADDS_UP",
              "UPDATE settlement_report SET settled = settled + 1"),
          sql(
              "a report that was compared in part",
              "REPORT_SETTLES",
              "UPDATE settlement_compared SET agreed = 0, differences = 0"),
          sql(
              "a return that was told and never was",
              "RETURN_TOLD",
              "UPDATE return_notice SET payment = (SELECT max(payment) FROM payment) WHERE payment"
                  + " = (SELECT min(payment) FROM return_notice)"),
          sql(
              "an exception that is nobody's",
              "EXCEPTION_HAS_OWNER",
              "DELETE FROM exception_owner WHERE exception = (SELECT min(exception) FROM"
                  + " exception_owner)"),
          sql(
              "a silence closed by hand",
              "SILENCE_NOT_CLOSED DECIDED_BY_TWO",
              "INSERT INTO exception_closed SELECT bank, max(exception), 'clerk', 'head',"
                  + " 'planted', max(opened_at) FROM clearing_exception e WHERE kind = 'NO_ANSWER'"
                  + " AND NOT EXISTS (SELECT 1 FROM payment_result r WHERE right(e.tx_id,"
                  + " 10)::bigint = r.payment) GROUP BY bank"));

  private static final List<Planted> RECONCILIATION =
      List.of(
          sql(
              "a statement's entry of another amount",
              "STATEMENT_AS_READ",
              "UPDATE core_entry SET amount = amount + 1 WHERE (statement, entry) = (SELECT"
                  + " statement, entry FROM core_entry ORDER BY 1, 2 LIMIT 1)"),
          sql(
              "a comparison that found less",
              "COMPARISON_TOLD",
              "UPDATE day_comparison SET breaks = breaks - 1"),
          sql(
              "a break of another amount",
              "BREAK_TOLD",
              "UPDATE day_break SET ours = ours + 1 WHERE kind = 'MISSING_IN_CORE'"),
          sql(
              "a break that is nobody's",
              "BREAK_HAS_OWNER",
              "DELETE FROM break_owner WHERE break = (SELECT min(break) FROM break_owner)"),
          sql(
              "an explanation by somebody else",
              "BREAK_EXPLAINED_ON_RECORD BREAK_CLOSED_LAWFULLY",
              "UPDATE break_explained SET person = 'nobody' WHERE break = (SELECT min(break) FROM"
                  + " break_explained)"),
          sql(
              "money explained by one",
              "BREAK_CLOSED_LAWFULLY BREAK_EXPLAINED_ON_RECORD BREAK_TOLD",
              "UPDATE break_closed SET outcome = 'EXPLAINED', checker = NULL WHERE outcome ="
                  + " 'AGREED'"),
          sql(
              "a break that the books no longer know of and no comparison took back",
              "BREAK_CLOSED_LAWFULLY BREAK_TOLD",
              "INSERT INTO break_closed SELECT bank, max(break), 'GONE', NULL, NULL, 'planted',"
                  + " max(opened_at) FROM day_break b WHERE NOT EXISTS (SELECT 1 FROM break_closed"
                  + " c WHERE c.break = b.break) GROUP BY bank"),
          sql(
              "a day closed over open breaks",
              "DAY_CLOSED_CLEAN BREAK_EXPLAINED_ON_RECORD",
              "INSERT INTO day_closed SELECT bank, day, nth, 'clerk', compared_at FROM"
                  + " day_comparison"));

  private static final List<Planted> DESK =
      List.of(
          sql(
              "a held line that is another's",
              "LINE_GIVEN",
              "UPDATE line_owner SET owner = 'operator'"),
          sql(
              "a line that was given before it was first given",
              "LINE_GIVEN",
              "UPDATE line_owner SET nth = 2"),
          sql(
              "a proposal on another ground",
              "PROPOSAL_TOLD",
              "UPDATE proposal SET ground = 'a friend asked' WHERE action = 'REFUSE'"),
          sql(
              "a proposal that its own maker agreed to",
              "PROPOSAL_ANSWERED PROPOSAL_TOLD",
              "UPDATE proposal_answer SET checker = 'clerk' WHERE agreed"),
          sql(
              "a proposal that was agreed to and not carried out",
              "PROPOSAL_ANSWERED",
              "UPDATE proposal_answer SET answered_at = answered_at + interval '1 second' WHERE"
                  + " agreed"),
          sql(
              "a correction without its document",
              "CORRECTION_HAS_PAPERS",
              "DELETE FROM evidence_document"),
          sql(
              "a correction that its own maker agreed to",
              "CORRECTION_HAS_PAPERS CORRECTION_TOLD",
              "UPDATE correction_answer SET checker = 'clerk'"),
          sql(
              "a correction of another amount than was agreed",
              "CORRECTION_HAS_PAPERS CORRECTION_TOLD",
              "UPDATE correction SET amount = amount + 1"),
          sql("a payee on a list whose hit was wiped out", "SCREENED", "DELETE FROM screening_hit"),
          sql(
              "lines that were compared with no list there is",
              "SCREENED",
              "UPDATE payroll_screened SET list = 99 WHERE payroll = (SELECT min(payroll) FROM"
                  + " payroll_screened)"),
          sql(
              "a list that was exchanged",
              "SCREENING_LIST_TOLD",
              "UPDATE screening_list SET hash = sha256('another')"),
          sql(
              "an endpoint elsewhere",
              "WEBHOOK_TOLD",
              "UPDATE webhook SET url = 'https://elsewhere.example'"),
          sql(
              "an endpoint that nobody confirmed",
              "WEBHOOK_CONFIRMED WEBHOOK_TOLD",
              "DELETE FROM webhook_step"),
          sql(
              "an event that an endpoint never heard of",
              "WEBHOOK_WITHOUT_GAP",
              "UPDATE webhook_attempt SET after_seq = after_seq + 1 WHERE attempt = (SELECT"
                  + " max(attempt) FROM webhook_attempt)"));

  private static final List<Planted> RECORDS =
      List.of(
          sql(
              "an event that was cut out",
              "EVENTS_WITHOUT_GAP EVENT_CHAIN READING_TOLD",
              "DELETE FROM event WHERE seq = (SELECT min(seq) FROM event WHERE kind ="
                  + " 'PAYROLL_READ')"),
          sql(
              "an entry that nobody was told of",
              "ENTRY_HAS_EVENT EVENT_CHAIN",
              "UPDATE event SET kind = 'OTHER' WHERE seq = (SELECT min(seq) FROM event WHERE kind ="
                  + " 'BOOKED')"),
          sql(
              "a run that nobody was told of",
              "DECISIONS_HAVE_EVENTS EVENT_CHAIN",
              "UPDATE event SET kind = 'OTHER' WHERE seq ="
                  + " (SELECT min(seq) FROM event WHERE kind = 'RUN_DECIDED')"),
          sql(
              "a document that could come twice",
              "DOCUMENT_ONCE",
              "DELETE FROM inbound_hash WHERE document = (SELECT min(document) FROM inbound_hash)"),
          sql(
              "an answer to no document",
              "DOCUMENT_KNOWN MESSAGE_TOLD",
              "UPDATE outbound_message SET answers = 999999 WHERE message ="
                  + " (SELECT min(message) FROM outbound_message WHERE answers IS NOT NULL)"),
          sql(
              "a submission of no document",
              "DOCUMENT_KNOWN",
              "INSERT INTO submission SELECT bank, 202610, 999999, firm, person, TIMESTAMPTZ"
                  + " '2026-10-13 02:00Z' FROM user_role WHERE firm IS NOT NULL"
                  + " ORDER BY user_name LIMIT 1"),
          sql(
              "an account of two persons",
              "USER_IS_ONE_PERSON",
              "INSERT INTO user_role SELECT bank, user_name, 'AUDITOR', (SELECT max(party) FROM"
                  + " party WHERE kind = 'PERSON'), NULL, from_date, NULL, 'forged' FROM user_role"
                  + " WHERE role = 'MAKER'"),
          sql(
              "a message that never goes out",
              "MESSAGE_GOES_OUT",
              "DELETE FROM outbound_due WHERE message = (SELECT min(message) FROM outbound_due)"),
          sql(
              "a counter that was turned back",
              "NUMBERS_NOT_REUSED",
              "UPDATE counter SET next = 1 WHERE series = 'hold'"),
          sql(
              "a command that was changed",
              "COMMAND_CHAIN",
              "UPDATE command_log SET ground = 'another' WHERE command = 1"),
          sql(
              "a table that can be changed",
              "APPEND_ONLY",
              "ALTER TABLE payment DISABLE TRIGGER payment_append_only"),
          sql(
              "a partition that can be changed",
              "APPEND_ONLY",
              "DROP TRIGGER payment_append_only ON payment_202610"),
          sql(
              "postings that nothing guards",
              "POSTINGS_GUARDED",
              "ALTER TABLE posting DISABLE TRIGGER posting_lawful"),
          sql(
              "a closed list that was opened",
              "CLOSED_LIST",
              "UPDATE entry_kind SET leaves_wage_book = true WHERE kind = 'FEE'"));

  private static final String LATE =
      "INSERT INTO labour_cost_state SELECT bank, project, '2026-10-10', 1, '%s', 100, %d,"
          + " '2026-10-11', 0, '2026-10-11T00:00:00Z' FROM project ORDER BY project LIMIT 1";

  /** All wage books of one account end, whatever is on them. */
  private static final String CLOSED =
      "INSERT INTO closing_step SELECT bank, wage_book, 1, 'CLOSED', '2026-10-16', 'a', 'b',"
          + " 'none', 0, 1, '2026-10-16T00:00:00Z' FROM wage_book WHERE special_account = (SELECT"
          + " min(special_account) FROM wage_book)";

  private static final List<Planted> FUNDING =
      List.of(
          sql(
              "labour cost that is late and nobody was told",
              "LABOUR_COST_TOLD",
              LATE.formatted("LATE", 0)),
          sql(
              "labour cost that was met before it was late",
              "LABOUR_COST_STATES LABOUR_COST_TOLD",
              LATE.formatted("MET", 100)),
          entry(
              "money in suspense that nobody told of",
              "SUSPENSE_IS_UNASSIGNED",
              "UNASSIGNED",
              "advice 999",
              SETTLEMENT,
              SUSPENSE),
          sql(
              "an advice that is credited and not booked",
              "ADVICE_IS_BOOKED SEALED_OPENS",
              "INSERT INTO advice SELECT bank, 999, '1', 'R', month, document, '', 100, 'CREDITED',"
                  + " '', '', '2026-10-16', 1, '2026-10-16T00:00:00Z' FROM inbound_document LIMIT"
                  + " 1"),
          entry(
              "money sent back from where it was not",
              "FUNDING_WAY SUSPENSE_IS_UNASSIGNED",
              "SENT_BACK",
              "advice 1",
              SETTLEMENT,
              SUSPENSE),
          new Planted(
              "a refused debit that the supervisor never heard of",
              List.of("REFUSED_DEBIT_TOLD"),
              day -> tell(day, "DEBIT_REFUSED", "wage book 1", "FEE")),
          sql(
              "an opening that nobody was told of",
              "OPENING_IN_ORDER",
              "INSERT INTO account_opening SELECT bank, wage_book, '2026-10-01', '2026-10-01', 'a',"
                  + " 'b', 0, '2026-10-01T00:00:00Z' FROM wage_book LIMIT 1"),
          sql(
              "a dispute about what nobody confirmed",
              "DISPUTE_FITS",
              "INSERT INTO wage_dispute SELECT bank, period, project, party, run_type, nth, amount"
                  + " + 1, amount + 2, 1, confirmed_at FROM confirmation LIMIT 1"),
          sql(
              "a wage book that was closed without a notice",
              "CLOSING_IN_ORDER CLOSED_STAYS_CLOSED MARK_FITS",
              CLOSED),
          entry(
              "money to a contractor from a wage book that is open",
              "CLOSING_IN_ORDER",
              "CLOSING_BALANCE",
              "wage book 1",
              RICH,
              SETTLEMENT),
          sql(
              "a mark that was lifted too early",
              "MARK_FITS",
              "INSERT INTO account_mark SELECT bank, special_account, 1, false, 'none', 1,"
                  + " '2026-10-16T00:00:00Z' FROM special_account LIMIT 1"),
          sql(
              "labour cost that is written down and not booked",
              "LABOUR_COST_IS_BOOKED LABOUR_COST_COMMANDED",
              "INSERT INTO labour_cost SELECT bank, sha256('none'), 999, wage_book, 100, 'none',"
                  + " '2026-10-16' FROM wage_book LIMIT 1"));

  private static final List<Planted> MESSAGES =
      List.of(
          sql(
              "a package that was sent twice",
              "TXID_ONCE PACKAGE_SENT_ONCE MESSAGE_TOLD",
              "INSERT INTO outbound_message SELECT bank, 202610, 900000, counterpart, name,"
                  + " 'pacs.008.001.09', subject, hash, size, answers, created_at FROM"
                  + " outbound_message WHERE kind LIKE 'pacs.008.%' ORDER BY message LIMIT 1",
              "INSERT INTO outbound_due SELECT bank, 202610, 900000 FROM bank",
              "UPDATE counter SET next = 900001 WHERE series = 'message'"),
          bytes(
              "a transfer with another reference",
              "TRANSFER_IS_PAYMENT MESSAGE_TOLD",
              "<EndToEndId>[^<]*<",
              "<EndToEndId>OTHER<"),
          bytes(
              "a transfer of another amount",
              "TRANSFER_IS_PAYMENT MESSAGE_IS_PACKAGE MESSAGE_TOLD",
              "<IntrBkSttlmAmt Ccy=\"CNY\">[^<]*<",
              "<IntrBkSttlmAmt Ccy=\"CNY\">1.00<"),
          bytes(
              "a transfer to another account",
              "TRANSFER_TO_WORKER MESSAGE_TOLD",
              "<CdtrAcct><Id><Othr><Id>[^<]*<",
              "<CdtrAcct><Id><Othr><Id>6222020000000000000<"),
          bytes(
              "a transfer that was left out",
              "PAYMENT_WAS_SENT MESSAGE_IS_PACKAGE MESSAGE_TOLD",
              "<CdtTrfTxInf>.*?</CdtTrfTxInf>\n",
              ""),
          bytes(
              "a message of another day",
              "MESSAGE_IS_PACKAGE MESSAGE_TOLD",
              "<IntrBkSttlmDt>[^<]*<",
              "<IntrBkSttlmDt>2026-10-19<"),
          bytes("a message that breaks its grammar", "SENT_IS_VALID MESSAGE_TOLD", "SLEV", "EVER"),
          sql(
              "a document whose bytes are gone",
              "RECEIVED_BYTES DOCUMENT_TOLD PAYROLL_AS_SAID",
              "UPDATE inbound_document SET hash = sha256('gone') WHERE document ="
                  + " (SELECT min(document) FROM inbound_document)",
              "UPDATE inbound_hash SET hash = sha256('gone') WHERE document ="
                  + " (SELECT min(document) FROM inbound_document)"),
          sql(
              "a message of another size",
              "SENT_BYTES MESSAGE_TOLD",
              "UPDATE outbound_message SET size = size + 1 WHERE message ="
                  + " (SELECT min(message) FROM outbound_message)"));

  /** A held line of which nothing was decided. */
  private static final String HELD =
      "(SELECT payroll, line FROM payroll_line l WHERE verdict = 'HOLD' AND NOT EXISTS (SELECT 1"
          + " FROM line_decision d WHERE (d.payroll, d.line) = (l.payroll, l.line)) ORDER BY 1, 2"
          + " LIMIT 1)";

  /** A payroll that has payments, and no line of which was decided about. */
  private static final String PAID_AS_SAID =
      "(SELECT min(payroll) FROM run_batch WHERE outcome = 'FULL' AND payroll NOT IN (SELECT"
          + " payroll FROM line_decision))";

  /** Changed by who knows the tables, but neither the bank's key nor every trace. */
  private static final List<Planted> TRACES =
      List.of(
          sql(
              "an event that says something else",
              "EVENT_CHAIN",
              "UPDATE event SET detail = '1 lines' WHERE seq = (SELECT min(seq) FROM event WHERE"
                  + " kind = 'PAYROLL_READ')"),
          sql(
              "an event of another time",
              "EVENT_CHAIN",
              "UPDATE event SET at = at + interval '1 second' WHERE seq = (SELECT max(seq) FROM"
                  + " event)"),
          sql(
              "an event that was chained without the key",
              "EVENT_CHAIN",
              """
              WITH taken AS (
                UPDATE counter SET next = next + 1, chain = sha256(chain || 'forged')
                 WHERE series = 'event' RETURNING *)
              INSERT INTO event
              SELECT bank, next - 1, 'FORGED', 'nothing', '', '2026-10-16T13:00:00Z', chain FROM taken
              """),
          sql(
              "the last events, and their counter, gone",
              "EVENT_CHAIN EXCEPTION_TOLD DECISION_TOLD ENTRY_HAS_EVENT MESSAGE_TOLD"
                  + " DECISIONS_HAVE_EVENTS ANSWERS_SEALED DECISION_FITS_LINE DOCUMENT_TOLD"
                  + " LINE_GIVEN PROPOSAL_TOLD WEBHOOK_TOLD CORRECTION_TOLD"
                  + " STATEMENT_AS_READ COMPARISON_TOLD BREAK_TOLD",
              "DELETE FROM event WHERE seq >= (SELECT min(seq) FROM event WHERE kind ="
                  + " 'LINE_DECIDED')",
              "UPDATE counter c SET next = 1 + (SELECT max(seq) FROM event) WHERE series ="
                  + " 'event'"),
          sql(
              "the last command gone",
              "COMMAND_CHAIN PROPOSAL_TOLD",
              "DELETE FROM command_log WHERE command = (SELECT max(command) FROM command_log)"),
          sql(
              "an entry of the next day",
              "ENTRY_HAS_EVENT",
              "UPDATE journal_entry SET business_date = business_date + 1 WHERE entry ="
                  + " (SELECT max(entry) FROM journal_entry)"),
          sql(
              "a held line that is to be paid",
              "LINES_SEALED RUN_NEEDED",
              "UPDATE payroll_line SET verdict = 'PAY' WHERE (payroll, line) = " + HELD),
          sql(
              "a held line of another amount, and its file with it",
              "LINES_SEALED PAYROLL_SEALED LINE_AS_SAID BATCH_AS_SAID PAYROLL_AS_SAID",
              "UPDATE payroll_line SET amount = amount + 1 WHERE (payroll, line) = " + HELD,
              "UPDATE payroll_batch SET total = total + 1 WHERE (payroll, batch) = (SELECT payroll,"
                  + " batch FROM payroll_line WHERE (payroll, line) = "
                  + HELD
                  + ")",
              "UPDATE payroll SET total = total + 1 WHERE payroll = (SELECT payroll FROM"
                  + " payroll_line WHERE (payroll, line) = "
                  + HELD
                  + ")"),
          sql(
              "a payroll of other content, with all that was signed",
              "PAYROLL_AS_SAID PAYROLL_SEALED RELEASE_SIGNATURE",
              "UPDATE payroll SET content_hash = sha256('other') WHERE payroll = (SELECT"
                  + " min(payroll) FROM release)",
              "UPDATE payroll_key SET content_hash = sha256('other') WHERE payroll = (SELECT"
                  + " min(payroll) FROM release)",
              "UPDATE release SET hash = sha256('other') WHERE payroll = (SELECT min(payroll) FROM"
                  + " release)"),
          sql(
              "a payroll that was never there",
              "PAYROLL_SEALED LINES_SEALED PAYMENT_ALLOWED PAYEE_IS_WORKER RELEASED_BY_TWO"
                  + " DECISIONS_HAVE_EVENTS CONTRACTOR_OWNS_BOOK RUN_NEEDED RUN_BATCHES"
                  + " PAYMENT_OF_RUN TRANSFER_IS_PAYMENT READING_TOLD SCREENED",
              "DELETE FROM payroll_line WHERE payroll = " + PAID_AS_SAID,
              "DELETE FROM payroll_block WHERE payroll = " + PAID_AS_SAID,
              "DELETE FROM payroll_batch WHERE payroll = " + PAID_AS_SAID,
              "DELETE FROM payroll_key WHERE payroll = " + PAID_AS_SAID,
              "DELETE FROM wage_claim WHERE payroll = " + PAID_AS_SAID,
              "DELETE FROM release WHERE payroll = " + PAID_AS_SAID,
              "DELETE FROM payroll WHERE payroll = " + PAID_AS_SAID),
          sql(
              "a document that will be read once more",
              "READING_TOLD",
              "DELETE FROM inbound_done WHERE document = (SELECT max(document) FROM payroll WHERE"
                  + " verdict = 'READ')"),
          sql(
              "two wages of one batch, exchanged",
              "LINE_AS_SAID LINES_SEALED ITEM_NOT_OVERPAID FILE_ADDS_UP RUN_NEEDED",
              """
              UPDATE payroll_line l SET amount = x.other
                FROM (SELECT p.payroll, p.line, sum(p.amount) OVER (PARTITION BY p.payroll)
                               - p.amount AS other
                        FROM payroll_line p
                       WHERE (p.payroll, p.line) IN (
                         SELECT payroll, line FROM payment JOIN pay_run r USING (bank, run)
                          WHERE r.outcome = 'FULL' AND decision = 0 AND payroll =
                                (SELECT min(payroll) FROM payment)
                          ORDER BY line LIMIT 2)) x
               WHERE (l.payroll, l.line) = (x.payroll, x.line)
              """),
          sql(
              "a decision that nobody commanded",
              "DECISION_TOLD",
              "UPDATE line_decision SET ground = 'another' WHERE verdict = 'REPAY'"),
          sql(
              "an answer of another reason",
              "ANSWERS_SEALED",
              "UPDATE payment_result SET reason = 'AC01' WHERE payment = "
                  + ANSWERED.formatted("REJECTED")),
          sql(
              "exceptions that nobody will look at",
              "EXCEPTION_TOLD UNKNOWN_IS_WATCHED DECIDED_BY_TWO",
              "DELETE FROM clearing_exception",
              "DELETE FROM exception_owner",
              "DELETE FROM exception_closed"),
          sql(
              "a message that is said to have gone",
              "MESSAGE_TOLD",
              """
              WITH gone AS (DELETE FROM outbound_due WHERE message =
                (SELECT min(message) FROM outbound_due) RETURNING *)
              INSERT INTO outbound_delivery SELECT bank, month, message, 1, '2026-10-16T13:00:00Z'
                FROM gone
              """),
          sql(
              "a report to a contractor that was never made",
              "MESSAGE_TOLD",
              "DELETE FROM outbound_due WHERE message = (SELECT max(message) FROM outbound_message"
                  + " WHERE kind LIKE 'pain.002%')",
              "DELETE FROM outbound_message WHERE message = (SELECT max(message) FROM"
                  + " outbound_message WHERE kind LIKE 'pain.002%')"),
          sql("confirmations that are gone", "REGISTER_SEALED", "DELETE FROM confirmation"),
          sql(
              "an employment too many",
              "REGISTER_SEALED",
              "INSERT INTO employment SELECT bank, project, party, firm, '2020-01-01', until_date,"
                  + " contract, source FROM employment LIMIT 1"),
          sql(
              "a name that is another's",
              "SEALED_OPENS REGISTER_SEALED",
              "UPDATE party SET name_sealed = (SELECT name_sealed FROM party WHERE kind = 'PERSON'"
                  + " ORDER BY party LIMIT 1) WHERE party = (SELECT max(party) FROM party WHERE"
                  + " kind = 'PERSON')"),
          sql(
              "an account number that nobody can read",
              "SEALED_OPENS REGISTER_SEALED",
              "UPDATE worker_account SET sealed = '\\x00' WHERE worker_account = (SELECT"
                  + " min(worker_account) FROM worker_account)"),
          sql(
              "a register that says it holds something else",
              "REGISTER_SEALED EVENT_CHAIN",
              "UPDATE event SET detail = 'a great many' WHERE seq = (SELECT min(seq) FROM event"
                  + " WHERE kind = 'ROWS_SEALED')"),
          entry(
              "labour cost that is booked and not written down",
              "LABOUR_COST_IS_BOOKED",
              "LABOUR_COST",
              "labour cost 999",
              SETTLEMENT,
              RICH),
          entry(
              "a correction that nobody commanded",
              "ENTRY_COMMANDED CORRECTION_HAS_PAPERS",
              "CORRECTION",
              "correction 99",
              RICH,
              SETTLEMENT),
          sql(
              "labour cost of another reference",
              "LABOUR_COST_COMMANDED",
              "UPDATE labour_cost SET reference = 'another'"));

  static final List<Planted> ALL =
      java.util.stream.Stream.of(
              LEDGER,
              RUNS,
              PAYROLLS,
              CLEARING,
              QUESTIONS,
              DESK,
              FUNDING,
              RECONCILIATION,
              RECORDS,
              MESSAGES,
              TRACES)
          .flatMap(List::stream)
          .toList();
}
