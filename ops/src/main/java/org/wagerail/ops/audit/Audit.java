package org.wagerail.ops.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.wagerail.adapter.contractor.PayrollReader;
import org.wagerail.adapter.sheet.SheetLimits;
import org.wagerail.audit.Books;
import org.wagerail.audit.Emitted;
import org.wagerail.audit.Proof;
import org.wagerail.audit.Said;
import org.wagerail.audit.Tally;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.project.Parameters;

/** Recomputes every invariant from the rows and from the bytes of the messages. */
@Component
public final class Audit {
  private static final int PAGE = 500;

  private final Books books;
  private final Emitted emitted;
  private final Said said;
  private final PayrollReader reader;
  private final Parameters parameters;
  private final MessageStore store;
  private final TransactionTemplate snapshot;

  Audit(
      Books books,
      Emitted emitted,
      Said said,
      PayrollReader reader,
      Parameters parameters,
      MessageStore store,
      PlatformTransactionManager transactions) {
    this.books = books;
    this.emitted = emitted;
    this.said = said;
    this.reader = reader;
    this.parameters = parameters;
    this.store = store;
    this.snapshot = new TransactionTemplate(transactions);
    this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
  }

  /**
   * Audits one bank, or with null all of them. Inside a caller's transaction it sees what that
   * transaction sees.
   *
   * @return one proof for each rule, in a fixed order
   */
  public List<Proof> run(@Nullable Integer bank) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      books.refresh();
    }
    return Objects.requireNonNull(snapshot.execute(_ -> prove(bank)));
  }

  /** Whether nothing is wrong. */
  public static boolean clean(List<Proof> proofs) {
    return proofs.stream().allMatch(Proof::ok);
  }

  private List<Proof> prove(@Nullable Integer bank) {
    var banks = bank == null ? books.banks() : List.of(bank);
    var proofs = new ArrayList<>(books.prove(banks));
    var bytes = new KeptBytes(store);
    var ofEmitted = books.emittedTallies();
    var ofSaid = said.tallies();
    for (int each : banks) {
      received(each, bytes);
      readAgain(each, ofSaid);
      sent(each, bytes);
      books.proveEmitted(each, ofEmitted);
    }
    ofSaid.stream().map(Tally::proof).forEach(proofs::add);
    ofEmitted.stream().map(Tally::proof).forEach(proofs::add);
    proofs.addAll(bytes.proofs());
    return proofs;
  }

  private void received(int bank, KeptBytes bytes) {
    var page = books.inbound(bank, null, PAGE);
    while (!page.isEmpty()) {
      page.forEach(document -> bytes.received(bank, document));
      page = books.inbound(bank, page.getLast(), PAGE);
    }
  }

  /** Contractors' files, under the limits of the day on which they were read. */
  private void readAgain(int bank, List<Tally> tallies) {
    var ofBank = parameters.of(bank, "");
    var page = said.page(bank, null, PAGE);
    while (!page.isEmpty()) {
      said.prove(
          bank,
          page,
          (payroll, lines) ->
              reader.read(payroll.document(), SheetLimits.of(ofBank, payroll.readOn()), lines),
          tallies);
      page = said.page(bank, page.getLast(), PAGE);
    }
  }

  private void sent(int bank, KeptBytes bytes) {
    emitted.begin();
    var page = books.outbound(bank, null, PAGE);
    while (!page.isEmpty()) {
      var messages = page;
      emitted.add(bank, to -> messages.forEach(message -> bytes.sent(bank, message, to)));
      page = books.outbound(bank, page.getLast(), PAGE);
    }
    emitted.end();
  }
}
