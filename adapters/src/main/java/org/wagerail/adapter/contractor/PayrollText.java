package org.wagerail.adapter.contractor;

import java.io.BufferedInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.wagerail.adapter.sheet.DocumentKind;
import org.wagerail.adapter.sheet.PayrollSheet;
import org.wagerail.adapter.sheet.SheetLimits;
import org.wagerail.iso.Pain001;
import org.wagerail.iso.Report;
import org.wagerail.mailbox.InboundDocument;
import org.wagerail.mailbox.MessageStore;

/** What a contractor's file says, as a message says it, whether it is a message or a sheet. */
sealed interface PayrollText extends AutoCloseable {
  /** The next event, or null at the end. */
  Pain001.@Nullable Event next();

  /** The judgement; complete once {@link #next} has given null. */
  Report report();

  /** SHA-256 in hexadecimal of what the file says; to be asked after the end. */
  String contentHash();

  @Override
  void close();

  /** Opens a kept document. What is no sheet is read as a message, which tells what is wrong. */
  static PayrollText open(MessageStore store, InboundDocument document, SheetLimits limits)
      throws IOException {
    return isMessage(store, document)
        ? new Message(Pain001.open(store.read(document.hash())))
        : new OfSheet(
            PayrollSheet.open(() -> store.read(document.hash()), document.name(), limits));
  }

  private static boolean isMessage(MessageStore store, InboundDocument document)
      throws IOException {
    if (!document.message().isEmpty()) {
      return !DocumentKind.isSheet(document.message());
    }
    try (var head = new BufferedInputStream(store.read(document.hash()))) {
      return DocumentKind.of(head, document.name()) == DocumentKind.XML;
    }
  }

  /** A pain.001. */
  record Message(Pain001 pain) implements PayrollText {
    @Override
    public Pain001.@Nullable Event next() {
      return pain.next();
    }

    @Override
    public Report report() {
      return pain.report();
    }

    @Override
    public String contentHash() {
      return pain.contentHash();
    }

    @Override
    public void close() {
      pain.close();
    }
  }

  /** A sheet, or what claims to be one. */
  record OfSheet(PayrollSheet sheet) implements PayrollText {
    @Override
    public Pain001.@Nullable Event next() {
      return sheet.next();
    }

    @Override
    public Report report() {
      return sheet.report();
    }

    @Override
    public String contentHash() {
      return sheet.contentHash();
    }

    @Override
    public void close() {
      sheet.close();
    }
  }
}
