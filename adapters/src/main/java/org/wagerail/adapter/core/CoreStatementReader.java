package org.wagerail.adapter.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.wagerail.iso.Camt053;
import org.wagerail.iso.Verdict;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.reconciliation.CoreStatements;

/**
 * Reads the core system's statements (camt.053) as a stream. A movement goes by the reference under
 * which we told the core system of it; else by the core system's own, as {@link AdviceReader} reads
 * it: of an entry with several transactions each is one.
 */
@Component
public final class CoreStatementReader {
  private static final String FAMILY = "camt.053.";

  /** How we call an entry of our books. */
  private static final Pattern OURS = Pattern.compile("E[0-9]{6}-[0-9]{1,18}");

  private final MessageStore store;

  CoreStatementReader(MessageStore store) {
    this.store = store;
  }

  /** Whether a document is such a statement. */
  public static boolean isStatement(InboundDocument document) {
    return document.message().startsWith(FAMILY);
  }

  /**
   * Reads a document to its end for what it holds.
   *
   * @return null when it breaks its grammar, or a page names no account or no day
   */
  public CoreStatements.@Nullable Outline outline(InboundDocument document) {
    try (var said = said(document)) {
      int pages = 0;
      var months = new TreeSet<Integer>();
      while (said.hasNext()) {
        if (said.next() instanceof CoreStatements.Page page) {
          pages++;
          months.add(CoreStatements.month(page.day()));
        }
      }
      return said.isGood() && pages > 0 ? new CoreStatements.Outline(pages, months) : null;
    }
  }

  /** What a document says, page by page; closing closes it. */
  public Pages said(InboundDocument document) {
    try {
      return new Pages(Camt053.open(store.read(document.hash())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A document's pages, each before its lines. */
  public static final class Pages implements Iterator<CoreStatements.Said>, AutoCloseable {
    private final Camt053 message;
    private final Deque<CoreStatements.Said> ready = new ArrayDeque<>();
    private final List<Camt053.Transaction> transactions = new ArrayList<>();
    private Camt053.@Nullable Statement statement;
    private @Nullable LocalDate day;
    private @Nullable Long opening;
    private @Nullable Long closing;
    private boolean told = true;
    private boolean good = true;
    private boolean ended;

    private Pages(Camt053 message) {
      this.message = message;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && !ended) {
        var event = message.next();
        if (event == null) {
          tellPage();
          ended = true;
        } else {
          take(event);
        }
      }
      return !ready.isEmpty();
    }

    @Override
    public CoreStatements.Said next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.removeFirst();
    }

    /** Whether all of it could be told; known at the end. */
    boolean isGood() {
      return good && message.report().verdict() == Verdict.VALID;
    }

    private void take(Camt053.Event event) {
      switch (event) {
        case Camt053.Statement said -> {
          tellPage();
          statement = said;
          day = Objects.equals(said.from(), said.to()) || said.from() == null ? said.to() : null;
          good &= said.from() == null || day != null;
          opening = null;
          closing = null;
          told = false;
          transactions.clear();
        }
        case Camt053.Balance said -> balance(said);
        case Camt053.Transaction said -> transactions.add(said);
        case Camt053.Entry said -> {
          tellPage();
          if ("BOOK".equals(said.status())) {
            entry(said);
          }
          transactions.clear();
        }
      }
    }

    /** Between pages a balance is nobody's but the page's. */
    private void balance(Camt053.Balance said) {
      if (said.intermediate()) {
        return;
      }
      var minor = minor(said.amount(), said.currency(), said.credit());
      switch (Objects.requireNonNullElse(said.code(), "")) {
        case "OPBD", "PRCD" -> opening = opening == null ? minor : opening;
        case "CLBD" -> {
          closing = minor;
          day = day == null ? said.date() : day;
        }
        default -> {
          // What is available or expected is booked another day.
        }
      }
    }

    /** Balances stand before the entries: with the first of these the page is known. */
    private void tellPage() {
      var of = statement;
      if (told || of == null) {
        return;
      }
      told = true;
      if (of.account() == null || day == null || of.page() != null && of.page() > 99_999) {
        good = false;
        return;
      }
      ready.add(
          new CoreStatements.Page(
              Objects.requireNonNullElse(of.id(), ""),
              of.account(),
              day,
              of.page() == null ? 1 : (int) (long) of.page(),
              of.page() == null || of.lastPage(),
              of.sequence(),
              opening,
              closing));
    }

    private void entry(Camt053.Entry said) {
      if (day == null) {
        return;
      }
      var own = said.servicerReference();
      if (transactions.size() < 2
          || own != null && OURS.matcher(own).matches()
          || transactions.stream().anyMatch(t -> t.amount() == null)) {
        line(said, reference(said), said.amount(), said.currency(), said.credit());
        return;
      }
      for (int i = 0; i < transactions.size(); i++) {
        var transaction = transactions.get(i);
        var reference = transaction.reference();
        if (reference == null) {
          reference = own != null ? own + (i == 0 ? "" : "/" + (i + 1)) : transaction.txId();
        }
        line(said, reference, transaction.amount(), transaction.currency(), transaction.credit());
      }
    }

    private @Nullable String reference(Camt053.Entry said) {
      if (transactions.size() == 1 && transactions.getFirst().reference() != null) {
        return transactions.getFirst().reference();
      }
      if (said.servicerReference() != null) {
        return said.servicerReference();
      }
      return transactions.size() == 1 && transactions.getFirst().txId() != null
          ? transactions.getFirst().txId()
          : said.reference();
    }

    private void line(
        Camt053.Entry of,
        @Nullable String reference,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        boolean credit) {
      var minor = minor(amount, currency, credit);
      ready.add(
          new CoreStatements.Line(
              Objects.requireNonNullElse(reference, ""),
              minor == null ? 0 : minor,
              of.booked() == null ? Objects.requireNonNull(day) : of.booked(),
              of.valued()));
    }

    @Override
    public void close() {
      message.close();
    }
  }

  /** Minor units with their side; null for what is not in cents of CNY. */
  private static @Nullable Long minor(
      @Nullable BigDecimal amount, @Nullable String currency, boolean credit) {
    if (amount == null || !"CNY".equals(currency)) {
      return null;
    }
    var cents = amount.movePointRight(2).stripTrailingZeros();
    if (cents.scale() > 0 || cents.precision() - cents.scale() > 17) {
      return null;
    }
    return credit ? cents.longValueExact() : -cents.longValueExact();
  }
}
