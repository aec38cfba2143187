package org.wagerail.adapter.clearing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.wagerail.iso.Camt029;
import org.wagerail.iso.Pacs002;
import org.wagerail.iso.Pacs004;
import org.wagerail.iso.Report;
import org.wagerail.iso.Verdict;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.mailbox.MessageStore;
import org.wagerail.payment.ClearingReply;
import org.wagerail.payment.RecallDecision;

/** Reads pacs.002, pacs.004 and camt.029 into replies, as a stream. */
@Component
public final class ReplyReader {
  private final MessageStore store;

  ReplyReader(MessageStore store) {
    this.store = store;
  }

  /** Opens a document; null when it is no message of clearing that can be read here. */
  public @Nullable Replies open(InboundDocument document) {
    try {
      if (document.message().startsWith("pacs.002.")) {
        return new Statuses(Pacs002.open(store.read(document.hash())));
      }
      if (document.message().startsWith("pacs.004.")) {
        return new Returns(Pacs004.open(store.read(document.hash())));
      }
      if (document.message().startsWith("camt.029.")) {
        return new Words(Camt029.open(store.read(document.hash())));
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether a document keeps its grammar, is for this bank, adds up and says which payments it
   * decides. One that does not is left alone as a whole for a person to look at: half an answer
   * would be a guess.
   *
   * @param bank the operating bank's code
   */
  public boolean readable(InboundDocument document, String bank) {
    try (var replies = open(document)) {
      if (replies == null) {
        return false;
      }
      while (!replies.next(1_000).isEmpty()) {
        // Only the verdict at the end counts.
      }
      return replies.report().verdict() == Verdict.VALID && replies.isSound(bank);
    }
  }

  /** A document's replies, in blocks. */
  public abstract static sealed class Replies implements AutoCloseable {
    /** The next replies, at most so many; empty at the end. */
    public List<ClearingReply> next(int most) {
      var replies = new ArrayList<ClearingReply>(most);
      while (replies.size() < most) {
        var reply = reply();
        if (reply == null) {
          break;
        }
        replies.add(reply);
      }
      return replies;
    }

    abstract @Nullable ClearingReply reply();

    abstract Report report();

    /** Whether what was read fits together and is for a bank. */
    abstract boolean isSound(String bank);

    static boolean isFor(@Nullable String named, String bank) {
      return named == null || named.equals(bank);
    }

    @Override
    public abstract void close();
  }

  private static final class Statuses extends Replies {
    private static final Set<String> FINAL = Set.of("ACSC", "ACCC", "RJCT", "PART");

    private final Pacs002 message;
    private @Nullable String receiver;
    private boolean ofTransfers = true;
    private boolean groupDecided;
    private boolean named;

    private Statuses(Pacs002 message) {
      this.message = message;
    }

    @Override
    @Nullable ClearingReply reply() {
      for (var event = message.next(); event != null; event = message.next()) {
        if (event instanceof Pacs002.Group header) {
          receiver = header.instdAgtMember();
        }
        if (event instanceof Pacs002.OriginalGroup group) {
          ofTransfers &=
              Objects.requireNonNullElse(group.orgnlMsgNmId(), "").startsWith("pacs.008");
          groupDecided |= FINAL.contains(Objects.requireNonNullElse(group.grpSts(), ""));
        }
        if (event instanceof Pacs002.TransactionStatus status) {
          named = true;
          var id = Objects.requireNonNullElse(status.orgnlTxId(), "");
          var code = Objects.requireNonNullElse(status.txSts(), "");
          return switch (code) {
            case "ACSC", "ACCC" -> new ClearingReply.Settlement(id, status.orgnlMsgId());
            case "RJCT" ->
                new ClearingReply.Rejection(
                    id,
                    status.orgnlMsgId(),
                    Objects.requireNonNullElse(status.reasonCode(), "NARR"));
            default -> new ClearingReply.Progress(id, status.orgnlMsgId(), code);
          };
        }
      }
      return null;
    }

    /** One that decided a whole package without naming its payments is not. */
    @Override
    boolean isSound(String bank) {
      return isFor(receiver, bank) && ofTransfers && (named || !groupDecided);
    }

    @Override
    Report report() {
      return message.report();
    }

    @Override
    public void close() {
      message.close();
    }
  }

  private static final class Returns extends Replies {
    private final Pacs004 message;
    private Pacs004.@Nullable Group header;
    private long count;
    private BigDecimal sum = BigDecimal.ZERO;

    private Returns(Pacs004 message) {
      this.message = message;
    }

    @Override
    @Nullable ClearingReply reply() {
      for (var event = message.next(); event != null; event = message.next()) {
        if (event instanceof Pacs004.Group group) {
          header = group;
        }
        if (event instanceof Pacs004.Return returned) {
          count++;
          sum = sum.add(Objects.requireNonNullElse(returned.amount(), BigDecimal.ZERO));
          return new ClearingReply.Return(
              Objects.requireNonNullElse(returned.orgnlTxId(), ""),
              returned.orgnlMsgId(),
              minor(returned.amount(), returned.currency()),
              Objects.requireNonNullElse(returned.reasonCode(), "NARR"));
        }
      }
      return null;
    }

    @Override
    boolean isSound(String bank) {
      return header != null
          && isFor(header.instdAgtMember(), bank)
          && (header.nbOfTxs() == null || header.nbOfTxs() == count)
          && (header.total() == null || header.total().compareTo(sum) == 0);
    }

    /** Minor units; an amount that is not in cents of CNY fits no payment. */
    private static long minor(@Nullable BigDecimal amount, @Nullable String currency) {
      if (amount == null || !"CNY".equals(currency)) {
        return -1;
      }
      var cents = amount.movePointRight(2).stripTrailingZeros();
      return cents.scale() > 0 || cents.precision() > 18 ? -1 : cents.longValueExact();
    }

    @Override
    Report report() {
      return message.report();
    }

    @Override
    public void close() {
      message.close();
    }
  }

  private static final class Words extends Replies {
    private final Camt029 message;
    private @Nullable String receiver;

    private Words(Camt029 message) {
      this.message = message;
    }

    @Override
    @Nullable ClearingReply reply() {
      var answer = message.next();
      if (answer == null) {
        return null;
      }
      receiver = answer.assigneeMember();
      return new ClearingReply.RecallWord(
          Objects.requireNonNullElse(answer.orgnlTxId(), ""),
          answer.orgnlMsgId(),
          switch (Objects.requireNonNullElse(answer.status(), "")) {
            case "CNCL", "ACCR" -> RecallDecision.Word.AGREED;
            case "RJCR" -> RecallDecision.Word.REFUSED;
            // Whatever else it says decides nothing.
            default -> RecallDecision.Word.PENDING;
          },
          answer.reasonCode());
    }

    @Override
    boolean isSound(String bank) {
      return isFor(receiver, bank);
    }

    @Override
    Report report() {
      return message.report();
    }

    @Override
    public void close() {
      message.close();
    }
  }
}
