package org.wagerail.adapter.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * What kind of document a contractor's file is, by its first bytes. Its name is only a claim: where
 * it contradicts the bytes, the file is none of what we take.
 */
public enum DocumentKind {
  /** A message, or something that must be told by a message's reader what is wrong with it. */
  XML(""),
  XLSX("payroll.xlsx"),
  CSV("payroll.csv"),
  /** The binary workbook of before 2007, which is also the envelope of an encrypted one. */
  OLE(""),
  /** Text of two bytes a character. */
  WIDE_TEXT(""),
  /** Something else, or not what its name says. */
  FOREIGN("");

  private static final int HEAD = 4096;
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] OLE_HEAD = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
  private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final String message;

  DocumentKind(String message) {
    this.message = message;
  }

  /** What the inbox calls such a document; empty where a message's own name tells, or nothing. */
  public String message() {
    return message;
  }

  /** The kind that the inbox means by a document's name of message. */
  public static boolean isSheet(String message) {
    return message.equals(XLSX.message) || message.equals(CSV.message);
  }

  /** Looks at the first bytes of a stream, which stays open. */
  public static DocumentKind of(InputStream in, String name) throws IOException {
    return of(in.readNBytes(HEAD), name);
  }

  private static DocumentKind of(byte[] head, String name) {
    var claim = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (begins(head, OLE_HEAD)) {
      return OLE;
    }
    if (begins(head, ZIP)) {
      return claim.equals("csv") || claim.equals("xml") ? FOREIGN : XLSX;
    }
    var text = text(head);
    if (text.isEmpty() || text.charAt(0) == '<' || claim.equals("xml")) {
      return (claim.equals("csv") || claim.equals("xlsx")) && !text.isEmpty() ? FOREIGN : XML;
    }
    if (claim.equals("xlsx")) {
      return FOREIGN;
    }
    if (isWide(head)) {
      return WIDE_TEXT;
    }
    return claim.equals("csv") || text.chars().allMatch(DocumentKind::isPrinted) ? CSV : FOREIGN;
  }

  /** The first bytes as Latin letters, without mark, blanks and the zeros of a wide encoding. */
  private static String text(byte[] head) {
    int from = begins(head, UTF_8_MARK) ? 3 : isWide(head) ? 2 : 0;
    while (from < head.length && (head[from] == 0 || head[from] == ' ' || isBreak(head[from]))) {
      from++;
    }
    return new String(head, from, head.length - from, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static boolean isWide(byte[] head) {
    return head.length >= 2
        && ((head[0] == (byte) 0xFF && head[1] == (byte) 0xFE)
            || (head[0] == (byte) 0xFE && head[1] == (byte) 0xFF));
  }

  private static boolean isBreak(int c) {
    return c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isPrinted(int c) {
    return c >= ' ' || isBreak(c);
  }

  private static boolean begins(byte[] bytes, byte[] with) {
    return bytes.length >= with.length
        && Arrays.equals(bytes, 0, with.length, with, 0, with.length);
  }
}
