package org.wagerail.adapter.clearing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.wagerail.iso.Camt053;
import org.wagerail.iso.Verdict;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.payment.SettlementReports;

/**
 * Reads clearing's report of a day, a statement of the bank's settlement account (camt.053), as a
 * stream: debits are what was settled, credits with return information what went back.
 */
@Component
public final class SettlementReader {
  private static final String FAMILY = "camt.053.";

  private final MessageStore store;

  SettlementReader(MessageStore store) {
    this.store = store;
  }

  /** Whether a document is such a report. */
  public static boolean isReport(InboundDocument document) {
    return document.message().startsWith(FAMILY);
  }

  /**
   * Reads a report to its end for what it says of itself.
   *
   * @param account the settlement account, named by the bank's clearing member identification
   * @return null when it breaks its grammar, is no statement of one day of this account, or does
   *     not add up: its balances, its entries and their transactions must agree to the cent
   */
  public SettlementReports.@Nullable Header header(InboundDocument document, String account) {
    try (var message = Camt053.open(store.read(document.hash()))) {
      var sums = new Sums(account);
      for (var event = message.next(); event != null; event = message.next()) {
        sums.add(event);
      }
      return message.report().verdict() == Verdict.VALID ? sums.header() : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The items of a report whose header is good; closing closes the document. */
  public Items items(InboundDocument document) {
    try {
      return new Items(Camt053.open(store.read(document.hash())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A report's items, in order. */
  public static final class Items implements Iterator<SettlementReports.Item>, AutoCloseable {
    private final Camt053 message;
    private SettlementReports.@Nullable Item ready;

    private Items(Camt053 message) {
      this.message = message;
    }

    @Override
    public boolean hasNext() {
      while (ready == null) {
        var event = message.next();
        if (event == null) {
          return false;
        }
        if (event instanceof Camt053.Transaction transaction) {
          ready = item(transaction);
        }
      }
      return true;
    }

    @Override
    public SettlementReports.Item next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      var item = Objects.requireNonNull(ready);
      ready = null;
      return item;
    }

    @Override
    public void close() {
      message.close();
    }
  }

  private static SettlementReports.Item item(Camt053.Transaction transaction) {
    return new SettlementReports.Item(
        Objects.requireNonNullElse(transaction.txId(), ""),
        minor(transaction.amount(), transaction.currency()),
        transaction.credit());
  }

  /** Minor units; -1 for what is not in cents of CNY. */
  private static long minor(@Nullable BigDecimal amount, @Nullable String currency) {
    if (amount == null || !"CNY".equals(currency)) {
      return -1;
    }
    var cents = amount.movePointRight(2).stripTrailingZeros();
    return cents.scale() > 0 || cents.precision() - cents.scale() > 18
        ? -1
        : cents.longValueExact();
  }

  /** What a statement adds up to, while it is read. */
  private static final class Sums {
    private final String account;
    private @Nullable String statement;
    private @Nullable LocalDate day;
    private @Nullable Long opening;
    private @Nullable Long closing;
    private boolean good = true;
    private int items;
    private long settled;
    private long returned;
    private long ofEntry;
    private long inEntry;

    private Sums(String account) {
      this.account = account;
    }

    private void add(Camt053.Event event) {
      switch (event) {
        case Camt053.Statement said -> {
          // One statement a report: two would be two days or two accounts.
          good &=
              statement == null
                  && account.equals(said.account())
                  && said.from() != null
                  && said.from().equals(said.to());
          statement = said.id();
          day = said.from();
        }
        case Camt053.Balance said -> {
          long minor = minor(said.amount(), said.currency());
          good &= minor >= 0;
          if ("OPBD".equals(said.code())) {
            opening = said.credit() ? minor : -minor;
          } else if ("CLBD".equals(said.code())) {
            closing = said.credit() ? minor : -minor;
          }
        }
        case Camt053.Transaction said -> {
          long minor = minor(said.amount(), said.currency());
          // What went back says so: another credit is not clearing's to give here.
          good &= minor > 0 && said.txId() != null && said.credit() == said.returned();
          ofEntry = Math.addExact(ofEntry, Math.max(minor, 0));
          inEntry++;
          items++;
        }
        case Camt053.Entry said -> {
          good &=
              "BOOK".equals(said.status())
                  && minor(said.amount(), said.currency()) == ofEntry
                  && (said.batch() == null || said.batch() == inEntry);
          if (said.credit()) {
            returned = Math.addExact(returned, ofEntry);
          } else {
            settled = Math.addExact(settled, ofEntry);
          }
          ofEntry = 0;
          inEntry = 0;
        }
      }
    }

    private SettlementReports.@Nullable Header header() {
      return good
              && statement != null
              && day != null
              && opening != null
              && closing != null
              && closing - opening == returned - settled
          ? new SettlementReports.Header(statement, day, items, settled, returned)
          : null;
    }
  }
}
