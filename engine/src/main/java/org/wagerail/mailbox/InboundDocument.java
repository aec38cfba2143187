package org.wagerail.mailbox;

/**
 * A document as it came in.
 *
 * @param month the month it came, yyyymm
 * @param message its ISO 20022 name, empty when that cannot be told
 * @param hash address of its bytes in the store
 */
@SuppressWarnings("ArrayRecordComponent") // a hash travels as the column that holds it
public record InboundDocument(
    int bank,
    int month,
    long document,
    Sender sender,
    String name,
    String message,
    byte[] hash,
    long size) {
  /** As a person would call it. */
  @Override
  public String toString() {
    return "document " + month + "/" + document + " " + name;
  }
}
