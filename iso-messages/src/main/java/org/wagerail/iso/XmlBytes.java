package org.wagerail.iso;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Writes XML as UTF-8 bytes into one buffer. Tags are given as bytes made once; values are escaped
 * on the way. A character that XML cannot carry becomes U+FFFD, so that one bad name spoils no
 * file.
 */
final class XmlBytes {
  private static final int SIZE = 1 << 16;
  private static final int ROOM = 256;

  private final OutputStream out;
  private final byte[] buffer = new byte[SIZE];
  private int length;

  XmlBytes(OutputStream out) {
    this.out = out;
  }

  static byte[] bytes(String markup) {
    return markup.getBytes(StandardCharsets.UTF_8);
  }

  /** Begins a document of a message in a version, down to the element that holds it all. */
  XmlBytes begin(String version, String root) {
    return raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"")
        .raw(Grammar.NAMESPACE_PREFIX + version)
        .raw("\"><" + root + ">\n");
  }

  XmlBytes raw(byte[] markup) {
    room(markup.length);
    System.arraycopy(markup, 0, buffer, length, markup.length);
    length += markup.length;
    return this;
  }

  XmlBytes raw(String markup) {
    return raw(bytes(markup));
  }

  /** Writes {@code <name>value</name>}; nothing if the value is null. */
  XmlBytes element(String name, @Nullable String value) {
    if (value != null) {
      raw("<" + name + ">").text(value).raw("</" + name + ">");
    }
    return this;
  }

  /** Cuts a text into as many elements as its length in characters asks for. */
  XmlBytes lines(String name, @Nullable String value, int longest) {
    if (value == null) {
      return this;
    }
    for (int from = 0; from < value.length(); ) {
      int rest = value.codePointCount(from, value.length());
      int to = value.offsetByCodePoints(from, Math.min(rest, longest));
      element(name, value.substring(from, to));
      from = to;
    }
    return this;
  }

  XmlBytes text(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (length + 8 > SIZE) {
        flush();
      }
      char c = value.charAt(i);
      if (c < 0x80) {
        ascii(c);
      } else if (c < 0x800) {
        buffer[length++] = (byte) (0xC0 | c >> 6);
        buffer[length++] = (byte) (0x80 | c & 0x3F);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        int point = Character.toCodePoint(c, value.charAt(++i));
        buffer[length++] = (byte) (0xF0 | point >> 18);
        buffer[length++] = (byte) (0x80 | point >> 12 & 0x3F);
        buffer[length++] = (byte) (0x80 | point >> 6 & 0x3F);
        buffer[length++] = (byte) (0x80 | point & 0x3F);
      } else {
        int carried = Character.isSurrogate(c) || c >= 0xFFFE ? 0xFFFD : c;
        buffer[length++] = (byte) (0xE0 | carried >> 12);
        buffer[length++] = (byte) (0x80 | carried >> 6 & 0x3F);
        buffer[length++] = (byte) (0x80 | carried & 0x3F);
      }
    }
    return this;
  }

  private void ascii(char c) {
    switch (c) {
      case '&' -> raw(AMP);
      case '<' -> raw(LT);
      case '>' -> raw(GT);
      case '"' -> raw(QUOT);
      case '\r' -> raw(CR);
      case '\t', '\n' -> buffer[length++] = (byte) c;
      default -> {
        if (c < ' ') {
          raw(REPLACEMENT);
        } else {
          buffer[length++] = (byte) c;
        }
      }
    }
  }

  XmlBytes number(long value) {
    return text(Long.toString(value));
  }

  /** An amount in minor units of a currency with two decimals. */
  XmlBytes minor(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("negative amount: " + value);
    }
    room(ROOM);
    int cents = (int) (value % 100);
    number(value / 100);
    buffer[length++] = '.';
    buffer[length++] = (byte) ('0' + cents / 10);
    buffer[length++] = (byte) ('0' + cents % 10);
    return this;
  }

  XmlBytes decimal(BigDecimal value) {
    return text(value.toPlainString());
  }

  XmlBytes moment(OffsetDateTime at) {
    return text(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at));
  }

  /** A bank by its member id in China's national payment system. */
  XmlBytes bank(String name, @Nullable String member) {
    if (member == null) {
      return this;
    }
    return raw("<" + name + "><FinInstnId><ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>")
        .text(member)
        .raw("</MmbId></ClrSysMmbId></FinInstnId></" + name + ">");
  }

  /** Writes out what is left, and flushes the stream without closing it. */
  void finish() {
    flush();
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void room(int bytes) {
    if (length + bytes > SIZE) {
      flush();
    }
  }

  private void flush() {
    try {
      out.write(buffer, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    length = 0;
  }

  private static final byte[] AMP = bytes("&amp;");
  private static final byte[] LT = bytes("&lt;");
  private static final byte[] GT = bytes("&gt;");
  private static final byte[] QUOT = bytes("&quot;");
  private static final byte[] CR = bytes("&#13;");
  private static final byte[] REPLACEMENT = bytes("\uFFFD");
}
