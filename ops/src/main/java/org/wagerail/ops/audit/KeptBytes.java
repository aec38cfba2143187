package org.wagerail.ops.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.wagerail.audit.Books.Kept;
import org.wagerail.audit.Emitted;
import org.wagerail.audit.Proof;
import org.wagerail.audit.Tally;
import org.wagerail.iso.Camt056;
import org.wagerail.iso.Pacs008;
import org.wagerail.iso.Pacs028;
import org.wagerail.iso.Validation;
import org.wagerail.iso.Verdict;
import org.wagerail.mailbox.MessageStore;

/** Reads kept bytes again: they are there, they are what their hash says, they can be read. */
final class KeptBytes {
  private static final String PACS_008 = "pacs.008.";

  /** What else goes to clearing. */
  private static final Set<String> QUESTIONS = Set.of(Pacs028.VERSION, Camt056.VERSION);

  private final MessageStore store;
  private final Tally inbound =
      new Tally(
          "RECEIVED_BYTES",
          "来文字节在库，长度与SHA-256相符",
          "the bytes of every document are kept, with its size and SHA-256");
  private final Tally outbound =
      new Tally(
          "SENT_BYTES",
          "发文字节在库，长度与SHA-256相符",
          "the bytes of every message are kept, with its size and SHA-256");
  private final Tally readable =
      new Tally(
          "SENT_IS_VALID",
          "发往清算的报文符合语法，金额为人民币且精确到分",
          "messages to clearing are valid, and their amounts are CNY in cents");

  KeptBytes(MessageStore store) {
    this.store = store;
  }

  List<Proof> proofs() {
    return List.of(inbound.proof(), outbound.proof(), readable.proof());
  }

  void received(int bank, Kept document) {
    verify(bank, document, inbound, InputStream::transferTo);
  }

  /** Also passes on what a pacs.008 says. */
  void sent(int bank, Kept message, Emitted.Page to) {
    if (message.kind().startsWith(PACS_008)) {
      verify(bank, message, outbound, (in, rest) -> read(bank, message, in, to));
    } else if (QUESTIONS.contains(message.kind())) {
      verify(bank, message, outbound, (in, rest) -> judge(bank, message, in));
    } else {
      verify(bank, message, outbound, InputStream::transferTo);
    }
  }

  @FunctionalInterface
  private interface Reading {
    Object read(InputStream in, OutputStream nowhere) throws IOException;
  }

  private void verify(int bank, Kept kept, Tally tally, Reading reading) {
    var digest = sha256();
    try (var in = store.read(kept.hash());
        var counted = new Counted(in);
        var digested = new DigestInputStream(counted, digest)) {
      reading.read(digested, OutputStream.nullOutputStream());
      // A reader may stop at the end of its document.
      digested.transferTo(OutputStream.nullOutputStream());
      if (!Arrays.equals(digest.digest(), kept.hash())) {
        broken(tally, bank, kept, "other bytes");
      } else if (counted.size != kept.size()) {
        broken(tally, bank, kept, "other size: " + counted.size);
      }
    } catch (DataAccessException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Bytes of a forger may break a reader in ways of which nobody has thought.
      broken(tally, bank, kept, e.getClass().getSimpleName());
    }
  }

  private static void broken(Tally tally, int bank, Kept kept, String what) {
    tally.add(
        "bank",
        bank,
        "month",
        kept.month(),
        "number",
        kept.number(),
        "kind",
        kept.kind(),
        "subject",
        kept.subject(),
        "hash",
        HexFormat.of().formatHex(kept.hash()),
        "found",
        what);
  }

  private Verdict judge(int bank, Kept message, InputStream in) {
    var verdict = Validation.of(new Lent(in)).verdict();
    if (verdict != Verdict.VALID) {
      broken(readable, bank, message, verdict.name());
    }
    return verdict;
  }

  private long read(int bank, Kept message, InputStream in, Emitted.Page to) {
    Pacs008.@Nullable Group group = null;
    long counted = 0;
    long summed = 0;
    boolean exact = true;
    // The walker closes what it reads; the digest still needs what may follow the document.
    try (var pacs = Pacs008.open(new Lent(in))) {
      for (var event = pacs.next(); event != null; event = pacs.next()) {
        switch (event) {
          case Pacs008.Group said -> group = said;
          case Pacs008.Transfer said -> {
            long amount = fen(said.amount());
            exact &= amount > 0 && "CNY".equals(said.currency());
            counted++;
            summed = Math.addExact(summed, Math.max(amount, 0));
            to.add(
                new Emitted.Transfer(
                    message.number(),
                    message.subject(),
                    Objects.requireNonNullElse(said.txId(), ""),
                    amount,
                    said.endToEndId(),
                    said.dbtrAcct(),
                    said.cdtrAgtMember(),
                    said.cdtrAcct()));
          }
        }
      }
      if (!exact || pacs.report().verdict() != Verdict.VALID) {
        broken(readable, bank, message, pacs.report().verdict().name());
      }
    }
    to.add(
        new Emitted.Message(
            message.number(),
            message.subject(),
            group == null ? null : group.nbOfTxs(),
            group == null ? null : (Long) fen(group.total()),
            counted,
            summed,
            group == null ? null : group.instgAgtMember(),
            group == null ? null : group.instdAgtMember(),
            group == null ? null : group.settlementDate()));
    return counted;
  }

  /** An amount in fen, -1 when it is not one. */
  private static long fen(@Nullable BigDecimal amount) {
    if (amount == null || amount.stripTrailingZeros().scale() > 2) {
      return -1;
    }
    var fen = amount.movePointRight(2);
    return fen.signum() < 0 || fen.precision() - fen.scale() > 18 ? -1 : fen.longValueExact();
  }

  private static final class Counted extends java.io.FilterInputStream {
    private long size;

    private Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      size += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      size += Math.max(read, 0);
      return read;
    }
  }

  private static final class Lent extends java.io.FilterInputStream {
    private Lent(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // Whoever lent it closes it.
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
