package org.wagerail.adapter.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.wagerail.funding.Advices;
import org.wagerail.iso.Camt054;
import org.wagerail.iso.Verdict;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.mailbox.MessageStore;

/** Reads camt.054 into advices. */
@Component
public final class AdviceReader {
  /** How a payer names the project where nothing but the remittance reaches us. */
  private static final Pattern PROJECT = Pattern.compile("(?:^|\\s|/)PROJECT/([^/\\s]{1,35})");

  private final MessageStore store;

  AdviceReader(MessageStore store) {
    this.store = store;
  }

  /**
   * Reads a document to its end.
   *
   * @return null when it is no notification, breaks its grammar, has a movement that nothing names,
   *     or an entry that its transactions do not add up to: half of it would be a guess
   */
  public @Nullable List<Advices.Advice> read(InboundDocument document) {
    if (!document.message().startsWith("camt.054.")) {
      return null;
    }
    try (var message = Camt054.open(store.read(document.hash()))) {
      var advices = new ArrayList<Advices.Advice>();
      boolean named = true;
      boolean adds = true;
      var parts = new ArrayList<Camt054.Transaction>();
      for (var event = message.next(); event != null; event = message.next()) {
        if (event instanceof Camt054.Transaction said) {
          var reference = reference(said);
          named &= reference != null && said.account() != null;
          if (named) {
            advices.add(advice(said, Objects.requireNonNull(reference)));
          }
          parts.add(said);
        } else if (event instanceof Camt054.Entry entry) {
          adds &= addsUp(entry, parts);
          parts.clear();
        }
      }
      return named && adds && message.report().verdict() == Verdict.VALID ? advices : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What goes the other way than its entry lessens it. */
  private static boolean addsUp(Camt054.Entry entry, List<Camt054.Transaction> parts) {
    var sum = BigDecimal.ZERO;
    for (var part : parts) {
      if (part.amount() == null) {
        return false;
      }
      sum =
          Objects.equals(part.side(), entry.side())
              ? sum.add(part.amount())
              : sum.subtract(part.amount());
    }
    return entry.amount() != null && entry.amount().compareTo(sum) == 0;
  }

  private static Advices.Advice advice(Camt054.Transaction said, String reference) {
    return new Advices.Advice(
        Objects.requireNonNull(said.account()),
        reference,
        project(said),
        minor(said.amount(), said.currency()),
        "BOOK".equals(said.status()),
        "CRDT".equals(said.side()) && !said.reversal(),
        said.bookedOn(),
        String.join(
            "\n",
            Objects.requireNonNullElse(said.payer(), ""),
            Objects.requireNonNullElse(said.payerAccount(), ""),
            Objects.requireNonNullElse(said.remittance(), "")));
  }

  /** The keeper's own reference, with the place in an entry that it names as a whole. */
  private static @Nullable String reference(Camt054.Transaction said) {
    if (said.reference() != null) {
      return said.nth() == 1 ? said.reference() : said.reference() + "/" + said.nth();
    }
    return said.txId();
  }

  private static String project(Camt054.Transaction said) {
    if (said.project() != null) {
      return said.project();
    }
    var match = PROJECT.matcher(Objects.requireNonNullElse(said.remittance(), ""));
    return match.find() ? match.group(1) : "";
  }

  /** Minor units; 0 for what is not an amount in cents of CNY. */
  private static long minor(@Nullable BigDecimal amount, @Nullable String currency) {
    if (amount == null || !"CNY".equals(currency)) {
      return 0;
    }
    var cents = amount.movePointRight(2).stripTrailingZeros();
    return cents.scale() > 0 || cents.precision() > 17 ? 0 : cents.longValueExact();
  }
}
