package org.wagerail.payroll;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.project.WageBooks;

/** Who handed a payroll in by a channel that knows its users, and for which contractor. */
@Component
public class Submissions {
  private final JdbcClient jdbc;
  private final WageBooks wageBooks;

  Submissions(JdbcClient jdbc, WageBooks wageBooks) {
    this.jdbc = jdbc;
    this.wageBooks = wageBooks;
  }

  /**
   * Whether a payroll's accounts are these firms'. One that is no account here is nobody's: its
   * lines are refused when they are read.
   */
  public boolean areOf(int bank, Set<Long> firms, SaidPayroll payroll) {
    return wageBooks.find(bank, SaidBatch.names(payroll.batches())).stream()
        .map(WageBooks.Found::contractor)
        .allMatch(contractor -> contractor == null || firms.contains(contractor));
  }

  /** Notes that a firm's person handed a document in; the first time counts. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void note(InboundDocument document, long firm, long person, Instant at) {
    jdbc.sql(
            """
            INSERT INTO submission (bank, month, document, firm, person, submitted_at)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """)
        .params(
            document.bank(),
            document.month(),
            document.document(),
            firm,
            person,
            Timestamp.from(at))
        .update();
  }
}
