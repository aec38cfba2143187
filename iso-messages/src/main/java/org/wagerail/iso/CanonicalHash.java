package org.wagerail.iso;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.xml.stream.XMLStreamReader;

/**
 * SHA-256 over what a document says, not how it is written: names, attributes and values in order,
 * each behind a control character that XML cannot contain, so that no two contents run together.
 */
final class CanonicalHash {
  static final byte START = 1;
  static final byte ATTRIBUTE = 2;
  static final byte TEXT = 3;
  static final byte END = 4;
  static final byte NAMESPACE = 5;

  /** Characters encoded behind one check for room. */
  private static final int PIECE = 512;

  private final MessageDigest digest;
  private final byte[] buffer = new byte[8192];
  private int length;

  CanonicalHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void add(byte kind) {
    room(1);
    buffer[length++] = kind;
  }

  void add(byte kind, byte[] bytes) {
    room(bytes.length + 1);
    buffer[length++] = kind;
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  void add(byte kind, String text) {
    add(kind, text.toCharArray(), text.length());
  }

  void add(byte kind, char[] text, int count) {
    add(kind);
    for (int from = 0; from < count; ) {
      int to = Math.min(count, from + PIECE);
      if (to < count && Character.isHighSurrogate(text[to - 1])) {
        to--;
      }
      room(3 * PIECE);
      encode(text, from, to);
      from = to;
    }
  }

  private void encode(char[] text, int from, int to) {
    byte[] into = buffer;
    int at = length;
    for (int i = from; i < to; i++) {
      char c = text[i];
      if (c < 0x80) {
        into[at++] = (byte) c;
      } else if (c < 0x800) {
        into[at++] = (byte) (0xC0 | c >> 6);
        into[at++] = (byte) (0x80 | c & 0x3F);
      } else if (Character.isHighSurrogate(c) && i + 1 < to) {
        int point = Character.toCodePoint(c, text[++i]);
        into[at++] = (byte) (0xF0 | point >> 18);
        into[at++] = (byte) (0x80 | point >> 12 & 0x3F);
        into[at++] = (byte) (0x80 | point >> 6 & 0x3F);
        into[at++] = (byte) (0x80 | point & 0x3F);
      } else {
        into[at++] = (byte) (0xE0 | c >> 12);
        into[at++] = (byte) (0x80 | c >> 6 & 0x3F);
        into[at++] = (byte) (0x80 | c & 0x3F);
      }
    }
    length = at;
  }

  /**
   * Adds the attributes of the element at hand in the order of their names. Those of the schema
   * language itself ({@code instance}) say nothing.
   */
  void attributes(XMLStreamReader events, String instance) {
    int count = events.getAttributeCount();
    String[] said = new String[count];
    int filled = 0;
    for (int i = 0; i < count; i++) {
      String uri = events.getAttributeNamespace(i);
      if (!instance.equals(uri)) {
        said[filled++] =
            events.getAttributeLocalName(i)
                + '\u0003'
                + (uri == null ? "" : uri)
                + '\u0003'
                + events.getAttributeValue(i);
      }
    }
    Arrays.sort(said, 0, filled);
    for (int i = 0; i < filled; i++) {
      add(ATTRIBUTE, said[i]);
    }
  }

  String hex() {
    digest.update(buffer, 0, length);
    length = 0;
    return HexFormat.of().formatHex(digest.digest());
  }

  private void room(int bytes) {
    if (length + bytes > buffer.length) {
      digest.update(buffer, 0, length);
      length = 0;
    }
  }
}
